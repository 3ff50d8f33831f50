import type { OrderCancelled, OrderEvent, StopConcluded } from '@vilkar/contracts/orders.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import { resolveAlarm } from './alarms/alarms.ts'
import type { Deps, PlanFollowUps, Trx } from './deps.ts'
import {
  openSession,
  planCapturesAgain,
  planEnd,
  planOperation,
  planRefundOfAll,
  planRefundOfStopped,
  planRelease,
} from './money/plan.ts'
import { totalOf, wholeOf, without } from './money/portions.ts'
import { lateArrivalOf } from './order/delay.ts'
import type { ClaimedDetail } from './order/mails/claimed.ts'
import type { Delay } from './order/mails/delays.ts'
import type { OrderMail } from './order/mails/kinds.ts'
import { isPaymentOver, isToBeReleased } from './order/payment.ts'
import { type StoredOrder, termsFor } from './order/state.ts'
import { countOf, isAllGone, stoppedOf } from './order/units.ts'
import { moveKept } from './stock/stock.ts'

/**
 * The process manager of an order: what is to be done outward when something happened to it. It is the only file that sees
 * both `order/` and `money/`. Follow-ups are stored in the transaction of the events; jobs carry them out after it.
 */
export const planFollowUps: PlanFollowUps = async (trx, deps, { stored, before, events, at }) => {
  await moveKept(trx, before?.state, stored.state)
  for (const event of events) {
    await write(trx, deps, stored, event, at)
    await follow(trx, deps, stored, event, at)
  }
  if (events.some(({ type }) => MAY_END.has(type)) && isToBeReleased(stored.state))
    await planRelease(trx, deps, stored, stored.state.payment!.paymentId)
}

/** How long the mail about a parcel waits for its invoice; by then it goes without, and the invoice comes by itself. */
const WAITS_FOR_INVOICE = 'PT10M'

/** What may be the last that was waited for: then the rest of what is held is let go. */
const MAY_END = new Set<OrderEvent['type']>([
  'StopConcluded',
  'OrderDispatched',
  'PaymentCaptured',
  'PaymentClaimed',
  'PaymentAuthorised',
])

/** What is to be done with money and goods. */
async function follow(trx: Trx, deps: Deps, order: StoredOrder, { type, data }: OrderEvent, at: string) {
  const { status, payment } = order.state
  const checkPayment = () => deps.jobs.enqueue(trx, 'check-payment', [{ data: { orderId: order.id } }])
  switch (type) {
    case 'ContractFormed':
      await captureEarly(trx, deps, order)
      break
    case 'OrderDispatched': {
      const { carrier, trackingNumber, captureAmount } = data
      if (captureAmount > 0)
        await planOperation(trx, deps, order, {
          kind: 'capture',
          purpose: { kind: 'shipment', id: data.shipmentId },
          amount: captureAmount,
          portion: { lines: data.lines, deliveryAmount: data.deliveryAmount },
          parcel: { carrier, trackingNumber },
        })
      break
    }
    case 'StopConcluded':
      if (status === 'cancelled') break
      await planRefundOfStopped(trx, deps, order, data)
      // What was to be paid for again never leaves: the page is closed.
      if (isPaymentOver(order.state)) await checkPayment()
      break
    case 'OrderCancelled':
      await resolveExpiryAlarm(trx, order.id, 'The order was cancelled.', at)
      if (payment) await planEnd(trx, deps, order)
      // A page that is still open, the first or the one to pay again, is closed.
      if (payment === undefined || payment.expiredAt !== undefined) await checkPayment()
      break
    case 'PaymentCaptured':
      // An early capture was on its way when the order was cancelled: what it took goes back at once.
      if (status === 'cancelled') await planRefundOfAll(trx, deps, order)
      break
    case 'AuthorisationExpired':
      await openSession(trx, deps, order, data.paymentId)
      break
    case 'PaymentReauthorised':
      await resolveExpiryAlarm(trx, order.id, 'The customer paid again.', at)
      await planCapturesAgain(trx, deps, order)
      break
    case 'PaymentClaimed':
      // What is claimed is not asked for by a page any more.
      await checkPayment()
      break
  }
}

