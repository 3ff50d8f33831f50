import type { Stored } from '@vilkar/decider/command-handler.ts'
import { byName, gathering } from '@vilkar/messaging/gather.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database, OrderToShip, Personal } from '../database.ts'
import { goodsHere, type RequestedShipment } from './state.ts'
import type { AnsweredStops } from './stops.ts'

/** All the SQL of `shipment`, `stops` and `order_to_ship`, but for the list of shipments that staff ask for. */

export type StoredShipment = Stored<RequestedShipment, Personal>
type StoredStops = Stored<AnsweredStops, object>

export const shipmentColumns = ['id', 'version', 'state', 'personal'] as const

const shipmentsNamed = (db: Kysely<Database>, ids: string[]) =>
  db.selectFrom('shipment').select(shipmentColumns).where('id', '=', sql<string>`any(${ids}::uuid[])`)

/** The shipment as it is now; undefined when there is none. */
export const readShipment = gathering(async (db: Kysely<Database>, ids: string[]) => {
  const rows = await shipmentsNamed(db, ids).execute()
  return byName<StoredShipment>(ids, rows, ({ id }) => id)
})

/** The shipment, locked until the transaction ends. */
export const lockShipment = gathering(async (trx: Transaction<Database>, ids: string[]) => {
  const rows = await shipmentsNamed(trx, ids).orderBy('id').forUpdate().execute()
  return byName<StoredShipment>(ids, rows, ({ id }) => id)
})

/**
 * Locks what is kept of an order until the transaction ends, so that its shipments neither split nor stop while somebody
 * decides about all of them; then reads them, oldest first.
 */
export async function lockShipmentsOf(trx: Transaction<Database>, orderId: string) {
  const order = await lockOrderToShip(trx, orderId)
  return { order, shipments: await shipmentsOf(trx, orderId) }
}

/** What is kept of an order, locked until the transaction ends; undefined when the order is not known here. */
export const lockOrderToShip = gathering(async (trx: Transaction<Database>, orderIds: string[]) => {
  const rows = await trx
    .selectFrom('order_to_ship')
    .select(['order_id', 'facts', 'personal', 'payment_missing'])
    .where('order_id', '=', sql<string>`any(${orderIds}::uuid[])`)
    .orderBy('order_id')
    .forUpdate()
    .execute()
  return byName(orderIds, rows, ({ order_id }) => order_id)
})

