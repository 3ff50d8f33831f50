import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { webhookSource } from '@vilkar/alarms/sources.ts'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { example } from '@vilkar/contracts/test/examples.ts'
import { insertOutbox } from '@vilkar/messaging/outbox/outbox.ts'
import { acquireLease, createLeadership } from '@vilkar/messaging/outbox/relay-store.ts'
import type { MessagingTables } from '@vilkar/messaging/tables.ts'
import type { Server } from '@vilkar/server/http.ts'
import { createLog } from '@vilkar/server/log.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { trim } from '@vilkar/server/trimming.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import { verifyTestToken } from '@vilkar/testing/tokens.ts'
import { deliver } from '@vilkar/webhooks/deliver.ts'
import { claimDeliveries, deliveriesTrim, MAX_ATTEMPTS } from '@vilkar/webhooks/deliveries.ts'
import { planDeliveries } from '@vilkar/webhooks/endpoints.ts'
import { whyNoAnswer } from '@vilkar/webhooks/no-answer.ts'
import { createSender, faultOfUrl } from '@vilkar/webhooks/send.ts'
import type { WebhookTables } from '@vilkar/webhooks/tables.ts'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import t, { type Test } from 'tap'
import { inertDeps } from '../infra/docs/inert.ts'
import { createApp as createOrders } from '../services/orders/app.ts'
import { createApp as createReturns } from '../services/returns/app.ts'
import { createApp as createShipping } from '../services/shipping/app.ts'
import { openDoors } from './doors/three-apps.ts'

/** Each service with three events of its own about one order, in the order in which they happen, and one that it hears. */
const services = [
  ['orders', createOrders, ['OrderPlaced', 'PaymentAuthorised', 'ContractFormed'], 'ShipmentHeld'],
  ['shipping', createShipping, ['ShipmentRequested', 'ShipmentAccepted', 'ShipmentPacked'], 'OrderPlaced'],
  ['returns', createReturns, ['WithdrawalDeclared', 'ReturnSent', 'ReturnReceived'], 'OrderPlaced'],
] as const

const sender = createSender({ insecure: true })
t.teardown(() => sender.close())

