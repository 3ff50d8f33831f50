import type { Refusal } from '@vilkar/decider/decider.ts'
import type { Terms } from '@vilkar/terms/editions/terms.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { CustomerKind } from '@vilkar/terms/ruling/vocabulary.ts'
import { type Static, Type } from 'typebox'

/** What a checkout may ask to find out who buys (clauses 2.2 and 2.3, angrerettloven § 5). None of it is kept. */
export const Buyer = Type.Object(
  {
    legalEntity: Type.Optional(
      Type.Boolean({ description: 'A company, an association, a public body: anybody but a human being.' }),
    ),
    organisationNumber: Type.Optional(
      Type.String({
        maxLength: 30,
        description: 'Counts as business where nobody tells how much of the use is for it.',
      }),
    ),
    businessShare: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 100,
        description:
          'How much of the use is for business, in percent. It decides for a natural person, a sole trader too.',
      }),
    ),
  },
  {
    additionalProperties: false,
    title: 'Buyer',
    description:
      'What is known of who buys. What it makes them in law must be `customerKind`; if not, 409 `customer-kind-differs` says which it is and why.',
  },
)

/** Why they are of the kind that was said, or the refusal that says of which they are. */
export function kindOf(
  terms: Terms,
  buyer: Static<typeof Buyer>,
  said: CustomerKind,
): { reasons: Reason[]; refusal?: Refusal } {
  const { kind, reasons } = terms.customerKind(buyer)
  if (kind === said) return { reasons }
  const detail = `By what is told of the buyer this is a ${kind}, and the quote is asked for as for a ${said}.`
  return { reasons, refusal: { code: 'customer-kind-differs', detail, reasons, extra: { customerKind: kind } } }
}
