import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { isLiveKlarnaHost, isLiveKlarnaKey } from '../../klarna/hosts.ts'
import { createKlarna, type KlarnaOptions } from '../../klarna/klarna.ts'
import type { Intent, StartInput } from '../../port.ts'

const NOW = Temporal.Instant.from('2026-11-22T09:30:00Z')
const ID = '9cbc9884-1fdb-45a8-9694-9340340d0436'
const PASSWORD = 'plain-secret-of-the-shop'
const intent: Intent = { intentId: ID, attempt: 1, idempotencyKey: 'k', firstSentAt: NOW }
const order: StartInput = {
  intent,
  orderId: ID,
  orderNumber: 'V-1',
  total: { amount: 100, currency: 'NOK' },
  tax: 20,
  lines: [
    {
      kind: 'physical',
      reference: 'mug',
      name: 'Mug',
      quantity: 1,
      unitPrice: 100,
      discount: 0,
      total: 100,
      taxRate: 2_500,
      tax: 20,
    },
  ],
  country: 'NO',
  language: 'nb',
  urls: {
    success: 'https://shop.example/thanks',
    cancel: 'https://shop.example/cart',
    notification: 'https://shop.example/klarna?secret=abc',
    checkout: 'https://shop.example/checkout',
    terms: 'https://shop.example/terms',
  },
  customer: { email: 'kunde@example.com' },
}

type Asked = { url: string; headers: IncomingHttpHeaders; body: string }
type Answer = { status: number; headers?: Record<string, string>; body?: unknown }

/** An adapter whose Klarna answers as it is told, one after the other, and what it was asked. */
async function answering(t: Test, frontEnd: KlarnaOptions['frontEnd'], answers: Answer[], path = '') {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers, body: (await request.toArray()).join('') })
    const { status, headers, body } = answers.shift() ?? { status: 500 }
    response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const credentials = { username: 'shop', password: PASSWORD, now: () => NOW }
  const klarna = createKlarna({ baseUrl: `${url}${path}`, frontEnd, ...credentials })
  t.teardown(async () => {
    await klarna.close()
    server.close()
  })
  return { klarna, asked, url }
}

const created = (location: string): Answer => ({
  status: 201,
  headers: { location },
  body: { order_id: ID, html_snippet: '<div></div>' },
})

t.test('a checkout order is asked for where its Location says, whatever that looks like', async (t) => {
  const incomplete = { status: 200, body: { status: 'checkout_incomplete', order_id: ID } }
  const answers = [created('/root/checkout/v3/stored/x-1?region=eu'), incomplete, { status: 200 }]
  const { klarna, asked } = await answering(t, 'kustom', answers, '/root')
  const started = await klarna.start(order)
  assert.ok(started.kind === 'ok')
  assert.equal((await klarna.readSession(started.value.sessionId)).kind, 'ok')
  t.equal((await klarna.closeSession(started.value.sessionId)).kind, 'ok')
  t.strictSame(
    asked.map(({ url }) => url),
    [
      '/root/checkout/v3/orders',
      '/root/checkout/v3/stored/x-1?region=eu',
      '/root/checkout/v3/stored/x-1/abort?region=eu',
    ],
  )
})

t.test('a Location on another host, or none, is not taken: our credentials stay at home', async (t) => {
  for (const location of [
    'https://evil.example/root/checkout/v3/orders/1',
    '//evil.example/1',
    '/elsewhere',
    'http://[',
  ]) {
    const { klarna } = await answering(t, 'kustom', [created(location)], '/root')
    t.equal((await klarna.start(order)).kind, 'unknown', location)
  }
  const { klarna, asked } = await answering(t, 'kustom', [])
  for (const sessionId of ['@evil.example/', 'https://evil.example', '']) {
    t.equal((await klarna.readSession(sessionId)).kind, 'declined')
    t.equal((await klarna.closeSession(sessionId)).kind, 'declined')
  }
  t.strictSame(asked, [])
})

t.test('the status of a checkout order is read in upper case, too', async (t) => {
  const complete = { status: 200, body: { status: 'CHECKOUT_COMPLETE', order_id: ID } }
  const { klarna } = await answering(t, 'kustom', [complete, { status: 200, body: { status: 'new' } }])
  const session = await klarna.readSession('/checkout/v3/orders/1')
  t.ok(session.kind === 'ok' && session.value.state === 'completed')
  t.equal((await klarna.readSession('/checkout/v3/orders/1')).kind, 'unknown')
})

