import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { brokenInvariants } from '../invariants.ts'
import type { Payment } from '../payment.ts'
import { startVippsSimulator } from '../simulator.ts'
import { CREDENTIALS, inShort, openShop, success } from './shop.ts'

const post = (url: string, body?: object) =>
  fetch(url, { method: 'POST', body: body === undefined ? null : JSON.stringify(body) })

t.test('the control API does what a test in this process can', async (t) => {
  const { simulator, vipps, order, move } = await openShop(t)
  const at = `${simulator.url}/__sim`
  const { sessionId } = success(await vipps.start(order(10_000)))
  t.equal((await post(`${at}/payments/${sessionId}/approve`)).status, 200)
  t.equal((await post(`${at}/payments/${sessionId}/approve`)).status, 409)
  t.equal((await post(`${at}/payments/${sessionId}/bless`)).status, 404)
  for (const choice of ['abort', 'expire']) {
    const other = success(await vipps.start(order(10_000))).sessionId
    t.equal((await post(`${at}/payments/${other}/${choice}`)).status, 200)
  }

  const rule = { match: { path: '/capture$' }, phase: 'after', action: { type: 'status', status: 500 } }
  t.equal((await post(`${at}/faults`, rule)).status, 204)
  t.equal(inShort(await vipps.capture(move('capture', sessionId, 1_000))), 'unknown server_error')
  t.equal(simulator.faults.struck(), 1)
  t.equal((await post(`${at}/faults`, { ...rule, action: { type: 'flood' } })).status, 400)
  t.equal((await post(`${at}/faults`, { ...rule, phase: 'between' })).status, 400)
  await post(`${at}/faults`, rule)
  t.equal((await fetch(`${at}/faults`, { method: 'DELETE' })).status, 204)
  success(await vipps.capture(move('capture', sessionId, 1_000)))

  const journal = (await (await fetch(`${at}/journal`)).json()) as { path: string; fault: string | null }[]
  t.strictSame(
    journal.filter(({ path }) => path.endsWith('/capture')).map(({ fault }) => fault),
    ['after: status', null],
  )
  const payments = (await (await fetch(`${at}/payments`)).json()) as Payment[]
  t.strictSame(
    payments.map(({ state }) => state),
    ['AUTHORIZED', 'ABORTED', 'EXPIRED'],
  )
  t.strictSame(await (await fetch(`${at}/violations`)).json(), [])
  t.equal((await fetch(`${at}/nothing`)).status, 404)
})

t.test('the clock of the control API lets reservations run out', async (t) => {
  const { simulator, vipps, paid } = await openShop(t)
  const paymentId = await paid(10_000)
  const moved = await post(`${simulator.url}/__sim/clock`, { advanceMs: 180 * 86_400_000 })
  t.strictSame(await moved.json(), { now: simulator.now().toString() })
  t.equal((await post(`${simulator.url}/__sim/clock`, { advanceMs: -1 })).status, 400)
  // The token has run out as well, which the adapter could not foresee.
  t.equal(inShort(await vipps.read(paymentId)), 'not_sent throttled')
  t.equal(success(await vipps.read(paymentId)).capturable, 0)
})

t.test('a request that changes something needs a key of at most 50 characters', async (t) => {
  const { simulator } = await openShop(t)
  const identity = {
    'ocp-apim-subscription-key': CREDENTIALS.subscriptionKey,
    'merchant-serial-number': CREDENTIALS.merchantSerialNumber,
  }
  const token = await fetch(`${simulator.url}/accesstoken/get`, {
    method: 'POST',
    headers: { ...identity, client_id: CREDENTIALS.clientId, client_secret: CREDENTIALS.clientSecret },
  })
  const { access_token } = (await token.json()) as { access_token: string }
  const ask = (headers: Record<string, string>) =>
    fetch(`${simulator.url}/epayment/v1/payments`, {
      method: 'POST',
      headers: { ...identity, authorization: `Bearer ${access_token}`, ...headers },
      body: '{}',
    })
  t.equal((await ask({})).status, 400)
  t.equal((await ask({ 'idempotency-key': 'x'.repeat(51) })).status, 400)
  t.equal(simulator.violations().length, 1)
  t.equal((await ask({ authorization: 'Bearer guessed' })).status, 401)
  t.equal((await ask({ 'merchant-serial-number': '654321' })).status, 401)
})

