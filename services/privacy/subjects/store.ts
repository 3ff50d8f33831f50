import { ACCOUNTING } from '@vilkar/terms/privacy/accounts.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Facts } from './facts.ts'
import type { OrderHeld } from './tables.ts'

/** All the SQL of the tables `holding` and `order_held`. */

type Db = Kysely<Database>
type Trx = Transaction<Database>
export type HoldingId = { controller: PolicyId; system: string; record: string }

export const holdingColumns = [
  ...([
    'controller',
    'system',
    'record',
    'category',
    'facts',
    'subjects',
    'status',
    'due_at',
    'open',
    'missing',
  ] as const),
  ...(['erasure_id', 'postponed_until', 'told_at', 'held_since'] as const),
] as const
const selected = (db: Db) => db.selectFrom('holding').select(holdingColumns)
export type HoldingRow = Awaited<ReturnType<ReturnType<typeof selected>['executeTakeFirstOrThrow']>>

const idOf = ({ controller, system, record }: HoldingId) => ({ controller, system, record })

export const readHolding = (db: Db, id: HoldingId) =>
  selected(db)
    .where((where) => where.and(idOf(id)))
    .executeTakeFirst()

/** A holding that nobody else changes until the transaction ends. */
export const lockHolding = (trx: Trx, id: HoldingId) =>
  selected(trx)
    .where((where) => where.and(idOf(id)))
    .forUpdate()
    .executeTakeFirst()

export type Told = HoldingId & {
  category: string
  facts: Facts
  subjects: string[]
  dueAt?: Temporal.Instant
  open: boolean
  missing?: string
  at: Temporal.Instant
  /** Since when it is held, where that is told later. */
  heldSince?: Temporal.Instant
}

/** Keeps a holding as it is told last. One whose erasure is asked for stays asked for; one that was erased is held anew. */
export const putHolding = (
  trx: Trx,
  { category, facts, subjects, dueAt, open, missing, at, heldSince = at, ...id }: Told,
) =>
  trx
    .insertInto('holding')
    .values({
      ...{ ...idOf(id), category, facts: JSON.stringify(facts), subjects, open, missing: missing ?? null },
      ...{ due_at: dueAt?.toString() ?? null, told_at: at.toString(), status: 'held' },
      held_since: heldSince.toString(),
    })
    .onConflict((conflict) =>
      conflict.columns(['controller', 'system', 'record']).doUpdateSet((set) => ({
        ...{ category: set.ref('excluded.category'), facts: set.ref('excluded.facts') as never },
        ...{
          subjects: set.ref('excluded.subjects'),
          open: set.ref('excluded.open'),
          missing: set.ref('excluded.missing'),
        },
        ...{ due_at: set.ref('excluded.due_at'), told_at: set.ref('excluded.told_at') },
        held_since: sql`case holding.status when 'erased' then excluded.held_since else holding.held_since end`,
        status: sql`case holding.status when 'due' then 'due' else 'held' end`,
      })),
    )
    .execute()

/** The holder told that it keeps the record no more. Answers whether there was one. */
export const endHolding = (trx: Trx, id: HoldingId) =>
  trx
    .deleteFrom('holding')
    .where((where) => where.and(idOf(id)))
    .where('status', '=', 'held')
    .returning('record')
    .executeTakeFirst()
    .then((row) => row !== undefined)

const ofPerson = (db: Db, controller: PolicyId, keys: string[]) =>
  selected(db)
    .where('controller', '=', controller)
    .where('subjects', '&&', sql<string[]>`${keys}::text[]`)
    .where('status', '!=', 'erased')
    .orderBy('system')
    .orderBy('record')

/** All that is held of a person who is known by any of these keys. */
export const holdingsOf = (db: Db, controller: PolicyId, keys: string[]) => ofPerson(db, controller, keys).execute()

/** The same, locked until the transaction ends: who decides about them at the same time waits, and sees what was decided. */
export const lockHoldingsOf = (trx: Trx, controller: PolicyId, keys: string[]) =>
  ofPerson(trx, controller, keys).forUpdate().execute()

/** What is known of an order, locked until the transaction ends, whether or not anything was heard of it before. */
export const lockOrder = (trx: Trx, orderId: string) =>
  trx
    .insertInto('order_held')
    .values({ order_id: orderId })
    .onConflict((conflict) =>
      conflict.column('order_id').doUpdateSet((set) => ({ order_id: set.ref('excluded.order_id') })),
    )
    .returning(['controller', 'subjects', 'facts'])
    .executeTakeFirstOrThrow()

