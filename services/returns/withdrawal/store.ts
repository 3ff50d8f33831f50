import type { Stored } from '@vilkar/decider/command-handler.ts'
import type { Behind } from '@vilkar/server/cursors.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type ReturnAlarmKind, returnAlarmKinds } from '../alarms/kinds.ts'
import type { Database, ReturnPersonal } from '../database.ts'
import { lockOrderOfReturn } from '../order-facts/store.ts'
import { awaited, believedFrom, type DeclaredReturn, overdueFrom, payBy, remindFrom } from './state.ts'

/** All the SQL of the table `return`. */

export type StoredReturn = Stored<DeclaredReturn, ReturnPersonal>

const columns = ['id', 'version', 'state', 'personal'] as const

export const readReturn = (db: Kysely<Database>, id: string): Promise<StoredReturn | undefined> =>
  db.selectFrom('return').select(columns).where('id', '=', id).executeTakeFirst()

/** The returns of an order, oldest first. */
export const returnsOf = (db: Kysely<Database>, orderId: string): Promise<StoredReturn[]> =>
  db.selectFrom('return').select(columns).where('order_id', '=', orderId).orderBy('id').execute()

/** A return with its order, both locked: whoever changes a return changes what is known of its order too. */
export async function lockReturn(trx: Transaction<Database>, id: string): Promise<StoredReturn | undefined> {
  // A reaction may hold the order already, so it is always locked first.
  const order = await lockOrderOfReturn(trx, id)
  const stored = await trx.selectFrom('return').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()
  // Rows of earlier releases lack their terms, which are those of the order.
  if (stored) stored.state.declared.terms ??= order!.facts.terms!
  return stored
}

export async function saveReturn(trx: Transaction<Database>, { id, version, state, personal }: StoredReturn) {
  const waiting = awaited(state)
  const row = {
    ...{ version, status: state.status, state: JSON.stringify(state), personal: JSON.stringify(personal) },
    ...{ awaits: waiting?.awaits ?? null, awaits_since: waiting?.since ?? null },
    believed_from: believedFrom(state) ?? null,
    remind_from: remindFrom(state) ?? overdueFrom(state) ?? null,
    units_to_be_asked: false,
    pay_by: payBy(state) ?? null,
  }
  const { orderId, declaredAt } = state.declared
  await trx
    .insertInto('return')
    .values({ id, order_id: orderId, declared_at: declaredAt, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** Returns whose proof of sending is to be believed now, since nobody judged it, longest first. */
export async function believedBy(db: Kysely<Database>, now: string, limit: number): Promise<string[]> {
  const found = await db
    .selectFrom('return')
    .select('id')
    .where('believed_from', '<=', now)
    .orderBy('believed_from')
    .limit(limit)
    .execute()
  return found.map(({ id }) => id)
}

/** Returns whose proof of sending waits for a person's verdict, the first due first; after a place in that list. */
export async function waitingProofs(
  db: Kysely<Database>,
  { after, limit }: { after?: Behind; limit: number },
): Promise<{ place: Behind; stored: StoredReturn }[]> {
  const found = await db
    .selectFrom('return')
    .select([...columns, 'proof_due'])
    .where('proof_due', 'is not', null)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(proof_due, id) > (${after?.at}, ${after?.id}::uuid)`),
    )
    .orderBy('proof_due')
    .orderBy('id')
    .limit(limit)
    .execute()
  return found.map(({ proof_due: due, ...stored }) => ({ place: { at: due!, id: stored.id }, stored }))
}

/** Returns whose customer is to be reminded now to send the goods, or told what follows, longest first. */
export async function toBeReminded(db: Kysely<Database>, now: string, limit: number): Promise<string[]> {
  const found = await db
    .selectFrom('return')
    .select('id')
    .where('remind_from', '<=', now)
    .orderBy('remind_from')
    .limit(limit)
    .execute()
  return found.map(({ id }) => id)
}

const KIND = sql.raw(
  `case awaits when 'units' then 'units-unanswered' when 'verdict' then 'proof-unjudged'
    when 'inspection' then 'return-uninspected' when 'assessment' then 'return-unassessed' else 'refund-unanswered' end`,
)
/** People have two working days to look at goods and to judge what was found, before they are called. */
const HANDS_ON = sql.raw(
  `case when awaits in ('inspection', 'assessment') then interval '2 days' else interval '0' end`,
)

/** Returns that have waited for an answer since then or longer, and that no person was called for. */
export async function unansweredSince(db: Kysely<Database>, since: string, limit: number) {
  const { rows } = await sql<{ id: string; order_id: string; kind: ReturnAlarmKind; awaits_since: string }>`
    select id, order_id, ${KIND} as kind, awaits_since from return
    where awaits is not null and awaits_since + ${HANDS_ON} <= ${since} and not exists (
      select from alarm where alarm.about = return.id::text and alarm.kind = ${KIND} and resolved_at is null
    ) order by awaits_since limit ${limit}`.execute(db)
  return rows
}

/** Open alarms about returns that wait for that no more. */
export async function answeredAlarms(db: Kysely<Database>) {
  const { rows } = await sql<{ id: string }>`
    select alarm.id from alarm where resolved_at is null and kind = any(${[...returnAlarmKinds]}) and not exists (
      select from return where awaits is not null and return.id::text = alarm.about and ${KIND} = alarm.kind
    )`.execute(db)
  return rows
}

/** Withdrawals of an earlier release that wait for a person, and whose last day to pay back is not written down. */
export async function withoutLastDay(db: Kysely<Database>, limit: number): Promise<string[]> {
  const found = await db
    .selectFrom('return')
    .select('id')
    .where('pay_by', 'is', null)
    .where(sql<boolean>`awaits in ('inspection', 'assessment', 'verdict')`)
    .where(sql<boolean>`state ?| array['receivedAt', 'sentAt']`)
    .limit(limit)
    .execute()
  return found.map(({ id }) => id)
}

/** Withdrawals of an earlier release of which orders is to be asked what had left. */
export async function unitsToBeAsked(db: Kysely<Database>, limit: number): Promise<string[]> {
  const found = await db.selectFrom('return').select('id').where('units_to_be_asked', '=', true).limit(limit).execute()
  return found.map(({ id }) => id)
}
