import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { carryCircumstances } from './carry.ts'
import type { CommandData } from './commands.ts'
import { handle, handleUnderOrder } from './handle.ts'
import { readShipment } from './store.ts'
import { unitsOf } from './units.ts'

/** Takes units out of a shipment and asks for them as another of the same order, in the same transaction. */
export async function sendInParts(trx: Transaction<Database>, split: CommandData<'SplitShipment'>) {
  const { shipmentId, partId, lines, at } = split
  const found = await readShipment(trx, shipmentId)
  const handled = await handleUnderOrder(trx, { type: 'SplitShipment', data: split }, found)
  const { stored, events } = handled
  if (stored === undefined || found === undefined || events.length === 0) return handled
  const { requestedAt: _, lines: all, ...requested } = found.state.requested
  const part = { ...requested, at, shipmentId: partId, lines: unitsOf(all, lines), restOf: shipmentId }
  await handle(trx, { type: 'RequestShipment', data: { ...part, personal: { address: stored.personal.address } } })
  const staying = stored.state.requested.lines
  await carryCircumstances(trx, stored, { as: 'part', shipmentId: partId, at, lines, staying })
  return handled
}
