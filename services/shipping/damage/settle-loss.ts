import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { allWithdrawn } from '../inbound/withdrawn.ts'
import type { CommandData } from '../shipment/commands.ts'
import { handle } from '../shipment/handle.ts'
import { requestInstead } from '../shipment/replace.ts'
import { lockShipmentsOf, readShipment } from '../shipment/store.ts'

/**
 * Settles a loss under the lock of the order, which says what the customer withdrew from; if others are to be sent, their shipment is requested in
 * the same transaction.
 */
export async function settleWithReplacement(
  trx: Transaction<Database>,
  settle: Omit<CommandData<'SettleLoss'>, 'withdrawn'>,
) {
  const orderId = (await readShipment(trx, settle.shipmentId))?.state.requested.orderId
  const { shipments } = orderId === undefined ? { shipments: [] } : await lockShipmentsOf(trx, orderId)
  const withdrawn = orderId === undefined ? [] : await allWithdrawn(trx, orderId, shipments)
  const handled = await handle(trx, { type: 'SettleLoss', data: { ...settle, withdrawn } })
  const { stored, events } = handled
  const settled = events.find((event) => event.type === 'LossSettled')
  if (stored === undefined || settled?.data.replacementId === undefined) return handled
  const { replacementId, lines } = settled.data
  await requestInstead(trx, stored, { at: settle.at, replacementId, lines })
  return handled
}
