import type { Trim } from '@vilkar/server/trimming.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Counts, Postponed } from './state.ts'

/** All the SQL of the tables `erasure` and `erasure_answer`. */

type Db = Kysely<Database>
type Trx = Transaction<Database>
const columns = [
  ...([
    'id',
    'controller',
    'system',
    'records',
    'keeps',
    'cause',
    'reasons',
    'asked_at',
    'answer_by',
    'settled_at',
  ] as const),
] as const
const selected = (db: Db) => db.selectFrom('erasure').select(columns)
export type ErasureRow = Awaited<ReturnType<ReturnType<typeof selected>['executeTakeFirstOrThrow']>>

/** Notes an erasure, once under its id. Answers whether it was noted now. */
export async function insertErasure(trx: Trx, row: Insertable<Database['erasure']>) {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('erasure')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export const readErasure = (db: Db, id: string) => selected(db).where('id', '=', id).executeTakeFirst()

export const lockErasure = (trx: Trx, id: string) => selected(trx).where('id', '=', id).forUpdate().executeTakeFirst()

export const settleErasure = (trx: Trx, id: string, at: string) =>
  trx.updateTable('erasure').set({ settled_at: at }).where('id', '=', id).where('settled_at', 'is', null).execute()

/** All that systems but these were asked for and have not answered, locked. */
export const lockOpenErasures = (trx: Trx, controller: string, but: string[]) =>
  trx
    .selectFrom('erasure')
    .select('id')
    .where('controller', '=', controller)
    .where('settled_at', 'is', null)
    .where('system', 'not in', but)
    .orderBy('id')
    .forUpdate()
    .execute()

/** Of these erasures those are over of which nothing is asked for any more. */
export const settleEmptied = (trx: Trx, ids: string[], at: string) =>
  sql`
    update erasure set settled_at = ${at} where id = any(${ids}::uuid[]) and settled_at is null
      and not exists (select from holding where erasure_id = erasure.id and status = 'due')`.execute(trx)

/** What staff wrote when they asked for it goes a year after it was done; who asked, and for what, stays. */
export const erasureWordsTrim: Trim = {
  table: 'erasure',
  days: 365,
  clock: 'service',
  remove: (before, most) => sql`
    update erasure set why = null where id = any(array(
      select id from erasure where settled_at < ${before} and why is not null
      order by settled_at limit ${most} for update skip locked))
    returning settled_at as at`,
  oldest: sql`
    select settled_at as at from erasure where settled_at is not null and why is not null order by settled_at limit 1`,
}

type Answer = {
  erasureId: string
  holder: string
  erased: string[]
  postponed: Postponed[]
  counts: Counts
  at: string
}
/** What a holder answered. Said again, what was said first stands; answers whether it is the first. */
export const putAnswer = async (trx: Trx, { erasureId, holder, erased, postponed, counts, at }: Answer) => {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('erasure_answer')
    .values({
      ...{
        erasure_id: erasureId,
        holder,
        erased,
        postponed: JSON.stringify(postponed),
        counts: JSON.stringify(counts),
      },
      answered_at: at,
    })
    .onConflict((conflict) => conflict.columns(['erasure_id', 'holder']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export const answersTo = (db: Db, erasureIds: string[]) =>
  erasureIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('erasure_answer')
        .select(['erasure_id', 'holder', 'erased', 'postponed', 'counts', 'answered_at'])
        .where('erasure_id', 'in', erasureIds)
        .orderBy('answered_at')
        .execute()
export type AnswerRow = Awaited<ReturnType<typeof answersTo>>[number]

type Which = { controller?: string; system?: string; open?: boolean; before?: string; limit: number }
/** Erasures, the latest first; of those that are open the oldest first. `before` is the id of the last that was seen. */
export const listErasures = (db: Db, { controller, system, open, before, limit }: Which) =>
  selected(db)
    .$if(system !== undefined, (query) => query.where('system', '=', system!))
    .$if(controller !== undefined, (query) => query.where('controller', '=', controller!))
    .$if(open === true, (query) => query.where('settled_at', 'is', null))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', open ? 'asc' : 'desc')
    .limit(limit)
    .execute()
