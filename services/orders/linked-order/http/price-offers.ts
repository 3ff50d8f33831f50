import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Amount, Currency, LocalizedText, Reasons } from '@vilkar/contracts/parts.ts'
import { Type } from 'typebox'
import { offersShown } from '../../checkout/tell-offer.ts'
import type { Deps } from '../../deps.ts'
import type { StoredOrder } from '../../order/state.ts'

const Price = (description: string) => Type.Integer({ ...Amount, description })
/** A price offered to the customer of an order, as the mail about it has it. Money in minor units of `currency`. */
export const LinkedOffer = Type.Object(
  {
    offerId: Type.String({ ...Id, description: 'What is named when it is taken: `priceOffer` of a quote.' }),
    lines: Type.Array(
      Type.Object({
        name: LocalizedText,
        quantity: Type.Integer({ description: 'Up to so many units.' }),
        unitPrice: Price('Of a unit, as this customer is shown prices.'),
        cataloguePrice: Price('What a unit cost everybody when it was offered.'),
      }),
    ),
    currency: Currency,
    label: Type.Object({ nb: Type.String(), en: Type.String() }, { description: 'Whether VAT is in the prices.' }),
    until: Instant,
    status: Type.Union([Type.Literal('open'), Type.Literal('used'), Type.Literal('ended')]),
    reasons: Reasons,
  },
  { title: 'LinkedPriceOffer' },
)

/** The offers that were made to the customer of an order, with what became of each; not why, nor who of the staff made them. */
export async function offersTo({ db, clock }: Deps, order: StoredOrder) {
  const now = clock.now()
  return (await offersShown(db, order)).map(({ usedBy, ...offer }) => {
    const ended = Temporal.Instant.compare(now, offer.until) >= 0
    return {
      ...offer,
      status: usedBy !== undefined ? ('used' as const) : ended ? ('ended' as const) : ('open' as const),
    }
  })
}
