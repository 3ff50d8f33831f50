import { createHash } from 'node:crypto'
import type { Result, Session } from '@vilkar/payments/port.ts'
import type { Job } from '@vilkar/server/jobs.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Kysely } from 'kysely'
import { resolveMoneyAlarms } from '../../alarms/alarms.ts'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { beforeDeadlines, handle, lockOrder, readOrder, schedulePaymentCheck } from '../../order/handle.ts'
import { awaitsNewPayment, awaitsPayment, isPaymentOver } from '../../order/payment.ts'
import { reservedUntil } from '../../order/reservation.ts'
import type { PlacedOrder } from '../../order/state.ts'
import { applySnapshot, type Paying } from '../apply-snapshot.ts'
import { paymentsOf } from '../ledger.ts'
import { alarmIfOverdue } from '../outcome.ts'
import { placeApprovedOrder } from '../place-approved-order.ts'
import { recordEnded, reopenSession } from '../reopen-session.ts'
import { hasEnded } from '../session.ts'
import { eraseRequests, newestSession } from '../session-store.ts'

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
  concurrency: 16,
  mergeBy: ({ orderId, hint = {} }) => `${orderId} ${digestOf(hint)}`,
  async run({ orderId, hint = {} }) {
    const { db, clock } = deps
    const { state: order } = await readOrder(db, orderId)
    if (!awaitsPayment(order) && !isPaymentOver(order)) return
    const session = await newestSession(db, orderId)
    if (session === undefined) throw new Error(`Order ${orderId} has no payment session.`)
    const since = overSince(order)
    const late = since !== undefined && Temporal.Instant.compare(clock.now(), since) >= 0
    const over = isPaymentOver(order) || late
    if (session.opened === undefined) {
      if (over) return fail(deps, orderId, 'payment-abandoned')
      await scheduleNextCheck(deps, db, orderId, order)
      return endReservation(deps, orderId, order)
    }
    let isTakenUp = false
    try {
      const paying = { session, provider: deps.providers.named(session.opened.provider) }
      isTakenUp = await checkSession(deps, paying, order, hint, over)
    } catch (error) {
      // Of an order that is over, the provider must tell what became of its payment, or let go of it.
      if (over) await transact(deps, (trx) => alarmIfOverdue(trx, deps, session, since!))
      throw error
    } finally {
      // Whoever takes up a payment says when it is checked next.
      if (!over && !isTakenUp) await scheduleNextCheck(deps, db, orderId, order)
    }
    if (!over) await endReservation(deps, orderId, order)
  },
})

/** When nobody was to pay any more. Who is asked to pay again has no deadline: the goods just stay here. */
function overSince(order: PlacedOrder) {
  const { status, cancelled, placed, payment } = order
  if (isPaymentOver(order)) return cancelled?.at ?? payment?.expiredAt
  return status === 'awaiting-payment' ? placed.paymentDueAt : undefined
}

/** Reads what became of the payment session, and has the order take note of it. Answers whether there was a payment. */
async function checkSession(
  deps: Deps,
  paying: Paying,
  order: PlacedOrder,
  hint: Hint,
  over: boolean,
): Promise<boolean> {
  const { session, provider } = paying
  const known = session.paymentId ?? (await paymentFromHint(deps, paying, order, hint))
  if (known !== undefined) return apply(deps, paying, known)
  const seen = okOrThrow(await provider.readSession(session.opened!.id), 'The payment session could not be read')
  if (seen.state === 'completed') return apply(deps, paying, seen.paymentId)
  // An approval that is in use may have become an order, whatever happened to ours meanwhile.
  const told = over ? [session.approvalToken] : [session.approvalToken, hint.approvalToken, seen.approvalToken]
  for (const token of new Set(told)) {
    if (token === undefined) continue
    const approved = await placeApprovedOrder(deps, provider, session, token, seen)
    if (approved.kind === 'placed') return apply(deps, paying, approved.paymentId)
    if (approved.kind === 'turned-down' && !awaitsNewPayment(order)) {
      await fail(deps, session.orderId, 'payment-declined')
      return false
    }
  }
  await endSession(deps, paying, order, { seen, over, wanted: hint.wanted === true })
  return false
}

