import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type TestContext } from 'node:test'
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

test('a burst goes at once, and then as many as there are tokens', async () => {
  const { take, waits, rest } = limit(10, 3)
  for (let n = 0; n < 3; n++) assert.equal(await take(), 0)
  assert.deepEqual(waits, [])
  for (let n = 0; n < 2; n++) assert.equal(await take(), 0)
  assert.deepEqual(waits, [100, 100])
  rest(1_000)
  for (let n = 0; n < 3; n++) await take()
  assert.equal(waits.length, 2)
})

test('of 300 at once no more than 200 go in a second', async () => {
  const sent: number[] = []
  const bucket = createRateLimit({
    perSecond: 200,
    elapsedMs: () => 0,
    wait: async (ms) => sent.push(ms),
  })
  const waited = await Promise.all(Array.from({ length: 300 }, () => bucket.take()))
  assert.ok(waited.every((ms) => ms === 0))
  assert.equal(sent.length, 100)
  assert.equal(Math.max(...sent), 500)
})

test('who would wait too long is told for how long, and takes nobody’s place', async () => {
  const { take } = createRateLimit({ perSecond: 1, elapsedMs: () => 0, wait: async () => undefined })
  assert.deepEqual([await take(), await take(), await take()], [0, 0, 0])
  assert.deepEqual([await take(), await take()], [3_000, 3_000])
})

test('after a pause those who waited do not come back all at once', async () => {
  const { take, pause, waits } = limit(10)
  pause(1_000)
  await take()
  assert.deepEqual(waits, [1_250])
  pause(60_000)
  assert.equal(await take(), 60_250)
})

test('the limits are those of the host', () => {
  assert.deepEqual(limitsAt('api.klarna.com:443'), { sessions: 40, others: 200 })
  assert.deepEqual(limitsAt('api.kustom.co'), { sessions: 40, others: 200 })
  assert.deepEqual(limitsAt('api.playground.klarna.com'), { sessions: 5, others: 50 })
  assert.equal(limitsAt('127.0.0.1:8080'), null)
})

/** A sender whose Klarna answers with the given statuses, and then with 200. */
async function sender(t: TestContext, limits: { sessions: number; others: number }, statuses: number[] = []) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(statuses.shift() ?? 200, { 'retry-after': '30' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const made = createSender({ baseUrl, username: 'u', password: 'p', limits })
  t.after(async () => {
    await made.close()
    server.close()
  })
  return { ...made, asked }
}

test('sessions have a limit of their own', async (t) => {
  const { send, asked } = await sender(t, { sessions: 0.1, others: 50 })
  const open = () => send({ method: 'POST', path: '/payments/v1/sessions', body: {} })
  assert.ok('status' in (await open()))
  const second = await open()
  const result = failure(second, NOW)
  assert.ok(result.kind === 'not_sent' && result.cause === 'throttled')
  assert.ok(result.retryAfter !== null && Temporal.Instant.compare(result.retryAfter, NOW) > 0)
  assert.ok('status' in (await send({ method: 'GET', path: '/payments/v1/sessions/1' })))
  assert.deepEqual(asked, ['/payments/v1/sessions', '/payments/v1/sessions/1'])
})

test('after a 429 nothing more is sent until Klarna wants it', async (t) => {
  const { send, asked } = await sender(t, { sessions: 40, others: 200 }, [429])
  const call = { method: 'POST', path: '/captures', money: true } as const
  assert.deepEqual((({ kind }) => kind)(failure(await send(call), NOW)), 'not_sent')
  const held = await send(call)
  assert.ok('heldBackMs' in held && held.heldBackMs > 25_000)
  assert.equal(asked.length, 1)
})
