import assert from 'node:assert/strict'
import { erase } from '@vilkar/personal-data/erase.ts'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { placeOrders } from '../../checkout/place-orders.ts'
import { holding, idsOf } from '../../erasure/holding.ts'
import { pageOf, tell } from '../alarming.ts'
import { catalogue, quoteFor } from '../an-order.ts'
import { startOrdersForTest } from '../orders-service.ts'
import { paying } from '../paying.ts'
import { stopAll } from '../stop-all.ts'

const house = await startOrdersForTest(t)
const { call, db, clock, stock, orderOf } = house
await stock('SENSOR-1', { stock: 1_000 })
await stock('LOCK-1', { name: { nb: 'Dørlås', en: 'Door lock' }, priceNok: 129_900, priceEur: 10_990, stock: 100 })

const EMAIL = 'kari@example.com'
const newId = () => crypto.randomUUID()
const later = (days: number) =>
  clock
    .now()
    .add({ hours: 24 * days })
    .toString()
const lines = (unitPrice = 8_000, quantity = 2) => [{ sku: 'SENSOR-1', quantity, unitPrice }]
const bodyOf = (changes: object = {}) => ({
  ...{ lines: lines(), currency: 'NOK', until: later(7), reason: 'The sensor came late.' },
  ...changes,
})
const offer = (orderId: string, changes: object = {}, role = 'support', id: string = newId()) =>
  call(role, 'PUT', `/orders/${orderId}/price-offers/${id}`, bodyOf(changes))
const offersOf = async (orderId: string) => (await call('support', 'GET', `/orders/${orderId}/price-offers`)).body.items
/** An order of a customer, to offer something about. */
const anOrder = async (email = EMAIL) => (await house.place({ email })).body.id as string
async function offered(changes: object = {}, email = EMAIL) {
  const orderId = await anOrder(email)
  const { status, body, text } = await offer(orderId, changes)
  assert.equal(status, 201, text)
  return { orderId, id: body.id as string }
}
const askQuote = (priceOffer: string, changes: object = {}) =>
  call('storefront', 'POST', '/quotes', {
    ...{ lines: [{ sku: 'SENSOR-1', quantity: 2 }], currency: 'NOK', customerKind: 'consumer', country: 'NO' },
    ...{ locale: 'en', priceOffer, ...changes },
  })
const place = (quoted: object, changes: object = {}) =>
  call('storefront', 'POST', '/orders', orderOf(quoted as never, changes), { 'idempotency-key': newId() })

t.test('a price is offered to the customer of an order, once however often it is said', async (t) => {
  const orderId = await anOrder()
  const id = newId()
  const until = later(7)
  const { status, body } = await offer(orderId, { until }, 'support', id)
  t.equal(status, 201)
  t.hasStrict(body, { id, orderId, status: 'open', given: 4_000, currency: 'NOK', until, offeredBy: 'support' })
  t.strictSame(body.lines, [{ sku: 'SENSOR-1', quantity: 2, unitPrice: 8_000, cataloguePrice: 10_000 }])
  t.match(JSON.stringify(body.reasons), /avtaleloven.*§ 2.*§ 7/)
  await changesNothing(db, async () => {
    const again = await offer(orderId, { until: until.replace('Z', '+00:00') }, 'manager', id)
    assert.deepEqual([again.status, again.body], [200, body])
    for (const changes of [{ reason: 'Another.' }, { until: later(8) }, { lines: lines(7_999) }])
      assertProblem(await offer(orderId, { until, ...changes }, 'support', id), 409, 'price-offer-recorded', /own/)
  })
  const other = await anOrder()
  assertProblem(await offer(other, { until }, 'support', id), 409, 'price-offer-recorded', /under this id/)
  t.strictSame(await offersOf(orderId), [body])
  await t.rejects(house.owner.deleteFrom('price_offer').execute(), { code: '23001' })
  await t.rejects(house.owner.updateTable('price_offer').set({ given: 1 }).execute(), { code: '23001' })
})