async function apply(deps: Deps, paying: Paying, paymentId: string): Promise<true> {
  await applySnapshot(deps, paying, okOrThrow(await paying.provider.read(paymentId), 'The payment could not be read'))
  return true
}

/** Ends a session that nobody paid by, if it has ended or the order is over. `wanted`: the customer asks for another. */
async function endSession(
  deps: Deps,
  { session, provider }: Paying,
  order: PlacedOrder,
  { seen, over, wanted }: { seen: Session; over: boolean; wanted: boolean },
) {
  const opened = session.opened!
  const ranOut = hasEnded(opened, deps.clock.now())
  const turnedDown = order.status === 'awaiting-payment' && seen.state === 'declined'
  const ended = seen.state === 'declined' || seen.state === 'expired' || (wanted && ranOut)
  if (!over && !ended) return
  // Nobody may pay by it any more. Who does so at this very moment wins: closing is refused, and we read again.
  if (seen.state !== 'expired')
    okOrThrow(await provider.closeSession(opened.id), 'The payment session could not be closed')
  if (over || turnedDown)
    return fail(deps, session.orderId, seen.state === 'declined' ? 'payment-declined' : 'payment-abandoned')
  if (wanted) await transact(deps, (trx) => reopenSession(trx, deps, session))
  else if (!ranOut) await recordEnded(deps, session)
}

/**
 * The payment that a notification names, where only a notification can: the session does not tell which order it became.
 * It is taken for ours when the provider's books say so, and for new when the ledger does not know it: of a payment that
 * ran out the provider may still tell while another is waited for, and of one that was worth nothing again and again.
 */
async function paymentFromHint({ db }: Deps, { session, provider }: Paying, { placed }: PlacedOrder, hint: Hint) {
  const { paymentId } = hint
  if (paymentId === undefined || provider.placedBy === 'provider') return undefined
  if (session.droppedPaymentIds.includes(paymentId)) return undefined
  if ((await paymentsOf(db, session.orderId)).includes(paymentId)) return undefined
  const read = await provider.read(paymentId)
  return read.kind === 'ok' && read.value.orderNumber === placed.number ? paymentId : undefined
}

/**
 * Nobody need tell us of a payment: while one is waited for, it is looked for. First soon after the order was placed,
 * since that is when customers pay, then ever more seldom, and last at the deadline.
 */
async function scheduleNextCheck(
  { clock }: Deps,
  db: Kysely<Database>,
  orderId: string,
  order: PlacedOrder,
  { status, placed } = order,
) {
  if (status !== 'awaiting-payment') return
  const now = clock.now()
  const next = Temporal.Instant.from(beforeDeadlines(now.add(now.since(placed.placedAt)), order, now))
  await schedulePaymentCheck(db, orderId, next, { status })
}

/**
 * Ends the reservation of an order once it is due, when the provider has just said that nobody paid. Who did pay and waits for the
 * provider's review keeps it.
 */
async function endReservation(deps: Deps, orderId: string, order: PlacedOrder) {
  const until = reservedUntil(order)
  if (until === undefined || Temporal.Instant.compare(deps.clock.now(), until) < 0) return
  await transact(deps, async (trx) => {
    const locked = await lockOrder(trx, orderId)
    const session = await newestSession(trx, orderId)
    if (session?.paymentId !== undefined || session?.approvalToken !== undefined) return
    const at = deps.clock.now().toString()
    const { stored } = await handle(trx, { type: 'EndReservation', data: { orderId, at } }, deps, locked)
    await scheduleNextCheck(deps, trx, orderId, stored!.state)
  })
}

const fail = (deps: Deps, orderId: string, cause: 'payment-declined' | 'payment-abandoned') =>
  transact(deps, async (trx) => {
    const at = deps.clock.now().toString()
    await handle(trx, { type: 'FailPayment', data: { orderId, at, cause } }, deps)
    await eraseRequests(trx, orderId)
    await resolveMoneyAlarms(trx, orderId, at)
  })

/** Names a hint without repeating it: an approval is a secret. */
const digestOf = (hint: Hint) => createHash('sha256').update(JSON.stringify(hint)).digest('base64url')

/** The value of a call that worked; anything else is thrown, and the job tries again. */
export function okOrThrow<T>(result: Result<T>, failure: string): T {
  if (result.kind === 'ok') return result.value
  throw new Error(`${failure}: ${result.kind}`, { cause: result })
}
