import { example } from '@vilkar/contracts/test/examples.ts'
import { apportion } from '@vilkar/terms/amounts/apportion.ts'
import { editionById } from '@vilkar/terms/editions/registry.ts'
import { sha256Of } from '@vilkar/terms/order/told.ts'
import { functionNotice } from '@vilkar/terms/statute/withdrawal-function.ts'
import type { startReturnsForTest } from '../returns-service.ts'

/** The facts of a worked case, in the words of the bank of cases. Money in kroner. */
export type CaseFacts = {
  customerType?: 'consumer' | 'business'
  country?: string
  withdrawalInfoComplete?: boolean
  infoGivenAt?: string | null
  receivedAt?: string | null
  parcelsReceivedAt?: (string | null)[]
  deliveredAt?: string
  returnCostDisclosed?: boolean
  lineFlags?: string[]
  lines?: number[] | { id: number; flags: string[] }[] | number
  linesOre?: number[]
  orderDiscount?: number
  orderDiscountOre?: number
  goods?: number
  returned?: number
  deliveryPaid?: number
  standardDelivery?: number
  windowYears?: number
  [other: string]: unknown
}
export type House = Pick<Awaited<ReturnType<typeof startReturnsForTest>>, 'hear' | 'clock'>

/** A day of a case is meant as some moment of it in Oslo. */
export const momentOf = (told: string) =>
  (told.includes('T')
    ? Temporal.Instant.from(told)
    : Temporal.PlainDate.from(told).toZonedDateTime({ timeZone: 'Europe/Oslo', plainTime: '12:00' }).toInstant()
  ).toString()
const before = (moment: string, hours: number) => Temporal.Instant.from(moment).subtract({ hours }).toString()

/** Where a case does not say when goods came, they came then. */
export const RECEIVED = '2026-06-01T10:00:00Z'

/**
 * Has the service hear of an order as the facts of a case tell it: placed four days before the first parcel came, with a line for each
 * price, and delivered parcel by parcel, a line in each. Gives its id.
 */
export async function tell({ hear, clock }: House, facts: CaseFacts): Promise<string> {
  const orderId = crypto.randomUUID()
  const parcels = parcelsOf(facts)
  const first = parcels.find((at) => at !== null) ?? RECEIVED
  const placedAt = before(first, 96)
  const formedAt = before(first, 95)
  const lines = linesOf(facts, parcels.length)
  const price = (facts.deliveryPaid ?? 0) * 100
  const standardPrice = (facts.standardDelivery ?? facts.deliveryPaid ?? 0) * 100
  const { placed } = told(orderId)
  clock.at = formedAt
  await hear('OrderPlaced', orderId, {
    ...placed,
    ...{ placedAt, customerKind: facts.customerType ?? 'consumer', country: facts.country ?? 'NO', lines },
    ...(facts.currency ? { currency: facts.currency } : {}),
    delivery: { ...placed.delivery, price, standardPrice },
    disclosures: { ...placed.disclosures, returnCost: facts.returnCostDisclosed ?? true },
  })
  const withdrawalFunction = facts.functionTold && functionOn('https://shop.example/withdraw')
  await hear('ContractFormed', orderId, { formedAt, documents: documentsOf(facts), withdrawalFunction })
  const nothingLeft = facts.goodsNeverShipped === true || facts.captured === 0
  for (const [n, at] of nothingLeft ? [] : parcels.entries()) {
    const shipmentId = crypto.randomUUID()
    const packed = lines.filter((_, i) => i % parcels.length === n)
    const left = packed.map(({ lineId, sku, name, quantity }) => ({ lineId, sku, name, quantity }))
    await hear('ShipmentDispatched', orderId, { shipmentId, handedOverAt: before(first, 48), lines: left })
    if (at !== null) await hear('ShipmentDelivered', orderId, { shipmentId, receivedAt: at })
  }
  if (typeof facts.infoGivenAt === 'string')
    await hear('ContractReconfirmed', orderId, { reconfirmedAt: momentOf(facts.infoGivenAt), documents: inFull('nb') })
  return orderId
}