t.test('the customer is told by mail, once: what, the price, what it costs otherwise and until when', async (t) => {
  const email = 'told@example.com'
  const { id, orderId } = await offered({}, email)
  const told = () => house.mailbox.to(email).filter(({ subject }) => /^An offer to you/.test(subject ?? ''))
  const [mail] = await eventually('the mail', async () => told().length > 0 && told())
  for (const words of [
    /2 × Sensor: NOK.80\.00 each\. In the shop today: NOK.100\.00/,
    /incl\. VAT/,
    /avtaleloven § 2 and § 7/,
  ])
    t.match(mail!.text, words)
  t.ok(mail!.text.includes(id))
  t.notMatch(mail!.text, /came late/, 'why it is offered is for the staff')
  const [kept] = await offersOf(orderId)
  const { reason, until, currency, lines: known } = kept
  const said = known.map(({ sku, quantity, unitPrice }: Record<string, unknown>) => ({ sku, quantity, unitPrice }))
  t.equal((await offer(orderId, { reason, until, currency, lines: said }, 'support', id)).status, 200)
  const rows = await db
    .selectFrom('mail')
    .select('id')
    .where('kind', '=', 'price-offered')
    .where('about_id', '=', orderId)
    .execute()
  t.equal(rows.length, 1, 'said again, it is told no second time')
})

t.test('what may not be offered is refused and changes nothing', async (t) => {
  const orderId = await anOrder()
  for (const [what, changes, detail] of [
    ['a price that is today’s', { lines: lines(10_000) }, /at 10000, which is not below its price of 10000 today/],
    ['a price of nothing', { lines: lines(0) }, /unitPrice .*1/],
    ['goods that nobody sells', { lines: [{ sku: 'GONE-1', quantity: 1, unitPrice: 1 }] }, /does not sell: GONE-1/],
    ['goods twice', { lines: [...lines(), ...lines()] }, /more than once/],
    ['an end that has passed', { until: later(-1) }, /body\.until is a moment that has passed/],
    ['an end in a year', { until: later(365) }, /body\.until must be within 90 days/],
    ['no reason', { reason: '' }, /body\.reason/],
    ['an unknown field', { coupon: 'FREE' }, /coupon/],
  ] as const)
    t.test(what, async () =>
      changesNothing(db, async () => assertProblem(await offer(orderId, changes), 400, 'invalid-input', detail)),
    )
  t.test('by who is not of the staff, or about no order', async () => {
    for (const role of ['storefront', 'customer'])
      assertProblem(await offer(orderId, {}, role), 403, 'scope-missing', /staff/)
    assertProblem(await offer(newId()), 404, 'order-unknown', /no such order/)
  })
})

t.test(
  'what is given below the catalogue is limited by who gives it, for all offers of an order together',
  async (t) => {
    const orderId = await anOrder()
    const dear = (quantity: number, unitPrice: number) => ({ lines: [{ sku: 'LOCK-1', quantity, unitPrice }] })
    t.equal((await offer(orderId, dear(1, 99_900))).status, 201, '300.00')
    await changesNothing(db, async () => {
      const refused = await offer(orderId, dear(1, 109_800))
      assertProblem(
        refused,
        409,
        'price-offer-limit',
        /come to 50100 NOK .*up to 50000; up to 2000000 .*"returns:approve"/,
      )
      t.hasStrict(refused.body, { anybody: 50_000, approvers: 2_000_000 })
      const beyond = await offer(orderId, dear(100, 100_000), 'manager')
      assertProblem(beyond, 409, 'price-offer-limit', /Nobody may offer more than 2000000/)
    })
    const euro = { lines: [{ sku: 'LOCK-1', quantity: 1, unitPrice: 6_000 }], currency: 'EUR' }
    assertProblem(await offer(orderId, euro), 400, 'invalid-input', /currency must be NOK, as of what was offered/)
    const preview = await call('manager', 'POST', `/orders/${orderId}/price-offers/preview`, bodyOf(dear(1, 109_800)))
    t.equal(preview.status, 200)
    t.hasStrict(preview.body, { given: 20_100, givenBefore: 30_000, anybody: 50_000, approvers: 2_000_000 })
    const both = await Promise.all([1, 2].map(() => offer(orderId, dear(1, 119_900))))
    t.strictSame(both.map(({ status }) => status).toSorted(), [201, 201], 'exactly as much as one may give')
    const races = await Promise.all([1, 2].map(() => offer(orderId, dear(10, 29_900), 'manager')))
    t.strictSame(races.map(({ status }) => status).toSorted(), [201, 409], 'two at once give no more than may be given')
    clock.advance('P8D')
    t.equal((await offer(orderId, dear(1, 109_800))).status, 201, 'an offer that ended unused gave nothing')
  },
)

