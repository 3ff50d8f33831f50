import type { Generated } from 'kysely'
import type { Purpose, Suppressed } from './purposes.ts'
import type { Said, Speaker } from './standing.ts'

/** The tables of `migrations/08*`. Subjects, guardians and browsers are keyed hashes; moments are RFC 3339. */
export type ConsentTables = {
  consent_text: { sha256: string; language: 'nb' | 'en'; text: string; first_seen_at: string }
  consent_log: {
    id: string
    controller: string
    subject: string
    purpose: Purpose
    what: Said['what']
    at: string
    recorded_at: string
    by: Speaker
    source: string
    text_sha256: string | null
    guardian: string | null
    staff: string | null
    kept_until: string | null
  }
  suppression: { subject: string; purpose: Suppressed; controller: string; at: string; source: string }
  consent_child: { subject: string; controller: string; until: string }
  sale: {
    order_id: string
    controller: string
    subject: string
    placed_at: string
    opt_out_offered: boolean
    formed_at: Generated<string | null>
  }
  cookie_choice: {
    id: string
    controller: string
    browser: string
    accepted: string[]
    text_sha256: string
    at: string
  }
  brevo_contact: {
    subject: string
    controller: string
    address: Generated<string | null>
    address_until: Generated<string | null>
    wanted: Generated<number>
    done: Generated<number>
    unsure: Generated<boolean>
    due_at: Generated<string | null>
    claimed_until: Generated<string | null>
    tries: Generated<number>
    failing_since: Generated<string | null>
  }
  consent_letter: {
    id: string
    kind: 'confirm' | 'guardian'
    about: string
    sealed: string | null
    language: 'nb' | 'en'
    due_at: string | null
    until: string
    tries: Generated<number>
    failing_since: Generated<string | null>
  }
  opt_out_mailbox: {
    name: string
    uid_validity: string
    last_uid: number
    read_at: string
    failing_since: Generated<string | null>
  }
}
