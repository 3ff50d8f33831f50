import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Picture } from './picture.ts'
import type { PhotoTables } from './tables.ts'

/** All the SQL of `photo`. A row is there before its file, and goes after it: no file is without a row. */

const columns = ['id', 'case_id', 'order_id', 'sha256', 'width', 'height', 'bytes', 'added_at', 'stored_at'] as const
export type PhotoRow = NonNullable<Awaited<ReturnType<typeof findPhoto>>>
export type PhotoCase = { caseId: string; orderId?: string }

/** Names the locks of cases apart from other locks. */
const LOCK = 7_461_091

/**
 * The row of a picture of a case: the one that there is, or a new one that waits for its file. Undefined when the case has as many as it
 * may. `at` is RFC 3339.
 */
export async function claimPhoto(
  trx: Transaction<PhotoTables>,
  { caseId, orderId }: PhotoCase,
  { sha256, width, height, bytes }: Picture,
  { at, most, addedBy }: { at: string; most: number; addedBy: string },
): Promise<{ id: string; isStored: boolean } | undefined> {
  await sql`select pg_advisory_xact_lock(${LOCK}, hashtext(${caseId}))`.execute(trx)
  const there = await trx
    .updateTable('photo')
    .set({ added_at: sql`case when stored_at is null then ${at}::timestamptz else added_at end` })
    .where('case_id', '=', caseId)
    .where('sha256', '=', sha256)
    .where('leaving_at', 'is', null)
    .returning(['id', 'stored_at'])
    .executeTakeFirst()
  if (there) return { id: there.id, isStored: there.stored_at !== null }
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from photo where case_id = ${caseId} and leaving_at is null`.execute(trx)
  if (rows[0]!.count >= most) return undefined
  const id = uuidv7()
  await trx
    .insertInto('photo')
    .values({
      ...{ id, case_id: caseId, order_id: orderId ?? null, sha256, width, height, bytes: bytes.length, added_at: at },
      personal: JSON.stringify({ addedBy }),
    })
    .execute()
  return { id, isStored: false }
}

/** The file of a picture is written: from now on it is shown. False when it had been given up meanwhile. */
export async function markStored(db: Kysely<PhotoTables>, id: string, at: string) {
  const { numUpdatedRows } = await db
    .updateTable('photo')
    .set({ stored_at: at })
    .where('id', '=', id)
    .where('leaving_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The pictures of a case that are shown, in the order in which they came. */
export const photosOfCase = (db: Kysely<PhotoTables>, caseId: string) =>
  shown(db).where('case_id', '=', caseId).orderBy('id').execute()

export const findPhoto = (db: Kysely<PhotoTables>, caseId: string, sha256: string) =>
  shown(db).where('case_id', '=', caseId).where('sha256', '=', sha256).executeTakeFirst()

/** A picture by its hash among these rows, a condition over its columns; of one that stands in several cases any, which are alike. */
export const findPhotoAmong = (db: Kysely<PhotoTables>, among: RawBuilder<unknown>, sha256: string) =>
  shown(db).where('sha256', '=', sha256).where(sql<boolean>`(${among})`).limit(1).executeTakeFirst()

export const findPhotoById = (db: Kysely<PhotoTables>, id: string) => shown(db).where('id', '=', id).executeTakeFirst()

const shown = (db: Kysely<PhotoTables>) =>
  db.selectFrom('photo').select(columns).where('stored_at', 'is not', null).where('leaving_at', 'is', null)

/** Has the pictures of a case go, or one of them: they are shown to nobody from now on. How many there were. */
export async function letGo(db: Kysely<PhotoTables>, caseId: string, at: string, sha256?: string) {
  const { numUpdatedRows } = await db
    .updateTable('photo')
    .set({ leaving_at: at })
    .where('case_id', '=', caseId)
    .where('leaving_at', 'is', null)
    .$if(sha256 !== undefined, (query) => query.where('sha256', '=', sha256!))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Gives up rows whose file never came: who was writing it died, or could not. */
export const giveUpUnstored = (db: Kysely<PhotoTables>, addedBefore: string, at: string) =>
  db
    .updateTable('photo')
    .set({ leaving_at: at })
    .where('stored_at', 'is', null)
    .where('leaving_at', 'is', null)
    .where('added_at', '<', addedBefore)
    .execute()

/** Pictures whose files are to go, the longest due first. */
export const leaving = (db: Kysely<PhotoTables>, limit: number) =>
  db
    .selectFrom('photo')
    .select(['id'])
    .where('leaving_at', 'is not', null)
    .where('gone_at', 'is', null)
    .orderBy('leaving_at')
    .limit(limit)
    .execute()

export const markGone = (db: Kysely<PhotoTables>, id: string, at: string) =>
  db
    .updateTable('photo')
    .set({ gone_at: at, sha256: null, personal: JSON.stringify({}) })
    .where('id', '=', id)
    .execute()