t.test('a quote', async (t) => {
  t.test('has the price that was offered, with its VAT, and says which offer it stands on', async (t) => {
    const { id } = await offered()
    const { status, body } = await askQuote(id, {
      lines: [...lines(0, 1), { sku: 'LOCK-1', quantity: 1 }].map(({ sku, quantity }) => ({ sku, quantity })),
    })
    t.equal(status, 201)
    t.match(body.priceOffer, { id })
    t.hasStrict(body.lines, [
      { unitPrice: 8_000, total: 8_000, vat: 1_600, shown: { unitPrice: 8_000, total: 8_000 }, withoutOffer: 10_000 },
      { unitPrice: 129_900, total: 129_900 },
    ])
    t.equal(body.lines[1].withoutOffer, undefined)
    t.equal(body.totals.goods, 137_900)
    const { items } = (await call('nobody', 'GET', '/products?after=SENSOR&limit=1')).body
    t.strictSame([items[0].priceNok, items[0].lowered], [10_000, undefined], 'the price for all is as it was')
  })
  t.test('in euro: VAT comes on top at home, and is none abroad', async (t) => {
    const euro = [{ sku: 'SENSOR-1', quantity: 2, unitPrice: 800 }]
    const { id } = await offered({ lines: euro, currency: 'EUR' })
    const abroad = (await askQuote(id, { currency: 'EUR', country: 'DE' })).body
    t.hasStrict(abroad.lines, [{ unitPrice: 800, total: 1_600, vat: 0, withoutOffer: 900 }])
    t.hasStrict(abroad, { vat: { exported: true }, totals: { vat: 0 } })
    const offer = { id, currency: 'EUR', until: later(7), lines: [{ ...euro[0]!, cataloguePrice: 3_999 }] } as const
    const cart = { lines: [{ sku: 'SENSOR-1', quantity: 2 }], currency: 'EUR' as const }
    const priced = (changes: object) =>
      quoteFor({ ...cart, ...changes }, catalogue, { ...offer, lines: [...offer.lines] })
    t.hasStrict(priced({}).lines, [{ unitPrice: 1_000, total: 2_000, vat: 400, withoutOffer: 4_999 }])
    const business = priced({ customerKind: 'business' }).lines
    t.hasStrict(business, [{ total: 2_000, shown: { unitPrice: 800, total: 1_600 }, withoutOffer: 3_999 }])
  })
  t.test(
    'of an offer in kroner, exported: what was offered without its VAT, and freight by what is paid',
    async (t) => {
      const goods = [catalogue[0]!, { ...catalogue[1]!, vat_rate: 1_500 }]
      const lines = [{ sku: 'SENSOR-1', quantity: 2, unitPrice: 40_000, cataloguePrice: 49_900 }]
      const offer = { id: newId(), currency: 'NOK', until: later(7), lines } as const
      const exported = quoteFor({ country: 'SJ', postalCode: '9170' }, goods, { ...offer, lines })
      t.hasStrict(exported.lines[0], { unitPrice: 32_000, total: 64_000, vat: 0, withoutOffer: 39_920 })
      const usual = quoteFor({}, [{ ...goods[0]!, price_nok: 40_000 }, goods[1]!])
      t.strictSame(quoteFor({}, goods, { ...offer, lines }).delivery, usual.delivery)
    },
  )
  t.test('has the price of the catalogue once that is cheaper, and takes no offer then', async (t) => {
    const { id } = await offered()
    await stock('SENSOR-1', { priceNok: 7_000, stock: undefined })
    const { body } = await askQuote(id)
    t.strictSame([body.lines[0].unitPrice, body.priceOffer, body.lines[0].withoutOffer], [7_000, undefined, undefined])
    await stock('SENSOR-1', { priceNok: 20_000, stock: undefined })
    t.equal((await askQuote(id)).body.lines[0].unitPrice, 8_000, 'whatever the catalogue becomes, the offer binds')
    await stock('SENSOR-1', { stock: undefined })
  })
  t.test('is good no longer than the offer, and there is none after it', async (t) => {
    const { id } = await offered({ until: clock.now().add({ minutes: 10 }).toString() })
    const { body } = await askQuote(id)
    t.equal(body.expiresAt, body.priceOffer.until)
    clock.advance('PT10M')
    assertProblem(await place(body), 409, 'quote-expired', /was good until/)
    assertProblem(await askQuote(id), 409, 'price-offer-ended', /good until/)
  })
  t.test('is refused where it is not what was offered', async () => {
    const { id } = await offered()
    await changesNothing(db, async () => {
      const three = await askQuote(id, { lines: [{ sku: 'SENSOR-1', quantity: 3 }] })
      assertProblem(three, 409, 'price-offer-exceeded', /3 of SENSOR-1 were asked for and 2 are offered/)
      assertProblem(await askQuote(newId()), 404, 'price-offer-unknown', /no such offer/)
      assertProblem(await askQuote(id, { currency: 'EUR' }), 409, 'price-offer-differs', /in NOK/)
      const locks = await askQuote(id, { lines: [{ sku: 'LOCK-1', quantity: 1 }] })
      assertProblem(locks, 409, 'price-offer-differs', /for SENSOR-1, and none of that/)
    })
  })
})

