import { gathering } from '@vilkar/messaging/gather.ts'
import type { Snapshot } from '@vilkar/payments/port.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import type { EntryKind } from './tables.ts'

/** What an order's payment came to, in minor units. `left` is what may still be captured. */
export type Account = {
  currency: string
  provider: string
  paymentId: string
  authorised: number
  captured: number
  refunded: number
  released: number
  left: number
  expiresAt: string | null
}

/** One movement of a customer's money as the provider told it. `providerId` is the provider's own name of it. */
export type NewEntry = {
  orderId: string
  kind: EntryKind
  amount: number
  currency: string
  provider: string
  paymentId: string
  providerId: string | null
  /** The money operation that it came of, or of an authorisation the payment session. */
  operationId?: string | null
  sessionId?: string | null
  expiresAt?: Temporal.Instant | null
  at: string
}

/**
 * Adds an entry to the ledger; the account follows by itself. Throws what PostgreSQL throws when it would take the
 * account beyond what is authorised or captured, or book a movement twice: then the whole transaction is undone.
 */
export async function bookEntry(trx: Trx, entry: NewEntry): Promise<number> {
  const { id } = await trx.insertInto('ledger_entry').values(rowOf(entry)).returning('id').executeTakeFirstOrThrow()
  return id
}

/**
 * Books the provider's own amount of a new authorisation, once per payment; false when it is booked already. The order
 * must be locked. Its amount need not be the order's: the ledger holds what is, whether or not it fits.
 */
export async function bookAuthorisation(
  trx: Trx,
  {
    orderId,
    sessionId,
    provider,
    snapshot,
    at,
  }: { orderId: string; sessionId: string | null; provider: string; snapshot: Snapshot; at: string },
): Promise<boolean> {
  const { paymentId, authorised: amount, currency, expiresAt } = snapshot
  const about = { orderId, provider, paymentId, providerId: paymentId, sessionId }
  return bookOnce(trx, rowOf({ ...about, kind: 'authorised', amount, currency, expiresAt, at }))
}

/** Books entries of different orders that are not booked yet, and answers of each whether it was new. */
const bookOnce = gathering(async (trx: Trx, rows: ReturnType<typeof rowOf>[]) => {
  const booked = await trx
    .insertInto('ledger_entry')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['order_id', 'kind', 'provider_id']).doNothing())
    .returning('order_id')
    .execute()
  const fresh = new Set(booked.map(({ order_id }) => order_id))
  return rows.map(({ order_id }) => fresh.has(order_id))
})

const rowOf = ({
  orderId,
  paymentId,
  providerId,
  operationId = null,
  sessionId = null,
  expiresAt,
  ...rest
}: NewEntry) => ({
  ...rest,
  order_id: orderId,
  payment_id: paymentId,
  provider_id: providerId,
  operation_id: operationId,
  session_id: sessionId,
  expires_at: expiresAt?.toString() ?? null,
})

/** The accounts of an order: one per currency, so one or, before anybody paid, none. */
export async function readAccounts(db: Kysely<Database>, orderId: string): Promise<Account[]> {
  const rows = await db
    .selectFrom('payment_account')
    .select(['currency', 'provider', 'payment_id', 'authorised', 'captured', 'refunded', 'released', 'expires_at'])
    .where('order_id', '=', orderId)
    .execute()
  return rows.map(({ currency, provider, payment_id, authorised, captured, refunded, released, expires_at }) => ({
    currency,
    provider,
    paymentId: payment_id,
    authorised,
    captured,
    refunded,
    released,
    left: authorised - captured - released,
    expiresAt: expires_at === null ? null : Temporal.Instant.from(expires_at).toString(),
  }))
}

/**
 * What was captured and refunded of each line of an order, in minor units, by its id; '' is the delivery. Undefined when a
 * person moved some of it by hand, since nobody said which lines that was for.
 */
export async function linesOfAccount(
  db: Kysely<Database>,
  orderId: string,
): Promise<Map<string, { captured: number; refunded: number }> | undefined> {
  const rows = await db
    .selectFrom('line_account')
    .select(['line_id', 'captured', 'refunded', 'exact'])
    .where('order_id', '=', orderId)
    .execute()
  if (rows.some(({ exact }) => !exact)) return undefined
  return new Map(rows.map(({ line_id, captured, refunded }) => [line_id, { captured, refunded }]))
}

/** What the ledger holds of one payment, which is less than the account when another authorisation took over from it. */
export type PaymentSums = { authorised: number; captured: number; refunded: number; released: number }

export async function sumsOfPayment(db: Kysely<Database>, orderId: string, paymentId: string): Promise<PaymentSums> {
  const rows = await db
    .selectFrom('ledger_entry')
    .select(['kind', (eb) => eb.cast<number>(eb.fn.sum('amount'), 'bigint').as('amount')])
    .where('order_id', '=', orderId)
    .where('payment_id', '=', paymentId)
    .groupBy('kind')
    .execute()
  const sumOf = (kind: EntryKind) => rows.find((row) => row.kind === kind)?.amount ?? 0
  return {
    authorised: sumOf('authorised'),
    captured: sumOf('captured'),
    refunded: sumOf('refunded'),
    released: sumOf('released'),
  }
}

/** The payments of an order by the provider's names, the earliest first; more than one only after an expiry. */
export async function paymentsOf(db: Kysely<Database>, orderId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('ledger_entry')
    .select('payment_id')
    .where('order_id', '=', orderId)
    .where('kind', '=', 'authorised')
    .orderBy('id')
    .execute()
  return rows.map(({ payment_id }) => payment_id)
}

/** The name of the provider that holds a payment of an order. Throws when the ledger does not know the payment. */
export async function providerOf(db: Kysely<Database>, orderId: string, paymentId: string): Promise<string> {
  const { provider } = await db
    .selectFrom('ledger_entry')
    .select('provider')
    .where('order_id', '=', orderId)
    .where('payment_id', '=', paymentId)
    .where('kind', '=', 'authorised')
    .executeTakeFirstOrThrow()
  return provider
}

/** Whether the authorisation that an order's account draws on is this payment, and has run out. */
export async function hasRunOut(trx: Trx, orderId: string, paymentId: string, now: Temporal.Instant): Promise<boolean> {
  const over = await trx
    .selectFrom('payment_account')
    .select('payment_id')
    .where('order_id', '=', orderId)
    .where('payment_id', '=', paymentId)
    .where('expires_at', '<=', now.toString())
    .executeTakeFirst()
  return over !== undefined
}

/** The currency of a payment, which may not be the order's: such a payment is only ever let go. `orElse`: none is known. */
export async function currencyOf(trx: Trx, orderId: string, paymentId: string, orElse: string): Promise<string> {
  const account = await trx
    .selectFrom('payment_account')
    .select('currency')
    .where('order_id', '=', orderId)
    .where('payment_id', '=', paymentId)
    .executeTakeFirst()
  return account?.currency ?? orElse
}

/** What the provider let go of a payment that the ledger does not yet know of; never less than nothing. */
export const newlyReleased = ({ captured, capturable }: Snapshot, { authorised, released }: PaymentSums) =>
  Math.max(0, authorised - captured - capturable - released)
