import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import { mailsTaken } from '@vilkar/mail/redirect.ts'
import { raiseAlarm, resolveAlarm } from './alarms/alarms.ts'
import { giveOfferBack } from './checkout/price-offer-store.ts'
import type { Deps, PlanFollowUps, Trx } from './deps.ts'
import { operationsOf } from './money/operation-store.ts'
import {
  enqueueWaiting,
  openSession,
  planCapturesAgain,
  planEnd,
  planOperation,
  planRefundOfAll,
  planRefundOfStopped,
  planRelease,
} from './money/plan.ts'
import { totalOf, wholeOf, without } from './money/portions.ts'
import { newestChange } from './order/address.ts'
import { write } from './order/mails/write.ts'
import { isPaymentOver, isToBeReleased } from './order/payment.ts'
import { pendingProposal } from './order/proposal.ts'
import { type StoredOrder, termsFor } from './order/state.ts'
import { stoppedOf } from './order/units.ts'
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
    await callPeople(trx, deps, stored, event, at)
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

/** What is to be done with money and goods. */
async function follow(trx: Trx, deps: Deps, order: StoredOrder, { type, data }: OrderEvent, at: string) {
  const { status, payment } = order.state
  const checkPayment = () => deps.jobs.enqueue(trx, 'check-payment', [{ data: { orderId: order.id } }])
  const tellAddress = () => deps.jobs.enqueue(trx, 'tell-address', [{ data: { orderId: order.id } }])
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
      await letOfferGo(trx, order)
      // A page that is still open, the first or the one to pay again, is closed.
      if (payment === undefined || payment.expiredAt !== undefined) await checkPayment()
      break
    case 'PaymentCaptured':
      // An early capture was on its way when the order was cancelled: what it took goes back at once.
      if (status === 'cancelled') await planRefundOfAll(trx, deps, order)
      break
    case 'AddressChangeConcluded':
      if (data.changed) await tellAddress()
      // What left meanwhile waited to know where it went.
      await enqueueWaiting(trx, deps, await operationsOf(trx, order.id))
      break
    case 'PaymentAuthorised':
      if (newestChange(order.state)) await tellAddress()
      break
    case 'AuthorisationExpired':
      await openSession(trx, deps, order, data.paymentId)
      break
    case 'PaymentReauthorised':
      await resolveExpiryAlarm(trx, order.id, 'The customer paid again.', at)
      await planCapturesAgain(trx, deps, order)
      if (newestChange(order.state)) await tellAddress()
      break
    case 'PaymentClaimed':
      // What is claimed is not asked for by a page any more.
      await checkPayment()
      break
  }
}

/** What a person of the seller's is called for, or no longer. */
async function callPeople(trx: Trx, { log }: Deps, order: StoredOrder, { type, data }: OrderEvent, at: string) {
  const about = { orderId: order.id, kind: 'cancellation-to-approve', at } as const
  switch (type) {
    case 'CancellationProposed': {
      const { requestId, reason, proposedAt } = data
      await raiseAlarm(trx, { ...about, detail: { requestId, reason, proposedAt } }, log)
      break
    }
    case 'CancellationProposalEnded':
      await resolveAlarm(trx, { ...about, resolution: PROPOSAL[data.outcome] })
      break
    case 'OrderCancelled':
      await resolveAlarm(trx, { ...about, kind: 'confirmation-bounced', resolution: 'The order was cancelled.' })
      break
    case 'EmailCorrected': {
      // Somebody else may have read what was sent there: whether that is to be told (GDPR Art. 33) a person judges.
      const { from } = data.personal
      if (!data.wasFormed || from === undefined) break
      const mails = await mailsTaken(trx, { aboutId: order.id, recipient: from })
      if (mails.length > 0) await raiseAlarm(trx, { ...about, kind: 'mail-went-astray', detail: { mails } }, log)
      break
    }
  }
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

/** What was offered is still the customer's where no contract came of it. */
async function letOfferGo(trx: Trx, { id, state: { placed, formedAt } }: StoredOrder) {
  if (placed.priceOffer === undefined || formedAt !== undefined) return
  await giveOfferBack(trx, { id: placed.priceOffer, orderId: id })
}

const resolveExpiryAlarm = (trx: Trx, orderId: string, resolution: string, at: string) =>
  resolveAlarm(trx, { orderId, kind: 'authorisation-expired', resolution, at })
