import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import type { StockChangeReason } from './reasons.ts'
import { addToStock, lockStock } from './stock.ts'

/** All the SQL of the table `stock_change`: units that people added or took, and goods that came back. */

export type StockChange = {
  id: string
  sku: string
  units: number
  reason: StockChangeReason
  note: string | null
  orderId: string | null
  returnId: string | null
  saidBy: string | null
  /** Units free to sell after it. */
  stock: number
  at: string
}

/** A change as it is asked for; what is left out does not apply. */
export type Asked = Pick<StockChange, 'sku' | 'units' | 'reason'> &
  Partial<Pick<StockChange, 'note' | 'orderId' | 'returnId' | 'saidBy'>> & { idempotencyKey?: string; at: string }

const columns = [
  ...(['id', 'sku', 'units', 'reason', 'note', 'at'] as const),
  ...(['order_id as orderId', 'return_id as returnId', 'said_by as saidBy', 'stock_after as stock'] as const),
] as const

const rowOf = (asked: Asked, stock: number) => ({
  ...{ id: uuidv7(), sku: asked.sku, units: asked.units, reason: asked.reason, note: asked.note ?? null },
  ...{ order_id: asked.orderId ?? null, return_id: asked.returnId ?? null, said_by: asked.saidBy ?? null },
  ...{ idempotency_key: asked.idempotencyKey ?? null, stock_after: stock, at: asked.at },
})

/** Notes what a product that was just made has. */
export const recordOpening = (trx: Trx, asked: Omit<Asked, 'reason'>) =>
  trx
    .insertInto('stock_change')
    .values(rowOf({ ...asked, reason: 'opened' }, asked.units))
    .execute()

/** How many units a product was made with. */
export const openingOf = async (trx: Trx, sku: string) =>
  (
    await trx
      .selectFrom('stock_change')
      .select('units')
      .where('sku', '=', sku)
      .where('reason', '=', 'opened')
      .executeTakeFirst()
  )?.units

/** Puts goods that came back into stock, a row for each product; those that were before are not again. */
export async function restock(trx: Trx, changes: Asked[]) {
  for (const change of changes.toSorted((a, b) => (a.sku < b.sku ? -1 : 1))) {
    const stock = (await lockStock(trx, [change.sku])).get(change.sku)
    if (stock === undefined) continue
    const added = await trx
      .insertInto('stock_change')
      .values(rowOf(change, stock + change.units))
      .onConflict((conflict) => conflict.columns(['return_id', 'sku']).doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows === 1n) await addToStock(trx, [{ sku: change.sku, quantity: change.units }])
  }
}

/** What came of a change that somebody asked for. `known` was asked for under the same key before. */
export type Outcome =
  | { kind: 'changed' | 'known'; change: StockChange }
  | { kind: 'unknown-product' }
  | { kind: 'reserved' | 'too-large'; free: number }

/** Changes stock, unless that leaves fewer than none free or more than `most`. Asked twice under a key, it happens once. */
export async function changeStock(
  trx: Trx,
  asked: Asked & { saidBy: string; idempotencyKey: string },
  most: number,
): Promise<Outcome> {
  const free = (await lockStock(trx, [asked.sku])).get(asked.sku)
  if (free === undefined) return { kind: 'unknown-product' }
  const before = await saidBefore(trx, asked)
  if (before) return { kind: 'known', change: before }
  if (free + asked.units < 0) return { kind: 'reserved', free }
  if (free + asked.units > most) return { kind: 'too-large', free }
  const change = await trx
    .insertInto('stock_change')
    .values(rowOf(asked, free + asked.units))
    .onConflict((conflict) => conflict.columns(['said_by', 'idempotency_key']).doNothing())
    .returning(columns)
    .executeTakeFirst()
  // The same key was used of another product, at this very moment.
  if (change === undefined) return { kind: 'known', change: (await saidBefore(trx, asked))! }
  await addToStock(trx, [{ sku: asked.sku, quantity: asked.units }])
  return { kind: 'changed', change }
}

const saidBefore = (trx: Trx, { saidBy, idempotencyKey }: { saidBy: string; idempotencyKey: string }) =>
  trx
    .selectFrom('stock_change')
    .select(columns)
    .where('said_by', '=', saidBy)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst()

/** A page of the changes of a product, oldest first. */
export const changesOf = (
  db: Kysely<Database>,
  { sku, after, limit }: { sku: string; after?: string; limit: number },
) =>
  db
    .selectFrom('stock_change')
    .select(columns)
    .where('sku', '=', sku)
    .$if(after !== undefined, (query) => query.where('id', '>', after!))
    .orderBy('id')
    .limit(limit)
    .execute()
