import { Id } from '@vilkar/contracts/event.ts'
import { Amount, type Bulky, Reasons } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { sellerOf, termsOf } from '@vilkar/terms/editions/registry.ts'
import { bulkyAmong } from '@vilkar/terms/order/return-costs.ts'
import { guaranteeNoticeOfTheUnion } from '@vilkar/terms/statute/guarantee-notice.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { methodOf } from '../../money/providers.ts'
import type { Quote } from '../../order/quote.ts'
import { DurabilityLabel, durabilityLabelOf } from '../durability-label.ts'

/** What the button says that places the order: words that name payment, and nothing besides (angrerettloven § 16). */
const BUTTON = { nb: 'Bestill med betalingsplikt', en: 'Order with obligation to pay' } as const

const GuaranteeNotice = Type.Object({
  language: Type.Literal('en', { description: 'Of the words; there is no such notice in Norwegian.' }),
  title: Type.String(),
  parts: Type.Array(
    Type.Object({
      text: Type.String(),
      points: Type.Optional(Type.Array(Type.String(), { description: 'Listed behind the text.' })),
      steps: Type.Optional(Type.Array(Type.String(), { description: 'Listed behind the text, by numbers.' })),
      link: Type.Optional(Type.String({ description: 'Behind the text stands its QR code, and it as a link.' })),
    }),
  ),
})

const Bearer = { bearer: Type.Union([Type.Literal('seller'), Type.Literal('customer')]), reasons: Reasons }

const Information = Type.Object(
  {
    seller: Type.Object({
      name: Type.String(),
      organisationNumber: Type.String(),
      address: Type.Object({
        ...{ street: Type.String(), postalCode: Type.String(), city: Type.String(), country: Type.String() },
      }),
      email: Type.String(),
      phone: Type.String(),
    }),
    lines: Type.Array(
      Type.Object({
        lineId: Type.String(),
        withdrawal: Type.Object({
          outcome: Type.Union([Type.Literal('granted'), Type.Literal('refused'), Type.Literal('review')], {
            description: 'Whether there is a right of withdrawal; review: it depends on what becomes of a seal.',
          }),
          reasons: Reasons,
        }),
        returnCost: Type.Optional(
          Type.Object(
            {
              ...Bearer,
              amount: Type.Optional(
                Type.Integer({
                  ...Amount,
                  description: 'What sending one back costs the customer at most, VAT included, in minor units.',
                }),
              ),
            },
            {
              description:
                'Who pays for sending it back after a withdrawal, if it cannot normally be returned by post: the customer only where told the amount (angrerettloven §§ 8 and 9). Left out of other goods.',
            },
          ),
        ),
        durabilityLabel: Type.Optional(DurabilityLabel),
      }),
    ),
    returnCost: Type.Optional(
      Type.Object(
        { ...Bearer },
        {
          description:
            'Who pays for sending goods back after a withdrawal, of lines that do not say otherwise. Left out for a business.',
        },
      ),
    ),
    guaranteeNotice: Type.Optional(
      Type.Object(
        { ...GuaranteeNotice.properties, reasons: Reasons },
        {
          description:
            'The notice of the legal guarantee must be shown before the button (Directive 2011/83/EU, Art. 6(1)(l)), in these words and no others (Implementing Regulation (EU) 2025/1960, Annex I), with a QR code of `link`.',
        },
      ),
    ),
    payment: Type.Object(
      {
        method: Type.String({ description: 'In the words of the terms.', examples: ['klarna'] }),
        named: Type.Boolean({ description: 'Whether the terms name it (clause 6.1).' }),
        reasons: Reasons,
      },
      {
        description: 'How this order can be paid: the one means that the seller has now, whatever else the terms name.',
      },
    ),
    button: Type.Object({
      label: Type.String({ description: 'What the button that places the order says, in the language of the quote.' }),
      reasons: Reasons,
    }),
  },
  { title: 'QuoteInformation' },
)

/** `GET /quotes/{id}/information`: what a customer is told before they are bound, beside what the quote itself says (angrerettloven § 8). */
export function quoteInformation(server: Server, { db, clock, providers }: Deps) {
  server.get(
    '/quotes/:id/information',
    {
      config: { access: 'orders:place' },
      schema: {
        operationId: 'readQuoteInformation',
        summary: 'What must be told before buying',
        description:
          'Who sells, what of the goods can be withdrawn from, who pays for sending back, how it can be paid, the notice of the legal guarantee and the label of a guarantee of durability where the law wants them, and what the button says (angrerettloven §§ 8 and 16). For the caller who asked for the quote.',
        tags: ['orders'],
        params: Type.Object({ id: Id }),
        response: { 200: Information, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, caller }, reply) => {
      const row = await db.selectFrom('quote').select(['body', 'asked_by']).where('id', '=', id).executeTakeFirst()
      if (row === undefined || row.asked_by !== caller.subject)
        throw httpError(404, 'quote-unknown', 'There is no such quote.')
      return reply.send(informationOf(row.body as Quote, clock.now(), providers) as never)
    },
  )
}

function informationOf(
  { terms: { edition }, customerKind, country, locale, lines }: Quote,
  at: Temporal.Instant,
  providers: Deps['providers'],
) {
  const terms = termsOf(edition)
  const { id, name, organisationNumber, address, email, phone } = sellerOf(edition)
  const method = methodOf(providers.currentFor(id).name)
  const byMethod = terms.paymentMethod(method)
  const consumer = customerKind === 'consumer'
  const withdrawalOf = (traits: Quote['lines'][number]['traits']) =>
    terms.withdrawal({ customerKind, country, traits, declaredAt: at, informationGiven: true })
  const { bearer, reasons } = terms.returnCost({ disclosed: true })
  const to = { customerKind, country, at, on: 'checkout' } as const
  const notice = terms.guaranteeNotice(to)
  const label = BUTTON[locale]
  return {
    seller: { name, organisationNumber, address, email, phone },
    lines: lines.map(({ lineId, traits, bulky, guarantee }) => {
      const { outcome, reasons } = withdrawalOf(traits)
      const label = durabilityLabelOf(terms, guarantee, to)
      return {
        ...{ lineId, withdrawal: { outcome, reasons } },
        ...(bulky && outcome !== 'refused' && { returnCost: costOfBulky(terms, bulky) }),
        ...(label && { durabilityLabel: label }),
      }
    }),
    ...(consumer && { returnCost: { bearer, reasons } }),
    ...(notice && { guaranteeNotice: { ...guaranteeNoticeOfTheUnion, reasons: notice.reasons } }),
    payment: { method, named: byMethod.outcome === 'granted', reasons: byMethod.reasons },
    button: { label, reasons: terms.orderButton({ label, customerKind }).reasons },
  }
}

/** Goods that cannot normally be returned by post: with the amount, which this tells, the customer pays, and without one the seller. */
function costOfBulky(terms: ReturnType<typeof termsOf>, bulky: Bulky) {
  const { bearer, reasons } = terms.returnCost({ disclosed: true, ...bulkyAmong([{ bulky }]) })
  return { bearer, ...(bulky.returnCost !== undefined && { amount: bulky.returnCost }), reasons }
}
