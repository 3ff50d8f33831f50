import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { RequestedShipment } from '../shipment/state.ts'
import { countOf } from '../shipment/stop.ts'
import { withdrawnOf } from './expected.ts'

type Kept = { state: RequestedShipment }

/** Lines of which the customer has withdrawn from every unit that left, with those units: of fewer, nobody knows which parcel had them. */
export async function allWithdrawn(db: Kysely<Database>, orderId: string, shipments: readonly Kept[]) {
  const declared = await withdrawnOf(db, orderId)
  const left = shipments
    .filter(({ state: { requested } }) => requested.replaces === undefined && requested.cure === undefined)
    .flatMap(({ state }) => state.dispatched?.lines ?? [])
  const lineIds = [...new Set(left.map(({ lineId }) => lineId))]
  return lineIds
    .map((lineId) => ({ lineId, quantity: countOf(left, lineId) }))
    .filter(({ lineId, quantity }) => countOf(declared, lineId) >= quantity)
}