/** What the customer is written. What was taken and paid back is told by the mail that brings its document. */
async function write(trx: Trx, { jobs, clock }: Deps, order: StoredOrder, { type, data }: OrderEvent, at: string) {
  const { status } = order.state
  const mail = (kind: OrderMail, more: { detail?: object; waitsUntil?: string } = {}) =>
    queueMail(trx, jobs, { aboutId: order.id, recipient: order.personal.email, at, kind, ...more })
  switch (type) {
    case 'PaymentAuthorised':
    case 'EmailCorrected':
      if (status === 'awaiting-confirmation') await mail('confirmation')
      break
    case 'OrderDispatched': {
      const { shipmentId, lines, carrier, trackingNumber, captureAmount } = data
      const detail = { shipmentId, lines, carrier, trackingNumber, captureAmount, whole: isAllGone(order.state) }
      const wait = captureAmount > 0 && { waitsUntil: clock.now().add(WAITS_FOR_INVOICE).toString() }
      await mail('sent', { detail, ...wait })
      break
    }
    case 'StopConcluded': {
      const { requestId } = data
      if (status !== 'cancelled' && isWorthTelling(order, data)) await mail('stopped', { detail: { requestId } })
      break
    }
    case 'OrderCancelled':
      await mail('cancelled', { detail: { ...whyOf(order, data), ...moneyOf(order) } })
      break
    case 'DeliveryDelayed': {
      const { promise, lastDay, unsent, underway, delayedAt } = data
      const detail = { lastDay, unsent, underway, delayedAt } satisfies Delay
      await mail(promise === 'estimate' ? 'delayed' : 'late', { detail })
      break
    }
    case 'OrderDelivered': {
      const deliveredAt = lateArrivalOf(order.state)?.toString()
      if (deliveredAt) await mail('delivered-late', { detail: { deliveredAt } })
      break
    }
    case 'AuthorisationExpired':
      await mail('pay-again')
      break
    case 'PaymentClaimed':
      await mail('claimed', { detail: { amount: data.amount } satisfies ClaimedDetail })
      break
  }
}

/** Why it ended, in what a mail needs: of an order that was paid too late for its goods, which were gone and what says so. */
const whyOf = ({ state }: StoredOrder, { reason, shortages, reasons }: OrderCancelled['data']) => {
  if (shortages === undefined) return { reason }
  const clauses = reasons.flatMap(({ cites }) => cites.flatMap((cite) => ('clause' in cite ? [cite.clause] : [])))
  return { reason, gone: { shortages, reservedUntil: state.placed.reservedUntil!, clauses } }
}

/** What is reserved and what was taken of the customer's money, when the order ends. */
const moneyOf = ({ state: { payment, captured, placed } }: StoredOrder) => ({
  reserved: payment === undefined || payment.expiredAt !== undefined ? 0 : payment.amount - captured,
  captured,
  takenEarly: placed.disclosures.earlyCapture,
})

/** Whoever sends goods back that had all left by then need not hear that they could not be stopped. */
function isWorthTelling({ state: { placed, shipments, stops } }: StoredOrder, concluded: StopConcluded['data']) {
  const { requestedAt, returnId } = stops.find(({ requestId }) => requestId === concluded.requestId)!
  if (returnId === undefined || concluded.stopped.length > 0) return true
  const gone = shipments.filter(({ dispatchedAt }) => Temporal.Instant.compare(dispatchedAt, requestedAt) <= 0)
  const before = gone.flatMap(({ lines }) => lines)
  return concluded.left.some(({ lineId }) => {
    const { quantity } = placed.lines.find((line) => line.lineId === lineId)!
    return countOf(before, lineId) < quantity
  })
}

/**
 * Captures at formation all that is to leave, if that was stated at checkout and kept with the order (clause 6.2). Else
 * nothing.
 */
async function captureEarly(trx: Trx, deps: Deps, order: StoredOrder) {
  const { placed, payment, captured } = order.state
  const portion = without(wholeOf(placed), stoppedOf(order.state))
  const due = totalOf(portion)
  const { amount } = termsFor(order.state).capture({
    customerKind: placed.customerKind,
    authorised: payment!.amount,
    alreadyCaptured: captured,
    confirmedTotal: due,
    shipped: 'none',
    earlyCaptureStated: placed.disclosures.earlyCapture,
  })
  if (amount !== due) return
  const purpose = { kind: 'whole-order', id: order.id } as const
  await planOperation(trx, deps, order, { kind: 'capture', purpose, amount, portion })
}

const resolveExpiryAlarm = (trx: Trx, orderId: string, resolution: string, at: string) =>
  resolveAlarm(trx, { orderId, kind: 'authorisation-expired', resolution, at })
