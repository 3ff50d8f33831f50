import { editionById } from '../editions/registry.ts'
import type { OrderFacts } from '../order/facts.ts'

export const traits = { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: false }

/** A consumer's order of two lines, A (three units for 100.00) and B (one for 500.00), confirmed and not yet sent. */
export const order = (changes: Partial<OrderFacts> = {}): OrderFacts => ({
  orderId: '019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11',
  terms: { edition: 'smartgroup/2026-01-15', sha256: editionById('smartgroup/2026-01-15')!.sha256 },
  customerKind: 'consumer',
  country: 'NO',
  currency: 'NOK',
  placedAt: '2026-06-01T08:00:00Z',
  formedAt: '2026-06-01T08:00:05Z',
  lines: [
    { lineId: 'A', sku: 'hinge', quantity: 3, total: 10_000, traits },
    { lineId: 'B', sku: 'door', quantity: 1, total: 50_000, traits: { ...traits, longLived: true } },
  ],
  delivery: { paid: 19_900, standardPrice: 9_900 },
  disclosures: { withdrawalInformation: true, returnCost: true },
  parcels: [],
  returns: [],
  ...changes,
})

/** Everything of `order()`, in one parcel. */
export const everything = [
  { lineId: 'A', quantity: 3 },
  { lineId: 'B', quantity: 1 },
]
