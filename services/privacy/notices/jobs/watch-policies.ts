import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Deps } from '../../deps.ts'
import { lookForEditions } from '../adopt.ts'

const LOOK_EVERY_MS = 60_000

/** Looks whether another edition of a policy is in force. */
export const watchPolicies = (deps: Deps) =>
  startWatcher({
    look: () => lookForEditions(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'it could not be looked whether a policy has changed',
    everyMs: LOOK_EVERY_MS,
  })
