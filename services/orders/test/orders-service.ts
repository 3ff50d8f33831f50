import { fileURLToPath } from 'node:url'
import { startKlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'
import { createMailer } from '@vilkar/mail/mail.ts'
import { share } from '@vilkar/messaging/gather.ts'
import { forgetting } from '@vilkar/messaging/inbox/erased-orders.ts'
import { reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import { createKlarna } from '@vilkar/payments/klarna/klarna.ts'
import type { ProviderName } from '@vilkar/payments/providers.ts'
import { createVipps } from '@vilkar/payments/vipps/vipps.ts'
import { type Clock, createMovableClock, systemClock } from '@vilkar/server/clock.ts'
import { createJobs } from '@vilkar/server/jobs.ts'
import { createLog } from '@vilkar/server/log.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { createTogether } from '@vilkar/server/together.ts'
import { asOwner, freshDatabaseWithJobs } from '@vilkar/testing/database.ts'
import { atEndOfRun } from '@vilkar/testing/end-of-run.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { startMailbox } from '@vilkar/testing/mailbox.ts'
import { verifyTestToken } from '@vilkar/testing/tokens.ts'
import { startVippsSimulator } from '@vilkar/vipps-simulator/simulator.ts'
import type { Test } from 'tap'
import { createApp } from '../app.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { composeDocumentMail } from '../documents/mail.ts'
import { planFollowUps } from '../follow-ups.ts'
import { checkPayment } from '../money/jobs/check-payment.ts'
import { expireAuthorisation } from '../money/jobs/expire-authorisation.ts'
import { openPaymentSession } from '../money/jobs/open-session.ts'
import { reconcileDay } from '../money/jobs/reconcile-day.ts'
import { sendOperation } from '../money/jobs/send-operation.ts'
import { tellAddress } from '../money/jobs/tell-address.ts'
import { watchDeadlines } from '../money/jobs/watch-deadlines.ts'
import { findPaymentPage } from '../money/payment-link.ts'
import { createProviders } from '../money/providers.ts'
import { sendOrderMail } from '../order/mails/send-mail.ts'
import { reactions } from '../service.ts'

const CREDENTIALS = { username: 'test', password: 'test-only' }

const VIPPS_CREDENTIALS = {
  clientId: 'test',
  clientSecret: 'test-only',
  subscriptionKey: 'test-only',
  merchantSerialNumber: '123456',
  webhookSecret: 'test-only',
}

/** A watcher's pause is a wait for nothing in a test whose clock has moved already. */
const LOOK_EVERY_MS = 200
/** How long a provider may take to answer: on a slow machine, an answer that comes must not be given up. */
const SLOW_MS = 30_000

type Options = {
  /** Where customers pay: Klarna's hosted page unless given. */
  payAt?: ProviderName
  /** Whether deadlines are watched in the background, as in production: for tests that are about that. */
  watch?: boolean
}

let booted: ReturnType<typeof boot> | undefined
let taken: { by: Test; leave(): Promise<void> } | undefined

/**
 * The orders service with a mailbox, a Klarna and a Vipps, and without a broker, for as long as a test lasts. It is booted once
 * for a process; each test finds it empty, with partners and a clock of its own. So the tests of a file that use it run
 * one after the other.
 */
export async function startOrdersForTest(t: Test, { payAt = 'klarna', watch = false }: Options = {}) {
  if (taken?.by === t) await taken.leave()
  if (taken !== undefined) throw new Error(`"${t.name}" cannot have the house while "${taken.by.name}" has it.`)
  booted ??= boot()
  const house = await booted
  await house.empty()
  const partners = await house.furnish(payAt)
  const watcher = watch ? watchDeadlines(house.deps, LOOK_EVERY_MS) : undefined
  const leave = async () => {
    taken = undefined
    await watcher?.stop()
    await partners.leave()
  }
  taken = { by: t, leave }
  t.teardown(async () => {
    if (taken?.by === t) await taken.leave()
  })
  const { klarna, vipps, clock } = partners
  return { ...house, klarna, vipps, clock, ...customersOf(house.app) }
}
export type OrdersForTest = Awaited<ReturnType<typeof startOrdersForTest>>

/** What all tests of a process share: the service itself, its database and its mailbox. */
async function boot() {
  const opened = new AsyncDisposableStack()
  atEndOfRun(() => opened.disposeAsync())
  const databaseUrl = await freshDatabaseWithJobs(
    ...commonMigrations,
    fileURLToPath(new URL('../migrations', import.meta.url)),
  )
  const log = createLog('orders', process.env.LOG_LEVEL ?? 'silent')
  const pool = createPool(databaseUrl, { log })
  opened.defer(() => pool.end())
  const db = share(createDatabase<Database>(pool), { transaction: false })
  const mailbox = await startMailbox()
  opened.defer(() => mailbox.stop())
  const mailer = createMailer({ smtpUrl: mailbox.url })
  opened.defer(() => mailer.close())
  const jobs = await createJobs({ databaseUrl, log, migrate: false })
  opened.defer(() => jobs.stop())
  const settings = {
    publicUrl: '',
    storefrontUrl: 'http://127.0.0.1:9',
    mailFrom: 'Shop <post@shop.example>',
    quoteValidFor: 'PT30M',
    paymentDueAfter: 'PT24H',
    reserveUnpaidFor: 'PT30M',
    unpaidOrdersMax: 1_000_000,
    unpaidUnitsMax: 1_000_000,
    authorisationExtendBefore: 'P5D',
    captureAlarmAfter: 'PT1H',
    linkRequestsPerMinute: 1_000_000,
  }
  /** The clock and the providers are those of whoever has the house. */
  let now = systemClock.now
  const providers = {} as Deps['providers']
  const deps: Deps = {
    ...{
      db,
      clock: { now: () => now() },
      jobs,
      mailer,
      log,
      wake: jobs.wake,
      together: createTogether({ db, wake: jobs.wake }),
      settings,
      planFollowUps,
      findPaymentPage,
      composeDocumentMail,
    },
    providers,
  }
  for (const job of [
    openPaymentSession(deps),
    checkPayment(deps),
    sendOperation(deps),
    expireAuthorisation(deps),
    tellAddress(deps),
    sendOrderMail(deps),
    reconcileDay(deps, { paymentsPerJob: 3 }),
  ])
    await jobs.define(job as never)
  const react = forgetting(reactWith(reactions, deps))
  const app = await createApp({
    ...deps,
    react,
    doors: { verifyToken: verifyTestToken, rateLimitPerMinute: 1_000_000 },
  })
  opened.defer(() => app.close())
  settings.publicUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  const owner = createPool(asOwner(databaseUrl), { max: 1 })
  opened.defer(() => owner.end())
  const empty = await emptier(owner)

  async function furnish(payAt: ProviderName) {
    mailbox.clear()
    const clock = createMovableClock(msUntilNoon())
    now = clock.now
    const partners = await startPartners(clock, payAt)
    Object.assign(providers, partners.providers)
    partners.vipps.registerWebhook(`${settings.publicUrl}/payments/vipps/notifications`)
    async function leave() {
      partners.hush()
      await eventually('the jobs at hand to end', () => isIdle(pool))
      await partners.stop()
    }
    return { ...partners, clock, leave }
  }
  /** What no service may do, by the role that owns the tables. */
  const asItsOwner = createDatabase<Database>(owner)
  return { app, databaseUrl, db, owner: asItsOwner, pool, deps, mailbox, empty, furnish }
}

/** The day of a test begins at noon in Oslo: none comes to midnight or to the hour of a clock change, whenever it runs. */
function msUntilNoon() {
  const now = Temporal.Now.zonedDateTimeISO('Europe/Oslo')
  const noon = now.withPlainTime('12:00')
  const next = now.hour < 12 ? noon : noon.add({ days: 1 })
  return next.epochMilliseconds - now.epochMilliseconds
}

/** Payment providers that remember nothing of other tests. */
async function startPartners({ now }: Clock, payAt: ProviderName) {
  const klarna = await startKlarnaSimulator({ ...CREDENTIALS, now })
  const vipps = await startVippsSimulator({ ...VIPPS_CREDENTIALS, now })
  const patience = { now, timeouts: { connectMs: SLOW_MS, checkoutMs: SLOW_MS, moneyMs: SLOW_MS }, graceMs: 0 }
  const atKlarna = { baseUrl: klarna.url, ...CREDENTIALS, ...patience }
  const adapters = [
    createKlarna(atKlarna),
    createKlarna({ ...atKlarna, frontEnd: 'payments' }),
    createKlarna({ ...atKlarna, frontEnd: 'kustom' }),
    createVipps({ baseUrl: vipps.url, ...VIPPS_CREDENTIALS, ...patience }),
  ]
  return {
    klarna,
    vipps,
    providers: createProviders(adapters.find(({ name }) => name === payAt)!, ...adapters),
    /** No fault strikes any more, so that whoever waits for an answer gets one. */
    hush() {
      klarna.faults.clear()
      vipps.faults.clear()
    },
    async stop() {
      await Promise.all([klarna.stop(), vipps.stop()])
      await Promise.all(adapters.map((adapter) => adapter.close()))
    },
  }
}

/** Drops the jobs that nobody works on yet; whether there are none left. */
async function isIdle(pool: ReturnType<typeof createPool>) {
  await pool.query(`delete from jobs.job where state <> 'active'`)
  return (await pool.query('select from jobs.job')).rowCount === 0
}

/** What nothing deletes, so that the service looks once whether it is there. */
const KNOWN_TO_BE_KEPT = new Set(['mail_attachment'])

/** Deletes what tests wrote, whatever guards it, and keeps what the migrations did: the tables that were not empty at first. */
async function emptier(pool: ReturnType<typeof createPool>) {
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const names: string[] = []
  for (const { name } of rows.filter(({ name }) => !KNOWN_TO_BE_KEPT.has(name)))
    if ((await pool.query(`select from ${name} limit 1`)).rowCount === 0) names.push(name)
  const statements = ['set local session_replication_role = replica', ...names.map((name) => `delete from ${name}`)]
  return async () => void (await pool.query(statements.join(';')))
}

/** What people do over HTTP. */
function customersOf(app: Awaited<ReturnType<typeof createApp>>) {
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
  const quote = async (changes: object = {}, role = 'storefront') =>
    (
      await call(role, 'POST', '/quotes', {
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
  return { call, stock, quote, orderOf, place, address }
}
