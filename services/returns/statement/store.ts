import { countedOf } from '@vilkar/server/counted.ts'
import { jsonOrNull } from '@vilkar/server/postgres.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type StatementAlarmKind, statementAlarmKinds } from '../alarms/kinds.ts'
import type { Database } from '../database.ts'
import type { Answer, AnswerStatus, Statement, StoredStatement } from './statement.ts'

/** All the SQL of the tables `statement` and `statement_answer`. */

const columns = [
  ...(['statement.id', 'statement.order_id', 'channel', 'sent_at', 'received_at', 'recorded_at', 'said'] as const),
  ...(['personal', 'status', 'statement_answer.order_id as found_order_id', 'lines', 'return_id', 'refusal'] as const),
  ...(['answered_at', 'clarified'] as const),
]

const selected = (db: Kysely<Database>) =>
  db.selectFrom('statement').innerJoin('statement_answer', 'statement_id', 'statement.id').select(columns)
type Row = Awaited<ReturnType<ReturnType<typeof selected>['executeTakeFirstOrThrow']>>

/** Keeps a statement and that it is to be answered, once: false when it is kept already. */
export async function keepStatement(trx: Transaction<Database>, statement: Statement, dueFrom: string) {
  const { id, orderId = null, channel = null, sentAt = null, receivedAt, recordedAt, said, personal } = statement
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('statement')
    .values({
      ...{ id, order_id: orderId, channel, sent_at: sentAt, received_at: receivedAt, recorded_at: recordedAt },
      ...{ said: JSON.stringify(said), personal: JSON.stringify(personal) },
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) return false
  await trx
    .insertInto('statement_answer')
    .values({ statement_id: id, status: 'pending', due_from: dueFrom, order_id: orderId })
    .execute()
  return true
}

export async function readStatement(db: Kysely<Database>, id: string): Promise<StoredStatement | undefined> {
  const row = await selected(db).where('statement.id', '=', id).executeTakeFirst()
  return row && storedOf(row)
}

/** A statement whose answer nobody else works on until the transaction ends. */
export async function lockStatement(trx: Transaction<Database>, id: string): Promise<StoredStatement | undefined> {
  await trx
    .selectFrom('statement_answer')
    .select('statement_id')
    .where('statement_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return readStatement(trx, id)
}

/** The statements about an order, in the order in which they were kept. */
export async function statementsOf(db: Kysely<Database>, orderId: string): Promise<StoredStatement[]> {
  const rows = await selected(db).where('statement_answer.order_id', '=', orderId).orderBy('statement.id').execute()
  return rows.map(storedOf)
}

/** How many there are of a status. */
export const statementsCounted = (status: AnswerStatus) => countedOf(sql`statement_answer where status = ${status}`)

/** Those of a status, oldest first. They are found among the answers, of which few wait: all statements would be gone through else. */
export async function statementsIn(db: Kysely<Database>, status: AnswerStatus, limit: number) {
  const oldest = db
    .selectFrom('statement_answer')
    .select('statement_id')
    .where('status', '=', status)
    .orderBy('statement_id')
    .limit(limit)
  const rows = await selected(db).where('statement.id', 'in', oldest).orderBy('statement.id').execute()
  return rows.map(storedOf)
}

export async function saveAnswer(trx: Transaction<Database>, id: string, answer: Answer) {
  const { status, orderId = null, lines, returnId = null, refusal, answeredAt = null, clarified } = answer
  await trx
    .updateTable('statement_answer')
    .set({
      ...{ status, order_id: orderId, lines: jsonOrNull(lines), return_id: returnId, refusal: jsonOrNull(refusal) },
      ...{ answered_at: answeredAt, clarified: jsonOrNull(clarified) },
    })
    .where('statement_id', '=', id)
    .execute()
}

/** It is looked at again then: what it needs may not have been heard yet. */
export const postpone = (trx: Transaction<Database>, id: string, until: string) =>
  trx.updateTable('statement_answer').set({ due_from: until }).where('statement_id', '=', id).execute()

/** Statements that nobody has answered and that are due, longest first. */
export async function dueStatements(db: Kysely<Database>, now: string, limit: number): Promise<string[]> {
  const found = await db
    .selectFrom('statement_answer')
    .select('statement_id')
    .where('status', '=', 'pending')
    .where('due_from', '<=', now)
    .orderBy('due_from')
    .limit(limit)
    .execute()
  return found.map(({ statement_id }) => statement_id)
}

/** How many statements named this address since then, this one among them. */
export async function statementsNaming(db: Kysely<Database>, email: string, since: string) {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from statement
    where personal ? 'email' and lower(personal ->> 'email') = lower(${email}) and recorded_at > ${since}`.execute(db)
  return rows[0]!.count
}

/** Statements that a person is to look at and that nobody was called for: what is unclear, and what waits too long. */
export async function toBeLookedAt(db: Kysely<Database>, since: string, limit: number) {
  const { rows } = await sql<{ id: string; kind: StatementAlarmKind; since: string }>`
    select open.id, open.kind, open.since from (
      select statement_id::text as id, 'statement-unclear' as kind, answered_at as since
      from statement_answer where status = 'unclear'
      union all
      select statement_id::text, 'statement-unanswered', due_from
      from statement_answer where status = 'pending' and due_from <= ${since}
    ) open
    where not exists (select from alarm where about = open.id and alarm.kind = open.kind and resolved_at is null)
    order by since limit ${limit}`.execute(db)
  return rows
}

/** Open alarms about statements that nobody need look at any more. */
export async function settledAlarms(db: Kysely<Database>) {
  const { rows } = await sql<{ id: string }>`
    select alarm.id from alarm where resolved_at is null and kind = any(${[...statementAlarmKinds]}) and not exists (
      select from statement_answer where statement_id::text = alarm.about
        and status = case kind when 'statement-unclear' then 'unclear' else 'pending' end
    )`.execute(db)
  return rows
}

/** A moment of the database as RFC 3339, and null as left out. */
const momentOf = (moment: string | null) => (moment === null ? undefined : Temporal.Instant.from(moment).toString())

function storedOf(row: Row): StoredStatement {
  const { id, order_id, channel, said, personal, status, found_order_id, lines, return_id, refusal, clarified } = row
  const [sentAt, answeredAt] = [momentOf(row.sent_at), momentOf(row.answered_at)]
  return {
    id,
    ...(order_id && { orderId: order_id }),
    ...(channel && { channel }),
    ...(sentAt && { sentAt }),
    receivedAt: momentOf(row.received_at)!,
    recordedAt: momentOf(row.recorded_at)!,
    said,
    personal,
    answer: {
      status,
      ...(found_order_id && { orderId: found_order_id }),
      ...(lines && { lines }),
      ...(return_id && { returnId: return_id }),
      ...(refusal && { refusal }),
      ...(answeredAt && { answeredAt }),
      ...(clarified && { clarified }),
    },
  }
}
