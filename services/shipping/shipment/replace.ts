import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { CommandData } from './commands.ts'
import { handle, handleUnderOrder } from './handle.ts'
import { unitsOf } from './units.ts'

/** Settles a loss; if others are to be sent, their shipment is requested in the same transaction. */
export async function settleWithReplacement(trx: Transaction<Database>, settle: CommandData<'SettleLoss'>) {
  const { shipmentId, at } = settle
  const handled = await handleUnderOrder(trx, { type: 'SettleLoss', data: settle })
  const { stored, events } = handled
  const settled = events.find((event) => event.type === 'LossSettled')
  if (stored === undefined || settled?.data.replacementId === undefined) return handled

  const { requestedAt: _, restOf: __, lines: ___, ...requested } = stored.state.requested
  const data = {
    ...requested,
    at,
    shipmentId: settled.data.replacementId,
    lines: unitsOf(stored.state.dispatched!.lines, settled.data.lines),
    replaces: shipmentId,
    originalShipmentId: requested.originalShipmentId ?? shipmentId,
    personal: { address: stored.personal.address },
  }
  await handle(trx, { type: 'RequestShipment', data })
  return handled
}
