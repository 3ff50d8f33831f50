import type { CancellationRequested, OrderCancelled } from '@vilkar/contracts/orders.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { type DataOf, type PlacedOrder, termsFor } from './state.ts'

/** Before the contract the order simply ends; after it, shipping must first say that the goods have not left. */
export function cancel(
  { orderId, at, by, reason, customerConsents, approvedBy }: DataOf<'CancelOrder'>,
  state: PlacedOrder,
) {
  if (state.status === 'cancelled' || state.status === 'cancelling') return accept()
  const formed = state.formedAt !== undefined
  const dispatched = state.shipments.length > 0
  const { customerKind } = state.placed
  const ruling = termsFor(state).cancellation({
    by,
    customerKind,
    formed,
    dispatched,
    delivered: state.status === 'delivered',
    madeToOrder: state.placed.lines.every(({ traits }) => traits.madeToOrder),
    reason,
    customerConsents,
    approvedBy,
  })
  if (ruling.outcome === 'review')
    return refuse({
      code: 'cancellation-needs-person',
      detail:
        'The goods are made to order and with the carrier. By law you may still cancel until they are delivered; a person at the shop decides what that costs.',
      reasons: ruling.reasons,
    })
  if (ruling.outcome === 'refused') {
    const detail = dispatched
      ? 'The goods are with the carrier. What remains is to withdraw or to return them.'
      : !formed
        ? 'Before the contract the seller may cancel because of stock, a pricing error or a technical mistake, or with the customer’s consent.'
        : 'The contract stands: the seller may end it only for an obvious mistake that a person has approved, or with the customer’s consent.'
    return refuse({ code: 'cancellation-refused', detail, reasons: ruling.reasons })
  }
  if (!formed) return accept(cancelled(orderId, by, reason, at, ruling.reasons))
  const data = { orderId, by, reason, requestedAt: at, reasons: ruling.reasons }
  return accept({ type: 'CancellationRequested', data } satisfies CancellationRequested)
}

/** The order ended; `reasons` are those of the ruling that let it. */
export function cancelled(
  orderId: string,
  by: 'customer' | 'seller' | 'system',
  reason: string,
  at: string,
  reasons: OrderCancelled['data']['reasons'],
): OrderCancelled {
  return { type: 'OrderCancelled', data: { orderId, by, reason, cancelledAt: at, reasons } }
}