t.test('an order is placed with the very bytes that were stored', async (t) => {
  const { klarna, asked } = await answering(t, 'payments', [{ status: 200, body: { order_id: ID } }])
  const request = '{ "order_amount" : 100,\n"a":"æ" }'
  const placed = await klarna.authorise({ intent, approvalToken: 'a/b', request })
  t.ok(placed.kind === 'ok' && placed.value.paymentId === ID)
  t.strictSame([asked[0]?.url, asked[0]?.body], ['/payments/v1/authorizations/a%2Fb/order', request])
})

t.test('what was placed without an id, or with a broken answer, may have been placed', async (t) => {
  for (const body of [{}, { order_id: 7 }, 'text']) {
    const { klarna } = await answering(t, 'payments', [{ status: 200, body }])
    t.equal((await klarna.authorise({ intent, approvalToken: 'a', request: '{}' })).kind, 'unknown')
  }
})

t.test('a session of the widget is placed under a name that it does not tell, and over when its time is', async (t) => {
  const table: [object, unknown][] = [
    [{ status: 'incomplete' }, { state: 'waiting', placed: false }],
    [
      { status: 'incomplete', authorization_token: 'a' },
      { state: 'waiting', approvalToken: 'a', placed: false },
    ],
    [
      { status: 'incomplete', expires_at: NOW.toString() },
      { state: 'expired', placed: false },
    ],
    [
      { status: 'complete', authorization_token: 'a' },
      { state: 'waiting', approvalToken: 'a', placed: true },
    ],
    [{ status: 'complete' }, { state: 'waiting', placed: true }],
    [{}, 'unknown'],
  ]
  for (const [body, expected] of table) {
    const { klarna } = await answering(t, 'payments', [{ status: 200, body }])
    const result = await klarna.readSession(ID)
    t.strictSame(result.kind === 'ok' ? result.value : result.kind, expected, JSON.stringify(body))
  }
})

t.test('a front end says what it does not do', async (t) => {
  const { klarna } = await answering(t, 'hosted-page', [])
  const input = { intent, approvalToken: 'a', request: '{}' }
  const result = await klarna.authorise(input)
  t.ok(result.kind === 'declined' && result.reason === 'not_supported')
  t.equal(klarna.placedBy, 'provider')
})

t.test('no key of ours or of anybody is told on, even when Klarna quotes it', async (t) => {
  const token = Buffer.from(`shop:${PASSWORD}`).toString('base64')
  const quoting = [`Unknown credentials ${PASSWORD}.`, `Basic ${token}`, 'klarna_live_api_b3RoZXI= kco_live_api_x']
  const body = { error_code: 'BAD_VALUE', error_messages: quoting, correlation_id: PASSWORD }
  const { klarna } = await answering(t, 'payments', [{ status: 400, body }])
  const result = await klarna.start(order)
  t.ok(result.kind === 'declined' && result.error.messages.length === 3)
  const text = JSON.stringify(result)
  for (const secret of [PASSWORD, token, 'b3RoZXI', 'kco_live']) t.ok(!text.includes(secret), secret)
})

t.test('the name of a carrier is cut to Klarna’s size, so that no money waits for it', async (t) => {
  const { klarna, asked } = await answering(t, 'hosted-page', [{ status: 201, headers: { 'capture-id': ID } }])
  const { total: amount, lines } = order
  const shipment = { carrier: 'x'.repeat(200) }
  await klarna.capture({ paymentId: ID, intent, amount, lines, shipment })
  const { shipping_info } = JSON.parse(asked[0]?.body ?? '')
  t.equal(shipping_info[0].shipping_company.length, 100)
})

t.test('an extension that went through but cannot be read is unknown', async (t) => {
  const { klarna } = await answering(t, 'hosted-page', [{ status: 204 }, { status: 401 }])
  t.equal((await klarna.extend({ paymentId: ID, intent })).kind, 'unknown')
})

t.test('a callback of the widget names the approval, when it looks like one', async (t) => {
  const { parseNotification } = createKlarna({
    baseUrl: 'http://127.0.0.1:1',
    username: 'u',
    password: 'p',
    now: () => NOW,
  })
  const told = (body: unknown) =>
    parseNotification({ url: 'https://shop.example/klarna', headers: {}, body: JSON.stringify(body) })
  t.strictSame(told({ session_id: ID, authorization_token: ID }), { sessionId: ID, approvalToken: ID })
  t.strictSame(told({ session_id: ID, authorization_token: '../x' }), { sessionId: ID })
  t.equal(told({ authorization_token: ID }), null)
})

t.test('Kustom’s live host and keys are live ones', async (t) => {
  t.ok(isLiveKlarnaHost('api.kustom.co') && !isLiveKlarnaHost('api.playground.kustom.co'))
  t.ok(isLiveKlarnaKey('kco_live_api_x') && !isLiveKlarnaKey('kco_test_api_x'))
})
