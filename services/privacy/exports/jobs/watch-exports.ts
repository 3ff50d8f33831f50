import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Deps } from '../../deps.ts'
import { collectExports } from '../collect.ts'

const LOOK_EVERY_MS = 1_000

/** Collects what is asked for, and ends what had its time, by the service's clock. */
export const watchExports = (deps: Deps) =>
  startWatcher({
    look: () => collectExports(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'exports could not be gone on with',
    everyMs: LOOK_EVERY_MS,
  })
