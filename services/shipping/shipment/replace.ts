import type { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { carryCircumstances } from './carry.ts'
import { handle } from './handle.ts'
import { lockOrderToShip, type StoredShipment } from './store.ts'
import { unitsOf } from './units.ts'

type Instead = { at: string; replacementId: string; lines: UnitsSent[] }

/**
 * Asks for units of a shipment that left to be sent once more, as a shipment of their own that nobody pays for again: it names the shipment with
 * which they left first, goes where the order says by now, and what was agreed of the order holds of it. Whoever calls has locked the order.
 */
export async function requestInstead(trx: Transaction<Database>, stored: StoredShipment, instead: Instead) {
  const { at, replacementId, lines: units } = instead
  const { requestedAt: _, restOf: __, lines: ___, ...requested } = stored.state.requested
  const address = (await lockOrderToShip(trx, requested.orderId))!.personal.address
  const data = {
    ...requested,
    ...{ at, shipmentId: replacementId, lines: unitsOf(stored.state.dispatched!.lines, units) },
    ...{ replaces: stored.id, originalShipmentId: requested.originalShipmentId ?? stored.id },
    personal: { address },
  }
  await handle(trx, { type: 'RequestShipment', data })
  await carryCircumstances(trx, stored, { as: 'instead', shipmentId: replacementId, at, lines: units, staying: [] })
}