type Got = {
  id: string
  body: string
  headers: Record<string, string>
  event: { type: string; data: { orderId: string } }
}
/** A receiver on loopback that answers each request as `answer` says. */
async function receiver(t: Test, answer: (got: Got) => number = () => 204) {
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
/** A service's doors over a database of its own, told events as its relay numbers them. */
async function houseOf(t: Test, [service, createApp, types]: (typeof services)[number]) {
  const folder = fileURLToPath(new URL(`../services/${service}/migrations`, import.meta.url))
  const pool = createPool(await freshDatabase(...commonMigrations, folder))
  const db = createDatabase<MessagingTables & WebhookTables>(pool)
  const clock = { now: () => Temporal.Now.instant() }
  const doors = { verifyToken: verifyTestToken, rateLimitPerMinute: 1_000_000 }
  const app = (await createApp(inertDeps({ db, clock, insecureWebhooks: true, doors }) as never)) as Server
  const relay = await pool.connect()
  const leadership = createLeadership(relay, (await acquireLease(relay, 'test', 600_000))!, 600_000)
  t.teardown(async () => {
    relay.release()
    await app.close()
    await pool.end()
  })
  const number = async () => {
    while ((await leadership.turn()).events.length > 0);
  }
  const delivering = { db, clock, log: createLog(service, 'silent'), sender }
  const look = async () => {
    await number()
    await deliver(delivering)
  }
  async function call(role: string, method: 'GET' | 'PUT' | 'POST', url: string, body?: unknown) {
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) }
    const headers = {
      authorization: `Bearer ${role}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const response = await app.inject({ method, url, ...payload, headers })
    return { status: response.statusCode, headers: response.headers, body: JSON.parse(response.body) }
  }
  /** Tells the first event of a new order; `next` tells those after it. */
  async function begin() {
    const [orderId, aggregateId] = [crypto.randomUUID(), crypto.randomUUID()]
    let version = 0
    const next = async () => {
      const { type, data } = example(types[version]!)
      version += 1
      const row = { aggregateId, version, fact: { type, data: { ...data, orderId } }, at: clock.now() }
      await db.transaction().execute((trx) => insertOutbox(trx, service as ServiceName, [row]))
    }
    await next()
    return { orderId, next }
  }
  async function webhook(answer?: (got: Got) => number, heard?: string[]) {
    await number()
    const { got, url, server } = await receiver(t, answer)
    const id = crypto.randomUUID()
    const { status, body } = await call('support', 'PUT', `/webhooks/${id}`, { url, ...(heard && { types: heard }) })
    assert.equal(status, 200, JSON.stringify(body))
    const remove = () => call('support', 'PUT', `/webhooks/${id}/removal`)
    return { id, got, url, server, secret: body.secret as string, remove }
  }
  const log = async (id: string, query = '') =>
    (await call('support', 'GET', `/webhooks/${id}/deliveries${query}`)).body.items
  /** What waits is due now. */
  const hasten = (id: string) =>
    sql`update webhook_delivery set due_at = clock_timestamp() where endpoint_id = ${id} and status = 'waiting'`.execute(
      db,
    )
  return { db, number, delivering, look, call, begin, webhook, log, hasten }
}

for (const each of services)
  t.test(`webhooks of ${each[0]}`, async (t) => {
    const [, , types, foreign] = each
    const [first, second, last] = types
    const { db, number, delivering, look, call, begin, webhook, log, hasten } = await houseOf(t, each)

    t.test('what was taken goes once it has had its time; what waits or was given up stays', async (t) => {
      const { id, remove } = await webhook(({ event }) => (event.type === second ? 500 : 204))
      const [taken, given] = [await begin(), await begin()]
      await look()
      await given.next()
      await look()
      const old = sql`update webhook_delivery set delivered_at = delivered_at - interval '31 days' where endpoint_id = ${id}
        and about = ${taken.orderId}`
      await old.execute(db)
      const clock = { now: () => Temporal.Now.instant() }
      const trimmed = () => trim({ db, clock, trims: [deliveriesTrim], keepFor: 'P30D' })
      t.strictSame(await trimmed(), { webhook_delivery: 1 })
      t.strictSame(await trimmed(), { webhook_delivery: 0 })
      t.match(
        (await log(id)).map(({ about, status }: { about: string; status: string }) => [
          about === given.orderId,
          status,
        ]),
        [
          [true, 'waiting'],
          [true, 'delivered'],
        ],
      )
      const { body } = await call('support', 'POST', `/webhooks/${id}/replay`, { after: 0 })
      t.equal(body.replayed, 1)
      await t.rejects(
        sql`delete from webhook_delivery where endpoint_id = ${id}`.execute(db),
        /not taken is not deleted/,
      )
      await remove()
    })

    t.test(
      'what is told is sent once, signed as Standard Webhooks has it, and what was told before is not',
      async (t) => {
        await begin()
        const { id, got, secret, remove } = await webhook()
        const { orderId } = await begin()
        for (const _ of [1, 2]) await look()
        t.strictSame(
          got.map(({ event }) => [event.type, event.data.orderId]),
          [[first, orderId]],
        )
        const [one] = got
        t.strictSame(new Webhook(secret).verify(one!.body, one!.headers), one!.event)
        t.throws(() => new Webhook(secret).verify(`${one!.body} `, one!.headers))
        t.hasStrict(await log(id), [{ eventId: one!.id, status: 'delivered', attempts: 1, lastStatus: 204 }])
        await remove()
        await begin()
        await look()
        t.equal(got.length, 1)
      },
    )

    t.test('only the events that it asked for are sent', async (t) => {
      const { got, remove } = await webhook(undefined, [last])
      const { next } = await begin()
      await next()
      await next()
      await look()
      t.strictSame(
        got.map(({ event }) => event.type),
        [last],
      )
      await remove()
    })

    t.test(
      'what is not taken is tried again under the same id, the order waits behind it and others do not',
      async (t) => {
        let broken: string | undefined
        const { id, got, remove } = await webhook(({ event }) => (event.data.orderId === broken ? 503 : 200))
        const one = await begin()
        const other = await begin()
        broken = one.orderId
        await one.next()
        await look()
        t.strictSame(
          got.map(({ event }) => event.type),
          [first, first],
        )
        t.hasStrict(await log(id, '?status=waiting'), [
          { type: second, attempts: 0 },
          { type: first, attempts: 1, lastStatus: 503 },
        ])
        await look()
        t.equal(got.length, 2, 'it is not due yet')
        broken = undefined
        await hasten(id)
        await look()
        const [, , again, after] = got
        t.strictSame([again!.event.type, after!.event.type], [first, second])
        t.equal(again!.id, got.find(({ event }) => event.data.orderId === one.orderId)!.id)
        t.equal((await log(id, '?status=delivered')).length, 3)
        t.ok(got.some(({ event }) => event.data.orderId === other.orderId))
        await remove()
      },
    )

    t.test('processes that send at the same time send each event once, of one order in its order', async (t) => {
      const { got, remove } = await webhook()
      const orders = await Promise.all(
        Array.from({ length: 10 }, async () => {
          const { next, orderId } = await begin()
          await next()
          await next()
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
          [...types],
        )
      await remove()
    })

    t.test('what a process claimed and never sent is sent by another, once its claim is over', async (t) => {
      const { id, got, remove } = await webhook()
      await begin()
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
      await begin()
      await look()
      for (const each of [secret, body.secret]) t.ok(new Webhook(each).verify(got[0]!.body, got[0]!.headers))
      const later = { now: () => Temporal.Now.instant().add({ hours: 25 }) }
      await begin()
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
      await begin()
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
      await begin()
      await look()
      t.equal((await log(id))[0].lastError, 'The host refused the connection.')
      await remove()
    })

    t.test('the doors of webhooks', async (t) => {
      const { id, url, remove } = await webhook()
      t.test('are for staff, and change what is there without a new secret', async (t) => {
        assertProblem(await call('storefront', 'GET', '/webhooks'), 403, 'scope-missing', /staff/)
        const { body } = await call('support', 'PUT', `/webhooks/${id}`, { url, types: [last] })
        t.notOk(body.secret)
        t.hasStrict((await call('support', 'GET', '/webhooks')).body.items, [{ id, url, types: [last] }])
        assertProblem(
          await call('support', 'PUT', `/webhooks/${id}`, { url, types: [foreign] }),
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
        assertProblem(
          await call('support', 'POST', `/webhooks/${id}/secret`),
          404,
          'webhook-unknown',
          /no such webhook/,
        )
      })
    })
  })

t.test('the doors are the same in all services, but for the events that each tells', async (t) => {
  const held = await openDoors({ verifyToken: verifyTestToken, rateLimitPerMinute: 1_000_000 })
  t.teardown(() => held.close())
  const doors = [...services.map(([service]) => service), 'privacy'].map((service) =>
    held.doors
      .filter((door) => door.service === service && door.url.startsWith('/webhooks'))
      .map(({ method, url, access }) => `${method} ${url} ${access}`)
      .filter((door) => !door.startsWith('HEAD'))
      .sort(),
  )
  t.equal(doors[0]!.length, 6)
  t.strictSame(doors[1], doors[0])
  t.strictSame(doors[2], doors[0])
  t.strictSame(doors[3], doors[0])
})

t.test('why nobody answered is told in words, and not in those of a library', async (t) => {
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
