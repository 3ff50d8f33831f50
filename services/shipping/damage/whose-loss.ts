import type { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Kysely } from 'kysely'
import type { Database, OrderToShip } from '../database.ts'
import { allWithdrawn } from '../inbound/withdrawn.ts'
import { riskOfShipment } from '../risk/timeline.ts'
import type { RequestedShipment } from '../shipment/state.ts'
import { countOf } from '../shipment/stop.ts'
import { readShipmentsOf } from '../shipment/store.ts'

/**
 * Whether units that were lost on their way were at the customer's risk, who owes their price then and has nothing to choose (kjøpsloven §§ 12 and
 * 13, forbrukerkjøpsloven § 14). Of a parcel that was received and came short nobody knows where they went.
 */
export function isCustomersLoss(
  order: OrderToShip,
  shipments: readonly RequestedShipment[],
  state: RequestedShipment,
  lost: readonly UnitsSent[],
  at: Temporal.Instant,
) {
  if (state.receivedAt !== undefined) return false
  const sellers = riskOfShipment(order, shipments, state, at).units.filter(({ bearer }) => bearer === 'seller')
  return lost.some(({ lineId, quantity }) => countOf(sellers, lineId) < quantity)
}

/** What a choice of a loss of an order hangs on, beside the shipment itself: what was withdrawn from, and whose the loss is. */
export async function readChoosing(db: Kysely<Database>, orderId: string, now: Temporal.Instant) {
  const found = await readShipmentsOf(db, orderId)
  const shipments = found?.shipments ?? []
  const states = shipments.map(({ state }) => state)
  return {
    shipments,
    at: now.toString(),
    withdrawn: await allWithdrawn(db, orderId, shipments),
    isCustomers: (state: RequestedShipment, lost: readonly UnitsSent[]) =>
      found !== undefined && isCustomersLoss(found.order, states, state, lost, now),
  }
}
export type Choosing = Omit<Awaited<ReturnType<typeof readChoosing>>, 'shipments'>
