import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Deps } from '../../deps.ts'
import { tellPeopleOfBreaches } from '../tell-people.ts'

const LOOK_EVERY_MS = 2_000

/** Writes to those whom a breach hit, by the service's clock. */
export const watchNotices = (deps: Deps) =>
  startWatcher({
    look: () => tellPeopleOfBreaches(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'people could not be written to about a breach',
    everyMs: LOOK_EVERY_MS,
  })
