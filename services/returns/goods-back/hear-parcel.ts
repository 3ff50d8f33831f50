import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Transaction } from 'kysely'
import { handle as handleComplaint } from '../complaint/handle.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { lockOrderOfCase } from '../order-facts/store.ts'
import { handle as handleVoluntary } from '../voluntary-return/handle.ts'
import { handle as handleWithdrawal } from '../withdrawal/handle.ts'
import { kindOfCase, lockParcelBack, lookAtParcel, type ParcelBack } from './store.ts'

type Trx = Transaction<Database>

/** What a case does not take yet, since not all is heard of its order, is tried again so often and so long. */
const RETRY_MINUTES = 10
const TRIED_FOR_DAYS = 3
/** Refusals that what is still to be heard may take away. */
export const PASSING: ReadonlySet<string> = new Set(['goods-not-sent', 'units-not-known', 'receipt-in-the-future'])

/** Has a case hear what its carrier told: the first scan proves that the goods were sent, a delivery is their arrival. Said twice it is once. */
export async function hearParcel(trx: Trx, deps: Deps, parcelId: string) {
  const order = await orderOfParcel(trx, parcelId)
  const parcel = await lockParcelBack(trx, parcelId)
  if (parcel === undefined) return
  const refused = order && (await tell(trx, deps, parcel, order.facts as OrderFacts))
  const first = Temporal.Instant.from((parcel.scanned_at ?? parcel.arrived_at)!)
  const now = deps.clock.now()
  const isOld = Temporal.Instant.compare(first.add({ hours: 24 * TRIED_FOR_DAYS }), now) < 0
  const again = (order === undefined || (refused !== undefined && PASSING.has(refused))) && !isOld
  await lookAtParcel(trx, parcelId, again ? now.add({ minutes: RETRY_MINUTES }).toString() : null)
}

/** The order is locked first, as by whoever changes a case. */
async function orderOfParcel(trx: Trx, parcelId: string) {
  const found = await trx.selectFrom('parcel_back').select('case_id').where('id', '=', parcelId).executeTakeFirst()
  return found && lockOrderOfCase(trx, found.case_id)
}

/** The code of the first refusal, if there was one. */
async function tell(trx: Trx, deps: Deps, parcel: ParcelBack, facts: OrderFacts): Promise<string | undefined> {
  const { case_id: returnId, carrier, tracking_number: trackingNumber, scanned_at, arrived_at } = parcel
  const at = deps.clock.now().toString()
  const scannedAt = Temporal.Instant.from((scanned_at ?? arrived_at)!).toString()
  const scan = { returnId, at, carrier, trackingNumber, scannedAt }
  const arrival = arrived_at && { returnId, at, receivedAt: Temporal.Instant.from(arrived_at).toString() }
  switch (await kindOfCase(trx, returnId)) {
    case 'withdrawal': {
      const { refusal } = await handleWithdrawal(trx, { type: 'HearScan', data: { ...scan, facts } }, deps)
      if (refusal || !arrival) return refusal?.code
      return (await handleWithdrawal(trx, { type: 'RecordReceipt', data: { ...arrival, facts } }, deps)).refusal?.code
    }
    case 'voluntary-return': {
      const { refusal } = await handleVoluntary(trx, { type: 'HearScan', data: scan }, deps)
      if (refusal || !arrival) return refusal?.code
      return (await handleVoluntary(trx, { type: 'RecordReceipt', data: arrival }, deps)).refusal?.code
    }
    case 'complaint':
      // What is in the parcel decides: the warehouse looks first.
      return (await handleComplaint(trx, { type: 'HearScan', data: scan }, deps)).refusal?.code
    default:
      return undefined
  }
}
