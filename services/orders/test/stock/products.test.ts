import assert from 'node:assert/strict'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest(t)
const { call, db } = house

const product = { name: { nb: 'Kabel', en: 'Cable' }, priceNok: 100, priceEur: 10, vatRate: 2500 }
const put = (sku: string, changes: object = {}, headers: Record<string, string> = {}) =>
  call('warehouse', 'PUT', `/products/${sku}`, { ...product, ...changes }, headers)
const change = (sku: string, body: object, key: string = crypto.randomUUID(), role = 'warehouse') =>
  call(role, 'POST', `/products/${sku}/stock-changes`, body, { 'idempotency-key': key })
const stockOf = async (sku: string) =>
  (await db.selectFrom('product').select('stock').where('sku', '=', sku).executeTakeFirstOrThrow()).stock
const historyOf = async (sku: string) =>
  (await call('warehouse', 'GET', `/products/${sku}/stock-changes`)).body.items as Record<string, unknown>[]
const buy = async (sku: string, quantity: number) => {
  const quoted = await house.quote({ lines: [{ sku, quantity }] })
  return call('storefront', 'POST', '/orders', house.orderOf(quoted), { 'idempotency-key': crypto.randomUUID() })
}

t.test('a product that is edited', async (t) => {
  t.test('keeps its stock: what was sold since it was read is not for sale again', async (t) => {
    await put('EDIT-1', { stock: 2 })
    const read = (await call('nobody', 'GET', '/products')).body.items.find(
      (each: { sku: string }) => each.sku === 'EDIT-1',
    )
    t.equal((await buy('EDIT-1', 2)).status, 201)
    const { sku: _, ...body } = read
    t.equal((await put('EDIT-1', { ...body, name: { nb: 'Ny kabel', en: 'New cable' } })).status, 200)
    t.equal(await stockOf('EDIT-1'), 0)
    assertProblem(await buy('EDIT-1', 1), 409, 'out-of-stock', /0 are left/)
  })
  t.test('takes no other stock than it has or began with, and says by which door it changes', async () => {
    await put('EDIT-2', { stock: 5 })
    await changesNothing(db, async () =>
      assertProblem(await put('EDIT-2', { stock: 9 }), 409, 'stock-not-described', /5 units are free.*stock-changes/),
    )
  })
  t.test('is told from one that somebody else edited, by its ETag', async (t) => {
    const made = await put('EDIT-3', { stock: 1 })
    const { headers, body } = await call('nobody', 'GET', '/products/EDIT-3')
    t.match(headers.etag, /^"[\w-]{43}"$/)
    t.equal(made.headers.etag, headers.etag)
    t.strictSame(made.body, body)
    const mine = { 'if-match': `"something-else", ${headers.etag}` }
    const first = await put('EDIT-3', { priceNok: 200 }, mine)
    t.equal(first.status, 200)
    const second = await put('EDIT-3', { priceNok: 300 }, mine)
    assertProblem(second, 412, 'precondition-failed', /not as it was when it was read/)
    t.equal(second.headers.etag, first.headers.etag)
    t.strictSame(second.body.current, first.body)
    t.equal((await call('nobody', 'GET', '/products/EDIT-3')).body.priceNok, 200)
    t.equal((await put('EDIT-3', { priceNok: 300 }, { 'if-match': second.headers.etag as string })).status, 200)
  })
  t.test('is not told from itself by its stock', async (t) => {
    const { headers } = await put('EDIT-4', { stock: 3 })
    await buy('EDIT-4', 1)
    t.equal(
      (await call('nobody', 'GET', '/products/EDIT-4', undefined, { 'if-none-match': headers.etag as string })).status,
      304,
    )
    t.equal((await put('EDIT-4', {}, { 'if-match': headers.etag as string })).status, 200)
  })
  t.test('by two at once with one ETag is edited by one', async (t) => {
    const { headers } = await put('EDIT-5', { stock: 1 })
    const both = await Promise.all(
      [1, 2].map((priceNok) => put('EDIT-5', { priceNok }, { 'if-match': headers.etag as string })),
    )
    t.strictSame(both.map(({ status }) => status).sort(), [200, 412])
  })
  for (const [what, headers, status] of [
    ['a weak tag matches nothing', { 'if-match': 'W/"x"' }, 412],
    ['any product matches *', { 'if-match': '*' }, 200],
    ['what exists is not made again', { 'if-none-match': '*' }, 412],
  ] as const)
    t.test(what, async (t) => {
      await put('EDIT-6', { stock: 1 })
      t.equal((await put('EDIT-6', {}, headers)).status, status)
    })
})

