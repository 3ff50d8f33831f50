import { editions } from '@vilkar/terms/editions/registry.ts'
import { entitlements } from '@vilkar/terms/order/entitlements.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { median } from './load.ts'

const LINES = 20
const PARCELS = 4
const ORDERS = 500
const ROUNDS = 40

/**
 * Microseconds for the full entitlements of one order of twenty lines, by the median over orders that are all different: each
 * with four parcels, received at moments of their own, part of it sent back, products of every kind. One core, in process.
 */
export function benchEntitlements() {
  const orders = Array.from({ length: ORDERS }, (_, n) => anOrder(n))
  const at = Temporal.Instant.from('2026-11-22T12:00:00Z')
  const medians: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const micros = orders.map((order) => {
      const before = process.hrtime.bigint()
      entitlements(order, at)
      return Number(process.hrtime.bigint() - before) / 1_000
    })
    medians.push(median(micros))
  }
  const [first] = medians
  return {
    lines: LINES,
    medianMicros: rounded(median(medians.slice(ROUNDS / 2))),
    firstRoundMedianMicros: rounded(first!),
  }
}

const rounded = (micros: number) => Math.round(micros * 10) / 10

function anOrder(n: number): OrderFacts {
  const { id: edition, sha256 } = editions().at(-1)!
  const start = Temporal.Instant.from('2026-10-01T08:00:00Z').add({ minutes: n * 97 })
  const after = (hours: number) => start.add({ hours, seconds: n }).toString()
  const lines = Array.from({ length: LINES }, (_, at) => ({
    lineId: String(at + 1),
    sku: `SKU-${at}`,
    quantity: 1 + (at % 3),
    total: 19_900 + at * 1_370,
    traits: {
      madeToOrder: at % 7 === 6,
      hygieneSealed: at % 5 === 4,
      safetyCritical: at % 4 === 3,
      longLived: at % 2 === 0,
    },
  }))
  const parcels = Array.from({ length: PARCELS }, (_, parcel) => ({
    shipmentId: `S-${n}-${parcel}`,
    lines: lines.filter((_, at) => at % PARCELS === parcel).map(({ lineId, quantity }) => ({ lineId, quantity })),
    handedOverAt: after(24 + parcel),
    receivedAt: after(72 + parcel * 26),
  }))
  return {
    orderId: crypto.randomUUID(),
    terms: { edition, sha256 },
    customerKind: n % 10 === 9 ? 'business' : 'consumer',
    country: 'NO',
    currency: 'NOK',
    placedAt: after(0),
    formedAt: after(0),
    lines,
    delivery: { paid: 19_900, standardPrice: 9_900 },
    disclosures: { withdrawalInformation: n % 8 !== 7, returnCost: true },
    parcels,
    returns: [{ returnId: `R-${n}`, lines: [{ lineId: '2', quantity: 1 }], outcome: 'open' }],
  }
}
