import type { World } from '../world.ts'
import type { Finding } from './check.ts'
import { dayOf, startOf } from './days.ts'

/** “Cookie consent logs: 12–24 months”: so long the service keeps its own log, and the other companies’ alike. */
const LEAST = { months: 12 }
const MOST = { months: 24 }
/** A person's own words go a year after the answer, and what trims looks twice a day. */
const WORDS = { months: 12, days: 2 }

/** What the privacy service itself keeps: choices of cookies, consents that ended, words of requests. `choices` are when they were made. */
export async function checkOwn(rows: World['rows'], now: number, choices: readonly number[]): Promise<Finding[]> {
  const ago = (period: object) => startOf(dayOf(now).subtract(period))
  const before = (period: object) => Temporal.Instant.fromEpochMilliseconds(ago(period)).toString()
  const [row] = await rows<Record<'old' | 'young' | 'ended' | 'words', number>>(
    `select (select count(*)::int from cookie_choice where at < $1) as old,
      (select count(*)::int from cookie_choice where at >= $2) as young,
      (select count(*)::int from consent_log where what = 'withdrawn' and at < $1) as ended,
      (select count(*)::int from request where personal <> '{}' and answered_at < $3) as words`,
    [before(MOST), before(LEAST), before(WORDS)],
  )
  const kept = choices.filter((at) => at >= ago(LEAST)).length
  const past = (about: string, count: number): Finding[] =>
    count === 0 ? [] : [{ fault: 'ownPastItsDay', about, says: `${count} rows` }]
  return [
    ...past('cookie_choice', row!.old),
    ...past('consent_log', row!.ended),
    ...past('request.personal', row!.words),
    ...(row!.young === kept
      ? []
      : [{ fault: 'goneEarly' as const, about: 'cookie_choice', says: `${row!.young} of ${kept} choices of a year` }]),
  ]
}
