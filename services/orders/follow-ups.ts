import type { EmailCorrected, OrderEvent, StopConcluded, StopRequested } from '@vilkar/contracts/orders.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import { mailsTaken, redirectMails } from '@vilkar/mail/redirect.ts'
import { raiseAlarm, resolveAlarm } from './alarms/alarms.ts'
import { returnToStock } from './checkout/stock.ts'
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
import type { ClaimedDetail } from './order/mails/claimed.ts'
import type { News } from './order/mails/news.ts'
import { isPaymentOver, isToBeReleased } from './order/payment.ts'
import { pendingProposal } from './order/proposal.ts'
import { type StoredOrder, termsFor } from './order/state.ts'
import { countOf, isAllGone, stoppedOf } from './order/units.ts'

/**
 * The process manager of an order: what is to be done outward when something happened to it. It is the only file that sees
 * both `order/` and `money/`. Follow-ups are stored in the transaction of the events; jobs carry them out after it.
 */
export const planFollowUps: PlanFollowUps = async (trx, deps, { stored, events, at }) => {
  for (const event of events) {
    await follow(trx, deps, stored, event, at)
    await followPeople(trx, deps, stored, event, at)
  }
  if (stored.state.proposals && pendingProposal(stored.state) === undefined)
    await resolveAlarm(trx, { orderId: stored.id, kind: 'cancellation-to-approve', resolution: OVERTAKEN, at })
  if (events.some(({ type }) => MAY_END.has(type)) && isToBeReleased(stored.state))
    await planRelease(trx, deps, stored, stored.state.payment!.paymentId)
}

const OVERTAKEN = 'The order ended, or all of it left, before anybody had decided.'
const PROPOSAL = {
  approved: 'A second person approved it.',
  declined: 'A second person declined it: the contract stands.',
  withdrawn: 'Who proposed it took it back: the contract stands.',
}

/** What may be the last that was waited for: then the rest of what is held is let go. */
const MAY_END = new Set<OrderEvent['type']>([
  'StopConcluded',
  'OrderDispatched',
  'PaymentCaptured',
  'PaymentClaimed',
  'PaymentAuthorised',
])

async function follow(trx: Trx, deps: Deps, order: StoredOrder, { type, data }: OrderEvent, at: string) {
  const { jobs } = deps
  const { status, payment } = order.state
  const to = { aboutId: order.id, recipient: order.personal.email, at }
  const mail = (kind: 'confirmation' | 'pay-again') => queueMail(trx, jobs, { ...to, kind })
  const tell = ({ kind, detail }: News) => queueMail(trx, jobs, { ...to, kind, detail })
  switch (type) {
    case 'PaymentAuthorised':
      if (status === 'awaiting-confirmation') await mail('confirmation')
      break
    case 'ContractFormed':
      await captureEarly(trx, deps, order)
      break
    case 'OrderDispatched': {
      const { lines, carrier, trackingNumber, captureAmount } = data
      const whole = isAllGone(order.state)
      await tell({ kind: 'sent', detail: { lines, carrier, trackingNumber, captureAmount, whole } })
      if (data.captureAmount > 0)
        await planOperation(trx, deps, order, {
          kind: 'capture',
          purpose: { kind: 'shipment', id: data.shipmentId },
          amount: data.captureAmount,
          portion: { lines: data.lines, deliveryAmount: data.deliveryAmount },
          parcel: { carrier, trackingNumber },
        })
      break
    }
    case 'StopConcluded':
      await returnToStock(trx, skusOf(order, data.stopped))
      if (status !== 'cancelled') await planRefundOfStopped(trx, deps, order, data)
      if (status !== 'cancelled' && isWorthTelling(order, data))
        await queueMail(trx, jobs, { ...to, kind: 'stopped', detail: { requestId: data.requestId } })
      // What was to be paid for again never leaves: the page is closed.
      if (status !== 'cancelled' && isPaymentOver(order.state))
        await jobs.enqueue(trx, 'check-payment', [{ data: { orderId: order.id } }])
      break
    case 'OrderCancelled':
      await tell({ kind: 'cancelled', detail: { reason: data.reason, ...moneyOf(order) } })
      await returnToStock(trx, neverStopped(order))
      await resolveExpiryAlarm(trx, order.id, 'The order was cancelled.', at)
      if (payment) await planEnd(trx, deps, order)
      // A page that is still open, the first or the one to pay again, is closed.
      if (payment === undefined || payment.expiredAt !== undefined)
        await jobs.enqueue(trx, 'check-payment', [{ data: { orderId: order.id } }])
      break
    case 'PaymentRefunded': {
      const amount = data.amount - (data.alreadyRecordedAmount ?? 0)
      if (amount > 0) await tell({ kind: 'refunded', detail: { amount } })
      break
    }
    case 'PaymentCaptured':
      // An early capture was on its way when the order was cancelled: what it took goes back at once.
      if (status === 'cancelled') await planRefundOfAll(trx, deps, order)
      break
    case 'AuthorisationExpired':
      await openSession(trx, deps, order, data.paymentId)
      await mail('pay-again')
      break
    case 'PaymentReauthorised':
      await resolveExpiryAlarm(trx, order.id, 'The customer paid again.', at)
      await planCapturesAgain(trx, deps, order)
      break
    case 'PaymentClaimed':
      await queueMail(trx, jobs, { ...to, kind: 'claimed', detail: { amount: data.amount } satisfies ClaimedDetail })
      // What is claimed is not asked for by a page any more.
      await jobs.enqueue(trx, 'check-payment', [{ data: { orderId: order.id } }])
      break
  }
}

