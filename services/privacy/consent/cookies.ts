import type { Trim } from '@vilkar/server/trimming.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import type { SubjectKey } from '../subjects/subject-key.ts'

/** After so many days a browser is asked again: a year, with which a choice that is made once has its end. */
const ASKED_AGAIN_AFTER_DAYS = 365
/** For how many days a choice is kept: 24 months, the longest that a policy names for it, and a year at least from its end. */
const KEPT_FOR_DAYS = 730

type Choice = { controller: string; browser: string; accepted: string[]; textSha256: string; at: string }

/** Adds what a browser chose to the log. */
export const keepChoice = async (trx: Transaction<Database>, { textSha256, ...choice }: Choice) =>
  void (await trx
    .insertInto('cookie_choice')
    .values({ ...choice, id: uuidv7(), text_sha256: textSha256 })
    .execute())

/** The hash by which a browser is known at a controller. */
export const browserKey =
  (subjectKey: SubjectKey) =>
  ({ controller, browser }: { controller: string; browser: string }) =>
    subjectKey({ controller, kind: 'account', value: `browser ${browser}` })

/** The latest choice of a browser; undefined when there is none, or it is to be asked again. */
export const choiceOf = (db: Kysely<Database>, browser: string, now: Temporal.Instant) =>
  db
    .selectFrom('cookie_choice')
    .select(['accepted', 'at', 'text_sha256'])
    .where('browser', '=', browser)
    .where('at', '>', now.subtract({ hours: 24 * ASKED_AGAIN_AFTER_DAYS }).toString())
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

export const askedAgainAt = (at: string) =>
  Temporal.Instant.from(at)
    .add({ hours: 24 * ASKED_AGAIN_AFTER_DAYS })
    .toString()

export const cookieTrim: Trim = {
  table: 'cookie_choice',
  days: KEPT_FOR_DAYS,
  clock: 'service',
  remove: (before, most) => sql`
    delete from cookie_choice where id in (
      select id from cookie_choice where at < ${before} order by at limit ${most} for update skip locked)
    returning at`,
  oldest: sql`select at from cookie_choice order by at limit 1`,
}
