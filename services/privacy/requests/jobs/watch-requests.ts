import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Deps } from '../../deps.ts'
import { settleRequests } from '../settle.ts'

const LOOK_EVERY_MS = 60_000

/** Goes on with requests that wait for erasures, by the service's clock. */
export const watchRequests = (deps: Deps) =>
  startWatcher({
    look: () => settleRequests(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'requests of people could not be gone on with',
    everyMs: LOOK_EVERY_MS,
  })