/** What people of the seller's, or the customer, have mended or proposed. */
async function followPeople(trx: Trx, deps: Deps, order: StoredOrder, { type, data }: OrderEvent, at: string) {
  const about = { orderId: order.id, kind: 'cancellation-to-approve', at } as const
  const to = { aboutId: order.id, recipient: order.personal.email, at }
  switch (type) {
    case 'EmailCorrected': {
      const kind = 'confirmation'
      await redirectMails(trx, { aboutIds: [order.id], recipient: to.recipient, instead: kind, at })
      if (order.state.status === 'awaiting-confirmation' || order.state.reconfirming)
        await queueMail(trx, deps.jobs, { ...to, kind })
      await callForAstray(trx, deps, order, data, at)
      break
    }
    case 'AddressChangeConcluded': {
      const { changed, left } = data
      const detail = { changed, partLeft: left.length > 0 }
      if (changed || detail.partLeft) await queueMail(trx, deps.jobs, { ...to, kind: 'readdressed', detail })
      break
    }
    case 'CancellationProposed': {
      const { requestId, reason, proposedAt } = data
      await raiseAlarm(trx, { ...about, detail: { requestId, reason, proposedAt } }, deps.log)
      break
    }
    case 'CancellationProposalEnded':
      await resolveAlarm(trx, { ...about, resolution: PROPOSAL[data.outcome] })
      break
    case 'StopRequested':
      if (data.by === 'seller') await queueMail(trx, deps.jobs, { ...to, ...sellerEnds(order, data) })
      break
  }
}

/** What is reserved and what was taken of the customer's money, when the order ends. */
const moneyOf = ({ state: { payment, captured, placed } }: StoredOrder) => ({
  reserved: payment === undefined || payment.expiredAt !== undefined ? 0 : payment.amount - captured,
  captured,
  takenEarly: placed.disclosures.earlyCapture,
})

/** Somebody else may have read what was sent to a wrong address: whether that is to be told (GDPR Art. 33) a person judges. */
async function callForAstray(trx: Trx, { log }: Deps, order: StoredOrder, data: EmailCorrected['data'], at: string) {
  const { from } = data.personal
  if (!data.wasFormed || from === undefined) return
  const mails = await mailsTaken(trx, { aboutId: order.id, recipient: from })
  if (mails.length > 0)
    await raiseAlarm(trx, { orderId: order.id, kind: 'mail-went-astray', detail: { mails }, at }, log)
}

/** What the customer is told at once when the seller stops units: why, and by which right. */
function sellerEnds({ state }: StoredOrder, { requestId, reason, lines, reasons }: StopRequested['data']): News {
  const proposal = state.proposals?.find((each) => each.requestId === requestId)
  const whole = state.cancellation?.requestId === requestId
  const units = lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
  return {
    kind: 'seller-ends',
    detail: { reason, lines: units, whole, reasons, ...(proposal && { why: proposal.mistake.why }) },
  }
}

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

const skusOf = ({ state: { placed } }: StoredOrder, units: { lineId: string; quantity: number }[]) =>
  units.map(({ lineId, quantity }) => ({ sku: placed.lines.find((line) => line.lineId === lineId)!.sku, quantity }))

/** The units of a cancelled order that were not stopped before, which went back into stock then. */
const neverStopped = ({ state }: StoredOrder) =>
  state.placed.lines.flatMap(({ lineId, sku, quantity }) => {
    const left = quantity - countOf(stoppedOf(state), lineId)
    return left > 0 ? [{ sku, quantity: left }] : []
  })

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
