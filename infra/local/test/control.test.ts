import assert from 'node:assert/strict'
import { get } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { createMovableClock } from '@vilkar/server/clock.ts'
import { startIssuer } from '@vilkar/testing/issuer.ts'
import type { ReceivedMail } from '@vilkar/testing/mailbox.ts'
import fastify from 'fastify'
import { startControl } from '../control.ts'

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
  attachments: [{ filename: EVIL, text: EVIL }],
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
let control: Awaited<ReturnType<typeof startControl>>

before(async () => {
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
  const urls = { control: control.url, orders: url, shipping: url, returns: url, klarna: url, issuer: issuer.url }
  control.describe({ urls, others: { PostgreSQL: 'postgres://127.0.0.1/postgres' } })
})
after(() => Promise.all([control.stop(), services.close(), issuer.stop()]))

const browse = (path: string, init: RequestInit = {}) =>
  fetch(control.url + path, {
    redirect: 'manual',
    ...init,
    headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', ...init.headers },
  })
const post = (body: string, headers: Record<string, string> = {}) =>
  browse('/clock', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })

describe('a browser', () => {
  const pages = ['/', '/mails', `/mails/${encodeURIComponent(mail.messageId)}`, `/orders/${ID}`, '/tokens/support']
  for (const path of pages)
    test(`gets a page from ${path} that runs no script and holds nothing unescaped`, async () => {
      const response = await browse(path)
      const text = await response.text()
      assert.equal(response.status, 200, text)
      assert.match(response.headers.get('content-type')!, /^text\/html/)
      assert.match(response.headers.get('content-security-policy')!, /default-src 'none'; style-src 'sha256-/)
      assert.doesNotMatch(text, /<script/i)
      assert.equal(text.includes(ESCAPED), path !== '/tokens/support')
      assert.doesNotMatch(text, /undefined|\[object/)
    })

  test('finds on the first page what runs, the orders and where each of its parts is', async () => {
    const text = await (await browse('/')).text()
    for (const part of ['/docs"', `/orders/${ID}"`, `/orders/${ID}#eligibility"`, `/orders/${ID}#shipments"`])
      assert.ok(text.includes(part), part)
    assert.match(text, /\/terms\/smartgroup\/2026-01-15\?locale=en&amp;format=html"/)
    assert.match(text, new RegExp(`/payments/${ID}"`))
    assert.match(text, /action="\/tokens\/warehouse"/)
    assert.match(text, /1,796\.00 NOK/)
  })

  test('reads the order with rulings and the sentences that they rest on', async () => {
    const text = await (await browse(`/orders/${ID}`)).text()
    assert.match(text, /granted until 14 December 2026/)
    assert.match(text, /clause 8\.1: You have a right to withdraw\./)
    assert.match(text, /the customer’s risk since 29 November 2026 at 04:59/)
  })

  test('gets the body of a mail for a frame in which nothing runs or loads', async () => {
    const response = await browse(`/mails/${encodeURIComponent(mail.messageId)}/body`)
    assert.equal(await response.text(), mail.html)
    assert.match(response.headers.get('content-security-policy')!, /default-src 'none'.*sandbox$/)
  })

  test('moves the clock by a button and is led back', async () => {
    const before = clock.now()
    const response = await post('advance=P1D')
    assert.equal(response.status, 303)
    assert.equal(response.headers.get('location'), '/')
    assert.ok(before.until(clock.now()).total('hours') >= 24)
    assert.equal(saved, clock.offsetMs())
  })

  test('is told what is wrong with a duration', async () => {
    const response = await post('advance=tomorrow')
    assert.equal(response.status, 400)
    assert.match(await response.text(), /an ISO 8601 duration/)
  })

  test('cannot move the clock from the page of another site, nor be led here under another name', async () => {
    const before = clock.offsetMs()
    assert.equal((await post('advance=P1D', { 'sec-fetch-site': 'cross-site' })).status, 403)
    assert.equal(clock.offsetMs(), before)
    // fetch does not let a caller choose the Host.
    const status = await new Promise((resolve, reject) =>
      get(`${control.url}/tokens/support`, { headers: { host: 'shop.example' } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      }).once('error', reject),
    )
    assert.equal(status, 403)
  })

  test('is told of what is not there', async () => {
    for (const path of ['/mails/none', '/orders/none', '/tokens/nobody']) {
      const response = await browse(path)
      assert.equal(response.status, 404)
      assert.match(response.headers.get('content-type')!, /^text\/html/)
    }
  })
})

describe('any other client', () => {
  // biome-ignore lint/suspicious/noExplicitAny: JSON is read here as a script would.
  const ask = async (path: string, init?: RequestInit): Promise<any> => (await fetch(control.url + path, init)).json()

  test('gets JSON: what runs, the time and the mails', async () => {
    const { urls, now, roles, docs } = await ask('/')
    assert.equal(urls.control, control.url)
    assert.ok(Temporal.Instant.from(now).epochMilliseconds > 0)
    assert.ok(roles.includes('warehouse'))
    assert.deepEqual(docs, Array(3).fill(`${urls.orders}/docs`))
    assert.deepEqual((await ask('/mails?to=kari@example.com')).items, [mail])
    assert.deepEqual((await ask('/mails?to=nobody@example.com')).items, [])
    assert.equal((await ask(`/orders/${ID}`)).shipments[0].risk.bearer, 'customer')
  })

  test('moves the clock and gets tokens as plain text', async () => {
    const moved = await ask('/clock', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance: 'PT1H' }),
    })
    assert.equal(moved.now.slice(0, 16), clock.now().toString().slice(0, 16))
    const token = await fetch(`${control.url}/tokens/storefront`)
    assert.match(token.headers.get('content-type')!, /^text\/plain/)
    assert.match(await token.text(), /^ey[\w.-]+$/)
  })
})