type OrderKnown = { controller: string | null; subjects: string[]; facts: OrderHeld }
export const setOrder = (trx: Trx, orderId: string, { controller, subjects, facts }: OrderKnown) =>
  trx
    .updateTable('order_held')
    .set({ controller, subjects, facts: JSON.stringify(facts) })
    .where('order_id', '=', orderId)
    .execute()

/** Something was heard of these orders since they were erased, or could not go yet: they are asked for again. */
export const noteHeardAgain = (trx: Trx, orderIds: readonly string[], at: string) =>
  trx.updateTable('order_held').set({ heard_again_at: at }).where('order_id', 'in', orderIds).execute()

/** The same of an order that a system erased, or is to erase, or holds for its accounts alone; of any other nothing is written. */
export const noteHeardOfErased = (trx: Trx, system: string, orderId: string, at: string) =>
  sql`
    update order_held set heard_again_at = ${at} where order_id = ${orderId} and exists (
      select from holding
      where holding.controller = order_held.controller and system = ${system} and record = order_held.order_id::text
        and (status <> 'held' or category = ${ACCOUNTING}))`.execute(trx)

/** It is asked for again. */
export const noteAskedAgain = (trx: Trx, orderIds: readonly string[]) =>
  trx.updateTable('order_held').set({ heard_again_at: null }).where('order_id', 'in', orderIds).execute()

type Of = Pick<HoldingId, 'controller' | 'system'>

/** Their erasure is asked for. What could not go before is known by its `postponed_until`, until its holder answers again. */
export const askedFor = (trx: Trx, { controller, system }: Of, records: readonly string[], erasureId: string) =>
  trx
    .updateTable('holding')
    .set({ status: 'due', erasure_id: erasureId })
    .where((where) => where.and({ controller, system }))
    .where('record', 'in', records)
    .execute()

/** Of systems of others, what something keeps is asked for no more. Answers by which erasures it was asked for. */
export async function askNoMore(trx: Trx, controller: PolicyId, but: string[], keptBySomething: RawBuilder<boolean>) {
  const rows = await trx
    .updateTable('holding')
    .set({ status: 'held', postponed_until: null })
    .where('controller', '=', controller)
    .where('status', '=', 'due')
    .where('system', 'not in', but)
    .where(keptBySomething)
    .returning('erasure_id')
    .execute()
  return [...new Set(rows.flatMap(({ erasure_id }) => erasure_id ?? []))]
}

/** Which records these erasures ask for still. */
export const stillAsked = (db: Db, erasureIds: string[]) =>
  db
    .selectFrom('holding')
    .select(['erasure_id', 'record'])
    .where('status', '=', 'due')
    .where('erasure_id', '=', sql<string>`any(${erasureIds}::uuid[])`)
    .execute()

/** Holdings that an erasure asked for and that are still asked for by it, locked. */
export const askedBy = (trx: Trx, { controller, system }: Of, erasureId: string) =>
  selected(trx)
    .where((where) => where.and({ controller, system, erasure_id: erasureId, status: 'due' }))
    .orderBy('record')
    .forUpdate()
    .execute()

/** Of these records those that an erasure was the last to ask for, and that are held since something keeps them, locked. */
export const recalledFrom = (trx: Trx, { controller, system }: Of, records: readonly string[], erasureId: string) =>
  records.length === 0
    ? Promise.resolve([])
    : selected(trx)
        .where((where) => where.and({ controller, system, erasure_id: erasureId, status: 'held' }))
        .where('record', 'in', records)
        .orderBy('record')
        .forUpdate()
        .execute()

/** They are gone: the row stays and names nobody. */
export async function noteErased(trx: Trx, { controller, system }: Of, records: readonly string[]) {
  if (records.length === 0) return
  await trx
    .updateTable('holding')
    .set({ status: 'erased', subjects: [], facts: '{}', open: false, postponed_until: null })
    .where((where) => where.and({ controller, system }))
    .where('record', 'in', records)
    .execute()
}

/** With an order its returns and complaints are gone, whether or not they were asked for themselves. */
export const endCases = (trx: Trx, { controller, system }: Of, orderIds: readonly string[]) =>
  trx
    .deleteFrom('holding')
    .where((where) => where.and({ controller, system }))
    .where('record', 'in', orderIds)
    .execute()

/** Nobody is to be found by these orders any more. */
export const forgetOrders = (trx: Trx, orderIds: readonly string[]) =>
  trx.updateTable('order_held').set({ subjects: [] }).where('order_id', 'in', orderIds).execute()

/** They could not go yet, and are held until it is asked again. */
export const notePostponed = (trx: Trx, { controller, system }: Of, record: string, until: string) =>
  trx
    .updateTable('holding')
    .set({ status: 'held', postponed_until: until })
    .where((where) => where.and({ controller, system, record }))
    .execute()
