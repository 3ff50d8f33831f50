import type { LineFacts, OrderFacts, ParcelFacts, ReturnFacts } from './facts.ts'

type Optional<Whole, Key extends keyof Whole> = Omit<Whole, Key> & Partial<Pick<Whole, Key>>

/** The facts of an order, real or imagined, as somebody tells them; what is left out is not known, or is as usual. */
export type ToldFacts = Optional<
  Omit<OrderFacts, 'terms' | 'lines' | 'parcels' | 'returns' | 'delivery' | 'disclosures'>,
  'orderId' | 'country' | 'currency' | 'placedAt'
> & {
  lines: (Optional<Omit<LineFacts, 'traits'>, 'sku'> & { traits?: Partial<LineFacts['traits']> })[]
  delivery?: Optional<OrderFacts['delivery'], 'standardPrice'>
  /** What is left out was told as a shop tells it: all of it, before the purchase. */
  disclosures?: Partial<OrderFacts['disclosures']>
  parcels?: Optional<ParcelFacts, 'shipmentId'>[]
  returns?: Optional<ReturnFacts, 'returnId'>[]
}

/** An order without an id of its own; no answer shows it. */
const NO_ORDER = '00000000-0000-0000-0000-000000000000'
const PLAIN = { madeToOrder: false, hygieneSealed: false, safetyCritical: false }

/** When an order was placed that nobody told the day of: at the moment asked about. */
export const placedAtOf = ({ placedAt }: Pick<ToldFacts, 'placedAt'>, at: Temporal.Instant) => placedAt ?? at.toString()

/** What was told, with what goes without saying: a customer in Norway who pays in its currency, parcels and returns numbered. */
export function completeFacts(told: ToldFacts, terms: OrderFacts['terms'], at: Temporal.Instant): OrderFacts {
  const { parcels = [], returns = [], disclosures = {}, delivery } = told
  return {
    orderId: told.orderId ?? NO_ORDER,
    terms,
    customerKind: told.customerKind,
    country: told.country ?? 'NO',
    currency: told.currency ?? 'NOK',
    regularDeliveries: told.regularDeliveries,
    placedAt: placedAtOf(told, at),
    formedAt: told.formedAt,
    cancelledAt: told.cancelledAt,
    lines: told.lines.map((line) => ({ ...line, sku: line.sku ?? line.lineId, traits: { ...PLAIN, ...line.traits } })),
    delivery: { paid: delivery?.paid ?? 0, standardPrice: delivery?.standardPrice ?? delivery?.paid ?? 0 },
    deliverBy: told.deliverBy,
    disclosures: { withdrawalInformation: true, returnCost: true, ...disclosures },
    parcels: parcels.map((parcel, n) => ({ ...parcel, shipmentId: parcel.shipmentId ?? String(n + 1) })),
    returns: returns.map((each, n) => ({ ...each, returnId: each.returnId ?? String(n + 1) })),
    payment: told.payment,
    impediment: told.impediment,
    additionalPeriod: told.additionalPeriod,
  }
}
