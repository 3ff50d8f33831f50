import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type { OrderCancelled, StopConcluded, StopRequested } from '@vilkar/contracts/orders-cancellation.ts'
import type { DeliveryDelayed } from '@vilkar/contracts/orders-delivery.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import { redirectMails } from '@vilkar/mail/redirect.ts'
import type { Deps, Trx } from '../../deps.ts'
import { newLateArrivalOf } from '../delay.ts'
import { untoldRecalls } from '../recall.ts'
import type { StoredOrder } from '../state.ts'
import { countOf, isAllGone } from '../units.ts'
import { extraTimeOf } from './additional-period.ts'
import type { Delay } from './delays.ts'
import { hinderedOf, hindranceOverOf } from './hindered.ts'
import type { OrderMail } from './kinds.ts'
import { type GoesOn, goesOn, notDeliveredOf } from './not-delivered.ts'
import type { PaidOut } from './paid-out.ts'
import type { Readdressed } from './readdressed.ts'
import { recalledOf } from './recalled.ts'
import type { SellerEnds } from './seller-ends.ts'

/** How long the mail about a parcel waits for its invoice; by then it goes without, and the invoice comes by itself. */
const WAITS_FOR_INVOICE = 'PT10M'

/** What the customer is written. What was taken, paid back and claimed is told by the mail that brings its document. */
export async function write(trx: Trx, { jobs, clock }: Deps, order: StoredOrder, event: OrderEvent, at: string) {
  const { type, data } = event
  const { id, state } = order
  const { status, reconfirming } = state
  const recipient = order.personal.email
  const mail = (kind: OrderMail, more: { detail?: object; waitsUntil?: string } = {}) =>
    queueMail(trx, jobs, { aboutId: id, recipient, at, kind, ...more })
  switch (type) {
    case 'EmailCorrected':
      await redirectMails(trx, { aboutIds: [id], recipient, instead: 'confirmation', at })
      if (status === 'awaiting-confirmation' || reconfirming) await mail('confirmation')
      for (const untold of untoldRecalls(state)) await mail('recalled', { detail: recalledOf(untold) })
      break
    case 'PaymentAuthorised':
      if (status === 'awaiting-confirmation') await mail('confirmation')
      break
    case 'AddressChangeConcluded': {
      const { changed, left } = data
      const detail = { changed, partLeft: left.length > 0 } satisfies Readdressed
      if (changed || detail.partLeft) await mail('readdressed', { detail })
      break
    }
    case 'StopRequested':
      if (data.by === 'seller') await mail('seller-ends', { detail: sellerEnds(order, data) })
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
    case 'DeliveryDelayed':
      await mail(data.promise === 'estimate' ? 'delayed' : 'late', { detail: delayOf(data) })
      break
    case 'OrderDelivered':
    case 'OrderDeliveryCorrected': {
      const deliveredAt = newLateArrivalOf(state, data)?.toString()
      if (deliveredAt) await mail('delivered-late', { detail: { deliveredAt } })
      break
    }
    case 'PayoutMade': {
      const { kind, amount, number, paidAt, reasons, personal } = data
      const { reference } = personal
      await mail('paid-out', { detail: { kind, amount, number, paidAt, reasons, reference } satisfies PaidOut })
      break
    }
    case 'AuthorisationExpired':
      await mail('pay-again')
      break
    default:
      for (const [kind, detail] of saidAlone(event)) await mail(kind, { detail })
  }
}

/** Mails that say what an event says, and nothing else. */
function saidAlone({ type, data }: OrderEvent): [OrderMail, object][] {
  switch (type) {
    case 'DeliveryHindered':
      return [['hindered', hinderedOf(data)]]
    case 'DeliveryHindranceEnded':
      return data.unsent.length + data.underway.length > 0 ? [['hindrance-over', hindranceOverOf(data)]] : []
    case 'AdditionalPeriodSet':
      return [['additional-period', extraTimeOf(data)]]
    case 'AdditionalPeriodOver':
      return [['additional-period-over', extraTimeOf(data)]]
    case 'OrderDeliveryFailed':
      return [['not-delivered', notDeliveredOf(data)]]
    case 'OrderDeliveryFailureEnded':
      return goesOn(data.outcome) ? [['delivery-goes-on', { outcome: data.outcome } satisfies GoesOn]] : []
    case 'RecallNoticeWritten':
      return [['recalled', recalledOf(data)]]
    default:
      return []
  }
}

const delayOf = ({ lastDay, unsent, underway, delayedAt }: DeliveryDelayed['data']): Delay => ({
  ...{ lastDay, unsent, underway, delayedAt },
})

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

/** What the customer is told at once when the seller stops units: why, and by which right. */
function sellerEnds({ state }: StoredOrder, { requestId, reason, lines, reasons }: StopRequested['data']): SellerEnds {
  const proposal = state.proposals?.find((each) => each.requestId === requestId)
  const whole = state.cancellation?.requestId === requestId
  const units = lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
  return { reason, lines: units, whole, reasons, ...(proposal && { why: proposal.mistake.why }) }
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
