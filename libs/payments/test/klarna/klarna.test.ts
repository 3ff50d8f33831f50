import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { isLiveKlarnaHost, KLARNA_LIVE_URLS, KLARNA_PLAYGROUND_URLS } from '../../klarna/hosts.ts'
import { createKlarna } from '../../klarna/klarna.ts'

const { parseNotification } = createKlarna({
  baseUrl: 'http://127.0.0.1:1',
  username: 'u',
  password: 'p',
  now: () => Temporal.Now.instant(),
})

/** An adapter whose Klarna answers everything with the same. */
async function answering(t: Test, status: number, body: object) {
  const server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(body)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const klarna = createKlarna({ baseUrl, username: 'u', password: 'p', now: () => NOW })
  t.teardown(async () => {
    await klarna.close()
    server.close()
  })
  return klarna
}

const NOW = Temporal.Instant.from('2026-11-22T09:30:00Z')
const ID = '9cbc9884-1fdb-45a8-9694-9340340d0436'
const parse = (query: Record<string, string>, body: unknown) =>
  parseNotification({
    url: `https://shop.example/klarna?${new URLSearchParams(query)}`,
    headers: {},
    body: JSON.stringify(body) ?? '',
  })

t.test('a callback names a session, a payment or both', async (t) => {
  const body = { event_id: ID, session: { session_id: ID, status: 'COMPLETED', order_id: ID } }
  t.strictSame(parse({}, body), { sessionId: ID, paymentId: ID })
  t.strictSame(parse({ order_id: ID }, undefined), { paymentId: ID })
  t.strictSame(parse({ session_id: ID }, ''), { sessionId: ID })
  t.strictSame(parse({}, { order_id: ID, event_type: 'FRAUD_RISK_ACCEPTED' }), { paymentId: ID })
})

t.test('a callback of a stranger names nothing', async (t) => {
  for (const body of [undefined, null, 7, 'text', [], {}, { session: null }, { order_id: '../../refunds' }]) {
    t.equal(parse({ order_id: 'a,b', session_id: '{{session_id}}' }, body), null)
  }
})

t.test('a session is what its status says, while it lasts', async (t) => {
  const table: [object, unknown][] = [
    [{ status: 'WAITING' }, 'waiting'],
    [{ status: 'IN_PROGRESS', expires_at: '2026-11-22T09:30:00.001Z' }, 'waiting'],
    [{ status: 'IN_PROGRESS', expires_at: '2026-11-22T09:30:00.000Z' }, 'expired'],
    [{ status: 'BACK' }, 'abandoned'],
    [{ status: 'CANCELLED' }, 'abandoned'],
    [{ status: 'FAILED' }, 'declined'],
    [{ status: 'ERROR' }, 'declined'],
    [{ status: 'DISABLED' }, 'expired'],
    [{ status: 'COMPLETED', order_id: ID, expires_at: '2026-11-22T09:00:00Z' }, 'completed'],
    [{ status: 'COMPLETED' }, 'unknown'],
    [{ status: 'SOMETHING_NEW' }, 'unknown'],
    [{}, 'unknown'],
  ]
  for (const [body, expected] of table) {
    const result = await (await answering(t, 200, body)).readSession(ID)
    t.equal(result.kind === 'ok' ? result.value.state : result.kind, expected, JSON.stringify(body))
  }
})

t.test('a session that will not close is over only when it says so', async (t) => {
  t.equal((await (await answering(t, 404, {})).closeSession(ID)).kind, 'ok')
  t.equal((await (await answering(t, 503, {})).closeSession(ID)).kind, 'unknown')
  t.equal((await (await answering(t, 400, { error_code: 'BAD_VALUE' })).closeSession(ID)).kind, 'declined')
})

t.test('the live Klarna is known by its hosts, and its playground is not taken for it', async (t) => {
  for (const url of KLARNA_LIVE_URLS) t.ok(isLiveKlarnaHost(new URL(url).host))
  for (const host of ['API.klarna.com', 'api.klarna.com:443', 'api.klarna.com.']) t.ok(isLiveKlarnaHost(host), host)
  for (const url of KLARNA_PLAYGROUND_URLS) t.ok(!isLiveKlarnaHost(new URL(url).host))
  for (const host of ['127.0.0.1:8080', 'api.klarna.com.example.org', '']) t.ok(!isLiveKlarnaHost(host), host)
})
