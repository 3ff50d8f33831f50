import { raiseServiceAlarm, resolveAlarms } from '@vilkar/alarms/alarms.ts'
import { alarmsOf } from '@vilkar/alarms/tables.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Deps } from '../../deps.ts'
import { casesAnswered, casesUnanswered } from '../store.ts'

const MAX_CASES_PER_LOOK = 100

/** Calls a person for a case that has waited too long, and ends the alarm when the wait is over. */
export const watchCases = (deps: Deps) =>
  startWatcher({ look: () => checkCases(deps), log: deps.log, complaint: 'cases could not be looked at' })

export async function checkCases({ db, clock, log, settings }: Deps) {
  const now = clock.now()
  const at = now.toString()
  const alarms = alarmsOf(db)
  const since = now.subtract(settings.unansweredAfter).toString()
  for (const { id, order_id: orderId, kind, awaits_since } of await casesUnanswered(db, since, MAX_CASES_PER_LOOK)) {
    const detail = { orderId, since: Temporal.Instant.from(awaits_since).toString() }
    await raiseServiceAlarm(alarms, { kind, about: id, detail, at }, log)
  }
  await resolveAlarms(alarms, await casesAnswered(db), 'The answer came.', at)
}
