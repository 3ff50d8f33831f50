import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { CommandData } from '../shipment/commands.ts'
import { handle } from '../shipment/handle.ts'
import { requestInstead } from '../shipment/replace.ts'
import { lockShipmentsOf, readShipment } from '../shipment/store.ts'
import { choosingOf } from './whose-loss.ts'

/**
 * Settles a loss under the lock of the order, which says what the customer withdrew from and whose the risk was; if others are to be sent, their shipment is requested in
 * the same transaction.
 */
export async function settleWithReplacement(
  trx: Transaction<Database>,
  settle: Omit<CommandData<'SettleLoss'>, 'withdrawn' | 'customersRisk'>,
) {
  const choosing = await lockChoosing(trx, settle)
  const handled = await handle(trx, { type: 'SettleLoss', data: { ...settle, ...choosing } })
  const { stored, events } = handled
  const settled = events.find((event) => event.type === 'LossSettled')
  if (stored === undefined || settled?.data.replacementId === undefined) return handled
  const { replacementId, lines } = settled.data
  await requestInstead(trx, stored, { at: settle.at, replacementId, lines })
  return handled
}

/** What the choice hangs on, locked. Of what is not known here nothing is: the decider says so. */
async function lockChoosing(
  trx: Transaction<Database>,
  { shipmentId, reportId, at }: Pick<CommandData<'SettleLoss'>, 'shipmentId' | 'reportId' | 'at'>,
) {
  const orderId = (await readShipment(trx, shipmentId))?.state.requested.orderId
  const { order, shipments } = orderId === undefined ? {} : await lockShipmentsOf(trx, orderId)
  const state = shipments?.find(({ id }) => id === shipmentId)?.state
  const report = state?.damages?.find((each) => each.reportId === reportId)
  if (order === undefined || state === undefined || report === undefined) return { withdrawn: [] }
  const choosing = await choosingOf(trx, { order: order.facts, shipments: shipments! }, Temporal.Instant.from(at))
  return choosing(state, report.lines)
}
