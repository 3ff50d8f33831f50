import type { Transaction } from 'kysely'
import type pg from 'pg'
import type { Database } from '../database.ts'
import { isPlaced, nothingKnown, type OrderSoFar, type PlacedOrder } from './projection.ts'

/** All the SQL of `order_facts`. */

const READ = 'select facts, personal from order_facts where order_id = $1'

/** The order, once it is known to be placed. Costs as little as its row: most of what this service is asked is this. */
export async function readOrder(pool: pg.Pool, orderId: string): Promise<PlacedOrder | undefined> {
  const { rows } = await pool.query<OrderSoFar>(READ, [orderId])
  return rows[0] && isPlaced(rows[0]) ? rows[0] : undefined
}

/** The same, locked until the transaction ends. */
export async function lockOrder(trx: Transaction<Database>, orderId: string): Promise<PlacedOrder | undefined> {
  const known = await lock(trx, orderId)
  return known && isPlaced(known) ? known : undefined
}

/** The order of a return as far as it is known, locked. */
export const lockOrderOfReturn = (trx: Transaction<Database>, returnId: string): Promise<OrderSoFar | undefined> =>
  trx
    .selectFrom('order_facts')
    .select(['facts', 'personal'])
    .where('order_id', '=', (eb) => eb.selectFrom('return').select('order_id').where('id', '=', returnId))
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
  const { facts, personal } = update(known ?? (await lock(trx, orderId))!)
  await trx
    .updateTable('order_facts')
    .set({ facts: JSON.stringify(facts), personal: JSON.stringify(personal) })
    .where('order_id', '=', orderId)
    .execute()
  return { facts, personal }
}

const lock = (trx: Transaction<Database>, orderId: string): Promise<OrderSoFar | undefined> =>
  trx
    .selectFrom('order_facts')
    .select(['facts', 'personal'])
    .where('order_id', '=', orderId)
    .forUpdate()
    .executeTakeFirst()

async function insert(trx: Transaction<Database>, orderId: string, { facts, personal }: OrderSoFar) {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('order_facts')
    .values({ order_id: orderId, facts: JSON.stringify(facts), personal: JSON.stringify(personal) })
    .onConflict((conflict) => conflict.column('order_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}
