import type pg from 'pg'
import type { Bell } from '../bell.ts'
import { hasTold } from './outbox.ts'
import { hearOthers, sayThatTold } from './relay-store.ts'

/** How a relay learns that something was told: by its own process at once, and by the others as soon as they say so. */
export function createWaking(pool: pg.Pool, bell: Bell) {
  const sayOthers = createWord(() => sayThatTold(pool))
  let leads = false
  return {
    leads: () => leads,
    /** From now on this relay leads, on this connection, which listens for the others. */
    async begin(db: pg.ClientBase) {
      await hearOthers(db, bell.ring)
      leads = true
    },
    end() {
      leads = false
    },
    /**
     * Call after a commit, with its transaction: what it told is published at once instead of at the next poll, by this process or by the
     * one that leads.
     */
    wake(trx?: object) {
      if (trx !== undefined && !hasTold(trx)) return
      bell.ring()
      if (!leads) void sayOthers()
    },
  }
}

/** Says a word that any number of callers want said: one is under way at a time, and one more for all who asked meanwhile. */
function createWord(say: () => Promise<unknown>) {
  let wanted = false
  let saying = false
  return async () => {
    wanted = true
    if (saying) return
    saying = true
    while (wanted) {
      wanted = false
      // Who does not hear it looks before long.
      await say().catch(() => {})
    }
    saying = false
  }
}
