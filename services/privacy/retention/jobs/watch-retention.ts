import { startWatcher } from '@vilkar/server/watcher.ts'
import { policyIds } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Deps } from '../../deps.ts'
import { runRetention } from '../run.ts'

/** Days end at midnight and hours at any moment: it is looked so often, by the service's clock. */
const LOOK_EVERY_MS = 60_000

/** Runs the retention of every controller, one after the other, for as long as the service runs. */
export const watchRetention = (deps: Deps) =>
  startWatcher({
    look: async () => {
      for (const controller of policyIds) await runRetention(deps, controller)
    },
    log: deps.log,
    clock: deps.clock,
    complaint: 'what has had its time could not be told to its holders',
    everyMs: LOOK_EVERY_MS,
  })
