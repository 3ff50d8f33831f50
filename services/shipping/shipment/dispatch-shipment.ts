import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { handle } from './handle.ts'
import type { ShipmentCommand } from './shipment.ts'
import { remainderOf } from './shipment-decisions.ts'
import { lockShipmentsOf } from './shipments-of.ts'

type DispatchShipment = Extract<ShipmentCommand, { type: 'DispatchShipment' }>

/** Dispatches a shipment; what stays behind becomes another shipment of the same order, in the same transaction. */
export async function dispatchShipment(trx: Transaction<Database>, command: DispatchShipment) {
  const { shipmentId, at } = command.data
  const found = await trx.selectFrom('shipment').select('order_id').where('id', '=', shipmentId).executeTakeFirst()
  if (found) await lockShipmentsOf(trx, found.order_id)
  const handled = await handle(trx, command)
  const { stored, events } = handled
  if (stored === undefined || events.length === 0 || stored.state.dispatched?.restId === undefined) return handled

  const { requestedAt: _, lines, ...requested } = stored.state.requested
  const data = {
    ...requested,
    at,
    shipmentId: stored.state.dispatched.restId,
    lines: remainderOf(lines, stored.state.dispatched.lines),
    restOf: shipmentId,
    personal: { address: stored.personal.address },
  }
  await handle(trx, { type: 'RequestShipment', data })
  return handled
}
