import { createHash } from 'node:crypto'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { PaymentProvider, Result, Snapshot } from '@vilkar/payments/port.ts'
import type { Job } from '@vilkar/server/jobs.ts'
import { sql } from 'kysely'
import { raiseAlarm } from '../../alarms/alarms.ts'
import type { PaymentSession } from '../../database.ts'
import { type Deps, type Trx, transact } from '../../deps.ts'
import { settle } from '../../follow-ups.ts'
import { handle, lockOrder, type StoredOrder, untilDue } from '../../order/handle.ts'
import type { PlacedOrder } from '../../order/order.ts'
import { awaitsNewPayment } from '../../order/payment.ts'
import { bookAuthorisation, paymentsOf } from '../ledger.ts'
import { callIfLong, type Operation, resolveIfSettled } from '../outcome.ts'
import { placeApproved } from '../place-approved-order.ts'
import { hasEnded, noteEnd, reopen } from '../session.ts'

/** How soon a payment that is under review is looked at again; the provider also tells when it is decided. */
const REVIEW_LOOK_AGAIN_AFTER = 'PT10M'

/**
 * What a notification or the customer's browser said: hints, never believed. `wanted` is said of a customer who came to
 * pay after the page had ended.
 */
export type Hint = { paymentId?: string; approvalToken?: string; wanted?: true }

/**
 * Reads the provider's truth about an order's payment and lets the order take note. Asked for by the provider's
 * notifications (which are hints, never believed), by a customer's approval, by the watcher of deadlines every now and then
 * while a payment is waited for, and by a cancellation.
 */
export const checkPayment = (deps: Deps): Job<{ orderId: string; hint?: Hint }> => ({
  name: 'check-payment',
  concurrency: 4,
  mergeBy: ({ orderId, hint = {} }) => `${orderId} ${digestOf(hint)}`,
  async run({ orderId, hint = {} }) {
    const { db, clock } = deps
    const { state: order } = await db
      .selectFrom('orders')
      .select('state')
      .where('id', '=', orderId)
      .executeTakeFirstOrThrow()
    if (!awaitsPayment(order) && order.status !== 'cancelled') return
    const start = await db
      .selectFrom('payment_operation')
      .selectAll()
      .where('order_id', '=', orderId)
      .where('kind', '=', 'start')
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow()
    const since = overSince(order)
    const late = since !== undefined && Temporal.Instant.compare(clock.now(), since) >= 0
    const over = order.status === 'cancelled' || late
    if (!over) await lookAgainLater(deps, orderId, order)
    const { session } = start.detail
    if (session === undefined) return over ? fail(deps, orderId, 'payment-abandoned') : undefined
    try {
      await look(deps, { orderId, start, session, provider: deps.providers.named(session.provider) }, order, hint, over)
    } catch (error) {
      // Of an order that is over, the provider must tell what became of its payment, or let go of it.
      if (over) await transact(deps, (trx) => callIfLong(trx, deps, start, since!))
      throw error
    }
  },
})

/** When nobody was to pay any more. Who is asked to pay again has no deadline: the goods just stay here. */
function overSince({ status, cancelled, placed }: PlacedOrder) {
  if (status === 'cancelled') return cancelled!.at
  return status === 'awaiting-payment' ? placed.paymentDueAt : undefined
}

/** Reads what became of the payment session, and has the order take note of it. */
async function look(deps: Deps, paying: Paying, order: PlacedOrder, hint: Hint, over: boolean) {
  const { orderId, start, session, provider } = paying
  const { paymentId, approvalToken: inUse } = start.detail
  const known = paymentId ?? (await hinted(deps, paying, order, hint))
  if (known !== undefined) return takeNote(deps, paying, known)
  const seen = okOrThrow(await provider.readSession(session.id), 'The payment session could not be read')
  if (seen.state === 'completed') return takeNote(deps, paying, seen.paymentId)
  // An approval that is in use may have become an order, whatever happened to ours meanwhile.
  const told = over ? [inUse] : [inUse, hint.approvalToken, seen.approvalToken]
  for (const token of new Set(told)) {
    if (token === undefined) continue
    const approved = await placeApproved(deps, provider, start, token, seen)
    if (approved.kind === 'placed') return takeNote(deps, paying, approved.paymentId)
    if (approved.kind === 'turned-down' && !awaitsNewPayment(order)) return fail(deps, orderId, 'payment-declined')
  }

  const turnedDown = order.status === 'awaiting-payment' && seen.state === 'declined'
  const ended =
    seen.state === 'declined' || seen.state === 'expired' || (hint.wanted && hasEnded(session, deps.clock.now()))
  if (!over && !ended) return
  // Nobody may pay by it any more. Who does so at this very moment wins: closing is refused, and we read again.
  if (seen.state !== 'expired')
    okOrThrow(await provider.closeSession(session.id), 'The payment session could not be closed')
  if (over || turnedDown)
    return fail(deps, orderId, seen.state === 'declined' ? 'payment-declined' : 'payment-abandoned')
  if (hint.wanted) return transact(deps, (trx) => reopen(trx, deps, start, session))
  if (!hasEnded(session, deps.clock.now())) await noteEnd(deps, start, session)
}

