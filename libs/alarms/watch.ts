import type { Clock } from '@vilkar/server/clock.ts'
import type { Log } from '@vilkar/server/log.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import { openAlarms, raiseServiceAlarm, resolveAlarms } from './alarms.ts'
import { MAX_PER_LOOK, type Source } from './sources.ts'
import { alarmsOf } from './tables.ts'

const LOOK_EVERY_MS = 10_000

type Watching = { db: unknown; clock: Clock; log: Log }

/**
 * One look after another at what a service stands on. A person is called for what is wrong at two looks in a row: what ends by
 * itself between them, such as a partition that changes hands, is nobody's. What is over resolves its alarm.
 */
export function createWatch({ db, clock, log }: Watching, sources: Source[]) {
  let before = new Set<string>()
  return async function look() {
    const seen = new Set<string>()
    const alarms = alarmsOf(db)
    // Read once, before it is looked: what is opened in between is looked at the next time.
    const open = sources.length === 0 ? [] : await openAlarms(alarms, ...sources.map(({ kind }) => kind))
    for (const { kind, find, over } of sources) {
      const at = clock.now().toString()
      const { rows: troubles } = await find(at).execute(alarms)
      for (const { about, detail } of troubles) {
        seen.add(`${kind} ${about}`)
        if (before.has(`${kind} ${about}`)) await raiseServiceAlarm(alarms, { kind, about, detail, at }, log)
      }
      // Of a list that was cut off, nobody knows what is over.
      if (troubles.length === MAX_PER_LOOK) continue
      const current = new Set(troubles.map(({ about }) => about))
      const ended = open.filter((alarm) => alarm.kind === kind && !current.has(alarm.about!))
      await resolveAlarms(alarms, ended, over, at)
    }
    before = seen
  }
}

/** Watches what a service stands on, for as long as it runs. */
export const watchService = (watching: Watching, sources: Source[]) =>
  startWatcher({
    look: createWatch(watching, sources),
    log: watching.log,
    clock: watching.clock,
    complaint: 'what the service stands on could not be looked at',
    everyMs: LOOK_EVERY_MS,
  })