t.test('an order takes an offer once', async (t) => {
  t.test('and says so; capitals and what follows a plus make no other customer', async (t) => {
    const { id, orderId } = await offered()
    const [first, second] = [(await askQuote(id)).body, (await askQuote(id)).body]
    const { status, body } = await place(first, { email: 'KARI+shop@example.com' })
    t.strictSame([status, body.priceOffer, body.lines[0].total], [201, id, 16_000])
    t.hasStrict(await offersOf(orderId), [{ status: 'used', usedBy: body.id }])
    await changesNothing(db, async () => {
      assertProblem(await place(second), 409, 'price-offer-used', /taken by an order already/)
      assertProblem(await askQuote(id), 409, 'price-offer-used', /taken/)
    })
  })
  t.test('for nobody but the customer that it was made to', async () => {
    const { id } = await offered()
    const quoted = (await askQuote(id)).body
    await changesNothing(db, async () =>
      assertProblem(
        await place(quoted, { email: 'ola@example.com' }),
        409,
        'price-offer-of-another',
        /another customer/,
      ),
    )
  })
  t.test('of twenty at the same moment', async (t) => {
    const { id, orderId } = await offered()
    const quotes = await Promise.all(Array.from({ length: 20 }, async () => (await askQuote(id)).body))
    const added = await rowsAdded(db, async () => {
      const answers = await Promise.all(quotes.map((each) => place(each)))
      assert.equal(answers.filter(({ status }) => status === 201).length, 1)
      assert.equal(answers.filter(({ body }) => body.type === '/problems/price-offer-used').length, 19)
    })
    t.equal(added.orders, 1)
    t.equal((await offersOf(orderId))[0].status, 'used')
  })
  t.test('in two transactions at once, and within one batch', async (t) => {
    for (const batches of [2, 1]) {
      const { id } = await offered()
      const placements = await Promise.all(
        [1, 2].map(async () => {
          const { id: quoteId, terms } = (await askQuote(id)).body
          return placementOf(quoteId, terms.sha256)
        }),
      )
      const run = placeOrders(house.deps)
      const results = (
        await Promise.all(batches === 2 ? placements.map((each) => run([each])) : [run(placements)])
      ).flat()
      t.strictSame(results.map(({ kind }) => kind).toSorted(), ['placed', 'refused'], `${batches} transactions`)
    }
  })
  t.test('and gives it back when it ends unpaid or before its contract', async (t) => {
    const { id, orderId } = await offered()
    const unpaid = (await place((await askQuote(id)).body)).body
    const at = clock.now().toString()
    await tell(house, { type: 'FailPayment', data: { orderId: unpaid.id, at, cause: 'payment-abandoned' } })
    t.hasStrict(await offersOf(orderId), [{ status: 'open' }])
    const taken = (await place((await askQuote(id)).body)).body
    await call('storefront', 'PUT', `/orders/${taken.id}/cancellation`, { by: 'customer' })
    t.hasStrict(await offersOf(orderId), [{ status: 'open' }])
    const kept = (await place((await askQuote(id)).body)).body
    t.hasStrict(await offersOf(orderId), [{ status: 'used', usedBy: kept.id }])
    t.equal((await call('support', 'GET', `/orders/${taken.id}`)).body.priceOffer, id, 'an order says what it stood on')
    clock.advance('P8D')
    await tell(house, {
      type: 'FailPayment',
      data: { orderId: kept.id, at: clock.now().toString(), cause: 'payment-abandoned' },
    })
    assertProblem(await askQuote(id), 409, 'price-offer-ended', /good until/)
  })
})

