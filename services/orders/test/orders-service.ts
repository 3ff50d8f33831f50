import { fileURLToPath } from 'node:url'
import { startKlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'
import { createMailer } from '@vilkar/mail/mail.ts'
import { createKlarna } from '@vilkar/payments/klarna/klarna.ts'
import type { ProviderName } from '@vilkar/payments/provider-names.ts'
import { createVipps } from '@vilkar/payments/vipps/vipps.ts'
import { createMovableClock } from '@vilkar/server/clock.ts'
import { createJobs } from '@vilkar/server/jobs.ts'
import { createLog } from '@vilkar/server/log.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import { startMailbox } from '@vilkar/testing/mailbox.ts'
import { verifyTestToken } from '@vilkar/testing/tokens.ts'
import { startVippsSimulator } from '@vilkar/vipps-simulator/simulator.ts'
import type { Test } from 'tap'
import { createApp } from '../app.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { planFollowUps } from '../follow-ups.ts'
import { checkPayment } from '../money/jobs/check-payment.ts'
import { expireAuthorisation } from '../money/jobs/expire-authorisation.ts'
import { openPaymentSession } from '../money/jobs/open-session.ts'
import { reconcileDay } from '../money/jobs/reconcile-day.ts'
import { sendOperation } from '../money/jobs/send-operation.ts'
import { watchDeadlines } from '../money/jobs/watch-deadlines.ts'
import { findPaymentPage } from '../money/payment-link.ts'
import { createProviders } from '../money/providers.ts'
import { sendOrderMail } from '../order/mails/send-mail.ts'

const CREDENTIALS = { username: 'test', password: 'test-only' }

const VIPPS_CREDENTIALS = {
  clientId: 'test',
  clientSecret: 'test-only',
  subscriptionKey: 'test-only',
  merchantSerialNumber: '123456',
  webhookSecret: 'test-only',
}

type Options = {
  /** Where customers pay: Klarna's hosted page unless given. */
  payAt?: ProviderName
}

/** The orders service on a database, a mailbox, a Klarna and a Vipps of the test's own; without a broker. */
export async function startOrdersForTest(t: Test, { payAt = 'klarna' }: Options = {}) {
  const opened = new AsyncDisposableStack()
  t.teardown(() => opened.disposeAsync())
  const databaseUrl = await freshDatabase(...commonMigrations, fileURLToPath(new URL('../migrations', import.meta.url)))
  const log = createLog('orders', process.env.LOG_LEVEL ?? 'silent')
  const pool = createPool(databaseUrl, { log })
  opened.defer(() => pool.end())
  const db = createDatabase<Database>(pool)
  const clock = createMovableClock()
  const klarna = await startKlarnaSimulator({ ...CREDENTIALS, now: clock.now })
  opened.defer(() => klarna.stop())
  const mailbox = await startMailbox()
  opened.defer(() => mailbox.stop())
  const mailer = createMailer({ smtpUrl: mailbox.url })
  opened.defer(() => mailer.close())
  const timeouts = { connectMs: 1_000, checkoutMs: 1_000, moneyMs: 500 }
  const vipps = await startVippsSimulator({ ...VIPPS_CREDENTIALS, now: clock.now })
  opened.defer(() => vipps.stop())
  const patience = { now: clock.now, timeouts, graceMs: 0 }
  const atKlarna = { baseUrl: klarna.url, ...CREDENTIALS, ...patience }
  const providers = [
    createKlarna(atKlarna),
    createKlarna({ ...atKlarna, frontEnd: 'payments' }),
    createKlarna({ ...atKlarna, frontEnd: 'kustom' }),
    createVipps({ baseUrl: vipps.url, ...VIPPS_CREDENTIALS, ...patience }),
  ]
  for (const provider of providers) opened.defer(() => provider.close())
  const jobs = await createJobs({ databaseUrl, log })
  opened.defer(() => jobs.stop())
  const settings = {
    publicUrl: '',
    storefrontUrl: 'http://127.0.0.1:9',
    mailFrom: 'Shop <post@shop.example>',
    quoteValidFor: 'PT30M',
    paymentDueAfter: 'PT24H',
    authorisationExtendBefore: 'P5D',
    captureAlarmAfter: 'PT1H',
  }
  const deps: Deps = {
    ...{ db, clock, jobs, mailer, log, wake: jobs.wake, settings, planFollowUps, findPaymentPage },
    providers: createProviders(providers.find(({ name }) => name === payAt)!, ...providers),
  }
  for (const job of [
    openPaymentSession(deps),
    checkPayment(deps),
    sendOperation(deps),
    expireAuthorisation(deps),
    sendOrderMail(deps),
    reconcileDay(deps, { paymentsPerJob: 3 }),
  ])
    await jobs.define(job as never)
  const deadlines = watchDeadlines(deps)
  opened.defer(() => deadlines.stop())
  const app = await createApp({ ...deps, verifyToken: verifyTestToken, rateLimitPerMinute: 1_000_000 })
  opened.defer(() => app.close())
  settings.publicUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  vipps.registerWebhook(`${settings.publicUrl}/payments/vipps/notifications`)
  /** Calls a route as a role; answers status, headers and body, as text and parsed. */
  async function call(
    role: string,
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const payload = body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const authorization = role === 'nobody' ? {} : { authorization: `Bearer ${role}` }
    const response = await app.inject({ method, url, ...payload, headers: { ...authorization, ...type, ...headers } })
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.body,
      body: response.body === '' ? undefined : JSON.parse(response.body),
    }
  }

  const sensor = {
    name: { nb: 'Sensor', en: 'Sensor' },
    priceNok: 10_000,
    priceEur: 900,
    vatRate: 2500,
    stock: 10,
    traits: { longLived: true },
  }
  const address = { name: 'Kari Eksempel', street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' }
  const stock = (sku = 'SENSOR-1', changes: object = {}) =>
    call('warehouse', 'PUT', `/products/${sku}`, { ...sensor, ...changes })
  const quote = async (changes: object = {}) =>
    (
      await call('storefront', 'POST', '/quotes', {
        lines: [{ sku: 'SENSOR-1', quantity: 1 }],
        currency: 'NOK',
        customerKind: 'consumer',
        country: 'NO',
        locale: 'en',
        ...changes,
      })
    ).body
  const orderOf = (quoted: { id: string; terms: { sha256: string } }, changes: object = {}) => ({
    quoteId: quoted.id,
    acceptedTermsSha256: quoted.terms.sha256,
    customer: { kind: 'consumer', name: 'Kari Eksempel' },
    email: 'kari@example.com',
    shippingAddress: address,
    locale: 'en',
    ...changes,
  })
  const place = async (changes: object = {}, key: string = crypto.randomUUID()) =>
    call('storefront', 'POST', '/orders', orderOf(await quote(), changes), { 'idempotency-key': key })
  return { app, db, pool, deps, clock, klarna, vipps, mailbox, call, stock, quote, orderOf, place, address }
}
export type OrdersForTest = Awaited<ReturnType<typeof startOrdersForTest>>
