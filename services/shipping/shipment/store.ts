import type { Stored } from '@vilkar/decider/command-handler.ts'
import { gathering } from '@vilkar/messaging/gather.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database, OrderToShip, Personal } from '../database.ts'
import type { RequestedShipment } from './state.ts'
import type { AnsweredStops } from './stops.ts'

/** All the SQL of `shipment`, `stops` and `order_to_ship`, but for the list of shipments that staff ask for. */

export type StoredShipment = Stored<RequestedShipment, Personal>
type StoredStops = Stored<AnsweredStops, object>

export const shipmentColumns = ['id', 'version', 'state', 'personal'] as const

export const readShipment = (db: Kysely<Database>, id: string): Promise<StoredShipment | undefined> =>
  db.selectFrom('shipment').select(shipmentColumns).where('id', '=', id).executeTakeFirst()

/** The shipment, locked until the transaction ends. */
export const lockShipment = gathering(
  async (trx: Transaction<Database>, ids: string[]): Promise<(StoredShipment | undefined)[]> => {
    const rows = await trx
      .selectFrom('shipment')
      .select(shipmentColumns)
      .where('id', '=', sql<string>`any(${ids}::uuid[])`)
      .orderBy('id')
      .forUpdate()
      .execute()
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id))
  },
)

/**
 * Locks what is kept of an order until the transaction ends, so that its shipments neither split nor stop while somebody
 * decides about all of them; then reads them, oldest first.
 */
export async function lockShipmentsOf(trx: Transaction<Database>, orderId: string) {
  const order = await lockOrderToShip(trx, orderId)
  return { order, shipments: await shipmentsOf(trx, orderId) }
}

const lockOrderToShip = gathering(async (trx: Transaction<Database>, orderIds: string[]) => {
  const rows = await trx
    .selectFrom('order_to_ship')
    .select(['order_id', 'facts', 'personal', 'payment_missing'])
    .where('order_id', '=', sql<string>`any(${orderIds}::uuid[])`)
    .orderBy('order_id')
    .forUpdate()
    .execute()
  const byOrder = new Map(rows.map((row) => [row.order_id, row]))
  return orderIds.map((id) => byOrder.get(id))
})

const shipmentsOf = gathering(async (trx: Transaction<Database>, orderIds: string[]) => {
  const rows = await trx
    .selectFrom('shipment')
    .select(['order_id', 'id', 'status', 'state'])
    .where('order_id', '=', sql<string>`any(${orderIds}::uuid[])`)
    .orderBy('id')
    .execute()
  const byOrder = Map.groupBy(rows, ({ order_id }) => order_id)
  return orderIds.map((id) => byOrder.get(id) ?? [])
})

export async function saveShipment(trx: Transaction<Database>, { id, version, state, personal }: StoredShipment) {
  const row = { version, status: state.status, state: JSON.stringify(state), personal: JSON.stringify(personal) }
  const { orderId, requestedAt } = state.requested
  await save(trx, { id, order_id: orderId, requested_at: requestedAt, ...row })
}

const save = gathering(async (trx: Transaction<Database>, rows: Insertable<Database['shipment']>[]) => {
  await trx
    .insertInto('shipment')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(({ ref }) => ({
        ...{ version: ref('excluded.version'), status: ref('excluded.status') },
        ...{ state: ref('excluded.state'), personal: ref('excluded.personal') },
      })),
    )
    .execute()
  return []
})

export const insertOrderToShip = (trx: Transaction<Database>, orderId: string, facts: OrderToShip, kept: Personal) =>
  insertToShip(trx, { order_id: orderId, facts: JSON.stringify(facts), personal: JSON.stringify(kept) })

const insertToShip = gathering(async (trx: Transaction<Database>, rows: Insertable<Database['order_to_ship']>[]) => {
  await trx
    .insertInto('order_to_ship')
    .values(rows)
    .onConflict((conflict) => conflict.column('order_id').doNothing())
    .execute()
  return []
})

/** What of an order will be asked for, should its contract be formed: less than was placed when units were stopped before. */
export const setLinesToShip = (trx: Transaction<Database>, orderId: string, facts: OrderToShip) =>
  trx
    .updateTable('order_to_ship')
    .set({ facts: JSON.stringify(facts) })
    .where('order_id', '=', orderId)
    .execute()

/** Where what is asked for later goes. */
export const setAddressToShip = (trx: Transaction<Database>, orderId: string, kept: Personal) =>
  trx
    .updateTable('order_to_ship')
    .set({ personal: JSON.stringify(kept) })
    .where('order_id', '=', orderId)
    .execute()

/** The answers about an order, locked until the transaction ends; undefined when none was given. */
export async function lockStops(trx: Transaction<Database>, orderId: string): Promise<StoredStops | undefined> {
  const found = await trx
    .selectFrom('stops')
    .select(['order_id', 'version', 'state'])
    .where('order_id', '=', orderId)
    .forUpdate()
    .executeTakeFirst()
  return found && { id: found.order_id, version: found.version, state: found.state, personal: {} }
}

export async function saveStops(trx: Transaction<Database>, { id, version, state }: StoredStops) {
  const row = { version, state: JSON.stringify(state) }
  await trx
    .insertInto('stops')
    .values({ order_id: id, ...row })
    .onConflict((conflict) => conflict.column('order_id').doUpdateSet(row))
    .execute()
}

/** Why goods of the order must wait for a new payment; null when they need not. */
export const setPaymentMissing = (trx: Transaction<Database>, orderId: string, cause: string | null) =>
  trx.updateTable('order_to_ship').set({ payment_missing: cause }).where('order_id', '=', orderId).execute()
