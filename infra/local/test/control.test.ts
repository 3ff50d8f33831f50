import assert from 'node:assert/strict'
import { get } from 'node:http'
import { createMovableClock } from '@vilkar/server/clock.ts'
import { createFaults } from '@vilkar/simulator/faults.ts'
import { startIssuer } from '@vilkar/testing/issuer.ts'
import type { ReceivedMail } from '@vilkar/testing/mailbox.ts'
import fastify from 'fastify'
import t from 'tap'
import { startControl } from '../control.ts'
import type { Happened } from '../events.ts'
import { createFaultSwitches } from '../faults.ts'
import type { WarehouseSetting } from '../warehouse.ts'

const EVIL = `<script>alert("it's me")</script>`
const ESCAPED = '&lt;script&gt;alert(&quot;it&#39;s me&quot;)&lt;/script&gt;'
const ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e6ea'
const cites = [{ clause: '8.1', text: 'You have a right to withdraw.' }]
const ruling = { outcome: 'granted', until: '2026-12-14', reasons: [{ code: 'withdrawal', cites }] }
const order = {
  id: ID,
  number: 'SG-34265-3WB02',
  status: 'delivered',
  placedAt: '2026-11-27T03:59:19.912Z',
  customer: { kind: 'consumer', name: EVIL },
  currency: 'NOK',
  terms: { edition: 'smartgroup/2026-01-15' },
  totals: { total: 179_600 },
  lines: [{ lineId: '1', name: EVIL, quantity: 1, total: 129_900 }],
  payment: { authorised: 179_600, captured: 179_600, refunded: 0 },
}
const answers: Record<string, unknown> = {
  '/orders': { items: [order] },
  [`/orders/${ID}`]: order,
  [`/orders/${ID}/history`]: { items: [{ type: 'OrderPlaced', at: order.placedAt, reasons: [{ cites }] }] },
  '/shipments': { items: [{ id: 's-1', status: 'delivered', dispatched: { carrier: EVIL } }] },
  '/shipments/s-1/risk': { bearer: 'customer', since: '2026-11-29T03:59:19Z', reasons: [] },
  [`/orders/${ID}/eligibility`]: {
    lines: [{ lineId: '1', sku: 'SENSOR-1', withdrawal: ruling, voluntaryReturn: ruling, complaint: ruling }],
  },
}
const mail: ReceivedMail = {
  from: 'post@smartgroup.no',
  to: ['kari@example.com'],
  subject: EVIL,
  date: '2026-11-27T03:59:20.000Z',
  messageId: '<1@smartgroup.no>',
  text: EVIL,
  html: `<p>Hello</p>${EVIL}`,
  attachments: [{ filename: EVIL, text: EVIL, bytes: new TextEncoder().encode('%PDF') }],
  raw: EVIL,
}

/** Stands in for the three services, and answers support only. */
const services = fastify()
services.get('*', async ({ url, headers }, reply) => {
  assert.match(headers.authorization ?? '', /^Bearer ey/)
  const answer = answers[url.split('?')[0]!]
  return answer ?? reply.status(404).send({})
})
const issuer = await startIssuer()
const clock = createMovableClock()
let saved: number | undefined
let setting: WarehouseSetting = { pace: 'off', shortage: 0, rest: 'follows' }
const warehouse = {
  status: () => ({ ...setting, waiting: 2, underWay: 1, sent: 5, leftToPerson: ['s-9'] }),
  set: async (wanted: WarehouseSetting) => {
    setting = wanted
  },
}
const happened: Happened[] = [
  { service: 'orders', seq: 7, type: 'OrderPlaced', at: '2026-11-27T03:59:19.912Z', orderId: ID },
  { service: 'shipping', seq: 2, type: 'ParcelPacked', at: '2026-11-27T04:00:00.000Z' },
]
const events = {
  latest: async () => happened,
  after: async (seen: Record<string, number>) => happened.filter(({ service, seq }) => seq > (seen[service] ?? 0)),
}
const struck = { provider: createFaults(), carriers: createFaults() }
const steps = [{ step: 'placed', text: `Order ${order.number}, for ${EVIL}.` }]
let control: Awaited<ReturnType<typeof startControl>>

t.before(async () => {
  control = await startControl({
    port: 0,
    clock,
    issuer,
    mailbox: { mails: () => [mail], to: (address) => (address === 'kari@example.com' ? [mail] : []) },
    saveOffset: async (ms) => {
      saved = ms
    },
  })
  const url = await services.listen({ host: '127.0.0.1', port: 0 })
  const urls = {
    control: control.url,
    console: url,
    orders: url,
    shipping: url,
    returns: url,
    privacy: url,
    klarna: url,
    carriers: url,
    issuer: issuer.url,
  }
  control.describe({
    urls,
    others: { PostgreSQL: 'postgres://127.0.0.1/postgres' },
    ...{ warehouse, events, faults: createFaultSwitches(struck), story: { steps: () => steps } },
  })
})
t.teardown(() => Promise.all([control.stop(), services.close(), issuer.stop()]))

