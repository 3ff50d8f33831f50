import { MOST_ORDERS } from '@vilkar/contracts/privacy.ts'
import { eraseOrders as ofOrders } from '@vilkar/orders/erasure/erase-orders.ts'
import type { Answer } from '@vilkar/personal-data/carry-out.ts'
import { eraseOrders as ofReturns } from '@vilkar/returns/erasure/erase-orders.ts'
import { eraseOrders as ofShipping } from '@vilkar/shipping/erasure/erase-orders.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type Databases, HOLDERS, type Holder } from './databases.ts'
import { type Entry, type Erased, isErased } from './log.ts'
import { replayPrivacy } from './replay-privacy.ts'

const SHOP = 'shop'

type Erase = (
  trx: never,
  deps: { clock: { now: () => Temporal.Instant } },
  erasure: { erasureId: string; orderIds: string[]; keeps: Erased['keeps'] },
) => Promise<Answer>

/** How each service erases, and by which table it knows that there is an order. */
const services: Record<Holder, { erase: Erase; table: string; column: string }> = {
  orders: { erase: ofOrders, table: 'orders', column: 'id' },
  shipping: { erase: ofShipping, table: 'order_to_ship', column: 'order_id' },
  returns: { erase: ofReturns, table: 'order_facts', column: 'order_id' },
}

/** What became of the log in a database: how many orders, how many places of them, and of which orders something is under way. */
export type Replayed = {
  database: string
  erased: number
  places: number
  before: number
  unknown: string[]
  underWay: string[]
  /** Of privacy: of how many it was not known that they opted out or took a consent back. */
  noes?: number
}

/**
 * Erases again in each of these databases what the log names: once, whatever was erased there already. An order that a backup does not
 * know is noted as erased, since what comes late may name its person. `say` hears of each database.
 */
export async function replay(databases: Databases, log: Entry[]): Promise<Replayed[]> {
  const erasures = log.filter(isErased)
  const whole = lastOfEach(erasures.filter(({ system, keeps }) => system === SHOP && !keeps.includes('order')))
  // What was said in returns and complaints goes before its order does.
  const ofCases = erasures.filter(({ keeps }) => keeps.includes('order'))
  const done: Replayed[] = []
  for (const holder of HOLDERS) {
    const db = databases.of<never>(holder)
    if (db !== undefined) done.push(await replayIn(db, holder, holder === 'returns' ? [...ofCases, ...whole] : whole))
  }
  const privacy = databases.of<never>('privacy')
  if (privacy !== undefined) done.push(await replayPrivacy(privacy as never, log))
  return done
}

/** An order may have been erased twice, the second time with its accounts: what counts is the last word on each. */
function lastOfEach(erasures: Erased[]): Erased[] {
  const byOrder = new Map<string, Erased>()
  for (const erasure of erasures.toSorted((a, b) => (a.erasedAt < b.erasedAt ? -1 : 1)))
    for (const record of erasure.records) byOrder.set(record, erasure)
  return erasures.flatMap((erasure) => {
    const records = erasure.records.filter((record) => byOrder.get(record) === erasure)
    return records.length === 0 ? [] : [{ ...erasure, records }]
  })
}

async function replayIn(db: Kysely<never>, holder: Holder, log: Erased[]): Promise<Replayed> {
  const total: Replayed = { database: holder, erased: 0, places: 0, before: 0, unknown: [], underWay: [] }
  for (const erasure of log)
    for (let from = 0; from < erasure.records.length; from += MOST_ORDERS) {
      const orderIds = erasure.records.slice(from, from + MOST_ORDERS)
      await db.transaction().execute((trx) => replayOne(trx, holder, { ...erasure, orderIds }, total))
    }
  return total
}

async function replayOne(
  trx: Transaction<never>,
  holder: Holder,
  { erasureId, orderIds, keeps, erasedAt }: Erased & { orderIds: string[] },
  total: Replayed,
) {
  const { erase, table, column } = services[holder]
  const { rows: before } = await sql<{ id: string }>`
    select order_id as id from erased_order where order_id = any(${orderIds}::uuid[]) and erasure_id = ${erasureId}`.execute(
    trx,
  )
  const done = new Set(before.map(({ id }) => id))
  const left = orderIds.filter((id) => !done.has(id))
  total.before += done.size
  if (left.length === 0) return
  const { rows: known } = await sql<{ id: string }>`
    select ${sql.ref(column)} as id from ${sql.table(table)} where ${sql.ref(column)} = any(${left}::uuid[])`.execute(
    trx,
  )
  const there = new Set(known.map(({ id }) => id))
  const clock = { now: () => Temporal.Instant.from(erasedAt) }
  const { erased, postponed, counts } = await erase(trx as never, { clock }, { erasureId, orderIds: left, keeps })
  total.unknown.push(...left.filter((id) => !there.has(id)))
  total.erased += erased.filter((id) => there.has(id)).length
  total.places += counts.blanked + counts.deleted + counts.events + counts.files
  total.underWay.push(...postponed.map(({ orderId }) => orderId))
}
