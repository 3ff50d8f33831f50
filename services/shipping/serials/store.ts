import type { RecallAnnounced, RecallEnded, RecallNoticeAsked } from '@vilkar/contracts/shipping-serials.ts'
import { insertOutbox, readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { NoticeOutcome } from './tables.ts'

/**
 * The SQL of `recall` and `recall_notice`, but for what alarms look for and what keeps goods here (`shipment/open-recalls.ts`); of others'
 * tables, the sweep.
 */

type Db = Kysely<Database>
type Trx = Transaction<Database>
/** So many shipments are looked at in one statement. */
const SHIPMENTS_PER_PAGE = 2_000
const recallColumns = [
  ...(['id', 'sku', 'scope', 'notice', 'announced_at', 'ended_at', 'sweep_after', 'sweep_due_at', 'swept_at'] as const),
  'personal',
] as const
const noticeColumns = ['id', 'order_id', 'units', 'asked_at', 'outcome', 'settled_at', 'personal'] as const
export type RecallRow = NonNullable<Awaited<ReturnType<typeof readRecall>>>
export type NoticeRow = Awaited<ReturnType<typeof listNotices>>[number]

/** What of a recall is announced. */
type Announced = Pick<RecallAnnounced['data'], 'recallId' | 'sku' | 'scope' | 'notice'> & { by: string }

/** Notes and tells a recall, once under its id: what is noted under it already stands. */
export async function announceRecall(trx: Trx, { by, ...data }: Announced, at: Temporal.Instant) {
  const { recallId: id, sku, scope, notice } = data
  const announcedAt = at.toString()
  const said = { scope: JSON.stringify(scope), notice: JSON.stringify(notice), personal: JSON.stringify({ by }) }
  const swept = { ended_at: null, sweep_after: null, sweep_due_at: announcedAt, swept_at: null }
  const inserted = await trx
    .insertInto('recall')
    .values({ id, sku, ...said, announced_at: announcedAt, ...swept })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted === undefined) return
  const fact: RecallAnnounced = { type: 'RecallAnnounced', data: { ...data, announcedAt } }
  await insertOutbox(trx, 'shipping', [{ aggregateId: id, version: 1, fact, at }])
}

export const readRecall = (db: Db, id: string) =>
  db.selectFrom('recall').select(recallColumns).where('id', '=', id).executeTakeFirst()

export const listRecalls = (db: Db, limit: number) =>
  db.selectFrom('recall').select(recallColumns).orderBy('announced_at', 'desc').orderBy('id').limit(limit).execute()

export const recallsOf = (db: Db, skus: string[]) =>
  skus.length === 0
    ? Promise.resolve([])
    : db.selectFrom('recall').select(recallColumns).where('sku', 'in', skus).orderBy('announced_at').execute()

/** The recall is over, and told so: nobody is looked for any more. The first word stands. */
export async function endRecall(trx: Trx, id: string, at: Temporal.Instant, said: { endedBy: string; why: string }) {
  const endedAt = at.toString()
  const ended = await trx
    .updateTable('recall')
    .set({ ended_at: endedAt, sweep_due_at: null, personal: sql`personal || ${JSON.stringify(said)}::jsonb` as never })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('sku')
    .executeTakeFirst()
  if (ended === undefined) return
  const fact: RecallEnded = { type: 'RecallEnded', data: { recallId: id, sku: ended.sku, endedAt } }
  // Of one that was announced before that was told, this is the first event.
  const version = (await readHistory<Database>(trx, id)).length + 1
  await insertOutbox(trx, 'shipping', [{ aggregateId: id, version, fact, at }])
}

export const dueRecalls = (db: Db, now: string, limit: number) =>
  db
    .selectFrom('recall')
    .select(recallColumns)
    .where('sweep_due_at', '<=', now)
    .orderBy('sweep_due_at')
    .limit(limit)
    .execute()

/** How far shipments were looked at, unless the recall is over by now, or they are to be looked at anew. */
export const noteSwept = (
  db: Db,
  { id, sweep_due_at }: Pick<RecallRow, 'id' | 'sweep_due_at'>,
  swept: { sweep_after: string | null; sweep_due_at: string; swept_at?: string },
) =>
  db
    .updateTable('recall')
    .set(swept)
    .where('id', '=', id)
    .where('sweep_due_at', '=', sweep_due_at)
    .where('ended_at', 'is', null)
    .execute()

