import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Deps } from '../../deps.ts'
import { tellCustomers } from '../tell-customers.ts'

const LOOK_EVERY_MS = 2_000

/** Tells the shop's customers of changed policies, by the service's clock. */
export const watchCustomers = (deps: Deps) =>
  startWatcher({
    look: () => tellCustomers(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'customers could not be told of a changed policy',
    everyMs: LOOK_EVERY_MS,
  })
