import type { DataOf } from '@vilkar/contracts/all-events.ts'
import type { OrderSoFar } from './projection.ts'

/** The agreements of an order, with one more: what it changes holds in every ruling from here. */
export const agreementRecorded = (
  { agreements = [] }: OrderSoFar['facts'],
  { agreementId, agreedAt, changes, ends }: DataOf<'AgreementRecorded'>,
) => ({ agreements: [...agreements, { agreementId, agreedAt, changes, ...(ends && { ends }) }] })

/** The delivery of an order, cheaper by this much in minor units: no more of it goes back than is still paid for it. */
export function deliveryLowered({ delivery }: OrderSoFar['facts'], by: number): Pick<OrderSoFar['facts'], 'delivery'> {
  if (delivery === undefined || by === 0) return {}
  const paid = delivery.paid - by
  return { delivery: { paid, standardPrice: Math.min(delivery.standardPrice, paid) } }
}
