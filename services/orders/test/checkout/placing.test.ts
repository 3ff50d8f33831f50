import assert from 'node:assert/strict'
import { createPool } from '@vilkar/server/postgres.ts'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { sql } from 'kysely'
import t from 'tap'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest(t)
const { call, db, clock, stock, orderOf } = house
await stock('SENSOR-1', { stock: 1_000 })

const key = () => crypto.randomUUID()
const post = (body: unknown, idempotencyKey: string | undefined = key(), role = 'storefront') =>
  call(role, 'POST', '/orders', body, idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey })
const quote = async (changes: object = {}, role?: string) => {
  const quoted = await house.quote(changes, role)
  assert.ok(quoted.terms, JSON.stringify(quoted))
  return quoted
}
const business = { kind: 'business', name: 'Bedrift AS', organisationNumber: '999615147' }
const stockOf = async (sku: string) =>
  (await db.selectFrom('product').select('stock').where('sku', '=', sku).executeTakeFirstOrThrow()).stock

t.test(
  'an order leaves its row, its event, its payment, its mail and the remembered answer, and nothing else',
  async (t) => {
    const body = orderOf(await quote())
    const before = await stockOf('SENSOR-1')
    const added = await rowsAdded(db, async () => {
      const { status, headers, body: order } = await post(body)
      assert.equal(status, 201)
      assert.equal(headers.location, `/orders/${order.id}`)
      assert.equal(headers['idempotent-replayed'], undefined)
      assert.match(order.number, /^SG-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
      assert.partialDeepStrictEqual(order, { status: 'awaiting-payment', totals: { total: 19_900 }, shipments: [] })
      assert.match(order.payment.url, /\/payments\/[0-9a-f-]{36}$/)
      const { rows } = await sql`select type, aggregate_version from outbox where aggregate_id = ${order.id}`.execute(
        db,
      )
      assert.deepEqual(rows, [{ type: 'OrderPlaced', aggregate_version: 1 }])
    })
    t.strictSame(added, { idempotency: 1, mail: 1, orders: 1, outbox: 1, payment_session: 1 })
    t.equal(await stockOf('SENSOR-1'), before - 1)
  },
)

t.test('a business is asked for its organisation number, which may be written in groups', async (t) => {
  const quoted = await quote({ customerKind: 'business' })
  const { status, body } = await post(orderOf(quoted, { customer: { ...business, organisationNumber: '999 615 147' } }))
  t.equal(status, 201)
  t.equal(body.customer.organisationNumber, '999615147')
})

t.test('names with SQL and HTML in them are kept as they are, and the mail shows them harmless', async (t) => {
  const name = `Robert'); drop table orders;-- <script>alert("1")</script> & Åse`
  const email = `robert.${key()}@example.com`
  const { status, body } = await post(
    orderOf(await quote(), {
      customer: { kind: 'consumer', name },
      email,
      shippingAddress: { ...house.address, name },
    }),
  )
  t.equal(status, 201)
  t.equal((await call('storefront', 'GET', `/orders/${body.id}`)).body.customer.name, name)
  const [mail] = await eventually(
    'the acknowledgement',
    async () => house.mailbox.to(email).length > 0 && house.mailbox.to(email),
  )
  t.ok(mail!.text.includes(name))
  t.ok(mail!.html.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; Åse'))
  t.ok(!mail!.html.includes('<script>'))
})

t.test(
  'a replica that freezes while it holds the stock keeps nobody from placing for longer than its limit',
  async (t) => {
    const body = orderOf(await quote())
    const replica = createPool(house.databaseUrl, { max: 1 })
    t.teardown(() => replica.end())
    const frozen = await replica.connect()
    await frozen.query('begin')
    await frozen.query('select from product for update')
    const { status } = await post(body)
    t.equal(status, 201, 'it waited no longer than anybody waits for a lock')
    await t.rejects(frozen.query('commit'), 'what the frozen one had done is not done')
    frozen.release(true)
  },
)

t.test('the Idempotency-Key', async (t) => {
  t.test('is needed, and must be one', async () => {
    const body = orderOf(await quote())
    const without = () => call('storefront', 'POST', '/orders', body)
    await changesNothing(db, async () => {
      assertProblem(await without(), 400, 'idempotency-key-missing', /Send an Idempotency-Key header/)
      for (const wrong of ['', 'two words', 'x'.repeat(201), 'blåbær'])
        assertProblem(await post(body, wrong), 400, 'idempotency-key-invalid', /1 to 200 visible ASCII/)
    })
  })
  t.test('said again with the same body, in whatever order, gets the same bytes and changes nothing', async (t) => {
    const body = orderOf(await quote())
    const first = key()
    const answers = [await post(body, first)]
    const reversed = Object.fromEntries(Object.entries(body).reverse())
    await changesNothing(db, async () => void answers.push(await post(body, first), await post(reversed, `"${first}"`)))
    for (const again of answers.slice(1)) {
      t.equal(again.status, 201)
      t.equal(again.headers['idempotent-replayed'], 'true')
      t.equal(again.text, answers[0]!.text)
      t.equal(again.headers.location, answers[0]!.headers.location)
      t.equal(again.headers['content-type'], answers[0]!.headers['content-type'])
    }
  })
  t.test('keeps its answer when the order has moved on', async (t) => {
    const body = orderOf(await quote())
    const first = key()
    const placed = await post(body, first)
    await call('storefront', 'PUT', `/orders/${placed.body.id}/cancellation`, { by: 'customer' })
    t.equal((await post(body, first)).text, placed.text)
  })
  t.test('with another body is refused', async () => {
    const first = key()
    await post(orderOf(await quote()), first)
    const other = orderOf(await quote())
    await changesNothing(db, async () =>
      assertProblem(await post(other, first), 422, 'idempotency-key-reused', /was used for another request/),
    )
  })
  t.test('of another caller is another key', async (t) => {
    const shared = key()
    const [one, two] = [
      await post(orderOf(await quote()), shared),
      await post(orderOf(await quote({}, 'customer')), shared, 'customer'),
    ]
    t.strictSame([one.status, two.status], [201, 201])
    t.not(one.body.id, two.body.id)
  })
  t.test('in flight is told to wait, and exactly one order comes of twenty equal requests', async (t) => {
    const body = orderOf(await quote())
    const shared = key()
    const added = await rowsAdded(db, async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => post(body, shared)))
      const waiting = answers.filter(({ status }) => status === 409)
      for (const answer of waiting) {
        assertProblem(answer, 409, 'request-in-flight', /being worked on/)
        assert.equal(answer.headers['retry-after'], '1')
      }
      assert.ok(waiting.length > 0)
      assert.equal(answers.filter(({ status, headers }) => status === 201 && !headers['idempotent-replayed']).length, 1)
    })
    t.equal(added.orders, 1)
    t.equal((await post(body, shared)).headers['idempotent-replayed'], 'true')
  })
  t.test('of a refused order is free for a better one', async (t) => {
    const shared = key()
    const body = orderOf(await quote())
    t.equal((await post({ ...body, acceptedTermsSha256: '0'.repeat(64) }, shared)).status, 409)
    t.equal((await post(body, shared)).status, 201)
  })
})

