import { startWatcher } from '@vilkar/server/watcher.ts'
import { type Kysely, sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'

/** All that touches the table `look`. */

/** By what somebody looked: a page of an order, of a case or of what somebody asks about their data, a document, a search that found it, the page beside a help desk, a page or paper of a shipment in the warehouse. */
export const pagesOfLooks = ['order', 'document', 'case', 'request', 'search', 'sidebar', 'shipment'] as const
export type Look = { subject: string; what: (typeof pagesOfLooks)[number]; about: string }

const PAGE_SIZE = 50
const SWEEP_EVERY_MS = 60_000
const ROWS_AT_ONCE = 1_000

/** Writes down that somebody looked, in one statement. `about` is the id of an order, a case, a request or a shipment. */
export async function keepLooks(db: Kysely<Database>, looks: readonly Look[]) {
  if (looks.length === 0) return
  await db
    .insertInto('look')
    .values(looks.map((look) => ({ id: uuidv7(), ...look })))
    .execute()
}

type Asked = { subject?: string; about?: readonly string[]; before?: string }

/** A page of who looked, the last first: of one member of staff, or at any of these. `before` is the last id of the page before. */
export async function findLooks(db: Kysely<Database>, { subject, about, before }: Asked) {
  let found = db.selectFrom('look').select(['id', 'at', 'subject', 'what', 'about']).orderBy('id', 'desc')
  if (subject !== undefined) found = found.where('subject', '=', subject)
  if (about !== undefined) found = found.where('about', '=', sql<string>`any(${[...about]}::uuid[])`)
  if (before !== undefined) found = found.where('id', '<', before)
  const rows = await found.limit(PAGE_SIZE + 1).execute()
  return { looks: rows.slice(0, PAGE_SIZE), more: rows.length > PAGE_SIZE }
}

/** Removes looks that were kept for longer than so many days; several processes may do so at once. */
export const trimLooks = (db: Kysely<Database>, days: number) =>
  sql`
    delete from look where id in (
      select id from look where at < now() - ${days}::int * interval '1 day'
      order by at limit ${ROWS_AT_ONCE} for update skip locked)`.execute(db)

/** Removes looks that have had their time, for as long as the console runs. */
export function watchLooks({ db, clock, log, config }: Pick<Deps, 'db' | 'clock' | 'log' | 'config'>) {
  const { days } = Temporal.Duration.from(config.LOOKS_KEPT_FOR)
  return startWatcher({
    look: () => trimLooks(db, days),
    log,
    clock,
    complaint: 'looks that have had their time could not be removed',
    everyMs: SWEEP_EVERY_MS,
  })
}