/** A payment session of an order and the provider that it is at. */
type Paying = { orderId: string; start: Operation; session: PaymentSession; provider: PaymentProvider }

/**
 * The payment that a notification names, where only a notification can: the session does not tell which order it became.
 * It is taken for ours when the provider's books say so, and for new when the ledger does not know it: of a payment that
 * ran out the provider may still tell while another is waited for, and of one that was worth nothing again and again.
 */
async function hinted(
  { db }: Deps,
  { orderId, start, provider }: Paying,
  { placed }: PlacedOrder,
  { paymentId }: Hint,
) {
  if (paymentId === undefined || provider.placedBy === 'provider') return undefined
  if (start.detail.dropped?.includes(paymentId) || (await paymentsOf(db, orderId)).includes(paymentId)) return undefined
  const read = await provider.read(paymentId)
  return read.kind === 'ok' && read.value.orderNumber === placed.number ? paymentId : undefined
}

/** It is not paid yet, or is to be paid again since what was held ran out. */
const awaitsPayment = (state: PlacedOrder) => state.status === 'awaiting-payment' || awaitsNewPayment(state)

/** Somebody paid, or tried to: what the provider holds decides what becomes of the order. */
async function takeNote(deps: Deps, paying: Paying, paymentId: string) {
  const { clock } = deps
  const { orderId, start, provider } = paying
  const snapshot = okOrThrow(await provider.read(paymentId), 'The payment could not be read')
  const stored = await transact(deps, async (trx) => {
    const locked = (await lockOrder(trx, orderId))!
    const { status } = locked.state
    if (!awaitsPayment(locked.state) && status !== 'cancelled') return undefined
    if (awaitsNewPayment(locked.state) && isWorthless(snapshot)) {
      await dropPayment(trx, deps, locked, paying, paymentId)
      return undefined
    }
    // The provider forgets the session long before a review may end, so the payment is remembered here.
    await rememberPayment(trx, start, paymentId)
    if (awaitsPayment(locked.state) && snapshot.review === 'pending') {
      await lookAgain(trx, orderId, clock.now().add(REVIEW_LOOK_AGAIN_AFTER))
      return undefined
    }
    const at = clock.now().toString()
    if (status === 'awaiting-payment' && isWorthless(snapshot)) {
      // The order ends, and what ends an order without a payment of its own has this payment checked, and let go.
      await handle(trx, { type: 'FailPayment', data: { orderId, at, cause: 'payment-declined' } }, deps)
      return undefined
    }
    await takeAuthorisation(trx, deps, locked, paying, snapshot, at)
    await resolveIfSettled(trx, orderId, at)
    return locked
  })
  if (stored === undefined) return
  const intent = { intentId: start.id, attempt: 1, idempotencyKey: start.id, firstSentAt: null }
  const acknowledged = await provider.acknowledge({ paymentId, orderNumber: stored.state.placed.number, intent })
  if (acknowledged.kind !== 'ok')
    deps.log.warn({ orderId, acknowledged }, 'a payment could not be acknowledged; the provider will remind us')
}

/** A worthless payment does no harm to an order that stands: the customer is told, and may pay by another session. */
async function dropPayment(trx: Trx, deps: Deps, locked: StoredOrder, paying: Paying, paymentId: string) {
  const { orderId, start, session } = paying
  // It was taken for good before, though not for this order's amount: the ledger lets it go too.
  if ((await paymentsOf(trx, orderId)).includes(paymentId))
    await settle(trx, deps.jobs, locked, { kind: 'release', cause: paymentId, amount: 0, detail: { paymentId } })
  if (!(await reopen(trx, deps, start, session, paymentId))) return
  const at = deps.clock.now().toString()
  await queueMail(trx, deps.jobs, { aboutId: orderId, kind: 'pay-again', recipient: locked.personal.email, at })
}

