import type { Insertable, Kysely, Transaction } from 'kysely'
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

type Answer = {
  erasureId: string
  holder: string
  erased: string[]
  postponed: Postponed[]
  counts: Counts
  at: string
}
/** What a holder answered; said again, what was said first stands, but for what was postponed then. */
export const putAnswer = (trx: Trx, { erasureId, holder, erased, postponed, counts, at }: Answer) =>
  trx
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
    .execute()

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

type Which = { system?: string; open?: boolean; before?: string; limit: number }
/** Erasures, the latest first; of those that are open the oldest first. `before` is the id of the last that was seen. */
export const listErasures = (db: Db, { system, open, before, limit }: Which) =>
  selected(db)
    .$if(system !== undefined, (query) => query.where('system', '=', system!))
    .$if(open === true, (query) => query.where('settled_at', 'is', null))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', open ? 'asc' : 'desc')
    .limit(limit)
    .execute()
