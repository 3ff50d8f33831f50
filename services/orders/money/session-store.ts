import { fold } from '@vilkar/decider/decider.ts'
import { byName, gathering } from '@vilkar/messaging/gather.ts'
import { jsonOrNull } from '@vilkar/server/postgres.ts'
import { updateRows } from '@vilkar/server/update-rows.ts'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import { lockOrder } from '../order/handle.ts'
import type { StoredOrder } from '../order/state.ts'
import { session as decider, type PaymentSession, type SessionCommand } from './session.ts'

/**
 * All SQL that writes `payment_session`, but for the first session of an order, which `checkout/place-orders.ts` inserts
 * with the order. Whoever changes a session has its order locked.
 */

const columns = [
  ...([
    'id',
    'order_id',
    'replaces_payment_id',
    'amount',
    'currency',
    'portion',
    'attempt',
    'status',
    'provider',
  ] as const),
  ...(['provider_session_id', 'url', 'expires_at', 'widget', 'approval_token', 'request', 'payment_id'] as const),
  ...(['dropped_payment_ids', 'last_result'] as const),
]

/**
 * The session and its order, both locked until the transaction ends; the order first, as everybody locks them. Whoever has
 * the order locked already hands it over as `locked`.
 */
export async function lockSession(
  trx: Trx,
  { id, orderId }: Pick<PaymentSession, 'id' | 'orderId'>,
  locked?: StoredOrder,
): Promise<{ order: StoredOrder; session: PaymentSession }> {
  const order = locked ?? (await lockOrder(trx, orderId))!
  const session = await lockById(trx, id)
  if (session === undefined) throw new Error(`There is no payment session ${id}.`)
  return { order, session }
}

const sessionsOf = (db: Kysely<Database>, ids: string[]) =>
  db.selectFrom('payment_session').select(columns).where('id', '=', sql<string>`any(${ids}::uuid[])`)

const lockById = gathering(async (trx: Trx, ids: string[]) => {
  const rows = await sessionsOf(trx, ids).orderBy('id').forUpdate().execute()
  return byName(ids, rows.map(sessionOf), ({ id }) => id)
})

export const readSession = gathering(async (db: Kysely<Database>, ids: string[]) =>
  byName(ids, (await sessionsOf(db, ids).execute()).map(sessionOf), ({ id }) => id),
)

/** The session by which an order is paid, or was last to be paid. */
export const newestSession = gathering(async (db: Kysely<Database>, orderIds: string[]) => {
  const rows = await db
    .selectFrom('payment_session')
    .distinctOn('order_id')
    .select(columns)
    .where('order_id', '=', sql<string>`any(${orderIds}::uuid[])`)
    .orderBy('order_id')
    .orderBy('created_at', 'desc')
    .execute()
  return byName(orderIds, rows.map(sessionOf), ({ orderId }) => orderId)
})

type Row = Pick<Selectable<Database['payment_session']>, (typeof columns)[number]>

/** The session that a provider knows by this id; undefined when none is ours. */
export async function sessionAt(
  db: Kysely<Database>,
  provider: string,
  providerSessionId: string,
): Promise<PaymentSession | undefined> {
  const row = await db
    .selectFrom('payment_session')
    .select(columns)
    .where('provider_session_id', '=', providerSessionId)
    .where('provider', '=', provider)
    .limit(1)
    .executeTakeFirst()
  return row && sessionOf(row)
}

/** Stores a planned session. Throws when one replaces the same payment already. */
export async function insertSession(trx: Trx, command: Extract<SessionCommand, { type: 'PlanSession' }>) {
  const { events } = decider.decide(command, decider.initial)
  const planned = fold(decider, decider.initial, events) as PaymentSession
  await trx
    .insertInto('payment_session')
    .values({ id: planned.id, order_id: planned.orderId, ...rowOf(planned) })
    .execute()
}

/** Lets a command change a session that is locked, and saves what came of it; `changed` says whether anything did. */
export async function changeSession(
  trx: Trx,
  before: PaymentSession,
  command: SessionCommand,
): Promise<{ session: PaymentSession; changed: boolean }> {
  const { events } = decider.decide(command, before)
  const after = fold(decider, before, events) as PaymentSession
  if (events.length > 0) await save(trx, { id: before.id, ...rowOf(after) })
  return { session: after, changed: events.length > 0 }
}

const WRITTEN = {
  ...{
    replaces_payment_id: 'text',
    amount: 'bigint',
    currency: 'text',
    portion: 'jsonb',
    attempt: 'int',
    status: 'text',
  },
  ...{ provider: 'text', provider_session_id: 'text', url: 'text', expires_at: 'timestamptz', widget: 'jsonb' },
  ...{
    approval_token: 'text',
    request: 'text',
    payment_id: 'text',
    dropped_payment_ids: 'text[]',
    last_result: 'jsonb',
  },
}
const save = gathering(async (trx: Trx, rows: (ReturnType<typeof rowOf> & { id: string })[]) => {
  await updateRows(trx as never, 'payment_session', WRITTEN, rows, 'id')
  return []
})

/** Nothing is going to be placed by the sessions of an order any more, and what would place it holds personal data. */
export const eraseRequests = (trx: Trx, orderId: string) =>
  trx
    .updateTable('payment_session')
    .set({ request: null })
    .where('order_id', '=', orderId)
    .where('request', 'is not', null)
    .execute()

const rowOf = (session: PaymentSession) => ({
  replaces_payment_id: session.replacesPaymentId ?? null,
  amount: session.amount,
  currency: session.currency,
  portion: jsonOrNull(session.portion),
  attempt: session.attempt,
  status: session.status,
  provider: session.opened?.provider ?? null,
  provider_session_id: session.opened?.id ?? null,
  url: session.opened?.url ?? null,
  expires_at: session.opened?.expiresAt ?? null,
  widget: jsonOrNull(session.opened?.widget),
  approval_token: session.approvalToken ?? null,
  request: session.request ?? null,
  payment_id: session.paymentId ?? null,
  dropped_payment_ids: session.droppedPaymentIds,
  last_result: jsonOrNull(session.lastResult),
})

function sessionOf(row: Row): PaymentSession {
  const { provider, provider_session_id, url, expires_at, widget } = row
  return {
    id: row.id,
    orderId: row.order_id,
    replacesPaymentId: row.replaces_payment_id ?? undefined,
    amount: row.amount,
    currency: row.currency,
    portion: row.portion ?? undefined,
    attempt: row.attempt,
    status: row.status,
    ...(provider !== null && {
      opened: {
        provider,
        id: provider_session_id!,
        url: url!,
        expiresAt: expires_at === null ? null : Temporal.Instant.from(expires_at).toString(),
        ...(widget && { widget }),
      },
    }),
    approvalToken: row.approval_token ?? undefined,
    request: row.request ?? undefined,
    paymentId: row.payment_id ?? undefined,
    droppedPaymentIds: row.dropped_payment_ids,
    lastResult: row.last_result ?? undefined,
  }
}
