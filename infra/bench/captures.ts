import { createMailer } from '@vilkar/mail/mail.ts'
import type { Database } from '@vilkar/orders/database.ts'
import type { Deps, Trx } from '@vilkar/orders/deps.ts'
import { composeDocumentMail } from '@vilkar/orders/documents/mail.ts'
import { planFollowUps } from '@vilkar/orders/follow-ups.ts'
import { sendOperation } from '@vilkar/orders/money/jobs/send-operation.ts'
import { bookAuthorisation } from '@vilkar/orders/money/ledger.ts'
import { findPaymentPage } from '@vilkar/orders/money/payment-link.ts'
import { paymentLines } from '@vilkar/orders/money/portions.ts'
import { createProviders } from '@vilkar/orders/money/providers.ts'
import { insertSession } from '@vilkar/orders/money/session-store.ts'
import { handle } from '@vilkar/orders/order/handle.ts'
import type { StoredOrder } from '@vilkar/orders/order/state.ts'
import { idempotencyKey } from '@vilkar/payments/idempotency-key.ts'
import { createKlarna } from '@vilkar/payments/klarna/klarna.ts'
import type { PaymentProvider } from '@vilkar/payments/port.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { createJobs } from '@vilkar/server/jobs.ts'
import { createLog } from '@vilkar/server/log.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { createTogether } from '@vilkar/server/together.ts'
import { transact } from '@vilkar/server/transact.ts'
import { administer } from '@vilkar/testing/embedded-postgres.ts'
import { median, percentiles } from './load.ts'
import type { TestBed } from './test-bed.ts'

const ROUNDS = 3
const CAPTURES_PER_ROUND = 400
/** As many as one process of the service has under way. */
const CONCURRENCY = 4

/**
 * Captures per second through the Klarna simulator into the ledger (claim, capture, event, entry, invoice), beside the
 * same captures asked of the simulator alone, and what ours add to each. The orders are dispatched beforehand.
 */
export async function benchCaptures(bed: TestBed) {
  await administer(bed.postgres.url('postgres'), 'create database captures template orders')
  await using opened = new AsyncDisposableStack()
  const { deps, provider } = await open(bed, opened)
  const { run } = sendOperation(deps)
  const pattern = await anOrder(deps)
  const rounds: { ours: Measured; bare: Measured }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const payments = await prepare(() => pay(bed, provider, pattern))
    const bare = await measure(payments, (paymentId) => captureBarely(provider, paymentId, pattern))
    const operations = await prepare(() => dispatchOne(bed, deps, provider, pattern))
    rounds.push({ bare, ours: await measure(operations, (operationId) => run({ operationId })) })
  }
  await checkBooks(deps)
  return {
    perSecond: median(rounds.map(({ ours }) => ours.perSecond)),
    p50Ms: median(rounds.map(({ ours }) => ours.p50Ms)),
    p99Ms: median(rounds.map(({ ours }) => ours.p99Ms)),
    simulatorPerSecond: median(rounds.map(({ bare }) => bare.perSecond)),
    addedP50Ms: Math.round(median(rounds.map(({ ours, bare }) => ours.p50Ms - bare.p50Ms)) * 100) / 100,
  }
}

