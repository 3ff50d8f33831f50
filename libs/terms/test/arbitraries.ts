import fc from 'fast-check'
import { figures } from '../cases/first-edition.ts'
import type { EditionFigures } from '../editions/edition-figures.ts'
import type { OrderFacts } from '../order/facts.ts'
import { order } from './order.ts'

const FIRST_MS = Date.UTC(2026, 0, 15)
const LAST_MS = Date.UTC(2034, 11, 31)

/** Any millisecond from the first edition until the end of 2034. */
export const anInstant = fc
  .integer({ min: FIRST_MS / 1_000, max: LAST_MS / 1_000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1_000))

export const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

export const traits = fc.record({
  madeToOrder: fc.boolean(),
  hygieneSealed: fc.boolean(),
  safetyCritical: fc.boolean(),
  longLived: fc.boolean(),
})

/** Figures that terms may promise: from nothing to more than any law. */
export const promised = fc
  .record({
    withdrawalDays: fc.nat(60),
    refundDays: fc.nat(60),
    voluntaryReturnDays: fc.nat(90),
    ordinary: fc.nat(6),
    longLived: fc.nat(12),
  })
  .map(
    ({ ordinary, longLived, ...days }): EditionFigures => ({
      ...figures,
      ...days,
      complaintYears: { ordinary, longLived },
    }),
  )

const anInstantText = anInstant.map(String)

/** Orders in any state: units split over parcels that may be with us, with the carrier or received, and parts sent back. */
export const anOrder: fc.Arbitrary<OrderFacts> = fc
  .array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 4 }),
      total: fc.integer({ min: 0, max: 500_000 }),
      traits,
      sealBroken: maybe(fc.boolean()),
      unused: maybe(fc.boolean()),
      bulky: maybe(fc.record({ returnCost: fc.nat(100_000) }, { requiredKeys: [] })),
      guaranteeYears: maybe(fc.integer({ min: 1, max: 12 })),
      defect: maybe(fc.record({ noticedAt: maybe(anInstantText), failedCures: maybe(fc.nat(2)) })),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((lines) => lines.map((line, at) => ({ ...line, lineId: `L${at}`, sku: `sku-${at}` })))
  .chain((lines) => {
    const partOf = fc
      .tuple(...lines.map(({ quantity }) => fc.integer({ min: 0, max: quantity })))
      .map((units) => units.flatMap((quantity, at) => (quantity > 0 ? [{ lineId: `L${at}`, quantity }] : [])))
    return fc
      .record({
        customerKind: fc.constantFrom('consumer' as const, 'business' as const),
        currency: fc.constantFrom('NOK' as const, 'EUR' as const),
        country: fc.constantFrom('NO', 'DE', 'FR', 'US', 'XX'),
        regularDeliveries: maybe(fc.boolean()),
        payment: maybe(
          fc.record({ authorised: fc.nat(900_000), captured: fc.nat(500_000), expired: maybe(fc.boolean()) }),
        ),
        impediment: maybe(fc.record({ event: fc.constantFrom('strike', 'holiday'), foreseeable: maybe(fc.boolean()) })),
        cancelledAt: maybe(anInstantText),
        formedAt: maybe(anInstantText),
        delivery: fc.record({ paid: fc.nat(30_000), standardPrice: fc.nat(30_000) }),
        disclosures: fc.record({
          withdrawalInformation: fc.boolean(),
          withdrawalInformationGivenAt: maybe(anInstantText),
          returnCost: fc.boolean(),
          exceptions: maybe(fc.boolean()),
          earlyCapture: maybe(fc.boolean()),
        }),
        parcels: fc.array(
          fc.record({
            shipmentId: fc.uuid(),
            lines: partOf,
            handedOverAt: maybe(anInstantText),
            receivedAt: maybe(anInstantText),
            receivedBy: maybe(fc.constantFrom('consumer' as const, 'carrier' as const)),
            carrierArrangedBy: maybe(fc.constantFrom('seller' as const, 'customer' as const)),
          }),
          { maxLength: 4 },
        ),
        returns: fc.array(
          fc.record({
            returnId: fc.uuid(),
            lines: partOf,
            refunded: maybe(fc.nat(1_000)),
            outcome: fc.constantFrom('open' as const, 'closed' as const),
            noticeReceivedAt: maybe(anInstantText),
            goodsReceivedAt: maybe(anInstantText),
            sellerCollects: maybe(fc.boolean()),
            collectionOfferedAt: maybe(anInstantText),
          }),
          { maxLength: 2 },
        ),
      })
      .map((rest) => order({ lines, ...rest }))
  })
