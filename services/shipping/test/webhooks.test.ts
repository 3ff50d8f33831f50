import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { webhookSource } from '@vilkar/alarms/sources.ts'
import { createLog } from '@vilkar/server/log.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { deliver } from '@vilkar/webhooks/deliver.ts'
import { claimDeliveries, MAX_ATTEMPTS } from '@vilkar/webhooks/deliveries.ts'
import { planDeliveries } from '@vilkar/webhooks/endpoints.ts'
import { whyNoAnswer } from '@vilkar/webhooks/no-answer.ts'
import { createSender, faultOfUrl } from '@vilkar/webhooks/send.ts'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import t from 'tap'
import { createNumbering } from './numbering.ts'
import { startShippingForTest } from './shipping-service.ts'

const { db, pool, clock, call, requested } = await startShippingForTest()
const number = await createNumbering({ pool })
const sender = createSender({ insecure: true })
t.teardown(() => sender.close())
const delivering = { db, clock: { now: () => Temporal.Now.instant() }, log: createLog('shipping', 'silent'), sender }
clock.at = Temporal.Now.instant().toString()
const look = async () => {
  await number()
  await deliver(delivering)
}

type Got = {
  id: string
  body: string
  headers: Record<string, string>
  event: { type: string; data: { orderId: string } }
}
/** A receiver on loopback that answers each request as `answer` says. */
async function receiver(answer: (got: Got) => number = () => 204) {
  const got: Got[] = []
  const server = createServer(async (request, response) => {
    const body = await new Response(request as never).text()
    const headers = request.headers as Record<string, string>
    const one = { id: headers['webhook-id']!, body, headers, event: JSON.parse(body) }
    got.push(one)
    response.writeHead(answer(one)).end('x'.repeat(10_000))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.teardown(() => new Promise((closed) => server.close(closed)))
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, server }
}
async function webhook(answer?: (got: Got) => number, types?: string[]) {
  await number()
  const { got, url, server } = await receiver(answer)
  const id = crypto.randomUUID()
  const { status, body } = await call('support', 'PUT', `/webhooks/${id}`, { url, ...(types && { types }) })
  assert.equal(status, 200, JSON.stringify(body))
  return {
    id,
    got,
    url,
    server,
    secret: body.secret as string,
    remove: () => call('support', 'PUT', `/webhooks/${id}/removal`),
  }
}
const log = async (id: string, query = '') =>
  (await call('support', 'GET', `/webhooks/${id}/deliveries${query}`)).body.items
/** What waits is due now. */
const hasten = (id: string) =>
  sql`update webhook_delivery set due_at = clock_timestamp() where endpoint_id = ${id} and status = 'waiting'`.execute(
    db,
  )

t.test('what is told is sent once, signed as Standard Webhooks has it, and what was told before is not', async (t) => {
  await requested()
  const { id, got, secret, remove } = await webhook()
  const { orderId } = await requested()
  for (const _ of [1, 2]) await look()
  t.strictSame(
    got.map(({ event }) => [event.type, event.data.orderId]),
    [['ShipmentRequested', orderId]],
  )
  const [one] = got
  t.strictSame(new Webhook(secret).verify(one!.body, one!.headers), one!.event)
  t.throws(() => new Webhook(secret).verify(`${one!.body} `, one!.headers))
  t.hasStrict(await log(id), [{ eventId: one!.id, status: 'delivered', attempts: 1, lastStatus: 204 }])
  await remove()
  await requested()
  await look()
  t.equal(got.length, 1)
})

t.test('why nobody answered is told in words, and not in those of a library', async (t) => {
  const gone = await webhook()
  await new Promise((closed) => gone.server.close(closed))
  await requested()
  await look()
  t.hasStrict(await log(gone.id), [{ lastError: 'The host refused the connection.' }])
  await gone.remove()
  for (const [error, said] of [
    [
      Object.assign(new Error('getaddrinfo ENOTFOUND db.internal'), { code: 'ENOTFOUND' }),
      /^The host was not found\.$/,
    ],
    [Object.assign(new Error('x'), { code: 'UND_ERR_HEADERS_TIMEOUT' }), /^No answer came in time\.$/],
    [new DOMException('The operation was aborted due to timeout', 'TimeoutError'), /^No answer came in time\.$/],
    [Object.assign(new Error('x'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), /certificate/],
    [new TypeError('Cannot read properties of undefined'), /^There was no answer\.$/],
    [undefined, /^There was no answer\.$/],
  ] as const)
    t.match(whyNoAnswer(error), said)
  await t.rejects(createSender({ insecure: false }).send({ url: 'http://10.0.0.1/' } as never), /must begin with https/)
})

t.test('only the events that it asked for are sent', async (t) => {
  const { got, remove } = await webhook(undefined, ['ShipmentPacked'])
  const { id } = await requested()
  await call('warehouse', 'PUT', `/shipments/${id}/packing`)
  await look()
  t.strictSame(
    got.map(({ event }) => event.type),
    ['ShipmentPacked'],
  )
  await remove()
})

t.test('what is not taken is tried again under the same id, the order waits behind it and others do not', async (t) => {
  let broken: string | undefined
  const { id, got, remove } = await webhook(({ event }) => (event.data.orderId === broken ? 503 : 200))
  const first = await requested()
  const other = await requested()
  broken = first.orderId
  await call('warehouse', 'PUT', `/shipments/${first.id}/packing`)
  await look()
  t.strictSame(
    got.map(({ event }) => event.type),
    ['ShipmentRequested', 'ShipmentRequested'],
  )
  t.hasStrict(await log(id, '?status=waiting'), [
    { type: 'ShipmentPacked', attempts: 0 },
    { type: 'ShipmentRequested', attempts: 1, lastStatus: 503 },
  ])
  await look()
  t.equal(got.length, 2, 'it is not due yet')
  broken = undefined
  await hasten(id)
  await look()
  const [, , again, packed] = got
  t.strictSame([again!.event.type, packed!.event.type], ['ShipmentRequested', 'ShipmentPacked'])
  t.equal(again!.id, got.find(({ event }) => event.data.orderId === first.orderId)!.id)
  t.equal((await log(id, '?status=delivered')).length, 3)
  t.ok(got.some(({ event }) => event.data.orderId === other.orderId))
  await remove()
})

t.test('processes that send at the same time send each event once, of one order in its order', async (t) => {
  const { got, remove } = await webhook()
  const orders = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const { id, orderId } = await requested()
      await call('warehouse', 'PUT', `/shipments/${id}/acceptance`)
      await call('warehouse', 'PUT', `/shipments/${id}/packing`)
      return orderId
    }),
  )
  await number()
  await Promise.all([deliver(delivering), deliver(delivering), deliver(delivering)])
  await look()
  t.equal(new Set(got.map(({ id }) => id)).size, got.length)
  for (const orderId of orders)
    t.strictSame(
      got.filter(({ event }) => event.data.orderId === orderId).map(({ event }) => event.type),
      ['ShipmentRequested', 'ShipmentAccepted', 'ShipmentPacked'],
    )
  await remove()
})

