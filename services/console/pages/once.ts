import { isProblemError } from '@vilkar/client/client.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

const SWEEP_EVERY_MS = 60_000
/** A form that was left open for longer than this is sent as a new one. */
const KEPT_DAYS = 7

/**
 * Does what a form asks for once, however often it is sent: the second press of a button, or of the browser's way back, does nothing and
 * answers false. What a service refused was not done, and may be sent again; what nobody answered may have been done, and is not sent
 * again by itself: whoever sent it looks, and opens the form anew.
 */
export async function once({ db }: Pick<Deps, 'db'>, id: string, act: () => Promise<unknown>): Promise<boolean> {
  const claimed = await db
    .insertInto('form_sent')
    .values({ id })
    .onConflict((or) => or.doNothing())
    .executeTakeFirst()
  if (Number(claimed.numInsertedOrUpdatedRows) === 0) return false
  try {
    await act()
    return true
  } catch (error) {
    if (isProblemError(error) && error.problem.status < 500)
      await db.deleteFrom('form_sent').where('id', '=', id).execute()
    throw error
  }
}

/** Forgets forms that were sent long ago, for as long as the console runs. */
export const watchForms = ({ db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>) =>
  startWatcher({
    look: () => sql`delete from form_sent where sent_at < now() - ${KEPT_DAYS}::int * interval '1 day'`.execute(db),
    log,
    clock,
    complaint: 'forms that were sent long ago could not be forgotten',
    everyMs: SWEEP_EVERY_MS,
  })