const edition = editionById(example('OrderPlaced').data.terms.edition)!
const inFull = (locale: 'nb' | 'en') => [
  { kind: 'terms', locale, sha256: sha256Of(edition.text(locale)) },
  { kind: 'withdrawal-form', locale, sha256: sha256Of(edition.withdrawalForm(locale)) },
]
/** A line as the example of an order has it. */
export const placedLine = example('OrderPlaced').data.lines[0]!

/** What an order of the storefront's is told with, but for what a case says of it; and what informs its customer in full. */
export function told(orderId: string) {
  const { personal, delivery, disclosures } = example('OrderPlaced').data
  const whose = { ...personal, placedBy: 'storefront', email: `kari.${orderId}@example.com` }
  return { placed: { delivery, disclosures, personal: whose }, inFull }
}

/** That the confirmation told of the withdrawal function, in English. */
const functionOn = (page: string) => ({ locale: 'en', page, sha256: sha256Of(functionNotice('en', page)) })

/** What went out with the confirmation. */
function documentsOf({ withdrawalInfoComplete, infoGivenAt, modelForm, infoLocale, returnCostDisclosed }: CaseFacts) {
  if (infoLocale === 'en') return inFull('en')
  const [terms, form] = inFull('nb')
  if (modelForm === false) return [terms!]
  if (returnCostDisclosed === false) return [form!]
  return withdrawalInfoComplete === false || infoGivenAt !== undefined ? [] : inFull('nb')
}

function parcelsOf({ parcelsReceivedAt, receivedAt, deliveredAt, event, shippedAt }: CaseFacts): (string | null)[] {
  if (parcelsReceivedAt) return parcelsReceivedAt.map((at) => (at === null ? null : momentOf(at)))
  if (receivedAt === null || String(event).startsWith('refused') || shippedAt) return [null]
  return [momentOf(receivedAt ?? deliveredAt ?? RECEIVED)]
}

/** A line for each price in øre, or one for each parcel. */
function linesOf(facts: CaseFacts, parcels: number) {
  const flagged = Array.isArray(facts.lines) && typeof facts.lines[0] === 'object' ? facts.lines : undefined
  const flags = (flagged as { flags: string[] }[] | undefined)?.map((line) => line.flags) ?? []
  const prices = pricesOf(facts, flagged?.length ?? parcels)
  const discount = facts.orderDiscountOre ?? (facts.orderDiscount ?? 0) * 100
  const discounts = apportion(discount, prices)
  return prices.map((price, i) => ({
    ...placedLine,
    ...{ lineId: String(i + 1), sku: `SKU-${i + 1}`, quantity: 1, unitPrice: price },
    total: price - discounts[i]!,
    ...(facts.guaranteeYears !== undefined && {
      guarantee: { by: 'seller', years: facts.guaranteeYears, covers: 'All defects' },
    }),
    ...(facts.bulky === true && { bulky: facts.returnCostAmountDisclosed === true ? { returnCost: 45_000 } : {} }),
    traits: traitsOf(flags[i] ?? facts.lineFlags ?? [], facts.windowYears === 5),
  }))
}

function pricesOf({ lines, linesOre, goods, returned }: CaseFacts, count: number): number[] {
  if (linesOre) return linesOre
  if (Array.isArray(lines) && typeof lines[0] === 'number') return (lines as number[]).map((price) => price * 100)
  if (goods !== undefined && returned !== undefined) return [returned * 100, (goods - returned) * 100]
  if (goods !== undefined) return [goods * 100]
  return Array<number>(typeof lines === 'number' ? lines : count).fill(50_000)
}

const traitsOf = (flags: string[], longLived: boolean) => ({
  madeToOrder: flags.includes('custom-made') || flags.includes('personalised'),
  hygieneSealed: flags.includes('hygiene-sealed'),
  safetyCritical: false,
  longLived,
})
