import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { limitsAt } from '../klarna/hosts.ts'
import { createSender } from '../klarna/http.ts'
import { failure } from '../klarna/outcome.ts'
import { createRateLimit } from '../rate-limit.ts'

const NOW = Temporal.Instant.from('2026-11-22T09:30:00Z')

/** A limit with a clock that only its waits move. */
function limit(perSecond: number, burst?: number) {
  const waits: number[] = []
  let ms = 0
  const bucket = createRateLimit({
    perSecond,
    burst,
    elapsedMs: () => ms,
    random: () => 0.5,
    async wait(by) {
      waits.push(by)
      ms += by
    },
  })
  return { ...bucket, waits, rest: (by: number) => (ms += by) }
}

t.test('a burst goes at once, and then as many as there are tokens', async (t) => {
  const { take, waits, rest } = limit(10, 3)
  for (let n = 0; n < 3; n++) t.equal(await take(), 0)
  t.strictSame(waits, [])
  for (let n = 0; n < 2; n++) t.equal(await take(), 0)
  t.strictSame(waits, [100, 100])
  rest(1_000)
  for (let n = 0; n < 3; n++) await take()
  t.equal(waits.length, 2)
})

t.test('of 300 at once no more than 200 go in a second', async (t) => {
  const sent: number[] = []
  const bucket = createRateLimit({
    perSecond: 200,
    elapsedMs: () => 0,
    wait: async (ms) => sent.push(ms),
  })
  const waited = await Promise.all(Array.from({ length: 300 }, () => bucket.take()))
  t.ok(waited.every((ms) => ms === 0))
  t.equal(sent.length, 100)
  t.equal(Math.max(...sent), 500)
})

t.test('who would wait too long is told for how long, and takes nobody’s place', async (t) => {
  const { take } = createRateLimit({ perSecond: 1, elapsedMs: () => 0, wait: async () => undefined })
  t.strictSame([await take(), await take(), await take()], [0, 0, 0])
  t.strictSame([await take(), await take()], [3_000, 3_000])
})

t.test('after a pause those who waited do not come back all at once', async (t) => {
  const { take, pause, waits } = limit(10)
  pause(1_000)
  await take()
  t.strictSame(waits, [1_250])
  pause(60_000)
  t.equal(await take(), 60_250)
})

t.test('the limits are those of the host', async (t) => {
  t.strictSame(limitsAt('api.klarna.com:443'), { sessions: 40, others: 200 })
  t.strictSame(limitsAt('api.kustom.co'), { sessions: 40, others: 200 })
  t.strictSame(limitsAt('api.playground.klarna.com'), { sessions: 5, others: 50 })
  t.equal(limitsAt('127.0.0.1:8080'), null)
})

/** A sender whose Klarna answers with the given statuses, and then with 200. */
async function sender(t: Test, limits: { sessions: number; others: number }, statuses: number[] = []) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(statuses.shift() ?? 200, { 'retry-after': '30' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const made = createSender({ baseUrl, username: 'u', password: 'p', limits })
  t.teardown(async () => {
    await made.close()
    server.close()
  })
  return { ...made, asked }
}

t.test('sessions have a limit of their own', async (t) => {
  const { send, asked } = await sender(t, { sessions: 0.1, others: 50 })
  const open = () => send({ method: 'POST', path: '/payments/v1/sessions', body: {} })
  t.ok('status' in (await open()))
  const second = await open()
  const result = failure(second, NOW)
  assert.ok(result.kind === 'not_sent' && result.cause === 'throttled')
  t.ok(result.retryAfter !== null && Temporal.Instant.compare(result.retryAfter, NOW) > 0)
  t.ok('status' in (await send({ method: 'GET', path: '/payments/v1/sessions/1' })))
  t.strictSame(asked, ['/payments/v1/sessions', '/payments/v1/sessions/1'])
})

t.test('after a 429 nothing more is sent until Klarna wants it', async (t) => {
  const { send, asked } = await sender(t, { sessions: 40, others: 200 }, [429])
  const call = { method: 'POST', path: '/captures', money: true } as const
  t.strictSame((({ kind }) => kind)(failure(await send(call), NOW)), 'not_sent')
  const held = await send(call)
  t.ok('heldBackMs' in held && held.heldBackMs > 25_000)
  t.equal(asked.length, 1)
})
