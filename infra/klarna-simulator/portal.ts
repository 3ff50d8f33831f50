import type { Reply } from '@vilkar/simulator/reply.ts'
import { lowerAuthorization } from './order-changes.ts'
import { cancel, capture, type OrderManagement, refund } from './order-management.ts'
import type { Books, Order } from './records.ts'

type Deps = {
  now(): Temporal.Instant
  books: Books
  change: OrderManagement['change']
  call(url: string, body: object): void
}

/**
 * What is done to an order without the shop's asking: by people in Klarna's portal, by Klarna's fraud review, by time.
 * Throws RangeError when there is no such order or Klarna would not do it.
 */
export function createPortal({ now, books, change, call }: Deps) {
  const done = (reply: Reply, order: Order) => {
    if (reply.status >= 400) throw new RangeError(JSON.stringify(reply.body))
    return order
  }
  return {
    capture: (id: string, captured_amount: number) =>
      change(id, (order) => done(capture(order, { captured_amount }, now()), order)),
    refund: (id: string, refunded_amount: number) =>
      change(id, (order) => done(refund(order, { refunded_amount }, now()), order)),
    cancel: (id: string) => change(id, (order) => done(cancel(order), order)),
    /** Less is authorised from now on. */
    lower: (id: string, order_amount: number) =>
      change(id, (order) => done(lowerAuthorization(order, order_amount), order)),
    /** The fraud review ends. Klarna tells the shop until it answers, as it does of everything. */
    review: (id: string, verdict: 'ACCEPTED' | 'REJECTED') =>
      change(id, (order) => {
        order.fraud_status = verdict
        const url = books.callbacks.get(id)?.notification
        if (url) call(url, { order_id: id, event_type: `FRAUD_RISK_${verdict}` })
        return order
      }),
    /** The authorisation has just run out. */
    expire(id: string) {
      change(id, (order) => {
        order.expires_at = now().subtract({ milliseconds: 1 }).toString()
      })
      return change(id, (order) => order)
    },
  }
}
export type Portal = ReturnType<typeof createPortal>
