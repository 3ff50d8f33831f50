import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import { keptUnits } from '../order/reservation.ts'
import type { PlacedOrder, Shortage } from '../order/state.ts'

/** The most units of a product that are free to sell. */
export const MAX_STOCK = 1_000_000

/** Units by SKU. */
export type Units = { sku: string; quantity: number }

/** How many units of each of these are free to sell, locked in the order of their SKUs so that nobody waits in a circle. */
export async function lockStock(trx: Trx, skus: string[]): Promise<Map<string, number>> {
  if (skus.length === 0) return new Map()
  const { rows } = await sql<{ sku: string; stock: number }>`
    select sku, stock from product where sku = any (${[...new Set(skus)]}::text[]) order by sku for update`.execute(trx)
  return new Map(rows.map(({ sku, stock }) => [sku, stock]))
}

/** What there is not enough of to give all of these; what there is stays locked until the transaction ends. */
export async function shortagesOf(trx: Trx, wanted: Units[]): Promise<Shortage[]> {
  const stock = await lockStock(
    trx,
    wanted.map(({ sku }) => sku),
  )
  return shortOf(wanted, stock)
}

/** The same as it is now, for whoever asks before it matters: nothing is locked, and it may be otherwise in a moment. */
export async function shortagesNow(db: Kysely<Database>, wanted: Units[]): Promise<Shortage[]> {
  if (wanted.length === 0) return []
  const skus = wanted.map(({ sku }) => sku)
  const rows = await db.selectFrom('product').select(['sku', 'stock']).where('sku', 'in', skus).execute()
  return shortOf(wanted, new Map(rows.map(({ sku, stock }) => [sku, stock])))
}

const shortOf = (wanted: Units[], stock: Map<string, number>): Shortage[] =>
  wanted.flatMap(({ sku, quantity }) => {
    const available = stock.get(sku) ?? 0
    return quantity > available ? [{ sku, wanted: quantity, available }] : []
  })

/**
 * What goes into stock, or comes out of it where it is negative, when an order becomes another: it keeps what it kept less what it
 * keeps now. So units are in stock or an order's, and never both, however an order ends.
 */
export function freedBy(before: PlacedOrder | undefined, after: PlacedOrder): Units[] {
  const freed = new Map<string, number>()
  const add = (sku: string, units: number) => freed.set(sku, (freed.get(sku) ?? 0) + units)
  for (const { sku, quantity } of before ? keptUnits(before) : []) add(sku, quantity)
  for (const { sku, quantity } of keptUnits(after)) add(sku, -quantity)
  return [...freed].flatMap(([sku, quantity]) => (quantity === 0 ? [] : [{ sku, quantity }]))
}

/** Moves what an order frees, or takes, by a change. Throws when it takes more than there is. */
export async function moveKept(trx: Trx, before: PlacedOrder | undefined, after: PlacedOrder) {
  const freed = freedBy(before, after)
  if (freed.length > 0) await addToStock(trx, freed)
}

/** Adds units to stock, takes those that are negative, and says how many are free then. The database keeps that from being fewer than none. */
export async function addToStock(trx: Trx, units: Units[]): Promise<Map<string, number>> {
  const stock = await lockStock(
    trx,
    units.map(({ sku }) => sku),
  )
  await sql`
    update product set stock = stock + units.quantity
    from unnest(${units.map(({ sku }) => sku)}::text[], ${units.map(({ quantity }) => quantity)}::int[]) units (sku, quantity)
    where product.sku = units.sku`.execute(trx)
  return new Map(units.map(({ sku, quantity }) => [sku, (stock.get(sku) ?? 0) + quantity]))
}
