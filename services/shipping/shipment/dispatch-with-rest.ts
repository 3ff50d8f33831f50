import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { carryCircumstances } from './carry.ts'
import type { CommandData } from './commands.ts'
import { handle, handleUnderOrder } from './handle.ts'
import { remainderOf } from './units.ts'

/** Dispatches a shipment; what stays behind becomes another shipment of the same order, in the same transaction. */
export async function dispatchWithRest(trx: Transaction<Database>, dispatch: CommandData<'DispatchShipment'>) {
  const { shipmentId, at } = dispatch
  const handled = await handleUnderOrder(trx, { type: 'DispatchShipment', data: dispatch })
  const { stored, events } = handled
  if (stored === undefined || events.length === 0 || stored.state.dispatched?.restId === undefined) return handled

  const { requestedAt: _, lines: all, ...requested } = stored.state.requested
  const { restId, lines: staying } = stored.state.dispatched
  const lines = remainderOf(all, staying)
  const data = {
    ...requested,
    at,
    shipmentId: restId,
    lines,
    restOf: shipmentId,
    personal: { address: stored.personal.address },
  }
  await handle(trx, { type: 'RequestShipment', data })
  await carryCircumstances(trx, stored, { as: 'rest', shipmentId: restId, at, lines, staying })
  return handled
}
