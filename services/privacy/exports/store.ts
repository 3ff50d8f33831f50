import { growingPause } from '@vilkar/server/growing-pause.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { ExportKind } from './tables.ts'

/** All the SQL of the tables `export` and `export_part`. */

type Db = Kysely<Database>
type Trx = Transaction<Database>

/** How long nobody else goes on with an export: longer than asking for so many parts takes. */
const CLAIM_SECONDS = 120

const columns = [
  ...(['id', 'controller', 'kind', 'subjects', 'language', 'status', 'begun_at', 'ready_at', 'until'] as const),
] as const
const selected = (db: Db) => db.selectFrom('export').select(columns)
export type ExportRow = Awaited<ReturnType<ReturnType<typeof selected>['executeTakeFirstOrThrow']>>
export type Part = Omit<Insertable<Database['export_part']>, 'export_id' | 'status' | 'sealed'>

/** Begins an export, once; one whose link has ended begins anew. Answers whether it was begun now. */
export async function insertExport(trx: Trx, row: Insertable<Database['export']>) {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('export')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((set) => ({
          ...{ status: set.ref('excluded.status'), subjects: set.ref('excluded.subjects') },
          ...{
            begun_at: set.ref('excluded.begun_at'),
            due_at: set.ref('excluded.due_at'),
            ready_at: null,
            until: null,
          },
        }))
        .where('export.status', '=', 'ended'),
    )
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export const readExport = (db: Db, id: string) => selected(db).where('id', '=', id).executeTakeFirst()
export const lockExport = (trx: Trx, id: string) => selected(trx).where('id', '=', id).forUpdate().executeTakeFirst()

type Claimed = { id: string; kind: ExportKind; tries: number }
/** The next that is gone on with, for as long as nobody else may. */
export async function claimExport(db: Db, now: string): Promise<Claimed | undefined> {
  const { rows } = await sql<Claimed>`
    update export set due_at = ${now}::timestamptz + ${CLAIM_SECONDS} * interval '1 second', tries = tries + 1
    where id = (select id from export where due_at <= ${now} order by due_at limit 1 for update skip locked)
    returning id, kind, tries`.execute(db)
  return rows[0]
}

/** When it is gone on with: at once where that helps, ever later where a holder does not answer. */
export const goOnLater = (db: Db, id: string, { now, tries }: { now: string; tries: number }) =>
  sql`
    update export set due_at = ${now}::timestamptz + ${growingPause(sql`${tries}::int`)} * interval '1 second'
    where id = ${id} and status = 'collecting'`.execute(db)

export const goOnNow = (db: Db, id: string, now: string) =>
  db
    .updateTable('export')
    .set({ due_at: now, tries: 0 })
    .where('id', '=', id)
    .where('status', '=', 'collecting')
    .execute()

/** Parts that nobody asked for yet are wanted. */
export const wantParts = (trx: Trx, exportId: string, parts: readonly Part[]) =>
  parts.length === 0
    ? Promise.resolve([])
    : trx
        .insertInto('export_part')
        .values(parts.map((part) => ({ ...part, export_id: exportId, status: 'wanted', sealed: null })))
        .onConflict((conflict) => conflict.doNothing())
        .returning('record')
        .execute()

/** What an export that is over was made of: one that is made anew is of what is held then. */
export const dropParts = (trx: Trx, exportId: string) =>
  trx.deleteFrom('export_part').where('export_id', '=', exportId).where('sealed', 'is', null).execute()

const partColumns = ['system', 'holder', 'record', 'status', 'answer_by'] as const
export const partsOf = (db: Db, exportId: string) =>
  db
    .selectFrom('export_part')
    .select(partColumns)
    .where('export_id', '=', exportId)
    .orderBy('system')
    .orderBy('record')
    .orderBy('holder')
    .execute()
export type PartRow = Awaited<ReturnType<typeof partsOf>>[number]

/** What was delivered, sealed as it came. */
export const contentsOf = (db: Db, exportId: string) =>
  db
    .selectFrom('export_part')
    .select(['system', 'holder', 'record', 'sealed'])
    .where('export_id', '=', exportId)
    .where('status', '=', 'there')
    .execute()

