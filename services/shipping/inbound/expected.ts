import type { LinePart } from '@vilkar/contracts/parts.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'

/** All the SQL of `expected_return`: what is to come back, by what returns told. */

type Trx = Transaction<Database>
const fresh = { closed_at: null, received_at: null }
const columns = ['return_id', 'order_id', 'kind', 'lines', 'closed_at'] as const
export type Expected = NonNullable<Awaited<ReturnType<typeof readExpected>>>

/** These lines are to come back; what was said of it before is replaced. */
export const expectReturn = (
  trx: Trx,
  { returnId, orderId, kind, lines }: { returnId: string; orderId: string; kind: Expected['kind']; lines: LinePart[] },
) =>
  trx
    .insertInto('expected_return')
    .values({ return_id: returnId, order_id: orderId, kind, lines: JSON.stringify(lines), ...fresh })
    .onConflict((conflict) => conflict.column('return_id').doUpdateSet({ lines: JSON.stringify(lines) }))
    .execute()

/** Other lines than was said are to come back. */
export const changeExpected = (trx: Trx, returnId: string, lines: LinePart[]) =>
  trx
    .updateTable('expected_return')
    .set({ lines: JSON.stringify(lines) })
    .where('return_id', '=', returnId)
    .execute()

/** The return is over. What comes of it all the same is still its own. */
export const closeExpected = (trx: Trx, returnId: string, at: string) =>
  trx.updateTable('expected_return').set({ closed_at: at }).where('return_id', '=', returnId).execute()

/** Returns says that all of it came. */
export const receiveExpected = (trx: Trx, returnId: string, at: string) =>
  trx.updateTable('expected_return').set({ received_at: at }).where('return_id', '=', returnId).execute()

export const readExpected = (db: Kysely<Database>, returnId: string) =>
  db.selectFrom('expected_return').select(columns).where('return_id', '=', returnId).executeTakeFirst()

/** The same, locked until the transaction ends: units of one return are counted one after another. */
export const lockExpected = (trx: Trx, returnId: string) =>
  trx.selectFrom('expected_return').select(columns).where('return_id', '=', returnId).forUpdate().executeTakeFirst()

/** The returns of an order that are not over, oldest first. */
export const expectedOf = (db: Kysely<Database>, orderId: string) =>
  db
    .selectFrom('expected_return')
    .select(columns)
    .where('order_id', '=', orderId)
    .where('closed_at', 'is', null)
    .orderBy('return_id')
    .execute()

/** Units of an order that the customer has withdrawn from, by line, whatever has become of the return. */
export async function withdrawnOf(db: Kysely<Database>, orderId: string): Promise<LinePart[]> {
  const found = await db
    .selectFrom('expected_return')
    .select('lines')
    .where('order_id', '=', orderId)
    .where('kind', '=', 'withdrawal')
    .execute()
  return found.flatMap(({ lines }) => lines)
}

/** The order of a number, with the products of its lines. */
export async function orderOfNumber(db: Kysely<Database>, number: string) {
  const { rows } = await sql<{ orderId: string }>`
    select order_id as "orderId" from order_to_ship where facts ->> 'number' = ${number.trim().toUpperCase()}`.execute(
    db,
  )
  return rows[0]?.orderId
}

/** Shipments that went out under a number, and of which no delivery is told. */
export async function shipmentsOfNumber(db: Kysely<Database>, trackingNumber: string) {
  const { rows } = await sql<{ id: string }>`
    select id from shipment where state #>> '{dispatched,trackingNumber}' = ${trackingNumber} and state ? 'dispatched'
      and status <> 'delivered' order by id`.execute(db)
  return rows.map(({ id }) => id)
}

/** The order of what went out under a number and comes back under it, in however many shipments; of several orders nobody knows whose. */
export async function orderOfShipment(db: Kysely<Database>, trackingNumber: string) {
  const { rows } = await sql<{ orderId: string }>`
    select distinct order_id as "orderId" from shipment where state #>> '{dispatched,trackingNumber}' = ${trackingNumber}`.execute(
    db,
  )
  return rows.length === 1 ? rows[0]!.orderId : undefined
}

/** When goods left under a number, or else of an order at all, in no order. */
export async function departuresOf(
  db: Kysely<Database>,
  { orderId, trackingNumber }: { orderId?: string; trackingNumber?: string },
) {
  const { rows } = await sql<{ left: string; named: boolean }>`
    select state #>> '{dispatched,handedOverAt}' as left,
      coalesce(state #>> '{dispatched,trackingNumber}' = ${trackingNumber ?? null}, false) as named
    from shipment where state ? 'dispatched'
      and (order_id = ${orderId ?? null}::uuid or state #>> '{dispatched,trackingNumber}' = ${trackingNumber ?? null})`.execute(
    db,
  )
  const named = rows.filter((row) => row.named)
  return (named.length > 0 ? named : rows).map(({ left }) => left)
}

/** Which product a line of an order is of. */
export async function skusOf(db: Kysely<Database>, orderId: string) {
  const found = await db.selectFrom('order_to_ship').select('facts').where('order_id', '=', orderId).executeTakeFirst()
  const skus = new Map(found?.facts.lines.map(({ lineId, sku }) => [lineId, sku]))
  return (lineId: string) => skus.get(lineId)
}

/** How many units of a line left with any shipment of the order, and the serial numbers of those that had one. */
export async function serialsSent(db: Kysely<Database>, orderId: string, lineId: string) {
  const found = await db.selectFrom('shipment').select('state').where('order_id', '=', orderId).execute()
  const left = found.flatMap(({ state }) => (state.dispatched ? [state] : []))
  const lines = left.flatMap(({ dispatched }) => dispatched!.lines).filter((line) => line.lineId === lineId)
  const units = left.flatMap((state) => state.units ?? []).filter((unit) => unit.lineId === lineId)
  return {
    sent: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    serials: units.flatMap(({ serialNumber }) => serialNumber ?? []),
  }
}
