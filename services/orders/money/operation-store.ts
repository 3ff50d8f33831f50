import { fold, type Refusal } from '@vilkar/decider/decider.ts'
import { jsonOrNull } from '@vilkar/server/postgres.ts'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import { lockOrder } from '../order/handle.ts'
import type { StoredOrder } from '../order/state.ts'
import { operation as decider, type Operation, type OperationCommand } from './operation.ts'

/** All SQL that writes `money_operation`. Whoever changes an operation has its order locked. */

/** A claim lives this long without a sign of life (`sending-claim.ts`): when its process died, another goes on with the operation. */
export const CLAIM_SECONDS = 10
const CLAIM_END = sql<string>`now() + make_interval(secs => ${CLAIM_SECONDS})`

const columns = [
  ...([
    'id',
    'order_id',
    'kind',
    'purpose_kind',
    'purpose_id',
    'part',
    'amount',
    'currency',
    'portion',
    'parcel',
  ] as const),
  ...(['by_hand', 'payment_id', 'attempt', 'status', 'first_sent_at', 'last_sent_at', 'waiting_since'] as const),
  ...(['provider_id', 'last_result', 'created_at'] as const),
]

/** The operation and its order, both locked until the transaction ends; the order first, as everybody locks them. */
export async function lockOperation(
  trx: Trx,
  operationId: string,
): Promise<{ order: StoredOrder; operation: Operation } | undefined> {
  const found = await trx
    .selectFrom('money_operation')
    .select('order_id')
    .where('id', '=', operationId)
    .executeTakeFirst()
  if (found === undefined) return undefined
  const order = (await lockOrder(trx, found.order_id))!
  const row = await trx
    .selectFrom('money_operation')
    .select(columns)
    .where('id', '=', operationId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { order, operation: operationOf(row) }
}

/** Every operation of an order, the oldest first. `inFlight` says that a call to the provider is under way for it. */
export async function operationsOf(
  db: Kysely<Database>,
  orderId: string,
): Promise<(Operation & { inFlight: boolean })[]> {
  const rows = await db
    .selectFrom('money_operation')
    .select(columns)
    .select(sql<boolean>`coalesce(claimed_until > now(), false)`.as('in_flight'))
    .where('order_id', '=', orderId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...operationOf(row), inFlight: row.in_flight }))
}

/** Stores a planned operation; undefined when one is planned for the same purpose already. */
export async function insertOperation(
  trx: Trx,
  command: Extract<OperationCommand, { type: 'PlanOperation' }>,
): Promise<Operation | undefined> {
  const { events } = decider.decide(command, decider.initial)
  const planned = fold(decider, decider.initial, events) as Operation
  const inserted = await trx
    .insertInto('money_operation')
    .values({ id: planned.id, order_id: planned.orderId, ...rowOf(planned) })
    .onConflict((conflict) => conflict.columns(['order_id', 'kind', 'purpose_kind', 'purpose_id', 'part']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted && planned
}

/**
 * Lets a command change an operation that is locked, or whose order is, and saves what came of it. `claims`: a call to
 * the provider follows, during which no other operation of the order is sent; any other change ends the claim.
 */
export async function changeOperation(
  trx: Trx,
  before: Operation,
  command: OperationCommand,
  { claims = false } = {},
): Promise<{ operation: Operation; changed: boolean; refusal?: Refusal }> {
  const { events, refusal } = decider.decide(command, before)
  const after = fold(decider, before, events) as Operation
  if (events.length > 0 || claims)
    await trx
      .updateTable('money_operation')
      .set({ ...rowOf(after), claimed_until: claims ? CLAIM_END : null })
      .where('id', '=', before.id)
      .execute()
  return { operation: after, changed: events.length > 0, refusal }
}

/**
 * Says that the call which an operation is claimed for is still under way. False when the claim had run out, or the operation has
 * been taken further since: then it is not claimed anew.
 */
export async function renewClaim(db: Kysely<Database>, { id, attempt }: Pick<Operation, 'id' | 'attempt'>) {
  const { numUpdatedRows } = await db
    .updateTable('money_operation')
    .set({ claimed_until: CLAIM_END })
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('status', '=', 'sent')
    .where('claimed_until', '>', sql<string>`now()`)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** The ids of open operations of which nothing was heard since `silentSince`, the oldest first. */
export async function silentOperations(db: Kysely<Database>, silentSince: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('money_operation')
    .select('id')
    .where('status', 'in', ['planned', 'waiting-for-capture', 'sent'])
    .where((eb) => eb(eb.fn.coalesce('last_sent_at', 'created_at'), '<', silentSince))
    .orderBy('created_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

const rowOf = (operation: Operation) => ({
  kind: operation.kind,
  purpose_kind: operation.purpose.kind,
  purpose_id: operation.purpose.id,
  part: operation.part,
  amount: operation.amount,
  currency: operation.currency,
  portion: jsonOrNull(operation.portion),
  parcel: jsonOrNull(operation.parcel),
  by_hand: JSON.stringify(operation.byHand),
  payment_id: operation.paymentId ?? null,
  attempt: operation.attempt,
  status: operation.status,
  first_sent_at: operation.firstSentAt ?? null,
  last_sent_at: operation.lastSentAt ?? null,
  waiting_since: operation.waitingSince ?? null,
  provider_id: operation.providerId ?? null,
  last_result: jsonOrNull(operation.lastResult),
})

const operationOf = (row: Pick<Selectable<Database['money_operation']>, (typeof columns)[number]>): Operation => ({
  id: row.id,
  orderId: row.order_id,
  kind: row.kind,
  purpose: { kind: row.purpose_kind, id: row.purpose_id },
  part: row.part,
  amount: row.amount,
  currency: row.currency,
  portion: row.portion ?? undefined,
  parcel: row.parcel ?? undefined,
  byHand: row.by_hand,
  paymentId: row.payment_id ?? undefined,
  attempt: row.attempt,
  status: row.status,
  firstSentAt: row.first_sent_at ?? undefined,
  lastSentAt: row.last_sent_at ?? undefined,
  waitingSince: row.waiting_since ?? undefined,
  providerId: row.provider_id ?? undefined,
  lastResult: row.last_result ?? undefined,
  createdAt: row.created_at,
})