/** Nothing can be taken of it: turned down in the review, taken back or run out before we looked. */
const isWorthless = ({ review, state }: Snapshot) =>
  review === 'rejected' || state === 'cancelled' || state === 'expired'

/**
 * The ledger takes up what the provider holds, whatever the order says to it: then the order is authorised, or it waits
 * for a person since the amount is another, or it has ended and the money is the customer's again at once. Throws, and is
 * tried again, while the ledger still has an earlier payment of the order open.
 */
async function takeAuthorisation(
  trx: Trx,
  deps: Deps,
  stored: StoredOrder,
  { start, provider: { name: provider } }: Paying,
  snapshot: Snapshot,
  at: string,
) {
  const { id: orderId, state } = stored
  const { paymentId, authorised: amount, currency, expiresAt } = snapshot
  // Several payments may come of one start, one after the other; only the first is booked as its own.
  const operationId = start.attempt === 1 ? start.id : null
  const isNew = await bookAuthorisation(trx, { orderId, operationId, provider, snapshot, at })
  if (state.status === 'cancelled')
    return settle(trx, deps.jobs, stored, { kind: 'release', cause: paymentId, amount: 0, detail: { paymentId } })
  // Looked at before, and waiting for a person since its amount is another: whoever tells of it again tells nothing new.
  if (!isNew) return state.status === 'awaiting-payment' ? lookAgain(trx, orderId, null) : undefined
  const data = {
    orderId,
    at,
    provider,
    paymentId,
    amount,
    currency,
    ...(expiresAt && { expiresAt: expiresAt.toString() }),
  }
  const { refusal } = await handle(trx, { type: 'AuthorisePayment', data }, deps)
  if (refusal === undefined) return
  const detail = { paymentId, amount, currency, refused: refusal.detail }
  await raiseAlarm(trx, { orderId, kind: 'payment-amount-differs', detail, at }, deps.log)
  await lookAgain(trx, orderId, null)
}

const rememberPayment = (trx: Trx, { id }: Operation, paymentId: string) =>
  sql`update payment_operation
    set detail = detail - 'approvalToken' || jsonb_build_object('paymentId', ${paymentId}::text), request = null
    where id = ${id}`.execute(trx)

/** When the watcher of deadlines has the payment checked next; null for not until something else happens. */
const lookAgain = (trx: Trx, orderId: string, at: Temporal.Instant | null) =>
  trx
    .updateTable('orders')
    .set({ wake_at: at?.toString() ?? null })
    .where('id', '=', orderId)
    .execute()

/**
 * Nobody need tell us of a payment: while one is waited for, it is looked for. First soon after the order was placed,
 * since that is when customers pay, then ever more seldom, and last at the deadline.
 */
async function lookAgainLater({ db, clock }: Deps, orderId: string, { status, placed }: PlacedOrder) {
  if (status !== 'awaiting-payment') return
  const now = clock.now()
  await db
    .updateTable('orders')
    .set({ wake_at: untilDue(now.add(now.since(placed.placedAt)), placed) })
    .where('id', '=', orderId)
    .where('status', '=', 'awaiting-payment')
    .execute()
}

const fail = (deps: Deps, orderId: string, cause: 'payment-declined' | 'payment-abandoned') =>
  transact(deps, async (trx) => {
    const at = deps.clock.now().toString()
    await handle(trx, { type: 'FailPayment', data: { orderId, at, cause } }, deps)
    // Nothing is going to be placed by it any more, and it holds personal data.
    await trx.updateTable('payment_operation').set({ request: null }).where('order_id', '=', orderId).execute()
    await resolveIfSettled(trx, orderId, at)
  })

/** Names a hint without repeating it: an approval is a secret. */
const digestOf = (hint: Hint) => createHash('sha256').update(JSON.stringify(hint)).digest('base64url')

/** The value of a call that worked; anything else is thrown, and the job tries again. */
export function okOrThrow<T>(result: Result<T>, failure: string): T {
  if (result.kind === 'ok') return result.value
  throw new Error(`${failure}: ${result.kind}`, { cause: result })
}
