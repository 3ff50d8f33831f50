import { Reasons } from '@vilkar/contracts/parts.ts'
import type { Terms } from '@vilkar/terms/editions/terms.ts'
import type { LabelledGuarantee } from '@vilkar/terms/rules/checkout.ts'
import { durabilityLabelOfTheUnion } from '@vilkar/terms/statute/guarantee-notice.ts'
import { type Static, Type } from 'typebox'
import type { Looking } from './shown-price.ts'

export const DurabilityLabel = Type.Object(
  {
    title: Type.Literal('GARAN', { description: 'Of the label, in every language.' }),
    years: Type.Integer({ minimum: 3 }),
    brand: Type.String({ description: 'The producer’s brand or trade mark.' }),
    model: Type.String({ description: 'The producer’s identifier of the model.' }),
    link: Type.String({ description: 'Where its QR code leads; beside it as a link.' }),
    reasons: Reasons,
  },
  {
    title: 'DurabilityLabel',
    description:
      'The label of the producer’s guarantee of durability must be shown before the button (Directive 2011/83/EU, Art. 6(1)(la) and 8(2)), with a reminder of the legal guarantee of at least two years. Left out of other goods, and where no law wants it.',
  },
)
type DurabilityLabel = Static<typeof DurabilityLabel>

type Guaranteed = LabelledGuarantee & { durability?: { brand: string; model: string } }

/** What stands on the label of goods, to who has them sent there and buys; undefined where they have none. */
export function durabilityLabelOf(
  terms: Terms,
  guarantee: Guaranteed | undefined,
  looking: Looking,
): DurabilityLabel | undefined {
  if (guarantee?.durability === undefined) return undefined
  const ruling = terms.durabilityLabel(guarantee, { ...looking, on: 'checkout' })
  const { years, durability } = guarantee
  return ruling && { ...durabilityLabelOfTheUnion, years, ...durability, reasons: ruling.reasons }
}
