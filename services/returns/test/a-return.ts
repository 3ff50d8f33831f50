import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { Found } from '@vilkar/contracts/returns-inspection.ts'
import { editionById } from '@vilkar/terms/editions/registry.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { edition } from '@vilkar/terms/sellers/smartgroup/2026-01-15/edition.ts'
import type { Claimed, ReturnCommand } from '../withdrawal/commands.ts'

export const orderId = '019e8258-8c00-7a60-8f0e-2f8f9a4d1c11'
export const shipmentId = '019e8258-8c00-7b01-9a52-0d6b1f7c3e22'
export const returnId = '019eb0c8-1c00-7c02-8b63-1e7c2a8d4f33'

export const plain = { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: false }
const all = [
  { lineId: '1', quantity: 2 },
  { lineId: '2', quantity: 1 },
]

/** A consumer's order of two sensors and a lock with home delivery, formed and not yet sent. */
export const unsent: OrderFacts = {
  orderId,
  terms: { edition: edition.id, sha256: editionById(edition.id)!.sha256 },
  customerKind: 'consumer',
  country: 'NO',
  currency: 'NOK',
  placedAt: '2026-06-01T08:00:00Z',
  formedAt: '2026-06-01T08:02:10Z',
  lines: [
    { lineId: '1', sku: 'SENSOR-1', quantity: 2, total: 99_800, traits: plain },
    {
      lineId: '2',
      sku: 'LOCK-1',
      quantity: 1,
      total: 129_900,
      traits: { ...plain, longLived: true },
    },
  ],
  delivery: { paid: 14_900, standardPrice: 9_900 },
  disclosures: { withdrawalInformation: true, returnCost: true },
  parcels: [],
  returns: [],
}
export const onTheWay: OrderFacts = {
  ...unsent,
  parcels: [{ shipmentId, lines: all, handedOverAt: '2026-06-02T12:00:00Z' }],
}
/** Received on Thursday the fourth of June, so that the period ends with Thursday the eighteenth. */
export const received: OrderFacts = {
  ...onTheWay,
  parcels: onTheWay.parcels.map((parcel) => ({ ...parcel, receivedAt: '2026-06-04T14:30:00Z' })),
}

type Data<Type extends ReturnCommand['type']> = Omit<Extract<ReturnCommand, { type: Type }>['data'], 'returnId' | 'at'>
const command = <Type extends ReturnCommand['type']>(type: Type, at: string, data: Data<Type>) =>
  ({ type, data: { returnId, at, ...data } }) as unknown as Extract<ReturnCommand, { type: Type }>

export const declare = (change: Partial<Data<'DeclareWithdrawal'>> = {}, at = '2026-06-10T09:00:00Z') =>
  command('DeclareWithdrawal', at, { facts: received, ...change })
/** The customer says it; `now` is when we hear of it. */
export const send = (sentAt = '2026-06-11T08:00:00Z', now = sentAt, facts = received) =>
  command('RecordSending', now, {
    ...{ facts, carrier: 'Posten', trackingNumber: 'TEST7654321NO', sentAt, believedAfter: 'P5D' },
  })
/** A member of staff says it. */
export const sendAsStaff = (sentAt = '2026-06-11T08:00:00Z', now = sentAt, facts = received) => {
  const { data } = send(sentAt, now, facts)
  return { type: 'RecordSending', data: { ...data, staff: 'support-1' } } as const
}
export const judge = (verdict: Data<'JudgeProof'>['verdict'] = 'confirmed', at = '2026-06-11T08:00:00Z') =>
  command('JudgeProof', at, {
    ...{ facts: received, verdict, judgedBy: 'support-1' },
    reason: verdict === 'rejected' ? 'Posten knows no such parcel.' : 'Posten shows the parcel.',
  })
export const believe = (at: string) => command('BelieveProof', at, { facts: received })
export const receive = (receivedAt = '2026-06-15T10:00:00Z', now = receivedAt, facts = received) =>
  command('RecordReceipt', now, { facts, receivedAt })
/** The goods are back, and these of them can be sold again. */
export const receiveFit = (fitForSale: LinePart[], facts = received) =>
  command('RecordReceipt', '2026-06-15T10:00:00Z', { facts, receivedAt: '2026-06-15T10:00:00Z', fitForSale })
/** Orders says which units never left and which had. */
export const learn = (stopped: LinePart[], left: LinePart[], facts = received) =>
  command('RecordUnits', '2026-06-10T09:00:02Z', { facts, stopped, left })
export const close = (outcome: 'refunded' | 'order-cancelled' | 'never-sent' = 'refunded', amount = 49_900) =>
  command('CloseReturn', '2026-06-15T10:00:09Z', { outcome, amount })
export const ask = () => command('AskUnits', '2026-06-10T09:00:02Z', {})
/** The rest of the order was cancelled. */
export const backWithDelivery = (facts: OrderFacts) =>
  command('RefundDelivery', '2026-06-20T12:00:00Z', {
    ...{ facts, deliveryRefundId: shipmentId, requestedAt: '2026-06-20T11:59:00Z' },
  })
/** The watcher looks whether the goods were sent. */
export const remind = (at: string, facts = received) => command('RemindToSend', at, { facts })
/** The seller offers to collect the goods, on that day if it is set. */
export const collect = (said: { collectOn?: string } = {}, at = '2026-06-12T08:00:00Z', facts = received) =>
  command('OfferCollection', at, { facts, offeredBy: 'support-1', ...said })
/** Somebody looked: these units came, as they were found. */
export const inspect = (units: Found[], at = '2026-06-15T10:00:00Z', facts = received) =>
  command('RecordInspection', at, {
    ...{ facts, receivedAt: at, units, inspectedBy: 'warehouse-1', serialNumbers: ['SN-0001'], note: 'Scratched.' },
  })
/** One sensor, as good as new unless it is found otherwise. */
export const found = (change: Partial<Found> = {}): Found => ({
  ...{ lineId: '1', quantity: 1, complete: true, wear: 'tried', fitForSale: true },
  ...change,
})
/** A person judges it, and hears the customer for a week unless it is final. */
export const assess = (deductions: Claimed[], { at = '2026-06-15T11:00:00Z', final = false, facts = received } = {}) =>
  command('AssessReturn', at, {
    ...{ facts, deductions, assessedBy: 'support-1', grounds: 'Scratched all over.' },
    ...(!final && { heardFor: 'P7D' }),
  })
export const worn = (amount = 10_000): Claimed => ({ lineId: '1', quantity: 1, amount, why: 'diminished-value' })