const browse = (path: string, init: RequestInit = {}) =>
  fetch(control.url + path, {
    redirect: 'manual',
    ...init,
    headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', ...init.headers },
  })
t.test('before the services run, whoever comes is asked to come again', async (t) => {
  const early = await startControl({
    port: 0,
    clock,
    issuer,
    mailbox: { mails: () => [], to: () => [] },
    saveOffset: async () => {},
  })
  t.teardown(() => early.stop())
  for (const path of ['/', '/mails', `/orders/${ID}`])
    for (const accept of ['text/html', 'application/json']) {
      const response = await fetch(early.url + path, { headers: { accept } })
      t.equal(response.status, 503)
      t.equal(response.headers.get('retry-after'), '1')
      t.match(await response.text(), /The services are starting/)
    }
})

const post = (body: string, headers: Record<string, string> = {}) =>
  browse('/clock', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })

t.test('a browser', async (t) => {
  const pages = [
    '/',
    '/events',
    '/mails',
    `/mails/${encodeURIComponent(mail.messageId)}`,
    `/orders/${ID}`,
    '/tokens/support',
  ]
  for (const path of pages)
    t.test(`gets a page from ${path} that runs no script but its own and holds nothing unescaped`, async (t) => {
      const response = await browse(path)
      const text = await response.text()
      t.equal(response.status, 200, text)
      t.match(response.headers.get('content-type')!, /^text\/html/)
      t.match(response.headers.get('content-security-policy')!, /default-src 'none'; style-src 'sha256-/)
      t.notMatch(text, /<script(?! src="\/live\.js" defer><\/script>)/i)
      if (path !== '/') t.notMatch(text, /<script/i)
      t.equal(text.includes(ESCAPED), !['/events', '/tokens/support'].includes(path))
      t.notMatch(text, /undefined|\[object/)
    })

  t.test('finds on the first page what runs, the orders and where each of its parts is', async (t) => {
    const text = await (await browse('/')).text()
    for (const part of ['/docs"', `/orders/${ID}"`, `/orders/${ID}#eligibility"`, `/orders/${ID}#shipments"`])
      t.ok(text.includes(part), part)
    t.match(text, /\/terms\/smartgroup\/2026-01-15\?locale=en&amp;format=html"/)
    t.match(text, new RegExp(`/payments/${ID}"`))
    t.match(text, /action="\/tokens\/warehouse"/)
    t.match(text, /1,796\.00 NOK/)
  })

  t.test('reads the order with rulings and the sentences that they rest on', async (t) => {
    const text = await (await browse(`/orders/${ID}`)).text()
    t.match(text, /granted until 14 December 2026/)
    t.match(text, /clause 8\.1: You have a right to withdraw\./)
    t.match(text, /the customer’s risk since 29 November 2026 at 04:59/)
  })

  t.test('gets the body of a mail for a frame in which nothing runs or loads', async (t) => {
    const response = await browse(`/mails/${encodeURIComponent(mail.messageId)}/body`)
    t.equal(await response.text(), mail.html)
    t.match(response.headers.get('content-security-policy')!, /default-src 'none'.*sandbox$/)
  })

  t.test('moves the clock by a button and is led back', async (t) => {
    const before = clock.now()
    const response = await post('advance=P1D')
    t.equal(response.status, 303)
    t.equal(response.headers.get('location'), '/')
    t.ok(before.until(clock.now()).total('hours') >= 24)
    t.equal(saved, clock.offsetMs())
  })

  t.test('puts the warehouse on by a button, and sees what it does', async (t) => {
    const before = await (await browse('/')).text()
    t.match(before, /It is off: what is to be sent waits for you/)
    const [, form] = /action="\/warehouse">([^/]*)<button>Fast, what is short is left to you/.exec(before)!
    const fields = [...form!.matchAll(/name="(\w+)" value="([^"]+)"/g)].map(([, name, value]) => [name!, value!])
    const response = await browse('/warehouse', {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    t.equal(response.status, 303)
    t.strictSame(setting, { pace: 'fast', shortage: 0.3, rest: 'person' })
    t.match(await (await browse('/')).text(), /It works by itself, fast[\s\S]*5 sent, 1 left to a person/)
  })

  t.test('is told what is wrong with a duration', async (t) => {
    const response = await post('advance=tomorrow')
    t.equal(response.status, 400)
    t.match(await response.text(), /an ISO 8601 duration/)
  })

  t.test('cannot move the clock from the page of another site, nor be led here under another name', async (t) => {
    const before = clock.offsetMs()
    t.equal((await post('advance=P1D', { 'sec-fetch-site': 'cross-site' })).status, 403)
    t.equal(clock.offsetMs(), before)
    // fetch does not let a caller choose the Host.
    const status = await new Promise((resolve, reject) =>
      get(`${control.url}/tokens/support`, { headers: { host: 'shop.example' } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      }).once('error', reject),
    )
    t.equal(status, 403)
  })

  t.test('is told of what is not there', async (t) => {
    for (const path of ['/mails/none', '/orders/none', '/tokens/nobody']) {
      const response = await browse(path)
      t.equal(response.status, 404)
      t.match(response.headers.get('content-type')!, /^text\/html/)
    }
  })
})

t.test('any other client', async (t) => {
  // biome-ignore lint/suspicious/noExplicitAny: JSON is read here as a script would.
  const ask = async (path: string, init?: RequestInit): Promise<any> => (await fetch(control.url + path, init)).json()

  t.test('gets JSON: what runs, the time and the mails', async (t) => {
    const { urls, now, roles, docs } = await ask('/')
    t.equal(urls.control, control.url)
    t.ok(Temporal.Instant.from(now).epochMilliseconds > 0)
    t.ok(roles.includes('warehouse'))
    t.strictSame(docs, Array(4).fill(`${urls.orders}/docs`))
    t.strictSame((await ask('/mails?to=kari@example.com')).items, [
      { ...mail, attachments: [{ filename: EVIL, text: EVIL, base64: Buffer.from('%PDF').toString('base64') }] },
    ])
    t.strictSame((await ask('/mails?to=nobody@example.com')).items, [])
    t.equal((await ask(`/orders/${ID}`)).shipments[0].risk.bearer, 'customer')
  })

  t.test('puts the warehouse on and off, and is told what it may ask for', async (t) => {
    const put = (body: object) =>
      ask('/warehouse', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    t.match(await put({ pace: 'slow' }), { pace: 'slow', shortage: 0, rest: 'follows', sent: 5 })
    for (const wrong of [{}, { pace: 'idle' }, { pace: 'fast', shortage: 2 }, { pace: 'fast', rest: 'never' }])
      t.match((await put(wrong)).detail, /one of off, fast, slow/)
    t.match(await ask('/warehouse'), { pace: 'slow' })
    t.match(await put({ pace: 'off' }), { pace: 'off' })
  })

  t.test('moves the clock and gets tokens as plain text', async (t) => {
    const before = clock.now()
    const moved = await ask('/clock', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance: 'PT1H' }),
    })
    const now = Temporal.Instant.from(moved.now)
    t.ok(before.until(now).total('minutes') > 59 && Temporal.Instant.compare(now, clock.now()) <= 0)
    const token = await fetch(`${control.url}/tokens/storefront`)
    t.match(token.headers.get('content-type')!, /^text\/plain/)
    t.match(await token.text(), /^ey[\w.-]+$/)
  })
})

t.test('events', async (t) => {
  t.test('stand on the front page as a list, and all of them on a page and as JSON', async (t) => {
    const home = await (await browse('/')).text()
    t.match(home, `<a href="/orders/${ID}">OrderPlaced</a>`)
    t.ok(home.indexOf('ParcelPacked') < home.indexOf('OrderPlaced'), 'the newest first')
    t.match(await (await browse('/events')).text(), 'ParcelPacked')
    const { items } = (await (await fetch(`${control.url}/events`)).json()) as { items: unknown[] }
    t.equal(items.length, 2)
  })

  t.test('are told as they happen, each once, escaped', async (t) => {
    const abort = new AbortController()
    const { headers, body } = await fetch(`${control.url}/events/live`, { signal: abort.signal })
    t.match(headers.get('content-type'), 'text/event-stream')
    const reader = body!.pipeThrough(new TextDecoderStream()).getReader()
    happened.push({ service: 'returns', seq: 1, type: EVIL, at: '2026-11-27T05:00:00.000Z' })
    let told = ''
    while (!told.includes('data: ')) told += (await reader.read()).value
    t.match(told, ESCAPED.replaceAll('"', '\\"'))
    t.notMatch(told, 'OrderPlaced')
    abort.abort()
  })
})

t.test('partners go wrong by a switch, and are put right by another', async (t) => {
  const set = (fields: string) =>
    browse('/faults', {
      method: 'POST',
      body: fields,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  t.equal((await set('partner=provider&kind=away')).status, 303)
  t.match(struck.provider.strike('before', 'GET', '/x'), { type: 'status', status: 503 })
  t.equal(struck.carriers.strike('before', 'GET', '/x'), null)
  t.match(await (await browse('/')).text(), /payment provider: <strong>does not answer<\/strong>/)
  await set('partner=provider&kind=calls-lost')
  t.equal(struck.provider.strike('before', 'GET', '/x'), null, 'one at a time')
  t.match(struck.provider.strikePush('/x'), { type: 'drop_push' })
  t.strictSame(await (await fetch(`${control.url}/faults`)).json(), { provider: 'calls-lost' })
  await set('partner=provider&kind=none')
  t.equal(struck.provider.strikePush('/x'), null)
  for (const fields of ['partner=nobody&kind=away', 'partner=provider&kind=odd', ''])
    t.equal((await set(fields)).status, 400, fields)
})

t.test('the front page leads to every place, and to what the story did', async (t) => {
  const home = await (await browse('/')).text()
  for (const path of ['/shop', '/desk', '/warehouse', '/customer/withdraw']) t.match(home, `${path}">`)
  t.match(home, `/desk?q=${order.number}">`)
  const api = await (await browse('/api')).text()
  t.match(api, 'It does not answer just now.')
  t.match(api, 'action="/tokens/support"')
})
