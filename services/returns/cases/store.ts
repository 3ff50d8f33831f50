import { osloDay } from '@vilkar/terms/calendar.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type CaseAlarmKind, caseAlarmKinds } from '../alarms/kinds.ts'
import type { Database } from '../database.ts'
import type { CaseStatus } from './states.ts'

/** All that writes the tables `return_case` and `case_note`, and what one case or one order asks. Withdrawals are listed by the database itself. */

/** A case as its room lists it. Moments are RFC 3339, `patience` and days ISO 8601. */
export type Case = {
  id: string
  orderId: string
  kind: 'voluntary-return' | 'complaint' | 'loss' | 'payout' | 'override' | 'exchange'
  status: CaseStatus
  /** Whose answer or work it waits for, since when, and how long that may take before a person is called. */
  waits?: { awaits: CaseAwaits; since: string; patience?: string }
  /** When time itself changes something. */
  lookFrom?: string
  /** Last day to pay back or to answer. */
  dueOn?: string
  /** Last day to pay back, while that is not decided. */
  payBy?: string
  /** What is decided to be paid back, in minor units. */
  owed?: number
  /** When that was decided, of what is paid back. */
  refundDecidedAt?: string
  openedAt: string
  closedAt?: string
}
export type CaseAwaits = keyof typeof caseAlarmKinds

/** A parcel is on its way for no longer: then a person asks its carrier. */
export const ON_ITS_WAY_DAYS = 21
/** The day by which goods that are with a carrier are here. */
export const onItsWayUntil = (sentAt: string) =>
  osloDay(Temporal.Instant.from(sentAt)).add({ days: ON_ITS_WAY_DAYS }).toString()

export async function saveCase(trx: Transaction<Database>, { id, orderId, kind, openedAt, ...now }: Case) {
  const {
    status,
    waits,
    lookFrom = null,
    dueOn = null,
    payBy = null,
    owed,
    refundDecidedAt = null,
    closedAt = null,
  } = now
  const row = {
    ...{ status, look_from: lookFrom, due_on: dueOn, pay_by: payBy, closed_at: closedAt },
    ...{ owed: owed?.toString() ?? null, refund_decided_at: refundDecidedAt },
    ...{ awaits: waits?.awaits ?? null, awaits_since: waits?.since ?? null, patience: waits?.patience ?? 'PT0S' },
  }
  await trx
    .insertInto('return_case')
    .values({ id, order_id: orderId, kind, opened_at: openedAt, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** The cases of an order, by their ids. */
export async function casesOf(db: Kysely<Database>, orderId: string): Promise<string[]> {
  const found = await db.selectFrom('return_case').select('id').where('order_id', '=', orderId).orderBy('id').execute()
  return found.map(({ id }) => id)
}

/** Cases of a kind to which time itself does something now, longest first. */
export async function casesToLookAt(db: Kysely<Database>, kind: Case['kind'], now: string, limit: number) {
  const found = await db
    .selectFrom('return_case')
    .select('id')
    .where('kind', '=', kind)
    .where('look_from', '<=', now)
    .orderBy('look_from')
    .limit(limit)
    .execute()
  return found.map(({ id }) => id)
}

const kinds = Object.entries(caseAlarmKinds)
/** The alarm that a person is called by for what a case waits for; null of what is watched elsewhere. */
const KIND = sql.raw(`case awaits ${kinds.map(([awaits, kind]) => `when '${awaits}' then '${kind}'`).join(' ')} end`)

/** Cases whose wait began so long ago that a person is called, and for which none was called. */
export async function casesUnanswered(db: Kysely<Database>, since: string, limit: number) {
  const { rows } = await sql<{ id: string; order_id: string; kind: CaseAlarmKind; awaits_since: string }>`
    select id, order_id, ${KIND} as kind, awaits_since from return_case
    where awaits is not null and kind <> 'withdrawal' and awaits_since + patience <= ${since} and not exists (
      select from alarm where alarm.about = return_case.id::text and alarm.kind = ${KIND} and resolved_at is null
    ) order by awaits_since limit ${limit}`.execute(db)
  return rows
}

/** Open alarms about cases that wait for that no more. */
export async function casesAnswered(db: Kysely<Database>) {
  const { rows } = await sql<{ id: string }>`
    select alarm.id from alarm where resolved_at is null and kind = any(${Object.values(caseAlarmKinds)}) and not exists (
      select from return_case where return_case.id::text = alarm.about and ${KIND} = alarm.kind
    )`.execute(db)
  return rows
}

/** Says who works on a case; null: nobody. */
export const assignCase = (db: Kysely<Database>, id: string, assignee: string | null) =>
  db.updateTable('return_case').set({ assignee }).where('id', '=', id).execute()

/** What somebody of the staff noted about a case. `notedAt` is RFC 3339. */
type NoteOnCase = {
  id: string
  caseId: string
  orderId: string
  notedAt: string
  personal: { text: string; by: string }
}

export const noteOn = (db: Kysely<Database>, { id, caseId, orderId, notedAt, personal }: NoteOnCase) =>
  db
    .insertInto('case_note')
    .values({ id, case_id: caseId, order_id: orderId, noted_at: notedAt, personal: JSON.stringify(personal) })
    .execute()

/** The notes on a case, in the order in which they were made. */
export async function notesOf(db: Kysely<Database>, caseId: string) {
  const notes = db.selectFrom('case_note').select(['id', 'noted_at', 'personal']).where('case_id', '=', caseId)
  const found = await notes.orderBy('id').execute()
  return found.map(({ id, noted_at, personal }) => ({
    ...{ id, notedAt: Temporal.Instant.from(noted_at).toString(), by: personal.by, text: personal.text },
  }))
}
