import type { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { CommandData } from './commands.ts'
import { handle, handleUnderOrder } from './handle.ts'
import type { StoredShipment } from './store.ts'
import { unitsOf } from './units.ts'

/** Settles a loss; if others are to be sent, their shipment is requested in the same transaction. */
export async function settleWithReplacement(trx: Transaction<Database>, settle: CommandData<'SettleLoss'>) {
  const handled = await handleUnderOrder(trx, { type: 'SettleLoss', data: settle })
  const { stored, events } = handled
  const settled = events.find((event) => event.type === 'LossSettled')
  if (stored === undefined || settled?.data.replacementId === undefined) return handled

  const { replacementId, lines } = settled.data
  await handle(trx, { type: 'RequestShipment', data: shipmentInstead(stored, { at: settle.at, replacementId, lines }) })
  return handled
}

/** What is asked for to send these units of a shipment that left once more; it names the shipment with which they left first. */
export function shipmentInstead(
  { id, state, personal }: StoredShipment,
  { at, replacementId, lines }: { at: string; replacementId: string; lines: UnitsSent[] },
): CommandData<'RequestShipment'> {
  const { requestedAt: _, restOf: __, lines: ___, ...requested } = state.requested
  return {
    ...requested,
    at,
    shipmentId: replacementId,
    lines: unitsOf(state.dispatched!.lines, lines),
    replaces: id,
    originalShipmentId: requested.originalShipmentId ?? id,
    personal: { address: personal.address },
  }
}
