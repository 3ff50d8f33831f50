import type { Authorization, WidgetSession } from './authorizations.ts'
import type { Checkout } from './checkout-orders.ts'
import type { Order } from './order-management.ts'
import type { HostedSession, PaymentSession } from './payment-sessions.ts'

/** Where the shop wants to be called about an order, with Klarna's placeholders not yet filled in. */
export type CallbackUrls = { push?: string; notification?: string }

/** All that the simulator remembers of its customers' money. Plain JSON inside, so that it can outlive the process. */
export type Books = {
  payments: Map<string, PaymentSession>
  widgets: Map<string, WidgetSession>
  authorizations: Map<string, Authorization>
  hosted: Map<string, HostedSession>
  checkouts: Map<string, Checkout>
  orders: Map<string, Order>
  callbacks: Map<string, CallbackUrls>
  acknowledged: Set<string>
}

/** Books as `writeBooks` wrote them; empty ones from nothing. Throws SyntaxError when the text is something else. */
export function readBooks(text = '{}'): Books {
  const kept = JSON.parse(text)
  return {
    payments: new Map(kept.payments),
    widgets: new Map(kept.widgets),
    authorizations: new Map(kept.authorizations),
    hosted: new Map(kept.hosted),
    checkouts: new Map(kept.checkouts),
    orders: new Map(kept.orders),
    callbacks: new Map(kept.callbacks),
    acknowledged: new Set(kept.acknowledged),
  }
}

/** Books as JSON. */
export const writeBooks = (books: Books) =>
  JSON.stringify(Object.fromEntries(Object.entries(books).map(([name, kept]) => [name, [...kept]])))