t.test('a product that is new', async (t) => {
  t.test('is made only once, whoever asks at once', async (t) => {
    const all = await Promise.all([1, 2, 3].map((stock) => put('NEW-1', { stock }, { 'if-none-match': '*' })))
    t.equal(all.filter(({ status }) => status === 201).length, 1)
    t.equal(all.filter(({ status }) => status === 412).length, 2)
    const same = await Promise.all([1, 2, 3].map(() => put('NEW-4', { stock: 4 })))
    t.strictSame(same.map(({ status }) => status).sort(), [200, 200, 201])
    t.equal((await historyOf('NEW-1')).length, 1)
  })
  t.test('needs its stock, and matches nothing', async () => {
    await changesNothing(db, async () => {
      assertProblem(await put('NEW-2'), 400, 'invalid-input', /body\.stock is missing: the product is new/)
      const answer = await put('NEW-2', { stock: 1 }, { 'if-match': '*' })
      assertProblem(answer, 412, 'precondition-failed', /no such product yet/)
      assert.equal(answer.headers.etag, undefined)
    })
  })
  t.test('is there or is not', async () => {
    assertProblem(await call('nobody', 'GET', '/products/NEW-3'), 404, 'product-unknown', /no product NEW-3/)
    assertProblem(await change('NEW-3', { units: 1, reason: 'received' }), 404, 'product-unknown', /no product NEW-3/)
    assertProblem(await call('warehouse', 'GET', '/products/NEW-3/stock-changes'), 404, 'product-unknown', /no product/)
  })
})

t.test('units are added and taken', async (t) => {
  t.test('with a reason, and who did it when is kept', async (t) => {
    await put('UNITS-1', { stock: 10 })
    await buy('UNITS-1', 4)
    const taken = await change('UNITS-1', { units: -3, reason: 'damaged', note: 'Water in the cellar.' })
    t.equal(taken.status, 201)
    t.hasStrict(taken.body, { sku: 'UNITS-1', units: -3, reason: 'damaged', stock: 3, by: 'warehouse' })
    t.equal((await change('UNITS-1', { units: 5, reason: 'received' })).body.stock, 8)
    t.equal(await stockOf('UNITS-1'), 8)
    t.strictSame(
      (await historyOf('UNITS-1')).map(({ units, reason, stock, by, note }) => [units, reason, stock, by, note]),
      [
        [10, 'opened', 10, 'warehouse', undefined],
        [-3, 'damaged', 3, 'warehouse', 'Water in the cellar.'],
        [5, 'received', 8, 'warehouse', undefined],
      ],
    )
    const { body: first } = await call('warehouse', 'GET', '/products/UNITS-1/stock-changes?limit=2')
    const { body: rest } = await call('warehouse', 'GET', `/products/UNITS-1/stock-changes?after=${first.next}`)
    t.strictSame([first.items.length, rest.items.length, rest.next], [2, 1, undefined])
  })
  t.test('but none that orders keep', async () => {
    await put('UNITS-2', { stock: 5 })
    await buy('UNITS-2', 4)
    await changesNothing(db, async () =>
      assertProblem(
        await change('UNITS-2', { units: -2, reason: 'counted' }),
        409,
        'stock-reserved',
        /2 units of UNITS-2 are to be taken and 1 are free. What orders keep stays/,
      ),
    )
  })
  t.test('once, however often it is asked for under one key, and at once', async (t) => {
    await put('UNITS-3', { stock: 5 })
    await put('UNITS-4', { stock: 5 })
    const key = crypto.randomUUID()
    const body = { units: -2, reason: 'lost' }
    const answers = await Promise.all([1, 2, 3].map(() => change('UNITS-3', body, key)))
    t.ok(answers.every(({ status }) => status === 201))
    t.equal(new Set(answers.map(({ text }) => text)).size, 1)
    t.equal(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true').length, 2)
    t.equal(await stockOf('UNITS-3'), 3)
    assertProblem(
      await change('UNITS-3', { ...body, units: -1 }, key),
      422,
      'idempotency-key-reused',
      /another request/,
    )
    assertProblem(await change('UNITS-4', body, key), 422, 'idempotency-key-reused', /another request/)
  })
  t.test('by two at once of the last there is, by one', async (t) => {
    await put('UNITS-5', { stock: 3 })
    const both = await Promise.all([1, 2].map(() => change('UNITS-5', { units: -2, reason: 'damaged' })))
    t.strictSame(both.map(({ status }) => status).sort(), [201, 409])
    t.equal(await stockOf('UNITS-5'), 1)
  })
  for (const [what, body, detail] of [
    ['no units', { units: 0, reason: 'counted' }, /body\.units must not be 0/],
    ['half a unit', { units: 0.5, reason: 'counted' }, /body\.units .*integer/],
    ['no reason', { units: 1 }, /reason/],
    ['a reason that nobody knows', { units: 1, reason: 'opened' }, /body\.reason/],
    ['another reason without a note', { units: 1, reason: 'other' }, /body\.note is missing: reason is other/],
  ] as const)
    t.test(`${what} is refused`, async () =>
      changesNothing(db, async () => assertProblem(await change('UNITS-1', body), 400, 'invalid-input', detail)),
    )
  t.test('only by who may, with a key', async () =>
    changesNothing(db, async () => {
      const body = { units: 1, reason: 'received' }
      assertProblem(await change('UNITS-1', body, 'k', 'storefront'), 403, 'scope-missing', /products:write/)
      const keyless = await call('warehouse', 'POST', '/products/UNITS-1/stock-changes', body)
      assertProblem(keyless, 400, 'idempotency-key-missing', /twice/)
      assertProblem(await change('UNITS-1', { ...body, units: 1_000_000 }), 409, 'stock-too-large', /above 1000000/)
    }),
  )
})