/** The shipments of an order, oldest first. */
export const shipmentsOf = gathering(async (trx: Kysely<Database>, orderIds: string[]) => {
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

export const insertOrderToShip = (
  trx: Transaction<Database>,
  orderId: string,
  facts: OrderToShip,
  { link_address, ...kept }: Personal & { link_address: string },
) =>
  insertToShip(trx, {
    ...{ order_id: orderId, facts: JSON.stringify(facts), personal: JSON.stringify(kept), link_address },
  })

const insertToShip = gathering(async (trx: Transaction<Database>, rows: Insertable<Database['order_to_ship']>[]) => {
  await trx
    .insertInto('order_to_ship')
    .values(rows)
    .onConflict((conflict) => conflict.column('order_id').doNothing())
    .execute()
  return []
})

/** What is kept of an order: less is asked for when units were stopped before, and what the customer was told comes later. */
export const setOrderToShip = (trx: Transaction<Database>, orderId: string, facts: OrderToShip) =>
  trx
    .updateTable('order_to_ship')
    .set({ facts: JSON.stringify(facts) })
    .where('order_id', '=', orderId)
    .execute()

/** The address that an order is written to from now on, as links carry it. */
export const setLinkAddress = (trx: Transaction<Database>, orderId: string, link_address: string) =>
  trx.updateTable('order_to_ship').set({ link_address }).where('order_id', '=', orderId).execute()

/**
 * The addresses of orders from before they were kept, as links carry them. What is known of an order already stands, since it is never older; of
 * one that was erased nothing is kept. Answers how many were not known.
 */
export async function fillLinkAddresses(db: Kysely<Database>, known: { orderId: string; address: string }[]) {
  const { numAffectedRows } = await sql`
    update order_to_ship set link_address = known.address
    from unnest(${known.map(({ orderId }) => orderId)}::uuid[], ${known.map(({ address }) => address)}::text[]) known (id, address)
    where order_id = known.id and link_address is null
      and not exists (select from erased_order erased where erased.order_id = known.id)`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** The same as it is kept; undefined for an order of which it is not known. */
export const readLinkAddress = async (db: Kysely<Database>, orderId: string) =>
  (await db.selectFrom('order_to_ship').select('link_address').where('order_id', '=', orderId).executeTakeFirst())
    ?.link_address ?? undefined

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

/** What is told of the risk: of which version of the shipment, and when it is to be looked at again. */
export const setRiskTold = (trx: Transaction<Database>, id: string, told: { version: number; dueAt: string | null }) =>
  trx
    .updateTable('shipment')
    .set({ risk_version: told.version, risk_due_at: told.dueAt })
    .where('id', '=', id)
    .execute()

/** Written out, so that the index of what is untold is known to hold all that is asked for. */
const neverPassed = [...goodsHere, 'cancelled'].map((status) => sql.lit(status))

/** Orders with a shipment that left, or of which something is recorded, whose risk is to be looked at. */
export async function ordersOfUntoldRisk(db: Kysely<Database>, now: string, limit: number) {
  const { rows } = await untoldRisk(now, limit).execute(db)
  return rows.map(({ order_id }) => order_id)
}

/** The statement of it: what is new of a shipment, and what time alone may have changed. */
export const untoldRisk = (now: string, limit: number) => sql<{ order_id: string }>`
  select distinct order_id from (
    (select order_id from shipment where risk_version is distinct from version
      and (status not in (${sql.join(neverPassed)}) or state ? 'circumstances') order by requested_at limit ${limit})
    union all
    (select order_id from shipment where risk_due_at <= ${now}::timestamptz order by risk_due_at limit ${limit})
  ) untold limit ${limit}`

/** Whether the delivery has failed is told of this version. */
export const setFailureTold = (trx: Transaction<Database>, id: string, version: number) =>
  trx.updateTable('shipment').set({ failure_version: version }).where('id', '=', id).execute()

/** Orders with a shipment of which something is new that bears on whether its delivery has failed. Written out, as the index of it is. */
export async function ordersOfUntoldFailures(db: Kysely<Database>, limit: number) {
  const { rows } = await sql<{ order_id: string }>`
    select distinct order_id from (
      select order_id from shipment where failure_version is distinct from version
        and (status in ('refused', 'uncollected', 'returned', 'lost', 'damaged') or state ? 'failed'
          or (status = 'delivered' and state ? 'damages'))
      order by requested_at limit ${limit}) untold`.execute(db)
  return rows.map(({ order_id }) => order_id)
}

/** The shipments of an order, whose states bear on each other's risk, and what is known of the order; undefined where none is known. */
export async function readShipmentsOf(db: Kysely<Database>, orderId: string) {
  const found = await db
    .selectFrom('shipment')
    .innerJoin('order_to_ship', 'order_to_ship.order_id', 'shipment.order_id')
    .select(['shipment.id', 'shipment.state', 'order_to_ship.facts'])
    .where('shipment.order_id', '=', orderId)
    .orderBy('shipment.id')
    .execute()
  return found[0] && { order: found[0].facts, shipments: found.map(({ id, state }) => ({ id, state })) }
}

/** Something of the order is new that no version of its shipments shows. */
export const lookAgainAtFailures = (trx: Transaction<Database>, orderId: string) =>
  trx.updateTable('shipment').set({ failure_version: null }).where('order_id', '=', orderId).execute()

/** What the risk of a shipment hangs on: its order and all shipments of that. */
export async function readOrderOf(db: Kysely<Database>, shipmentId: string) {
  const found = await db
    .selectFrom('shipment')
    .innerJoin('order_to_ship', 'order_to_ship.order_id', 'shipment.order_id')
    .innerJoin('shipment as each', 'each.order_id', 'shipment.order_id')
    .select(['each.id', 'each.state', 'order_to_ship.facts'])
    .where('shipment.id', '=', shipmentId)
    .execute()
  const own = found.find(({ id }) => id === shipmentId)
  return own && { order: own.facts, states: found.map(({ state }) => state), state: own.state }
}

/** Something of the order is new that no version of its shipments shows. */
export const lookAgainAtRisk = (trx: Transaction<Database>, orderId: string) =>
  trx.updateTable('shipment').set({ risk_version: null }).where('order_id', '=', orderId).execute()

/** Whether all of these goods of a shipment, or all that left with it, are meant to last considerably longer than two years. */
export async function readLongLived(db: Kysely<Database>, shipmentId: string, lines?: { lineId: string }[]) {
  const found = await readOrderOf(db, shipmentId)
  if (found === undefined) return false
  const concerned = new Set((lines ?? found.state.dispatched?.lines ?? []).map(({ lineId }) => lineId))
  const goods = found.order.lines.filter(({ lineId }) => concerned.has(lineId))
  return goods.length > 0 && goods.every(({ traits }) => traits?.longLived)
}

/** The parcel of a shipment that left was handed on to whoever follows it. */
export const setFollowed = (trx: Transaction<Database>, id: string, at: string) =>
  trx.updateTable('shipment').set({ followed_at: at }).where('id', '=', id).execute()
