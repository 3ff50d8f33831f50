import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { wrongCartField } from '../cart-check.ts'
import { startKlarnaSimulator } from '../simulator.ts'
import { goods, openShop, type Shop, success } from './shop.ts'

/** A request to the simulator that bypasses the adapter. */
async function post({ simulator }: Shop, path: string, body: object | null, headers: Record<string, string> = {}) {
  const authorization = `Basic ${Buffer.from('shop:secret-of-the-shop').toString('base64')}`
  const response = await fetch(`${simulator.url}${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
    redirect: 'manual',
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

t.test('a capture that is doubled for want of a key is caught', async (t) => {
  const shop = await openShop(t)
  const path = `/ordermanagement/v1/orders/${await shop.paid(10_000)}/captures`
  const body = { captured_amount: 1_000, reference: 'one-and-the-same' }
  t.equal((await post(shop, path, body)).status, 201)
  t.strictSame(shop.simulator.violations(), [`POST ${path} came without an idempotency key.`])
  t.equal((await post(shop, path, body, { 'Klarna-Idempotency-Key': 'another' })).status, 201)
  t.match(shop.simulator.violations()[1] ?? '', /no intent is captured twice/)
  t.equal(shop.simulator.orders()[0]?.captured_amount, 2_000)
})

t.test('a key is remembered for a day, whatever comes with it', async (t) => {
  const shop = await openShop(t)
  const path = `/ordermanagement/v1/orders/${await shop.paid(10_000)}/captures`
  const key = { 'Klarna-Idempotency-Key': 'k' }
  const first = await post(shop, path, { captured_amount: 1_000 }, key)
  shop.advance(86_400_000)
  const second = await post(shop, path, { captured_amount: 9_000 }, key)
  t.equal(second.headers.get('capture-id'), first.headers.get('capture-id'))
  shop.advance(1)
  const third = await post(shop, path, { captured_amount: 1_000 }, key)
  t.not(third.headers.get('capture-id'), first.headers.get('capture-id'))
  t.equal(shop.simulator.orders()[0]?.captured_amount, 2_000)
})

t.test('refusals are replayed or not, as the simulator was told', async (t) => {
  for (const replayErrors of [true, false]) {
    const shop = await openShop(t, { idempotency: { replayErrors } })
    const path = `/ordermanagement/v1/orders/${await shop.paid(10_000)}/captures`
    const key = { 'Klarna-Idempotency-Key': 'k' }
    t.equal((await post(shop, path, { captured_amount: 10_001 }, key)).status, 403)
    t.equal((await post(shop, path, { captured_amount: 10_000 }, key)).status, replayErrors ? 403 : 201)
  }
})

t.test('a payment session is checked as Klarna checks it', async (t) => {
  const line = { type: 'physical', name: 'Mug', quantity: 1, unit_price: 6_000, total_amount: 6_000, tax_rate: 2_500 }
  const session = (tax: number, change: object = {}) => ({
    purchase_country: 'NO',
    purchase_currency: 'NOK',
    order_amount: 6_000,
    order_tax_amount: tax,
    order_lines: [{ ...line, total_tax_amount: tax, ...change }],
  })
  t.equal(wrongCartField(session(1_200)), null)
  t.equal(wrongCartField(session(1_201)), null)
  t.equal(wrongCartField(session(1_202)), 'order_lines[0].total_tax_amount')
  t.equal(wrongCartField(session(1_200, { tax_rate: 25 })), 'order_lines[0].total_tax_amount')
  t.equal(wrongCartField({ ...session(1_200), order_amount: 6_001 }), 'order_amount')
  t.equal(wrongCartField({ ...session(1_200), order_tax_amount: 1_205 }), 'order_tax_amount')
  t.equal(wrongCartField({ purchase_country: 'NO' }), 'purchase_currency')
})

t.test('a customer pays on the page and is sent back to the shop', async (t) => {
  const shop = await openShop(t)
  const name = `<script>alert("1")</script> & 'co'`
  const input = shop.order([{ ...goods(129_900), name }])
  const { url, sessionId } = success(await shop.klarna.start(input))
  const response = await fetch(url)
  const page = await response.text()
  t.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/)
  t.match(page, /<html lang="nb">/)
  t.match(page, /&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt; &amp; &#39;co&#39;/)
  t.notMatch(page, /<script/)
  t.match(page, /1\s299,00/)
  t.match(page, /V-1001/)

  const approved = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ choice: 'approve' }),
    redirect: 'manual',
  })
  t.strictSame([approved.status, approved.headers.get('location')], [303, input.urls.success])
  t.equal(success(await shop.klarna.readSession(sessionId)).state, 'completed')
  const again = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ choice: 'decline' }),
    redirect: 'manual',
  })
  t.strictSame([again.status, (await again.text()).includes('<button')], [200, false])
})

t.test('leaving the page or being declined leads back to the cart, and an unknown page says so', async (t) => {
  const shop = await openShop(t)
  for (const [choice, state] of [
    ['close', 'abandoned'],
    ['decline', 'declined'],
  ] as const) {
    const input = shop.order([goods(100)])
    const { url, sessionId } = success(await shop.klarna.start(input))
    const left = await fetch(url, { method: 'POST', body: new URLSearchParams({ choice }), redirect: 'manual' })
    t.equal(left.headers.get('location'), input.urls.cancel)
    t.equal(success(await shop.klarna.readSession(sessionId)).state, state)
  }
  t.equal((await fetch(`${shop.simulator.url}/pay/nothing`)).status, 404)
})

t.test('a page whose return address is no web address is not opened', async (t) => {
  const shop = await openShop(t)
  const input = shop.order([goods(100)])
  const urls = { ...input.urls, success: 'javascript:alert(1)' }
  t.equal((await shop.klarna.start({ ...input, urls })).kind, 'declined')
})

t.test('another process can set faults, choose for the customer, and read the books', async (t) => {
  const shop = await openShop(t)
  const rule = { match: { method: 'GET', path: '^/hpp/' }, phase: 'before', action: { type: 'status', status: 503 } }
  t.equal((await post(shop, '/__sim/faults', rule)).status, 204)
  t.equal((await post(shop, '/__sim/faults', { ...rule, action: { type: 'magic' } })).status, 400)
  t.equal((await post(shop, '/__sim/faults', { ...rule, match: { path: '(' } })).status, 400)
  const { sessionId } = success(await shop.klarna.start(shop.order([goods(100)])))
  t.equal((await shop.klarna.readSession(sessionId)).kind, 'unknown')
  t.equal((await post(shop, `/__sim/sessions/${sessionId}/approve`, null)).status, 200)
  t.equal((await post(shop, `/__sim/sessions/${sessionId}/approve`, null)).status, 409)
  t.equal(success(await shop.klarna.readSession(sessionId)).state, 'completed')
  for (const [subject, length] of [
    ['orders', 1],
    ['violations', 0],
    ['journal', 4],
  ] as const) {
    const response = await fetch(`${shop.simulator.url}/__sim/${subject}`)
    t.equal(((await response.json()) as unknown[]).length, length)
  }
})

t.test('the journal keeps no more than its limit', async (t) => {
  const shop = await openShop(t, { journalLimit: 3 })
  await shop.paid(100)
  await shop.paid(100)
  t.equal(shop.simulator.journal().length, 3)
})

t.test('who took the simulator for the live Klarna is told so', async (t) => {
  const { simulator } = await openShop(t)
  const asked = request(`${simulator.url}/__sim/orders`, { headers: { host: 'api.klarna.com' } }).end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  response.resume()
  t.equal(response.statusCode, 421)
})

t.test('the simulator does not stand in for the live Klarna', async (t) => {
  const options = { username: 'shop', password: 'klarna_live_api_x', now: () => Temporal.Now.instant() }
  await t.rejects(startKlarnaSimulator(options), /live Klarna/)

  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const env = { KLARNA_USERNAME: 'shop', KLARNA_PASSWORD: 'secret', KLARNA_BASE_URL: 'https://api.klarna.com:443/' }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const [text, code] = await Promise.all([
    child.stderr.toArray().then((chunks) => chunks.join('')),
    new Promise((resolve) => child.once('exit', resolve)),
  ])
  t.equal(code, 1)
  t.match(text, /KLARNA_BASE_URL names the live Klarna/)
})

t.test('as a process it listens, and ends when it is told to', async (t) => {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const env = { KLARNA_USERNAME: 'shop', KLARNA_PASSWORD: 'secret', KLARNA_BASE_URL: 'http://klarna:8080' }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))))
  const response = await fetch(`${/http:\S+/.exec(line)?.[0]}/__sim/orders`)
  t.strictSame(await response.json(), [])
  child.kill('SIGTERM')
  t.equal(await ended, 0)
})
