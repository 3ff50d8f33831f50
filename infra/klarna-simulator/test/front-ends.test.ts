import assert from 'node:assert/strict'
import { whyNotTaken } from '@vilkar/payments/coverage.ts'
import type { PaymentLine } from '@vilkar/payments/port.ts'
import type { ProviderName } from '@vilkar/payments/providers.ts'
import { startCallbackServer } from '@vilkar/testing/callback-server.ts'
import t, { type Test } from 'tap'
import { giveUp, goods, inShort, openShop, type Shop, success, until } from './shop.ts'

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000'

/** What a session of one line would look like if the adapter's own check were not there. */
const forced = (line: object = {}, session: object = {}) => ({
  purchase_country: 'NO',
  purchase_currency: 'NOK',
  locale: 'nb-NO',
  order_amount: 6_000,
  order_tax_amount: 1_200,
  order_lines: [
    {
      type: 'physical',
      name: 'Mug',
      quantity: 1,
      unit_price: 6_000,
      total_amount: 6_000,
      tax_rate: 2_500,
      total_tax_amount: 1_200,
      ...line,
    },
  ],
  ...session,
})

/** Refused by ourselves with nothing sent, and by Klarna if it were sent, which names the field. */
async function refusedTwice(t: Test, lines: PaymentLine[], body: object, field: string) {
  const { klarna, order, raw, simulator } = await openShop(t)
  t.equal(inShort(await klarna.start(order(lines))), 'declined invalid_request')
  t.strictSame(simulator.journal(), [])
  const { status, body: said } = await raw('POST', '/payments/v1/sessions', body)
  t.strictSame([status, said.error_code, said.error_messages], [400, 'BAD_VALUE', [`Bad value: ${field}`]])
}

t.test('wrong credentials are a misconfiguration, whatever is asked', async (t) => {
  const { klarna, order, move, intent } = await openShop(t, { password: 'not-the-password', frontEnd: 'payments' })
  const ask = { paymentId: UNKNOWN_ID, intent: intent('release', 0) }
  const authorise = { intent: intent('authorise', 100), approvalToken: UNKNOWN_ID, request: '{}' }
  for (const result of [
    await klarna.start(order([goods(100)])),
    await klarna.authorise(authorise),
    await klarna.read(UNKNOWN_ID),
    await klarna.capture(move('capture', UNKNOWN_ID, 100)),
    await klarna.refund(move('refund', UNKNOWN_ID, 100)),
    await klarna.release(ask),
    await klarna.extend(ask),
  ]) {
    t.equal(inShort(result), 'not_sent misconfigured')
  }
})

t.test('a good cart opens a session whose token is for the widget on our own page', async (t) => {
  const { klarna, order } = await openShop(t, { frontEnd: 'payments' })
  const input = order([goods(6_000)])
  const started = success(await klarna.start(input))
  t.equal(started.url, input.urls.checkout)
  t.equal(started.widget?.kind, 'client_token')
  t.ok(started.widget?.value)
  t.equal(JSON.parse(started.request ?? '').order_amount, 6_000)
  t.equal(klarna.placedBy, 'shop')
})

t.test('lines that do not add up are not sent', async (t) => {
  const wrong = { ...goods(6_000), total: 5_999 }
  await refusedTwice(t, [wrong], forced({}, { order_amount: 6_001 }), 'order_amount')
})

t.test('tax may be off by one øre', async (t) => {
  const { klarna, order } = await openShop(t)
  for (const tax of [1_199, 1_200, 1_201]) {
    t.equal(inShort(await klarna.start(order([{ ...goods(6_000), tax }]))), 'ok')
  }
})

t.test('tax may not be off by two', async (t) =>
  refusedTwice(
    t,
    [{ ...goods(6_000), tax: 1_202 }],
    forced({ total_tax_amount: 1_202 }, { order_tax_amount: 1_202 }),
    'order_lines[0].total_tax_amount',
  ),
)