/** All shipments are looked at anew for recalls of these products that are not over: one of them has other numbers now. */
export const sweepAnew = (trx: Trx, skus: string[], at: string) =>
  trx
    .updateTable('recall')
    .set({ sweep_after: null, sweep_due_at: at })
    .where('sku', 'in', skus)
    .where('ended_at', 'is', null)
    .execute()

/** The next shipments after one, by their ids: which orders of them have the product, and the last of them. */
export async function shipmentsAfter(db: Db, after: string | null, sku: string) {
  const { rows } = await sql<{ order_id: string | null; last: string | null; full: boolean }>`
    with page as materialized (
      select id, order_id, state #> '{dispatched,lines}' as lines from shipment
      where id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid order by id limit ${SHIPMENTS_PER_PAGE})
    select null::uuid as order_id, (select id from page order by id desc limit 1) as last,
      (select count(*) from page) = ${SHIPMENTS_PER_PAGE} as full
    union all
    select distinct order_id, null::uuid, false from page where lines @> ${JSON.stringify([{ sku }])}::jsonb`.execute(
    db,
  )
  const [{ last, full }] = rows as [(typeof rows)[number]]
  return { orderIds: rows.flatMap(({ order_id }) => order_id ?? []), next: full ? last : null }
}

/** The row of a notice, by what was told of it. */
const rowAfter = {
  RecallNoticeAsked: ({ noticeId, recallId, orderId, units, askedAt }: RecallNoticeAsked['data']) => ({
    ...{ id: noticeId, recall_id: recallId, order_id: orderId, units: JSON.stringify(units), asked_at: askedAt },
    ...{ settled_at: null, personal: '{}' },
  }),
}

/** Asks that a customer be told, once for an order and a recall. Answers whether it was asked now. */
export async function askNotice(trx: Trx, data: RecallNoticeAsked['data'], at: Temporal.Instant) {
  const inserted = await trx
    .insertInto('recall_notice')
    .values(rowAfter.RecallNoticeAsked(data))
    .onConflict((conflict) => conflict.columns(['recall_id', 'order_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted === undefined) return false
  const fact: RecallNoticeAsked = { type: 'RecallNoticeAsked', data }
  await insertOutbox(trx, 'shipping', [{ aggregateId: data.noticeId, version: 1, fact, at }])
  return true
}

/** What became of a notice. What a person said stands. */
export const settleNotice = (trx: Trx, id: string, outcome: NoticeOutcome, at: string) =>
  trx
    .updateTable('recall_notice')
    .set({ outcome, settled_at: at })
    .where('id', '=', id)
    .where('outcome', '!=', 'told-by-person')
    .execute()

/** A person told the customer otherwise than by mail. Answers whether there was such a notice. */
export async function toldByPerson(
  trx: Trx,
  which: { recallId: string; orderId: string },
  at: string,
  said: { by: string; how: string },
) {
  const found = await trx
    .selectFrom('recall_notice')
    .select(['id', 'outcome'])
    .where('recall_id', '=', which.recallId)
    .where('order_id', '=', which.orderId)
    .forUpdate()
    .executeTakeFirst()
  if (found && found.outcome !== 'told-by-person')
    await trx
      .updateTable('recall_notice')
      .set({ outcome: 'told-by-person', settled_at: at, personal: JSON.stringify(said) })
      .where('id', '=', found.id)
      .execute()
  return found !== undefined
}

/** What became of the notice to the customer of an order; undefined where there is none. */
export const readNotice = (db: Db, recallId: string, orderId: string) =>
  db
    .selectFrom('recall_notice')
    .select('outcome')
    .where('recall_id', '=', recallId)
    .where('order_id', '=', orderId)
    .executeTakeFirst()

type Listed = { outcome?: NoticeOutcome; after?: string; limit: number }
export const listNotices = (db: Db, recallId: string, { outcome, after, limit }: Listed) =>
  db
    .selectFrom('recall_notice')
    .select(noticeColumns)
    .where('recall_id', '=', recallId)
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome!))
    .$if(after !== undefined, (query) => query.where('order_id', '>', after!))
    .orderBy('order_id')
    .limit(limit)
    .execute()

/** How many orders were asked for, by what became of it. */
export async function countNotices(db: Db, recallId: string) {
  const rows = await db
    .selectFrom('recall_notice')
    .select(['outcome', sql<number>`count(*)::int`.as('count')])
    .where('recall_id', '=', recallId)
    .groupBy('outcome')
    .execute()
  return new Map(rows.map(({ outcome, count }) => [outcome, count]))
}
