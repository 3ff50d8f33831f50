import { raiseServiceAlarm, resolveAlarms } from '@vilkar/alarms/alarms.ts'
import { alarmsOf } from '@vilkar/alarms/tables.ts'
import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { Deps } from '../../deps.ts'
import { lateInterestOf } from '../late-interest-of.ts'
import { refundsOverdue, refundsPaid } from '../list.ts'
import { casesAnswered, casesUnanswered } from '../store.ts'

const MAX_CASES_PER_LOOK = 100

/** Calls a person for a case that has waited too long, and ends the alarm when the wait is over. */
export const watchCases = (deps: Deps) =>
  startWatcher({
    look: () => checkCases(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'cases could not be looked at',
  })

export async function checkCases(deps: Deps) {
  await callForAnswers(deps)
  await callForOverdue(deps)
}

async function callForAnswers({ db, clock, log, settings }: Deps) {
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

/** A refund whose last day is over is late, decided or not: a person is called at once, and told what is owed besides. */
async function callForOverdue({ db, clock, log }: Deps) {
  const now = clock.now()
  const at = now.toString()
  const alarms = alarmsOf(db)
  const complaint = 'nobody could be called for a refund that is overdue'
  const how = { log, complaint, about: ({ id }: { id: string }) => ({ caseId: id }) }
  await oneByOne(await refundsOverdue(db, osloDay(now).toString(), MAX_CASES_PER_LOOK), how, async (each) => {
    const decided = each.owed !== null && { owed: Number(each.owed), ...interestIn(each, now) }
    const detail = { orderId: each.order_id, dueOn: decided ? each.due_on : each.pay_by, ...decided }
    await raiseServiceAlarm(alarms, { kind: 'refund-overdue', about: each.id, detail, at }, log)
  })
  const over = Object.groupBy(await refundsPaid(db), ({ paid }) => (paid ? 'paid' : 'nothing'))
  await resolveAlarms(alarms, over.paid ?? [], 'The money is back.', at)
  await resolveAlarms(alarms, over.nothing ?? [], 'Nothing is to be paid back.', at)
}

function interestIn(found: Parameters<typeof lateInterestOf>[0], now: Temporal.Instant) {
  const interest = lateInterestOf(found, now)
  return interest && { lateInterest: interest.amount }
}
