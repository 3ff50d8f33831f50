import { raiseServiceAlarm, resolveAlarms } from '@vilkar/alarms/alarms.ts'
import { alarmsOf } from '@vilkar/alarms/tables.ts'
import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Deps } from '../../deps.ts'
import { answerStatement } from '../answer-statement.ts'
import { dueStatements, settledAlarms, toBeLookedAt } from '../store.ts'

const MAX_PER_LOOK = 100

/** Answers what the withdrawal function took, and what whoever kept it did not come to answer; calls a person for the rest. */
export const watchStatements = (deps: Deps) =>
  startWatcher({
    look: () => checkStatements(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'statements could not be looked at',
  })

export async function checkStatements(deps: Deps) {
  const { db, log, clock } = deps
  const at = clock.now().toString()
  const how = { log, complaint: 'a statement waits', about: (statement: string) => ({ statement }) }
  await oneByOne(await dueStatements(db, at, MAX_PER_LOOK), how, (id) => answerStatement(deps, id))
  await callForPeople(deps)
}

async function callForPeople({ db, clock, log, settings }: Deps) {
  const now = clock.now()
  const at = now.toString()
  const alarms = alarmsOf(db)
  const waiting = await toBeLookedAt(db, now.subtract(settings.unansweredAfter).toString(), MAX_PER_LOOK)
  for (const { id, kind, since } of waiting) {
    const detail = { statementId: id, since: Temporal.Instant.from(since).toString() }
    await raiseServiceAlarm(alarms, { kind, about: id, detail, at }, log)
  }
  await resolveAlarms(alarms, await settledAlarms(db), 'The statement is answered.', at)
}