/** What the job needs of the orders service, without its workers: here the jobs are run by hand and timed. */
async function open(bed: TestBed, opened: AsyncDisposableStack) {
  const databaseUrl = bed.postgres.url('captures')
  const log = createLog('bench', 'warn')
  const pool = createPool(databaseUrl, { log })
  opened.defer(() => pool.end())
  const jobs = await createJobs({ databaseUrl, log, work: false })
  opened.defer(() => jobs.stop())
  const { url: baseUrl, credentials } = bed.klarna
  const provider = createKlarna({ baseUrl, ...credentials, now: systemClock.now })
  opened.defer(() => provider.close())
  const mailer = createMailer({ smtpUrl: 'smtp://127.0.0.1:9' })
  opened.defer(() => mailer.close())
  const settings = {
    publicUrl: 'http://127.0.0.1:9',
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
  const db = createDatabase<Database>(pool)
  const deps: Deps = {
    ...{
      db,
      together: createTogether({ db, wake: () => undefined }),
      clock: systemClock,
      jobs,
      mailer,
      log,
      wake: () => undefined,
      settings,
      planFollowUps,
      findPaymentPage,
      composeDocumentMail,
    },
    providers: createProviders(provider),
  }
  return { deps, provider }
}

/** One that was placed when placing was measured: the pattern of all others. */
const anOrder = ({ db }: Deps): Promise<StoredOrder> =>
  db
    .selectFrom('orders')
    .select(['id', 'version', 'state', 'personal'])
    .where('status', '=', 'awaiting-payment')
    .limit(1)
    .executeTakeFirstOrThrow()

const PREPARED_AT_ONCE = 8

async function prepare<Item>(one: () => Promise<Item>): Promise<Item[]> {
  const items: Item[] = []
  const hand = async () => {
    while (items.length < CAPTURES_PER_ROUND) items.push(await one())
  }
  await Promise.all(Array.from({ length: PREPARED_AT_ONCE }, hand))
  return items.slice(0, CAPTURES_PER_ROUND)
}

const intentOf = (op: 'start' | 'capture', amount: number) => {
  const intentId = crypto.randomUUID()
  const idempotency = idempotencyKey({ op, intentId, amount, attempt: 1 })
  return { intentId, attempt: 1, idempotencyKey: idempotency, firstSentAt: null }
}

/** A customer pays for an order like the pattern: the provider's name of the payment. */
async function pay({ klarna }: TestBed, provider: PaymentProvider, { id, state: { placed } }: StoredOrder) {
  const { totals, currency, country, number } = placed
  const started = await provider.start({
    intent: intentOf('start', totals.total),
    orderId: id,
    orderNumber: number,
    total: { amount: totals.total, currency },
    tax: totals.vat,
    lines: paymentLines(placed),
    country,
    language: 'nb',
    urls: { success: 'http://127.0.0.1:9', cancel: 'http://127.0.0.1:9', notification: 'http://127.0.0.1:9' },
    customer: { email: 'kari@example.com' },
  })
  if (started.kind !== 'ok') throw new Error(`The payment page did not open: ${started.kind}`)
  return klarna.approve(started.value.sessionId).order_id!
}

async function captureBarely(provider: PaymentProvider, paymentId: string, { state: { placed } }: StoredOrder) {
  const amount = { amount: placed.totals.total, currency: placed.currency }
  const intent = intentOf('capture', amount.amount)
  const result = await provider.capture({ paymentId, intent, amount, lines: paymentLines(placed) })
  if (result.kind !== 'ok') throw new Error(`The capture was not taken: ${result.kind}`)
}

/** An order like the pattern that is paid, formed and sent: the id of its planned capture. */
async function dispatchOne(bed: TestBed, deps: Deps, provider: PaymentProvider, pattern: StoredOrder) {
  const paymentId = await pay(bed, provider, pattern)
  const books = await provider.read(paymentId)
  if (books.kind !== 'ok') throw new Error(`The payment could not be read: ${books.kind}`)
  const snapshot = books.value
  const orderId = crypto.randomUUID()
  const at = deps.clock.now().toString()
  return transact(deps, async (trx) => {
    await copy(trx, pattern, orderId)
    const sessionId = crypto.randomUUID()
    const { currency, totals, lines } = pattern.state.placed
    const session = { id: sessionId, orderId, amount: totals.total, currency }
    await insertSession(trx, { type: 'PlanSession', data: session })
    await bookAuthorisation(trx, { orderId, sessionId, provider: provider.name, snapshot, at })
    const held = { provider: provider.name, paymentId, amount: totals.total, currency }
    await handle(trx, { type: 'AuthorisePayment', data: { orderId, at, ...held } }, deps)
    await handle(trx, { type: 'ConfirmContract', data: { orderId, at, messageId: `${orderId}@shop.example` } }, deps)
    const all = lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
    const shipmentId = crypto.randomUUID()
    await handle(trx, { type: 'RecordDispatch', data: { orderId, at, shipmentId, lines: all } }, deps)
    const { id } = await trx
      .selectFrom('money_operation')
      .select('id')
      .where('order_id', '=', orderId)
      .where('kind', '=', 'capture')
      .executeTakeFirstOrThrow()
    return id
  })
}

async function copy(trx: Trx, { state, personal }: StoredOrder, id: string) {
  const copied = { ...state, placed: { ...state.placed, orderId: id, number: id } }
  await trx
    .insertInto('orders')
    .values({
      ...{
        id,
        number: id,
        version: 1,
        status: state.status,
        placed_at: state.placed.placedAt,
        payment_check_due_at: null,
      },
      state: JSON.stringify(copied),
      personal: JSON.stringify(personal),
    })
    .execute()
}

type Measured = { perSecond: number; p50Ms: number; p99Ms: number }

async function measure<Item>(items: Item[], work: (item: Item) => Promise<unknown>): Promise<Measured> {
  const left = [...items]
  const latencies: number[] = []
  const hand = async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) {
      const begun = performance.now()
      await work(item)
      latencies.push(performance.now() - begun)
    }
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: CONCURRENCY }, hand))
  const seconds = (performance.now() - begun) / 1_000
  return { perSecond: Math.round(items.length / seconds), ...percentiles(latencies) }
}

/** A figure for captures that were not booked would say nothing. */
async function checkBooks({ db }: Deps) {
  const { n } = await db
    .selectFrom('sales_document')
    .select((eb) => eb.cast<number>(eb.fn.countAll(), 'integer').as('n'))
    .where('series', '=', 'invoice')
    .executeTakeFirstOrThrow()
  if (n !== ROUNDS * CAPTURES_PER_ROUND) throw new Error(`${n} captures were booked.`)
}