t.test('books that do not add up are noticed', async (t) => {
  const amount = { value: 1_000, currency: 'NOK' }
  const captured = {
    reference: 'r',
    pspReference: 'p',
    name: 'CAPTURED',
    amount,
    timestamp: '',
    success: true,
  } as const
  const sound: Payment = {
    reference: 'reference',
    pspReference: 'p',
    token: 't',
    state: 'AUTHORIZED',
    amount: { value: 2_000, currency: 'NOK' },
    sums: { authorised: 2_000, captured: 2_000, refunded: 0, cancelled: 0 },
    description: '',
    returnUrl: 'https://shop.example',
    metadata: null,
    createdAt: '2026-11-22T09:30:00Z',
    authorisedAt: '2026-11-22T09:30:00Z',
    events: [
      { ...captured, idempotencyKey: 'first' },
      { ...captured, idempotencyKey: 'second' },
    ],
  }
  t.strictSame(brokenInvariants(sound, 'AUTHORIZED'), [])
  const broken: [Partial<Payment>, RegExp][] = [
    [{ sums: { ...sound.sums, captured: 3_000 } }, /no more is captured than authorised/],
    [{ sums: { ...sound.sums, captured: 1_000 } }, /its captures add up/],
    [{ sums: { ...sound.sums, refunded: 2_500 } }, /no more is refunded than captured/],
    [{ sums: { ...sound.sums, cancelled: 1 } }, /no more is captured and let go/],
    [{ events: sound.events.map((event) => ({ ...event, idempotencyKey: 'one' })) }, /no key moves money twice/],
    [{ state: 'TERMINATED' }, /a final state stays/],
  ]
  for (const [change, rule] of broken) {
    t.match(brokenInvariants({ ...sound, ...change }, 'AUTHORIZED').join('\n'), rule)
  }
})

t.test('it does not stand in for the live Vipps', async (t) => {
  const now = () => Temporal.Instant.from('2026-11-22T09:30:00Z')
  await t.rejects(startVippsSimulator({ ...CREDENTIALS, now, publicUrl: 'https://api.vipps.no' }), /live Vipps/)
  const { simulator } = await openShop(t)
  const { hostname, port } = new URL(simulator.url)
  const { request } = await import('node:http')
  const asked = request({ hostname, port, path: '/epayment/v1/payments', headers: { host: 'api.vipps.no' } }).end()
  const [response] = await once(asked, 'response')
  t.equal(response.statusCode, 421)
  response.resume()
})

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const environment = {
  PATH: process.env.PATH,
  VIPPS_CLIENT_ID: 'shop',
  VIPPS_CLIENT_SECRET: 'secret',
  VIPPS_SUBSCRIPTION_KEY: 'key',
  VIPPS_MERCHANT_SERIAL_NUMBER: '123456',
}

t.test('as a process it listens on loopback, and stops when it is told to', async (t) => {
  const process_ = spawn(process.execPath, [main], { env: environment })
  const [line] = await once(process_.stdout, 'data')
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0]
  t.ok(url)
  t.equal((await fetch(`${url}/__sim/payments`)).status, 200)
  process_.kill('SIGTERM')
  t.strictSame(await once(process_, 'exit'), [0, null])
})

t.test('as a process it refuses to start beside the live Vipps or without credentials', async (t) => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ VIPPS_BASE_URL: 'https://api.vipps.no' }, /live Vipps/],
    [{ PORT: 'many' }, /PORT/],
    [{ VIPPS_CLIENT_SECRET: '' }, /VIPPS_CLIENT_SECRET/],
  ]
  for (const [change, sentence] of wrong) {
    const process_ = spawn(process.execPath, [main], { env: { ...environment, ...change } })
    const [[line], [code]] = await Promise.all([once(process_.stderr, 'data'), once(process_, 'exit')])
    t.match(String(line), sentence)
    t.equal(code, 1)
  }
})
