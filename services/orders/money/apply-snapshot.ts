import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { PaymentProvider, Snapshot } from '@vilkar/payments/port.ts'
import { raiseAlarm, resolveMoneyAlarms } from '../alarms/alarms.ts'
import type { Deps, Trx } from '../deps.ts'
import { handle, lockOrder, schedulePaymentCheck } from '../order/handle.ts'
import { awaitsNewPayment, awaitsPayment, isPaymentOver } from '../order/payment.ts'
import { toBeReserved } from '../order/reservation.ts'
import type { StoredOrder } from '../order/state.ts'
import { shortagesOf } from '../stock/stock.ts'
import { bookAuthorisation, paymentsOf } from './ledger.ts'
import { planRelease } from './plan.ts'
import { reopenSession } from './reopen-session.ts'
import type { PaymentSession } from './session.ts'
import { changeSession, lockSession } from './session-store.ts'

/** How soon a payment that is under review is checked again; the provider also tells when it is decided. */
const REVIEW_CHECK_AFTER = 'PT10M'

/** An open payment session and the provider that it is at. */
export type Paying = { session: PaymentSession; provider: PaymentProvider }

/** Somebody paid, or tried to: the order takes note of what the provider holds, and the provider hears that we know. */
export async function applySnapshot(deps: Deps, paying: Paying, snapshot: Snapshot) {
  const { session, provider } = paying
  const { paymentId } = snapshot
  const order = await deps.together(session.orderId, (trx) => takeUp(trx, deps, paying, snapshot))
  if (order === undefined) return
  const intent = { intentId: session.id, attempt: 1, idempotencyKey: session.id, firstSentAt: null }
  const acknowledged = await provider.acknowledge({ paymentId, orderNumber: order.state.placed.number, intent })
  if (acknowledged.kind !== 'ok')
    deps.log.warn(
      { orderId: order.id, acknowledged },
      'a payment could not be acknowledged; the provider will remind us',
    )
}

/** The order whose payment it is by now; undefined while it is not, or is none. */
async function takeUp(trx: Trx, deps: Deps, paying: Paying, snapshot: Snapshot): Promise<StoredOrder | undefined> {
  const { paymentId } = snapshot
  const { orderId } = paying.session
  const order = (await lockOrder(trx, orderId))!
  const { status } = order.state
  const awaited = awaitsPayment(order.state)
  if (!awaited && !isPaymentOver(order.state)) return undefined
  if (awaitsNewPayment(order.state) && isWorthless(snapshot)) {
    await dropPayment(trx, deps, order, paying, paymentId)
    return undefined
  }
  // The provider forgets the session long before a review may end, so the payment is remembered here.
  const { session } = await lockSession(trx, paying.session, order)
  if (session.droppedPaymentIds.includes(paymentId)) return undefined
  const sessionId = paying.session.opened!.id
  await changeSession(trx, session, { type: 'RecordPayment', data: { sessionId, paymentId } })
  const now = deps.clock.now()
  if (awaited && snapshot.review === 'pending') {
    await schedulePaymentCheck(trx, orderId, now.add(REVIEW_CHECK_AFTER))
    return undefined
  }
  const at = now.toString()
  if (status === 'awaiting-payment' && isWorthless(snapshot)) {
    // The order ends, and what ends an order without a payment of its own has this payment checked, and let go.
    await handle(trx, { type: 'FailPayment', data: { orderId, at, cause: 'payment-declined' } }, deps, order)
    return undefined
  }
  await takeAuthorisation(trx, deps, order, paying, snapshot, at)
  await resolveMoneyAlarms(trx, orderId, at)
  return order
}

/** A worthless payment does no harm to an order that stands: the customer is told, and may pay by another session. */
async function dropPayment(trx: Trx, deps: Deps, order: StoredOrder, { session }: Paying, paymentId: string) {
  // It was taken for good before, though not for this order's amount: the ledger lets it go too.
  if ((await paymentsOf(trx, order.id)).includes(paymentId)) await planRelease(trx, deps, order, paymentId)
  if (!(await reopenSession(trx, deps, session, { dropped: paymentId, locked: order }))) return
  const at = deps.clock.now().toString()
  await queueMail(trx, deps.jobs, { aboutId: order.id, kind: 'pay-again', recipient: order.personal.email, at })
}

/** Nothing can be taken of it: turned down in the review, taken back or run out before it was looked at. */
const isWorthless = ({ review, state }: Snapshot) =>
  review === 'rejected' || state === 'cancelled' || state === 'expired'

/**
 * Books the authorisation first, whatever the order says to it; then authorises the order, alarms on another amount, or
 * releases it if the order was cancelled. Throws, and is tried again, while the ledger still has an earlier payment of the
 * order open.
 */
async function takeAuthorisation(
  trx: Trx,
  deps: Deps,
  order: StoredOrder,
  { session, provider: { name: provider } }: Paying,
  snapshot: Snapshot,
  at: string,
) {
  const { id: orderId, state } = order
  const { paymentId, authorised: amount, currency, expiresAt } = snapshot
  // Several payments may come of one session, one after the other; only the first is booked as its own.
  const sessionId = session.attempt === 1 ? session.id : null
  const isNew = await bookAuthorisation(trx, { orderId, sessionId, provider, snapshot, at })
  if (isPaymentOver(state)) return planRelease(trx, deps, order, paymentId)
  // Checked before, and waiting for a person since its amount is another: whoever tells of it again tells nothing new.
  if (!isNew) return state.status === 'awaiting-payment' ? schedulePaymentCheck(trx, orderId, null) : undefined
  const end = expiresAt && { expiresAt: expiresAt.toString() }
  // What is not kept for the order any more is looked for, and stays locked while it is decided who gets it.
  const shortages = await shortagesOf(trx, toBeReserved(state))
  const data = { orderId, at, provider, paymentId, amount, currency, ...end, shortages }
  const { refusal } = await handle(trx, { type: 'AuthorisePayment', data }, deps, order)
  if (refusal === undefined) return
  const detail = { paymentId, amount, currency, refused: refusal.detail }
  await raiseAlarm(trx, { orderId, kind: 'payment-amount-differs', detail, at }, deps.log)
  await schedulePaymentCheck(trx, orderId, null)
}