t.test('a rate of 25 is a quarter of a percent, and does not fit its tax', async (t) =>
  refusedTwice(t, [{ ...goods(6_000), taxRate: 25 }], forced({ tax_rate: 25 }), 'order_lines[0].total_tax_amount'),
)

t.test('a discount is a negative line with negative tax', async (t) => {
  const { klarna, order, simulator } = await openShop(t)
  const off = { ...goods(-1_000), kind: 'discount' as const, reference: 'autumn', name: 'Discount' }
  t.equal(off.tax, -200)
  const { sessionId } = success(await klarna.start(order([goods(6_000), off])))
  t.equal(simulator.approve(sessionId).status, 'COMPLETED')
  t.equal(simulator.orders()[0]?.order_amount, 5_000)
})

t.test('what is no whole number of øre is not sent', async (t) => {
  const { klarna, order, move, simulator } = await openShop(t)
  for (const amount of [0.5, 2 ** 53, Number.NaN, -1]) {
    const line = { ...goods(100), unitPrice: amount, total: amount }
    t.equal(inShort(await klarna.start(order([line]))), 'declined invalid_request')
    t.equal(inShort(await klarna.capture(move('capture', UNKNOWN_ID, amount))), 'declined invalid_request')
  }
  t.strictSame(simulator.journal(), [])
})

t.test('a thousand and one lines, or more than a megabyte, are refused', async (t) => {
  const { klarna, order, raw } = await openShop(t)
  const tooMany = Array.from({ length: 1_001 }, () => goods(100))
  t.equal(inShort(await klarna.start(order(tooMany))), 'declined invalid_request')
  const body = forced({}, { order_lines: Array(1_001).fill(forced().order_lines[0]), order_amount: 6_006_000 })
  t.equal((await raw('POST', '/payments/v1/sessions', body)).status, 400)
  // A quotation mark takes two bytes.
  const wordy = { ...goods(100), name: '"'.repeat(255), reference: '"'.repeat(255) }
  const large = await klarna.start(order(Array.from({ length: 1_000 }, () => wordy)))
  t.ok(large.kind === 'declined' && large.reason === 'invalid_request' && large.error.httpStatus === 413)
})

t.test(
  'Klarna refuses another currency, another language or no country of its own, and Kustom takes the world',
  async (t) => {
    const { raw } = await openShop(t)
    const urls = { terms: 'http://x', checkout: 'http://x', confirmation: 'http://x', push: 'http://x' }
    for (const [country, currency, locale, field] of [
      ['SE', 'SEK', 'sv-SE', null],
      ['DE', 'EUR', 'en-DE', null],
      ['SE', 'SEK', 'nb-SE', 'locale'],
      ['DE', 'EUR', 'en-NO', 'locale'],
      ['SE', 'EUR', 'sv-SE', 'purchase_currency'],
      ['NO', 'EUR', 'nb-NO', 'purchase_currency'],
      ['SJ', 'NOK', 'nb-SJ', 'purchase_country'],
      ['ZZ', 'EUR', 'en-ZZ', 'purchase_country'],
    ] as const) {
      const cart = forced({}, { purchase_country: country, purchase_currency: currency, locale })
      const { status, body } = await raw('POST', '/payments/v1/sessions', cart)
      t.equal(status, field === null ? 200 : 400, `${country} ${currency} ${locale}`)
      if (field !== null) t.strictSame(body.error_messages, [`Bad value: ${field}`])
      t.equal((await raw('POST', '/checkout/v3/orders', { ...cart, merchant_urls: urls })).status, 201)
    }
  },
)