t.test('whoever ends an order and orders anew at the same moment has the offer once, or still', async (t) => {
  const { id, orderId } = await offered()
  // Asked for while the offer was free: nobody is quoted by one that is taken.
  const quotes = await Promise.all(Array.from({ length: 22 }, async () => (await askQuote(id)).body))
  const next = () => quotes.pop()!
  let taken = (await place(next())).body.id as string
  for (let round = 0; round < 10; round += 1) {
    const end = () => call('storefront', 'PUT', `/orders/${taken}/cancellation`, { by: 'customer' })
    const [ended, again] = await Promise.all([end(), place(next())])
    assert.equal(ended.body.status, 'cancelled', ended.text)
    const [{ status, usedBy }] = await offersOf(orderId)
    assert.deepEqual([status, usedBy], again.status === 201 ? ['used', again.body.id] : ['open', undefined])
    if (again.status !== 201) assertProblem(again, 409, 'price-offer-used', /taken/)
    const placed = again.status === 201 ? again : await place(next())
    assert.equal(placed.status, 201, placed.text)
    taken = placed.body.id
  }
  t.hasStrict(await offersOf(orderId), [{ usedBy: taken }])
})

t.test('an order that ends after its contract keeps its offer', async (t) => {
  const { id, orderId } = await offered()
  const { body: order } = await place((await askQuote(id)).body)
  house.klarna.approve(await pageOf(order.payment.url))
  await paying(house).reaches(order.id, 'formed')
  const at = clock.now().toString()
  const data = { requestId: newId(), orderId: order.id, at, by: 'customer', reason: 'customer-wish' } as const
  await tell(house, { type: 'CancelOrder', data })
  await stopAll(house, order.id, at)
  t.equal((await call('support', 'GET', `/orders/${order.id}`)).body.status, 'cancelled')
  t.hasStrict(await offersOf(orderId), [{ status: 'used', usedBy: order.id }])
})

t.test('an offer of an erased order is nobody’s, and none is made for it', async (t) => {
  const { id, orderId } = await offered({}, 'mona@example.com')
  const quoted = (await askQuote(id)).body
  const at = clock.now().toString()
  await transact(house.deps, async (trx) => erase(trx, holding, await idsOf(trx, [orderId]), { keeps: [], at }))
  t.equal((await offersOf(orderId))[0].reason, 'erased')
  const refused = await place(quoted, { email: 'mona@example.com' })
  assertProblem(refused, 409, 'price-offer-of-another', /another customer/)
  assertProblem(await offer(orderId), 409, 'customer-erased', /nobody left/)
})

function placementOf(quoteId: string, acceptedSha256: string): Parameters<ReturnType<typeof placeOrders>>[0][number] {
  const at = clock.now()
  const reservedUntil = at.add('PT30M').toString()
  return {
    ...{ orderId: newId(), at, quoteId, acceptedSha256, reservedUntil, paymentDueAt: at.add('PT24H').toString() },
    ...{ customerKind: 'consumer', country: 'NO', locale: 'en' },
    personal: { placedBy: 'storefront', email: EMAIL, name: 'Kari Eksempel', shippingAddress: house.address },
    idempotency: { subject: 'storefront', key: newId(), fingerprint: 'f' },
    answer: ({ id }) => JSON.stringify({ id }),
  }
}
