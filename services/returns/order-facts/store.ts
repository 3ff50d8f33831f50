import { byName, gathering } from '@vilkar/messaging/gather.ts'
import { updateRows } from '@vilkar/server/update-rows.ts'
import { sql, type Transaction } from 'kysely'
import type pg from 'pg'
import type { Database } from '../database.ts'
import { isPlaced, nothingKnown, type OrderSoFar, type PlacedOrder } from './projection.ts'

/** All the SQL of `order_facts`. */

const READ = 'select facts, personal from order_facts where order_id = $1'

/** Reads that were sent in this run of the event loop and that nobody has waited for yet. */
const underWay = new WeakMap<pg.Pool, Map<string, Promise<PlacedOrder | undefined>>>()

/**
 * The order, once it is known to be placed. Costs as little as its row: most of what this service is asked is this. Who asks for the same order in the same
 * breath, as the parts of one answer do, shares the read and what came of it: nothing can have been heard between them.
 */
export function readOrder(pool: pg.Pool, orderId: string): Promise<PlacedOrder | undefined> {
  const reads = underWay.getOrInsertComputed(pool, () => new Map())
  if (reads.size === 0) queueMicrotask(() => reads.clear())
  return reads.getOrInsertComputed(orderId, () => readOne(pool, orderId))
}

async function readOne(pool: pg.Pool, orderId: string): Promise<PlacedOrder | undefined> {
  const { rows } = await pool.query<OrderSoFar>(READ, [orderId])
  return rows[0] && isPlaced(rows[0]) ? rows[0] : undefined
}

/** A row of `order_facts` as PostgreSQL writes it: two texts of JSON, by which it can be seen whether anything was changed. */
export type RowText = { facts: string; personal: string }

const READ_TEXTS = {
  name: 'row texts',
  text: 'select order_id, facts::text, personal::text from order_facts where order_id = any($1::uuid[])',
}

/** The rows of orders, read as they are written, in the order of the ids; undefined where there is none. */
export async function readRowTexts(pool: pg.Pool, orderIds: string[]): Promise<(RowText | undefined)[]> {
  const { rows } = await pool.query<RowText & { order_id: string }>({ ...READ_TEXTS, values: [orderIds] })
  return byName(orderIds, rows, ({ order_id }) => order_id)
}

/** The order that a row tells of, once it is known to be placed. */
export function orderIn({ facts, personal }: RowText): PlacedOrder | undefined {
  const order = { facts: JSON.parse(facts), personal: JSON.parse(personal) } as OrderSoFar
  return isPlaced(order) ? order : undefined
}

/** The same, locked until the transaction ends. */
export async function lockOrder(trx: Transaction<Database>, orderId: string): Promise<PlacedOrder | undefined> {
  const known = await lock(trx, orderId)
  return known && isPlaced(known) ? known : undefined
}

/**
 * The order of a number that its customer names, by whoever knows its address too; `email` is left out by staff, who know whom
 * they speak with. Locked until the transaction ends.
 */
export async function lockOrderByNumber(
  trx: Transaction<Database>,
  { number, email }: { number: string; email?: string },
): Promise<PlacedOrder | undefined> {
  const found = await trx
    .selectFrom('order_facts')
    .select('order_id')
    .where('number', '=', number)
    .$if(email !== undefined, (query) => query.where(sql<boolean>`lower(personal ->> 'email') = lower(${email})`))
    .executeTakeFirst()
  return found && lockOrder(trx, found.order_id)
}

/** The order of a return as far as it is known, locked. */
export const lockOrderOfReturn = (trx: Transaction<Database>, returnId: string): Promise<OrderSoFar | undefined> =>
  trx
    .selectFrom('order_facts')
    .select(['facts', 'personal'])
    .where('order_id', '=', (eb) => eb.selectFrom('return').select('order_id').where('id', '=', returnId))
    .forUpdate()
    .executeTakeFirst()

/** The order of a case, whatever right that rests on, as far as it is known, locked. */
export const lockOrderOfCase = (trx: Transaction<Database>, caseId: string): Promise<OrderSoFar | undefined> =>
  trx
    .selectFrom('order_facts')
    .select(['facts', 'personal'])
    .where('order_id', '=', (eb) => eb.selectFrom('return_case').select('order_id').where('id', '=', caseId))
    .forUpdate()
    .executeTakeFirst()

/** Changes what is known of an order, from nothing if need be. Returns what is known then. */
export async function updateOrder(
  trx: Transaction<Database>,
  orderId: string,
  update: (order: OrderSoFar) => OrderSoFar,
): Promise<OrderSoFar> {
  const known = await lock(trx, orderId)
  if (known === undefined) {
    const first = update(nothingKnown(orderId))
    if (await insert(trx, orderId, first)) return first
  }
  // Where the row was not there and is now, another transaction made it meanwhile, and has committed.
  const after = update(known ?? (await lock(trx, orderId))!)
  await save(trx, rowOf(orderId, after))
  return after
}

const rowOf = (orderId: string, { facts, personal }: OrderSoFar) => ({
  ...{ order_id: orderId, facts: JSON.stringify(facts), personal: JSON.stringify(personal) },
})

const lock = gathering(async (trx: Transaction<Database>, orderIds: string[]): Promise<(OrderSoFar | undefined)[]> => {
  const rows = await trx
    .selectFrom('order_facts')
    .select(['order_id', 'facts', 'personal'])
    .where('order_id', '=', sql<string>`any(${orderIds}::uuid[])`)
    .orderBy('order_id')
    .forUpdate()
    .execute()
  return byName(orderIds, rows, ({ order_id }) => order_id).map(
    (row) => row && { facts: row.facts, personal: row.personal },
  )
})

const save = gathering(async (trx: Transaction<Database>, rows: ReturnType<typeof rowOf>[]) => {
  await updateRows(trx as never, 'order_facts', { facts: 'jsonb', personal: 'jsonb' }, rows, 'order_id')
  return []
})

/** Whether the order was not there before. */
const insert = (trx: Transaction<Database>, orderId: string, order: OrderSoFar) => insertNew(trx, rowOf(orderId, order))

const insertNew = gathering(async (trx: Transaction<Database>, rows: ReturnType<typeof rowOf>[]) => {
  const inserted = await trx
    .insertInto('order_facts')
    .values(rows)
    .onConflict((conflict) => conflict.column('order_id').doNothing())
    .returning('order_id')
    .execute()
  const fresh = new Set(inserted.map(({ order_id }) => order_id))
  return rows.map(({ order_id }) => fresh.has(order_id))
})