for (const frontEnd of ['hosted-page', 'payments', 'kustom'] as const)
  t.test(`whatever the table lets through, the API behind ${frontEnd} takes`, async (t) => {
    const { klarna, order, simulator } = await openShop(t, { frontEnd })
    for (const country of ['NO', 'SE', 'DK', 'DE', 'FR', 'GB', 'FI', 'SJ', 'US', 'AX', 'CH', 'PL'])
      for (const currency of ['NOK', 'EUR', 'SEK', 'DKK', 'GBP', 'CHF', 'PLN'])
        for (const language of ['nb', 'en']) {
          const input = order([goods(6_000)])
          const asked = simulator.journal().length
          const purchase = { country, language, total: { amount: 6_000, currency } }
          const urls = { ...input.urls, checkout: 'https://shop.example/pay', terms: 'https://shop.example/terms' }
          const result = await klarna.start({ ...input, ...purchase, urls })
          const told = whyNotTaken(klarna.name as ProviderName, { country, currency, amount: 6_000 })
          t.equal(result.kind, told === null ? 'ok' : 'declined', `${country} ${currency} ${language}`)
          if (told !== null) t.equal(simulator.journal().length, asked)
        }
  })

/** A Klarna Payments session that its customer has approved, ready to be placed. */
async function approved(shop: Shop, verdict?: 'ACCEPTED' | 'PENDING' | 'REJECTED') {
  const { klarna, order, intent, simulator } = shop
  const { sessionId, request = '' } = success(await klarna.start(order([goods(10_000)])))
  const approvalToken = simulator.authorize(sessionId, verdict).authorization_token
  return { sessionId, input: { intent: intent('authorise', 10_000), approvalToken, request } }
}
const openPayments = (t: Test, options = {}) => openShop(t, { frontEnd: 'payments', ...options })

t.test('an accepted customer gives an order', async (t) => {
  const shop = await openPayments(t)
  const { paymentId } = success(await shop.klarna.authorise((await approved(shop)).input))
  const { authorised, orderNumber, review } = success(await shop.klarna.read(paymentId))
  t.strictSame([authorised, orderNumber, review], [10_000, 'V-1001', 'accepted'])
})

t.test('a customer whom Klarna still looks at gives an order that waits', async (t) => {
  const shop = await openPayments(t)
  const result = await shop.klarna.authorise((await approved(shop, 'PENDING')).input)
  assert.ok(result.kind === 'pending' && result.reason === 'fraud_review')
  t.equal(result.paymentId, shop.simulator.orders()[0]?.order_id)
})

t.test('a rejected customer gives none', async (t) => {
  const shop = await openPayments(t)
  const { input } = await approved(shop, 'REJECTED')
  t.equal(inShort(await shop.klarna.authorise(input)), 'declined risk_rejected')
  t.strictSame(shop.simulator.orders(), [])
})

t.test('an approval lasts an hour', async (t) => {
  const shop = await openPayments(t)
  const { input } = await approved(shop)
  shop.advance(61 * 60_000)
  t.equal(inShort(await shop.klarna.authorise(input)), 'declined authorisation_expired')
})

t.test('another cart than the approved one is declined', async (t) => {
  const shop = await openPayments(t)
  const { input } = await approved(shop)
  const request = success(await shop.klarna.start(shop.order([goods(9_000)]))).request ?? ''
  t.equal(inShort(await shop.klarna.authorise({ ...input, request })), 'declined invalid_request')
  t.strictSame(shop.simulator.orders(), [])
})

t.test('an order whose answer was lost comes out by sending the same bytes again', async (t) => {
  const shop = await openPayments(t)
  const { input } = await approved(shop)
  shop.simulator.faults.add({ match: { path: '/authorizations/' }, phase: 'after', action: { type: 'hang' } })
  const placed = () => shop.simulator.orders().length === 1
  const unanswered = await giveUp((signal) => shop.klarna.authorise({ ...input, signal }), placed)
  t.equal(inShort(unanswered), 'unknown timeout')
  const { paymentId } = success(await shop.klarna.authorise(input))
  t.strictSame(
    shop.simulator.orders().map(({ order_id }) => order_id),
    [paymentId],
  )
})