t.test('what a process claimed and never sent is sent by another, once its claim is over', async (t) => {
  const { id, got, remove } = await webhook()
  await requested()
  await number()
  await planDeliveries(db as never)
  t.equal((await claimDeliveries(db as never)).length, 1)
  await look()
  t.equal(got.length, 0, 'it is claimed')
  await hasten(id)
  await look()
  t.hasStrict(await log(id), [{ status: 'delivered', attempts: 2 }])
  t.equal(got.length, 1)
  await remove()
})

t.test('a new secret signs beside the one of before for a day, and alone then', async (t) => {
  const { id, got, secret, remove } = await webhook()
  const { status, body } = await call('support', 'POST', `/webhooks/${id}/secret`)
  t.equal(status, 200)
  await requested()
  await look()
  for (const each of [secret, body.secret]) t.ok(new Webhook(each).verify(got[0]!.body, got[0]!.headers))
  const later = { now: () => Temporal.Now.instant().add({ hours: 25 }) }
  await requested()
  await number()
  await deliver({ ...delivering, clock: later })
  const signatures = got[1]!.headers['webhook-signature']!.split(' ')
  t.equal(signatures.length, 1)
  const { id: eventId, body: sent, headers } = got[1]!
  const key = Buffer.from(body.secret.slice('whsec_'.length), 'base64')
  const signed = createHmac('sha256', key).update(`${eventId}.${headers['webhook-timestamp']}.${sent}`)
  t.equal(signatures[0], `v1,${signed.digest('base64')}`)
  await remove()
})

