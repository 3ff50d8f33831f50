import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { settleInboundOf } from '../inbound/store.ts'
import { allWithdrawn } from '../inbound/withdrawn.ts'
import type { CommandData } from '../shipment/commands.ts'
import { handle } from '../shipment/handle.ts'
import { requestInstead } from '../shipment/replace.ts'
import { lockShipmentsOf, readShipment } from '../shipment/store.ts'

/**
 * Goods that came back leave once more: their shipment is asked for in the same transaction, under the lock of the order, and the parcel in
 * which they came in needs nobody any more.
 */
export async function sendShipmentAgain(
  trx: Transaction<Database>,
  { shipmentId, at, replacementId, by }: Omit<CommandData<'SendAgain'>, 'withdrawn'>,
) {
  const orderId = (await readShipment(trx, shipmentId))?.state.requested.orderId
  const { shipments } = orderId === undefined ? { shipments: [] } : await lockShipmentsOf(trx, orderId)
  const withdrawn = orderId === undefined ? [] : await allWithdrawn(trx, orderId, shipments)
  const data = { shipmentId, at, replacementId, withdrawn, by }
  const handled = await handle(trx, { type: 'SendAgain', data })
  const { stored, events } = handled
  if (stored === undefined || events.length === 0) return handled
  const { lines, trackingNumber } = stored.state.dispatched!
  await requestInstead(trx, stored, { at, replacementId, lines })
  await settleInboundOf(trx, trackingNumber, { at, by, done: `Sent again: shipment ${replacementId}.` })
  return handled
}
