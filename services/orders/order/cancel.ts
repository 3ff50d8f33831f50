import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type { CancellationRequested } from '@vilkar/contracts/orders-cancellation.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { type Sent, sentOf, sentOfAll } from '@vilkar/terms/order/line-entitlements.ts'
import type { Line } from '@vilkar/terms/order/lines.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { propose, settleProposal } from './proposal.ts'
import { type DataOf, type PlacedOrder, termsFor } from './state.ts'
import { cancelled, request } from './stop.ts'
import { countedLines, countOf, isPending, someOf, stoppedOf } from './units.ts'

/**
 * Before the contract the order simply ends; after it, shipping is asked to stop all that has not left, and says whether
 * that was all of it.
 */
export function cancel(command: DataOf<'CancelOrder'>, state: PlacedOrder): Decision<OrderEvent> {
  const { orderId, at, by, reason, requestId } = command
  if (state.status === 'cancelled' || state.cancellation?.requestId !== undefined) return accept()
  const lines = countedLines(state)
  // Shipping was asked by an earlier release, which had no answer for goods that had left: it is asked anew.
  if (state.cancellation) return askForAll({ ...state.cancellation, orderId, at, requestId }, lines, [])
  const sent = sentOfAll(lines)
  if (sent === undefined) return nothingLeft(state)
  const ruling = rulingOf(command, sent, state)
  if (ruling.refusal) return ruling
  if (state.formedAt === undefined && !state.everFormed)
    return accept(cancelled(orderId, by, reason, at, ruling.reasons))
  if (lines.every(({ unsent }) => unsent === 0)) return withCarrier(carrierReasons(state))
  if (ruling.needsApproval) return propose(command, undefined, ruling.reasons, state)
  return askForAll({ orderId, at, by, reason, requestId }, lines, ruling.reasons)
}

type Asking = Pick<DataOf<'CancelOrder'>, 'orderId' | 'at' | 'by' | 'reason' | 'requestId'>

/** Asks for all that nobody has asked for yet; nothing, when all of it is being stopped. */
function askForAll(asking: Asking, lines: Line[], reasons: Reason[]): Decision<OrderEvent> {
  const { orderId, at, by, reason, requestId } = asking
  const units = someOf(lines.map(({ lineId, cancellable }) => ({ lineId, quantity: cancellable })))
  if (units.length === 0) return accept()
  const data = { orderId, by, reason, requestId, requestedAt: at, reasons }
  const requested = { type: 'CancellationRequested', data } satisfies CancellationRequested
  return accept<OrderEvent>(requested, request(asking, units, reasons))
}

/** Units of one line are cancelled: so many in all, those included that were before, so that saying it twice asks once. */
export function cancelUnits(command: DataOf<'CancelUnits'>, state: PlacedOrder): Decision<OrderEvent> {
  const { lineId, quantity } = command
  const line = countedLines(state).find((each) => each.lineId === lineId)
  if (line === undefined) return refuse({ code: 'line-unknown', detail: `The order has no line ${lineId}.` })
  const before = cancelledBefore(state, lineId)
  if (quantity <= before) return accept()
  if (line.returnable === 0) return nothingLeft(state)
  const ruling = rulingOf(command, sentOf(line), state)
  if (ruling.refusal) return ruling
  const most = before + line.cancellable
  if (line.unsent === 0) return withCarrier(carrierReasons(state))
  if (quantity > most)
    return refuse({ code: 'quantity-exceeded', detail: `Of line ${lineId} ${most} can be cancelled, not ${quantity}.` })
  if (ruling.needsApproval) return propose(command, { lineId, quantity }, ruling.reasons, state)
  return accept(request(command, [{ lineId, quantity: quantity - before }], ruling.reasons))
}

/** What a second person approves is decided as if it were asked for now. */
export function settle(command: DataOf<'SettleProposal'>, state: PlacedOrder): Decision<OrderEvent> {
  const { orderId, at, by: approvedBy } = command
  return settleProposal(command, state, ({ requestId, reason, line }) => {
    const asked = { orderId, at, requestId, reason, by: 'seller', approvedBy } as const
    return line ? cancelUnits({ ...asked, ...line }, state) : cancel(asked, state)
  })
}

/** Units of a line that were cancelled, or are being: of what had left nothing was. */
const cancelledBefore = (state: PlacedOrder, lineId: string) =>
  countOf(
    state.stops
      .filter(({ returnId }) => returnId === undefined)
      .flatMap((stop) => (isPending(stop) ? stop.lines : stop.concluded!.stopped)),
    lineId,
  )

type Ruled = Decision<OrderEvent> & { reasons: Reason[]; needsApproval?: true }

/** What the terms and the law say; the same facts as the returns service tells customers about. */
function rulingOf(
  { by, reason, customerConsents, mistake, approvedBy }: DataOf<'CancelOrder'> | DataOf<'CancelUnits'>,
  sent: Sent,
  state: PlacedOrder,
): Ruled {
  const asked = {
    ...{ by, reason, customerConsents, approvedBy },
    ...{ customerKind: state.placed.customerKind, formed: state.formedAt !== undefined },
  }
  const { outcome, reasons } = termsFor(state).cancellation({ ...asked, ...sent })
  if (outcome === 'granted') return { events: [], reasons }
  if (outcome === 'review') {
    const detail =
      'The goods are made to order and with the carrier. By law you may still cancel until they are delivered; a person at the shop decides what that costs.'
    return { ...refuse({ code: 'cancellation-needs-person', detail, reasons }), reasons }
  }
  if (by === 'customer') return { ...withCarrier(reasons), reasons }
  const way = termsFor(state).sellersWayOut(asked)
  if (way.needsHumanApproval && mistake) return { events: [], reasons, needsApproval: true }
  return { ...refuse({ code: 'cancellation-refused', detail: wayOutInWords(asked.formed, way), reasons }), reasons }
}

/** What a seller may do who may not simply cancel. */
function wayOutInWords(formed: boolean, way: { needsHumanApproval: boolean; customerOptions: readonly string[] }) {
  if (!formed)
    return 'Before the contract the seller may cancel because of stock, a pricing error or a technical mistake, or with the customer’s consent.'
  if (way.needsHumanApproval)
    return 'The contract stands: the seller may end it only for an obvious mistake that a person has approved, or with the customer’s consent. Say in `mistake` who found that the customer must have seen it, and why; somebody else then approves.'
  if (way.customerOptions.length > 0)
    return 'The contract stands, and missing stock does not end it: ask whether the customer waits, takes something else, or consents to the end of it and has the money back (`customerConsents`).'
  return 'The contract stands: the seller may end it for an obvious mistake or with the customer’s consent, and for nothing else.'
}

const withCarrier = (reasons: Reason[]) =>
  refuse({
    code: 'cancellation-refused',
    detail: 'The goods are with the carrier. What remains is to withdraw or to return them.',
    reasons,
  })

/** Why what is with the carrier is not called back, whoever asks. */
const carrierReasons = (state: PlacedOrder) =>
  termsFor(state).cancellation({
    ...{ by: 'customer', customerKind: state.placed.customerKind, formed: true, dispatched: true, delivered: true },
    reason: 'customer-wish',
  }).reasons

const nothingLeft = (state: PlacedOrder) =>
  refuse({
    code: 'cancellation-refused',
    detail: 'Nothing of it is left to be cancelled.',
    reasons: termsFor(state).ended(
      stoppedOf(state).length > 0 && state.shipments.length === 0 ? 'cancelled' : 'returned',
    ).reasons,
  })