t.test('it is given up after the last try, a person is called, and a replay sends it', async (t) => {
  let status = 500
  const { id, got, remove } = await webhook(() => status)
  await requested()
  for (let n = 0; n < MAX_ATTEMPTS; n += 1) {
    await look()
    await hasten(id)
  }
  await look()
  t.equal(got.length, MAX_ATTEMPTS)
  t.hasStrict(await log(id), [{ status: 'failed', attempts: MAX_ATTEMPTS, lastStatus: 500 }])
  const { rows } = await webhookSource.find('').execute(db as never)
  t.ok(rows.some(({ about }) => about === id))
  status = 200
  const replay = (body: object) => call('support', 'POST', `/webhooks/${id}/replay`, body)
  t.strictSame((await replay({ eventId: got[0]!.id })).body, { replayed: 1 })
  t.strictSame((await replay({ eventId: got[0]!.id })).body, { replayed: 0 }, 'it waits already')
  await look()
  t.equal(got.at(-1)!.id, got[0]!.id)
  t.strictSame((await replay({ after: 0 })).body, { replayed: 1 })
  await look()
  t.equal(got.length, MAX_ATTEMPTS + 2)
  await remove()
})

t.test('a receiver that is gone is noted', async (t) => {
  const { id, server, remove } = await webhook()
  await new Promise((closed) => server.close(closed))
  await requested()
  await look()
  t.match((await log(id))[0].lastError, /refused the connection/)
  await remove()
})

t.test('the doors of webhooks', async (t) => {
  const { id, url, remove } = await webhook()
  t.test('are for staff, and change what is there without a new secret', async (t) => {
    assertProblem(await call('storefront', 'GET', '/webhooks'), 403, 'scope-missing', /staff/)
    const { body } = await call('support', 'PUT', `/webhooks/${id}`, { url, types: ['ShipmentHeld'] })
    t.notOk(body.secret)
    t.hasStrict((await call('support', 'GET', '/webhooks')).body.items, [{ id, url, types: ['ShipmentHeld'] }])
    assertProblem(
      await call('support', 'PUT', `/webhooks/${id}`, { url, types: ['Moon'] }),
      400,
      'invalid-input',
      /types/,
    )
    assertProblem(
      await call('support', 'PUT', `/webhooks/${id}`, { url: 'ftp://x.example' }),
      409,
      'webhook-url-refused',
      /https/,
    )
  })
  t.test('know nothing of one that is removed', async () => {
    await remove()
    assertProblem(await remove(), 404, 'webhook-unknown', /no such webhook/)
    assertProblem(await call('support', 'POST', `/webhooks/${id}/secret`), 404, 'webhook-unknown', /no such webhook/)
  })
})

t.test('nothing is sent to what is no public host over https', async (t) => {
  for (const url of [
    ...[
      'http://shop.example',
      'https://127.0.0.1/x',
      'https://10.1.2.3',
      'https://[::1]/',
      'https://localhost',
      'https://a.localhost',
    ],
    ...[
      'https://192.168.1.1:8443',
      'https://169.254.169.254/latest',
      'https://user:pass@shop.example',
      'https://[fd00::1]/',
      'nothing',
    ],
    ...['https://2130706433/', 'https://[::ffff:127.0.0.1]/'],
  ])
    t.ok(faultOfUrl(url, false), url)
  t.equal(faultOfUrl('https://shop.example/hook?x=1', false), undefined)
  const guarded = createSender({ insecure: false })
  await t.rejects(
    guarded.send({
      url: 'https://localtest.me.invalid/',
      id: 'x',
      body: '{}',
      secrets: [],
      at: Temporal.Now.instant(),
    }),
    /ENOTFOUND|public host|EAI_AGAIN/,
  )
  await guarded.close()
})
