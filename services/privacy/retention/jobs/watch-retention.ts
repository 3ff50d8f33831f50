import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import { policyIds } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Deps } from '../../deps.ts'
import { recallKept } from '../recall.ts'
import { eraseAgain, runRetention } from '../run.ts'

/** Days end at midnight and hours at any moment: it is looked so often, by the service's clock. */
const LOOK_EVERY_MS = 60_000

/** Runs the retention of every controller, one after the other, for as long as the service runs. */
export const watchRetention = (deps: Deps) =>
  startWatcher({
    look: () => retain(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'what has had its time could not be told to its holders',
    everyMs: LOOK_EVERY_MS,
  })

/** One look. */
export async function retain(deps: Deps) {
  const complaint = 'what has had its time could not be told to the holders of a controller'
  const how = { log: deps.log, complaint, about: (controller: string) => ({ controller }) }
  await oneByOne(policyIds, how, async (controller) => {
    await runRetention(deps, controller)
    await eraseAgain(deps, controller)
    // What was asked for while a hold was being set saw nothing of it.
    await transact(deps, (trx) => recallKept(trx, controller, deps.clock.now()))
  })
}
