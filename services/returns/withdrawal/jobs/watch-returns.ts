import { raiseServiceAlarm, resolveAlarms } from '@vilkar/alarms/alarms.ts'
import { alarmsOf } from '@vilkar/alarms/tables.ts'
import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Deps } from '../../deps.ts'
import { lockOrderOfReturn } from '../../order-facts/store.ts'
import { handle } from '../handle.ts'
import {
  answeredAlarms,
  believedBy,
  lockReturn,
  saveReturn,
  toBeReminded,
  unansweredSince,
  unitsToBeAsked,
  withoutLastDay,
} from '../store.ts'

const MAX_RETURNS_PER_LOOK = 100

/**
 * Looks for returns whose time has come by the shop's clock: whose proof of sending is to be believed, and who wait too long
 * for an answer. No timer is set per return: the row says when to look, so a restart or a moved clock loses nothing.
 */
export const watchReturns = (deps: Deps) =>
  startWatcher({
    look: () => checkReturns(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'returns could not be looked at',
  })

export async function checkReturns(deps: Deps) {
  await askForUnits(deps)
  await writeLastDays(deps)
  await believeProofs(deps)
  await remindToSend(deps)
  await callForAnswers(deps)
}

/** One after another, each in a transaction of its own: one that fails is tried again at the next look. */
const each = ({ log }: Deps, returnIds: string[], see: (returnId: string) => Promise<unknown>) =>
  oneByOne(returnIds, { log, complaint: 'a return waits', about: (returnId) => ({ returnId }) }, see)

/** What an earlier release did not ask is asked once. */
async function askForUnits(deps: Deps) {
  const at = deps.clock.now().toString()
  await each(deps, await unitsToBeAsked(deps.db, MAX_RETURNS_PER_LOOK), (returnId) =>
    transact(deps, (trx) => handle(trx, { type: 'AskUnits', data: { returnId, at } }, deps)),
  )
}

/** What an earlier release kept without its last day to pay back is kept with it. */
async function writeLastDays(deps: Deps) {
  await each(deps, await withoutLastDay(deps.db, MAX_RETURNS_PER_LOOK), (returnId) =>
    transact(deps, async (trx) => {
      const stored = await lockReturn(trx, returnId)
      if (stored) await saveReturn(trx, stored)
    }),
  )
}

async function believeProofs(deps: Deps) {
  const at = deps.clock.now().toString()
  await each(deps, await believedBy(deps.db, at, MAX_RETURNS_PER_LOOK), (returnId) =>
    transact(deps, async (trx) => {
      const { facts } = (await lockOrderOfReturn(trx, returnId))!
      await handle(trx, { type: 'BelieveProof', data: { returnId, at, facts: facts as OrderFacts } }, deps)
    }),
  )
}

/** Goods that nobody has heard of by their day. */
async function remindToSend(deps: Deps) {
  const at = deps.clock.now().toString()
  await each(deps, await toBeReminded(deps.db, at, MAX_RETURNS_PER_LOOK), (returnId) =>
    transact(deps, async (trx) => {
      const { facts } = (await lockOrderOfReturn(trx, returnId))!
      await handle(trx, { type: 'RemindToSend', data: { returnId, at, facts: facts as OrderFacts } }, deps)
    }),
  )
}

/** No request without an answer: for whoever waits too long a person is called, until the answer comes. */
async function callForAnswers(deps: Deps) {
  const { db, clock, log, settings } = deps
  const now = clock.now()
  const at = now.toString()
  const since = now.subtract(settings.unansweredAfter).toString()
  const alarms = alarmsOf(db)
  for (const { id, order_id: orderId, kind, awaits_since } of await unansweredSince(db, since, MAX_RETURNS_PER_LOOK)) {
    const detail = { orderId, since: Temporal.Instant.from(awaits_since).toString() }
    await raiseServiceAlarm(alarms, { kind, about: id, detail, at }, log)
  }
  await resolveAlarms(alarms, await answeredAlarms(db), 'The answer came.', at)
}
