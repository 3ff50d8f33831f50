import type { Order } from './order-management.ts'
import type { HostedSession, PaymentSession } from './payment-sessions.ts'

/** All that the simulator remembers of its customers' money. Plain JSON inside, so that it can outlive the process. */
export type Books = {
  payments: Map<string, PaymentSession>
  hosted: Map<string, HostedSession>
  orders: Map<string, Order>
  acknowledged: Set<string>
}

/** Books as `writeBooks` wrote them; empty ones from nothing. Throws SyntaxError when the text is something else. */
export function readBooks(text = '{}'): Books {
  const { payments = [], hosted = [], orders = [], acknowledged = [] } = JSON.parse(text)
  return {
    payments: new Map(payments),
    hosted: new Map(hosted),
    orders: new Map(orders),
    acknowledged: new Set(acknowledged),
  }
}

export const writeBooks = ({ payments, hosted, orders, acknowledged }: Books) =>
  JSON.stringify({ payments: [...payments], hosted: [...hosted], orders: [...orders], acknowledged: [...acknowledged] })