t.test('is refused and changes nothing:', async (t) => {
  const refused = (body: unknown, ...expected: [number, string, RegExp]) =>
    changesNothing(db, async () => assertProblem(await post(body), ...expected))

  t.test('a quote that nobody made', async () =>
    refused({ ...orderOf(await quote()), quoteId: key() }, 404, 'quote-unknown', /no such quote/),
  )
  t.test('a quote that became an order', async (t) => {
    const body = orderOf(await quote())
    t.equal((await post(body)).status, 201)
    await refused(body, 409, 'quote-used', /already become an order\. Ask for a new one/)
  })
  t.test('terms that are not the ones in force, telling which are', async () => {
    const quoted = await quote()
    await changesNothing(db, async () => {
      const answer = await post({ ...orderOf(quoted), acceptedTermsSha256: 'f'.repeat(64) })
      assertProblem(answer, 409, 'terms-stale', new RegExp(`Show edition ${quoted.terms.edition}`))
      assert.deepEqual(answer.body.currentTerms, quoted.terms)
    })
  })
  t.test('more than is left, with the numbers', async (t) => {
    await stock('FEW-1', { stock: 3 })
    const quoted = await quote({ lines: [{ sku: 'FEW-1', quantity: 5 }] })
    await changesNothing(db, async () => {
      const answer = await post(orderOf(quoted))
      assertProblem(answer, 409, 'out-of-stock', /5 of FEW-1 were asked for and 3 are left/)
      assert.deepEqual(answer.body.shortages, [{ sku: 'FEW-1', wanted: 5, available: 3 }])
    })
    t.equal(await stockOf('FEW-1'), 3)
  })
  t.test('a quote for another kind of customer', async () => {
    await refused(
      orderOf(await quote(), { customer: business }),
      409,
      'quote-differs',
      /for a consumer, the order for a business/,
    )
    const forBusiness = await quote({ customerKind: 'business' })
    await refused(orderOf(forBusiness), 409, 'quote-differs', /for a business, the order for a consumer/)
  })
  t.test('an organisation number whose check digit is wrong', async () => {
    const quoted = await quote({ customerKind: 'business' })
    for (const organisationNumber of ['999615148', '123456789', '999 615 1', '000000010'])
      await refused(
        orderOf(quoted, { customer: { ...business, organisationNumber } }),
        400,
        'invalid-input',
        /body\.customer/,
      )
    await refused(
      orderOf(quoted, { customer: { ...business, organisationNumber: '999615148' } }),
      400,
      'invalid-input',
      /organisationNumber is not an organisation number or VAT id of Norway/,
    )
  })
  for (const [what, changes, detail] of [
    ['an address that is no email', { email: 'kari' }, /body\.email must be an e-mail address/],
    ['an email with a second line', { email: 'kari@example.com\r\nBcc: x@example.com' }, /body\.email/],
    ['a hash that is none', { acceptedTermsSha256: 'yes' }, /body\.acceptedTermsSha256/],
    ['a quote’s id that is none', { quoteId: '1; drop table quote' }, /body\.quoteId .*uuid/],
    ['a name without a letter', { customer: { kind: 'consumer', name: '' } }, /body\.customer/],
    ['a consumer with an organisation number', { customer: { ...business, kind: 'consumer' } }, /body\.customer/],
    ['an unknown field', { discount: 100 }, /discount/],
    ['an unknown language', { locale: 'tlh' }, /body\.locale/],
    [
      'an address without a street',
      { shippingAddress: { ...house.address, street: undefined } },
      /body\.shippingAddress .*street/,
    ],
    [
      'an unknown field of the address',
      { shippingAddress: { ...house.address, floor: 3 } },
      /body\.shippingAddress .*floor/,
    ],
    [
      'a character that no database keeps',
      { customer: { kind: 'consumer', name: 'Ka\0ri' } },
      /body\.customer\.name must be a name on one line/,
    ],
  ] as const)
    t.test(what, async () => refused({ ...orderOf(await quote()), ...changes }, 400, 'invalid-input', detail))
  t.test('a body of two megabytes, or one that is not JSON', async () => {
    await refused({ note: 'x'.repeat(2_000_000) }, 413, 'body-too-large', /256 KiB/)
    await refused('{"quoteId":', 400, 'malformed-request', /JSON/)
  })
  t.test('a caller without a token or without the scope', async () => {
    const body = orderOf(await quote())
    await changesNothing(db, async () => {
      assertProblem(await post(body, key(), 'nobody'), 401, 'token-missing', /bearer token/)
      assertProblem(await post(body, key(), 'warehouse'), 403, 'scope-missing', /orders:place/)
    })
  })
  t.test('a quote whose time is over', async () => {
    const quoted = await quote()
    clock.advance('PT31M')
    await refused(orderOf(quoted), 409, 'quote-expired', new RegExp(`good until ${quoted.expiresAt}`))
  })
})