/** How much was collected so far, sealed. */
export async function collectedBytes(db: Db, exportId: string) {
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(octet_length(sealed)), 0)::float8 as bytes from export_part where export_id = ${exportId}`.execute(
    db,
  )
  return rows[0]!.bytes
}

type Named = Pick<PartRow, 'system' | 'holder' | 'record'>
/** A part is there; delivered again, what is delivered last holds. */
export const putPart = (db: Db, exportId: string, { system, holder, record }: Named, sealed: Buffer) =>
  db
    .updateTable('export_part')
    .set({ status: 'there', sealed })
    .where((where) => where.and({ export_id: exportId, system, holder, record }))
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('export').select('id').where('id', '=', exportId).where('status', '=', 'collecting')),
    )
    .execute()

/** What is not there is left out, and said to be missing. */
export const leaveOut = (trx: Trx, exportId: string) =>
  trx
    .updateTable('export_part')
    .set({ status: 'left-out' })
    .where('export_id', '=', exportId)
    .where('status', '=', 'wanted')
    .execute()

/** What a system is asked for, the oldest first; nothing for an export that was erased meanwhile. */
export const partsWanted = (db: Db, system: string, limit: number) =>
  db
    .selectFrom('export_part')
    .innerJoin('export', (join) => join.onRef('id', '=', 'export_id').on('export.status', '=', 'collecting'))
    .select(['export_id', 'record', 'answer_by'])
    .where('system', '=', system)
    .where('holder', '=', system)
    .where('export_part.status', '=', 'wanted')
    .orderBy('answer_by')
    .orderBy('export_id')
    .orderBy('record')
    .limit(limit)
    .execute()

const emptyParts = (db: Db, exportIds: readonly string[]) =>
  exportIds.length === 0
    ? Promise.resolve([])
    : db.updateTable('export_part').set({ sealed: null }).where('export_id', 'in', exportIds).execute()

/** The archive stands, and what it was made of goes. */
export async function putArchive(
  trx: Trx,
  id: string,
  { archive, at, until }: { archive: Buffer; at: string; until: string },
) {
  const ready = { status: 'ready', archive, ready_at: at, until, due_at: null } as const
  await trx.updateTable('export').set(ready).where('id', '=', id).execute()
  await emptyParts(trx, [id])
}

export const readArchive = (db: Db, id: string, now: string) =>
  db
    .selectFrom('export')
    .select(['archive', 'language'])
    .where('id', '=', id)
    .where('status', '=', 'ready')
    .where('until', '>', now)
    .executeTakeFirst()

const over = (status: 'ended' | 'erased') => ({ status, archive: null, subjects: [] as string[], due_at: null })

/** The links of these have ended: the archives go. */
export const endExports = (db: Db, now: string) =>
  db.updateTable('export').set(over('ended')).where('status', '=', 'ready').where('until', '<=', now).execute()

/** One that was erased may be made anew, of what is held still. */
export const endErased = (trx: Trx, id: string) =>
  trx.updateTable('export').set({ status: 'ended' }).where('id', '=', id).where('status', '=', 'erased').execute()

/** A person is erased: what was collected for them goes at once. */
export async function eraseExportsOf(trx: Trx, controller: PolicyId, keys: readonly string[]) {
  const gone = await trx
    .updateTable('export')
    .set(over('erased'))
    .where('controller', '=', controller)
    .where('subjects', '&&', sql<string[]>`${keys}::text[]`)
    .where('status', 'in', ['collecting', 'ready'])
    .returning('id')
    .execute()
  await emptyParts(
    trx,
    gone.map(({ id }) => id),
  )
}

/** Records are erased because somebody asked for it: so is every export that has one of them in it. */
export async function eraseExportsWith(trx: Trx, controller: PolicyId, system: string, records: readonly string[]) {
  const gone = await trx
    .updateTable('export')
    .set(over('erased'))
    .where('controller', '=', controller)
    .where('status', 'in', ['collecting', 'ready'])
    .where('id', 'in', (with_) =>
      with_.selectFrom('export_part').select('export_id').where('system', '=', system).where('record', 'in', records),
    )
    .returning('id')
    .execute()
  await emptyParts(
    trx,
    gone.map(({ id }) => id),
  )
}