t.test('other bytes on an approval that became an order are a conflict and never a second order', async (t) => {
  const shop = await openPayments(t)
  const { input } = await approved(shop)
  success(await shop.klarna.authorise(input))
  const other = JSON.stringify({ ...JSON.parse(input.request), merchant_reference1: 'V-1002' })
  t.equal(inShort(await shop.klarna.authorise({ ...input, request: other })), 'unknown conflict')
  const doubted = { ...input, intent: { ...input.intent, earlierUnknown: true }, request: 'broken' }
  t.not((await shop.klarna.authorise(doubted)).kind, 'declined')
  t.equal(shop.simulator.orders().length, 1)
})

t.test('Klarna repeats its refusal, so the approval is given back and another is asked for', async (t) => {
  const shop = await openPayments(t)
  const { sessionId, input } = await approved(shop)
  const wrong = input.request.replace('"order_amount":10000', '"order_amount":10001')
  t.equal(inShort(await shop.klarna.authorise({ ...input, request: wrong })), 'declined invalid_request')
  t.equal(inShort(await shop.klarna.authorise(input)), 'declined invalid_request')
  t.equal(inShort(await shop.klarna.closeSession(sessionId)), 'ok')
  const deleted = shop.simulator.journal().find(({ method }) => method === 'DELETE')
  t.strictSame([deleted?.path, deleted?.status], [`/payments/v1/authorizations/${input.approvalToken}`, 204])
  const approvalToken = shop.simulator.authorize(sessionId).authorization_token
  t.equal(inShort(await shop.klarna.authorise({ ...input, approvalToken })), 'ok')
})

t.test('the browser and the callback at once place one order', async (t) => {
  const shop = await openPayments(t)
  const { input, sessionId } = await approved(shop)
  const results = await Promise.all([shop.klarna.authorise(input), shop.klarna.authorise(input)])
  const ids = new Set(results.map((result) => success(result).paymentId))
  t.strictSame(
    [...ids],
    shop.simulator.orders().map(({ order_id }) => order_id),
  )
  t.equal(inShort(await shop.klarna.closeSession(sessionId)), 'declined already_paid')
  // Klarna may also say that the approval was used: that is no refusal of the customer.
  const used = { type: 'status', status: 403, code: 'INVALID_OPERATION' } as const
  shop.simulator.faults.add({ match: { path: '/authorizations/' }, phase: 'before', action: used })
  t.equal(inShort(await shop.klarna.authorise(input)), 'declined already_paid')
})

t.test('an approval that is told three times is one order', async (t) => {
  const { calls, url: notification } = await startCallbackServer(t, ({ length }) => (length < 3 ? 500 : 200))
  const shop = await openPayments(t, { notification })
  const { input, sessionId } = await approved(shop)
  await until(() => calls.length === 3)
  for (const call of calls.slice(0, 3)) {
    const hint = shop.klarna.parseNotification(call)
    t.strictSame(hint, { sessionId, approvalToken: input.approvalToken })
    success(await shop.klarna.authorise({ ...input, approvalToken: hint?.approvalToken ?? '' }))
  }
  t.equal(shop.simulator.orders().length, 1)
  const session = success(await shop.klarna.readSession(sessionId))
  t.strictSame(session, { state: 'waiting', approvalToken: input.approvalToken, placed: true })
})

t.test(
  'an order that Klarna placed is found by its page, though the customer never came back and no push did',
  async (t) => {
    const { calls, url: notification } = await startCallbackServer(t, () => 200)
    const { klarna, order, simulator } = await openShop(t, { notification })
    simulator.faults.add({ match: {}, phase: 'before', action: { type: 'drop_push' }, times: 100 })
    const { sessionId } = success(await klarna.start(order([goods(100)])))
    const paymentId = simulator.approve(sessionId).order_id
    t.strictSame(success(await klarna.readSession(sessionId)), { state: 'completed', paymentId })
    await until(() => simulator.faults.struck() >= 2)
    t.strictSame(calls, [])
  },
)