t.test('orders at the same moment', async (t) => {
  t.test('for the last item: one gets it, the other hears what is left', async (t) => {
    await stock('LAST-1', { stock: 1 })
    const bodies = await Promise.all(
      [1, 2].map(async () => orderOf(await quote({ lines: [{ sku: 'LAST-1', quantity: 1 }] }))),
    )
    const added = await rowsAdded(db, async () => {
      const answers = await Promise.all(bodies.map((body) => post(body)))
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409])
      assertProblem(answers.find(({ status }) => status === 409)!, 409, 'out-of-stock', /1 of LAST-1 .* 0 are left/)
    })
    t.strictSame([added.orders, added.outbox, await stockOf('LAST-1')], [1, 1, 0])
  })
  t.test('from one quote: one becomes an order', async (t) => {
    const body = orderOf(await quote())
    const answers = await Promise.all([post(body), post(body)])
    t.strictSame(answers.map(({ status }) => status).toSorted(), [201, 409])
    assertProblem(answers.find(({ status }) => status === 409)!, 409, 'quote-used', /already/)
  })
  t.test('forty for the last ten: ten get them, and every order has its event', async (t) => {
    await stock('TEN-1', { stock: 10 })
    const bodies = await Promise.all(
      Array.from({ length: 40 }, async () => orderOf(await quote({ lines: [{ sku: 'TEN-1', quantity: 1 }] }))),
    )
    const added = await rowsAdded(db, async () => {
      const answers = await Promise.all(bodies.map((body) => post(body)))
      assert.equal(answers.filter(({ status }) => status === 201).length, 10)
      assert.equal(answers.filter(({ body }) => body.type === '/problems/out-of-stock').length, 30)
    })
    t.strictSame([added.orders, added.outbox, added.payment_session, await stockOf('TEN-1')], [10, 10, 10, 0])
  })
})
