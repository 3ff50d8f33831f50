import type { VerifyToken } from '@vilkar/server/auth.ts'
import { createServer } from '@vilkar/server/http.ts'
import type { Deps } from './deps.ts'
import { adoptMovement } from './http/adopt-movement.ts'
import { alarms } from './http/alarms.ts'
import { cancelOrder } from './http/cancel-order.ts'
import { correctEmail } from './http/correct-email.ts'
import { mailEvents } from './http/mail-events.ts'
import { orderPayments } from './http/order-payments.ts'
import { paymentNotifications } from './http/payment-notifications.ts'
import { paymentOperations } from './http/payment-operations.ts'
import { payments } from './http/payments.ts'
import { placeOrder } from './http/place-order.ts'
import { products } from './http/products.ts'
import { quotes } from './http/quotes.ts'
import { readOrders } from './http/read-orders.ts'
import { reconciliation } from './http/reconciliation.ts'
import { terms } from './http/terms.ts'

/** The orders service's doors: what `service.ts` runs and tests inject into. */
export async function createApp(
  deps: Deps & { verifyToken: VerifyToken; rateLimitPerMinute?: number; trustedProxies?: string },
) {
  const server = await createServer({
    title: 'Vilkår orders',
    description: 'Quote, place, confirm, cancel and pay orders under the terms that they were placed under.',
    verifyToken: deps.verifyToken,
    log: deps.log,
    rateLimitPerMinute: deps.rateLimitPerMinute,
    trustedProxies: deps.trustedProxies,
  })
  products(server, deps)
  quotes(server, deps)
  placeOrder(server, deps)
  readOrders(server, deps)
  cancelOrder(server, deps)
  correctEmail(server, deps)
  reconciliation(server, deps)
  payments(server, deps)
  paymentNotifications(server, deps)
  paymentOperations(server, deps)
  alarms(server, deps)
  orderPayments(server, deps)
  adoptMovement(server, deps)
  mailEvents(server, deps)
  terms(server, deps)
  return server
}
