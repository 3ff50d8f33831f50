import { growingPause } from '@vilkar/server/growing-pause.ts'
import type { Trim } from '@vilkar/server/trimming.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Whose } from '../store.ts'

type Trx = Transaction<Database>

/** How long an address waits for Brevo to take it. */
export const ADDRESS_KEPT_SECONDS = 86_400
/** How long nobody else calls about a contact: longer than any call takes. */
const CLAIM_SECONDS = 60
/** When a contact that is to be gone is removed once more, if a call before it may arrive after it. */
const SURE_AFTER_MINUTES = 10

/** `expired`: the address waited for too long, and is gone. */
export type Contact = {
  subject: string
  controller: string
  address: string | null
  expired: boolean
  wanted: number
  unsure: boolean
}

/** An address that nobody took in its time goes, also where no account at Brevo is named. */
export const addressTrim: Trim = {
  table: 'brevo_contact',
  days: 0,
  clock: 'service',
  remove: (before, most) => sql`
    update brevo_contact set address = null where subject in (
      select subject from brevo_contact where address is not null and address_until <= ${before}
      order by address_until limit ${most} for update skip locked)
    returning address_until as at`,
  oldest: sql`select address_until as at from brevo_contact where address is not null order by address_until limit 1`,
}

/** A consent was given: Brevo is to have the contact. `address` is sealed. */
export async function wantContact(trx: Trx, { subject, controller, at }: Whose & { at: string }, address: string) {
  await sql`
    insert into brevo_contact (subject, controller, address, address_until, due_at)
    values (${subject}, ${controller}, ${address}, ${at}::timestamptz + ${ADDRESS_KEPT_SECONDS} * interval '1 second', ${at})
    on conflict (subject) do update set address = excluded.address, address_until = excluded.address_until,
      wanted = brevo_contact.wanted + 1, due_at = excluded.due_at, tries = 0`.execute(trx)
}

/** Consents to a controller may not stand any more: it is looked which of its contacts are to be forgotten. */
export async function lookAtContactsOf(trx: Trx, controller: string, at: string) {
  await sql`
    update brevo_contact set wanted = wanted + 1, due_at = ${at}, tries = 0 where controller = ${controller}`.execute(
    trx,
  )
}

/** A word was said by which Brevo may have to forget a contact: it is looked what of it stands. Who never was one is none. */
export async function forgetContact(trx: Trx, { subject, recordedAt }: { subject: string; recordedAt: string }) {
  await sql`
    update brevo_contact set wanted = wanted + 1, due_at = ${recordedAt}, tries = 0 where subject = ${subject}`.execute(
    trx,
  )
}

/** The sealed address that waits for Brevo goes: nothing is to be sent to it any more. */
export async function dropAddress(trx: Trx, subject: string) {
  await sql`update brevo_contact set address = null, address_until = null where subject = ${subject}`.execute(trx)
}

/** What is kept of a contact to send to: its sealed address while that waits. Undefined for who is none. */
export async function waitingAddress(db: Kysely<Database>, subject: string, now: string) {
  const { rows } = await sql<{ address: string | null }>`
    select case when address_until > ${now} then address end as address from brevo_contact where subject = ${subject}`.execute(
    db,
  )
  return rows[0]
}

/**
 * Whether a contact whose consent ended with a change of the policy is to be told of that first, so that its address is still needed.
 * Who took the consent back is not kept for it.
 */
export async function waitsToBeTold(db: Kysely<Database>, subject: string) {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (
      select from policy_notice join policy_change change on change.id = change_id
      where policy_notice.subject = ${subject} and told_at is null and unreachable_at is null and renewed <> '{}'
        and not exists (select from suppression where suppression.subject = ${subject} and at >= adopted_at)) as waits`.execute(
    db,
  )
  return rows[0]!.waits
}

/** Takes a contact that is due, so that nobody else calls about it for a while; undefined when none is. */
export async function claimContact(db: Kysely<Database>, now: string): Promise<Contact | undefined> {
  const { rows } = await sql<Contact>`
    update brevo_contact set claimed_until = ${now}::timestamptz + ${CLAIM_SECONDS} * interval '1 second'
    where subject = (
      select subject from brevo_contact
      where due_at <= ${now} and (claimed_until is null or claimed_until <= ${now})
      order by due_at limit 1 for update skip locked)
    returning subject, controller, case when address_until > ${now} then address end as address,
      coalesce(address_until <= ${now}, false) as expired, wanted, unsure`.execute(db)
  return rows[0]
}

/** What Brevo said. `gone`: it has no such contact now; `again`: it is looked again soon. Said of an earlier word, the contact stays due. */
export async function settleContact(
  db: Kysely<Database>,
  { subject, wanted, unsure }: Contact,
  { gone, again = false, now }: { gone: boolean; again?: boolean; now: string },
) {
  const { rows } = await sql<{ current: boolean }>`
    update brevo_contact set claimed_until = null, failing_since = null, tries = 0, done = ${wanted},
      unsure = unsure and not (wanted = ${wanted} and ${gone}),
      address = case when wanted = ${wanted} and not ${again} then null else address end,
      address_until = case when wanted = ${wanted} and not ${again} then null else address_until end,
      due_at = case when wanted <> ${wanted} then ${now}::timestamptz
        when ${again} then ${now}::timestamptz + ${CLAIM_SECONDS} * interval '1 second'
        when ${gone} and unsure then ${now}::timestamptz + ${SURE_AFTER_MINUTES} * interval '1 minute' end
    where subject = ${subject} returning wanted = ${wanted} as current`.execute(db)
  // Nothing is kept of who is no contact, once no call of before can still make one.
  if (rows[0]?.current && gone && !unsure)
    await sql`delete from brevo_contact where subject = ${subject} and wanted = ${wanted}`.execute(db)
}

/** There was no answer, or none that counts: tried again after a pause that grows. `unsure`: it may still arrive. */
export async function postponeContact(
  db: Kysely<Database>,
  { subject }: Contact,
  { unsure, now, afterSeconds }: { unsure: boolean; now: string; afterSeconds?: number },
) {
  await sql`
    update brevo_contact set claimed_until = null, tries = tries + 1, unsure = unsure or ${unsure},
      failing_since = coalesce(failing_since, ${now}),
      address = case when address_until > ${now} then address end,
      due_at = ${now}::timestamptz + coalesce(${afterSeconds ?? null}::int, ${growingPause(sql`tries`)}) * interval '1 second'
    where subject = ${subject}`.execute(db)
}
