import { alarmRoutes } from '@vilkar/alarms/routes.ts'
import { mailsIn } from '@vilkar/mail/mail-rows.ts'
import { mailRoutes } from '@vilkar/mail/routes.ts'
import { unsentMailRoutes } from '@vilkar/mail/unsent-routes.ts'
import type { Progress } from '@vilkar/messaging/progress.ts'
import { personalDataRoutes } from '@vilkar/personal-data/routes.ts'
import { createServer, type Doors } from '@vilkar/server/http.ts'
import { webhookRoutes } from '@vilkar/webhooks/routes.ts'
import { alarmKinds } from './alarms/kinds.ts'
import { changeAddress } from './checkout/http/change-address.ts'
import { listProducts } from './checkout/http/list-products.ts'
import { placeOrder } from './checkout/http/place-order.ts'
import { priceOffers } from './checkout/http/price-offers.ts'
import { products } from './checkout/http/products.ts'
import { quoteInformation } from './checkout/http/quote-information.ts'
import { quotes } from './checkout/http/quotes.ts'
import type { Deps } from './deps.ts'
import { documents } from './documents/http/documents.ts'
import { holding, idsOf } from './erasure/holding.ts'
import { written } from './erasure/written.ts'
import { linkedOrder } from './linked-order/http/linked-order.ts'
import { adoptMovementRoute } from './money/http/adopt-movement.ts'
import { exchangeRates } from './money/http/exchange-rates.ts'
import { moneyWaiting } from './money/http/money-waiting.ts'
import { orderPayments } from './money/http/order-payments.ts'
import { payments } from './money/http/payment-link.ts'
import { paymentNotifications } from './money/http/payment-notifications.ts'
import { paymentOperations } from './money/http/payment-operations.ts'
import { payouts } from './money/http/payouts.ts'
import { reconciliation } from './money/http/reconciliation.ts'
import { cancelLine, cancelOrder } from './order/http/cancel-order.ts'
import { correctEmail } from './order/http/correct-email.ts'
import { hindrances } from './order/http/hindrances.ts'
import { lateOrders } from './order/http/late-orders.ts'
import { mailEvents } from './order/http/mail-events.ts'
import { readOrders } from './order/http/read-orders.ts'
import { additionalPeriod } from './order/http/set-additional-period.ts'
import { settleProposal } from './order/http/settle-proposal.ts'
import { hindrance } from './order/http/tell-hindrance.ts'
import { counts } from './overview/http/counts.ts'
import { dossier } from './overview/http/dossier.ts'
import { work } from './overview/http/work.ts'
import { stockChanges } from './stock/http/stock-changes.ts'
import { termsAnswers } from './terms-page/answers.ts'
import { law } from './terms-page/law.ts'
import { terms } from './terms-page/terms.ts'

/** The orders service's routes: what `service.ts` runs and tests inject into. */
export async function createApp(deps: Deps & { doors: Doors; progress?: Progress; react?: object }) {
  const server = await createServer({
    title: 'Vilkår orders',
    description: 'Quote, place, confirm, cancel and pay orders under the terms that they were placed under.',
    log: deps.log,
    ...deps.doors,
  })
  products(server, deps)
  listProducts(server, deps)
  stockChanges(server, deps)
  quotes(server, deps)
  quoteInformation(server, deps)
  placeOrder(server, deps)
  priceOffers(server, deps)
  lateOrders(server, deps)
  readOrders(server, deps)
  cancelOrder(server, deps)
  cancelLine(server, deps)
  settleProposal(server, deps)
  correctEmail(server, deps)
  hindrance(server, deps)
  hindrances(server, deps)
  additionalPeriod(server, deps)
  changeAddress(server, deps)
  reconciliation(server, deps)
  payments(server, deps)
  paymentNotifications(server, deps)
  paymentOperations(server, deps)
  alarmRoutes(server, { ...deps, written, mailsIn }, alarmKinds)
  mailRoutes(server, { db: deps.db, idsOf })
  unsentMailRoutes(server, deps)
  personalDataRoutes(server, { db: deps.db, holding, idsOf })
  webhookRoutes(server, { db: deps.db, clock: deps.clock, service: 'orders', insecure: deps.insecureWebhooks })
  orderPayments(server, deps)
  payouts(server, deps)
  moneyWaiting(server, deps)
  documents(server, deps)
  exchangeRates(server, deps)
  adoptMovementRoute(server, deps)
  mailEvents(server, deps)
  linkedOrder(server, deps)
  terms(server, deps)
  termsAnswers(server)
  law(server, deps)
  dossier(server)
  counts(server, deps)
  work(server)
  return server
}
