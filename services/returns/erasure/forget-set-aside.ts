import { erase } from '@vilkar/personal-data/erase.ts'
import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { holding } from './holding.ts'

/** As what support is asked and is linked to no order: the least that the shop’s privacy policy says (§ 11). */
const KEPT_MONTHS = 12
/** What is personal of a statement, as paths in its JSON. */
const SAID = [['words'], ['name'], ['email']]
const MAX_PER_LOOK = 100
const LOOK_EVERY_MS = 60_000

/**
 * What somebody said of no order that anybody found, and that a person set aside, is of no order’s time: its words, and the mails about
 * it, go after twelve months. That something was said, and when, stays.
 */
export const watchSetAside = (deps: Deps) =>
  startWatcher({
    look: () => forgetSetAside(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'statements that were set aside could not be blanked',
    everyMs: LOOK_EVERY_MS,
  })

/** One look. Answers of how many statements the words went. */
export const forgetSetAside = (deps: Deps) =>
  transact(deps, async (trx) => {
    const now = deps.clock.now()
    const before = now.toZonedDateTimeISO('Europe/Oslo').subtract({ months: KEPT_MONTHS }).toInstant().toString()
    const ids = await overIn(trx, before)
    if (ids.length === 0) return 0
    const { rows: mails } = await sql<{ id: string }>`
      select id from mail where about_id = any(${ids}::uuid[])`.execute(trx)
    await erase(
      trx,
      holding,
      { orders: [], about: [...ids, ...mails.map(({ id }) => id)] },
      { keeps: [], at: now.toString() },
    )
    return ids.length
  })

async function overIn(db: Kysely<Database>, before: string) {
  const { rows } = await sql<{ id: string }>`
    select statement.id from statement_answer answer join statement on statement.id = answer.statement_id
    where answer.status = 'set-aside' and answer.order_id is null and statement.order_id is null
      and answer.answered_at < ${before}
      and statement.personal is distinct from erased_in(statement.personal, ${JSON.stringify(SAID)}::jsonb)
    order by answer.answered_at limit ${MAX_PER_LOOK} for update of answer skip locked`.execute(db)
  return rows.map(({ id }) => id)
}
