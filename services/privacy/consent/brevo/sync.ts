import { raiseServiceAlarm } from '@vilkar/alarms/alarms.ts'
import type { Source } from '@vilkar/alarms/sources.ts'
import { alarmsOf } from '@vilkar/alarms/tables.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { sql } from 'kysely'
import type { Deps } from '../../deps.ts'
import type { Purpose } from '../purposes.ts'
import { standing } from '../record.ts'
import { standsFor } from '../standing.ts'
import { isChild } from '../store.ts'
import type { Brevo, Outcome } from './api.ts'
import { type Contact, claimContact, postponeContact, settleContact, waitsToBeTold } from './store.ts'

export type Lists = ReadonlyMap<Purpose, number>
export type Syncing = Pick<Deps, 'db' | 'clock' | 'log' | 'consent'> & { brevo: Brevo; lists: Lists }

const MAX_PER_LOOK = 100

/** Which lists a purpose goes to, as in `newsletter=3,profiling=5`. Throws for anything else. */
export function listsIn(text: string, isPurpose: (name: string) => name is Purpose): Lists {
  return new Map(
    text.split(',').map((part) => {
      const [name = '', id = ''] = part.split('=').map((each) => each.trim())
      if (!isPurpose(name) || !/^[1-9]\d{0,8}$/.test(id))
        throw new Error(`${part} is not a purpose and a list of Brevo's.`)
      return [name, Number(id)] as const
    }),
  )
}

/** One look: every contact that is due, one call at a time. Answers how many there were. */
export async function syncContacts(syncing: Syncing) {
  for (let count = 0; ; count += 1) {
    const contact = count < MAX_PER_LOOK ? await claimContact(syncing.db, syncing.clock.now().toString()) : undefined
    if (contact === undefined) return count
    await syncContact(syncing, contact)
  }
}

/**
 * Brings one contact to what stands now. What is said while a call is under way makes it due again, and the claim keeps everybody
 * else from calling before this call is over, so that no two of them overtake each other.
 */
async function syncContact({ db, clock, log, consent, brevo, lists }: Syncing, contact: Contact) {
  const { subject, address, expired } = contact
  const stands = await Promise.all([...lists.keys()].map((purpose) => standing(db, subject, purpose)))
  const child = await isChild(db, subject, osloDay(clock.now()))
  const [on, off]: number[][] = [[], []]
  for (const [at, id] of [...lists.values()].entries()) (standsFor(stands[at]!, child) ? on! : off!).push(id)

  const none = on!.length === 0
  // Who is to be told why nothing is sent to them any more is off all lists, and forgotten once they were.
  const again = none && (await waitsToBeTold(db, subject))
  const gone = none && !again
  const outcome = await call()
  const now = clock.now().toString()
  if (outcome.outcome === 'later' || outcome.outcome === 'unknown') {
    log.warn({ subject, said: outcome.said }, 'Brevo did not take a contact; it is tried again')
    await postponeContact(db, contact, {
      ...{ unsure: outcome.outcome === 'unknown' && !none, now },
      ...(outcome.afterSeconds && { afterSeconds: outcome.afterSeconds }),
    })
    return
  }
  if (outcome.outcome === 'refused' || (expired && !none)) {
    const detail = outcome.outcome === 'refused' ? { said: outcome.said } : { said: 'not taken within a day' }
    await raiseServiceAlarm(alarmsOf(db), { kind: 'contact-not-sent', about: subject, detail, at: now }, log)
  }
  await settleContact(db, contact, { gone, again, now })

  async function call(): Promise<Outcome> {
    if (gone) return brevo.remove(subject)
    if (address !== null && !none) {
      const { email } = consent.seal.open<{ email: string }>(address)
      const made = await brevo.upsert({ subject, email, listIds: on! })
      if (made.outcome !== 'done') return made
    }
    return off!.length === 0 ? { outcome: 'done' } : brevo.unsubscribe(subject, off!)
  }
}

/** A contact that Brevo has not taken for an hour, or still has. */
export const brevoSource: Source = {
  kind: 'contacts-unsent',
  over: 'Brevo took them.',
  find: (now) => sql`
    select 'Brevo' as about, jsonb_build_object('contacts', count(*), 'since', min(failing_since)) as detail from brevo_contact
    where failing_since < ${now}::timestamptz - interval '1 hour' having count(*) > 0`,
}
