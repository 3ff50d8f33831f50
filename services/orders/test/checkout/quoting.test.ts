import assert from 'node:assert/strict'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest(t)
const { call, db, stock } = house
await stock('SENSOR-1')
await stock('LOCK-1', { name: { nb: 'Dørlås', en: 'Door lock' }, priceNok: 129_900, priceEur: 10_990, stock: 3 })

const product = { name: { nb: 'Ny', en: 'New' }, priceNok: 100, priceEur: 10, vatRate: 2500, stock: 1 }
const cart = {
  lines: [{ sku: 'SENSOR-1', quantity: 2 }],
  currency: 'NOK',
  customerKind: 'consumer',
  country: 'NO',
  locale: 'en',
}
const askQuote = (changes: object = {}, role = 'storefront') => call(role, 'POST', '/quotes', { ...cart, ...changes })

t.test('the catalogue', async (t) => {
  t.test('a product is created and replaced under its SKU, and traits that are not named are false', async (t) => {
    const put = (changes: object) => call('warehouse', 'PUT', '/products/NEW-1', { ...product, ...changes })
    const { status, body } = await put({ traits: { madeToOrder: true } })
    t.equal(status, 201)
    const traits = { madeToOrder: true, hygieneSealed: false, safetyCritical: false, longLived: false }
    const { stock: _, ...described } = product
    t.strictSame(body, { sku: 'NEW-1', seller: 'smartgroup', ...described, traits })
    const replace = async () => t.equal((await put({ priceNok: 200 })).status, 200)
    t.strictSame(
      await rowsAdded(db, replace),
      { product_price: 1 },
      'no product more, and the price that it had is kept',
    )
    t.strictSame(await rowsAdded(db, replace), {}, 'the same again changes nothing')
    const { body: page } = await call('nobody', 'GET', '/products?after=NEW-0&limit=1')
    t.hasStrict(page.items, [{ sku: 'NEW-1', stock: 1, priceNok: 200, traits: { madeToOrder: false } }])
  })
  t.test('pages follow each other by cursor until the last, without a gap', async (t) => {
    for (const n of [1, 2, 3, 4, 5]) await stock(`PAGE-${n}`)
    const seen: string[] = []
    let next: string | undefined = 'PAGE-'
    while (next !== undefined && next < 'PAGE-5') {
      const { body } = await call('nobody', 'GET', `/products?limit=2&after=${next}`)
      t.ok(body.items.length <= 2)
      seen.push(...body.items.map(({ sku }: { sku: string }) => sku))
      next = body.next
    }
    t.strictSame(seen.slice(0, 5), ['PAGE-1', 'PAGE-2', 'PAGE-3', 'PAGE-4', 'PAGE-5'])
  })
  t.test('only who may write products writes them', async () => {
    await changesNothing(db, async () => {
      assertProblem(await call('nobody', 'PUT', '/products/X-1', product), 401, 'token-missing', /bearer token/)
      assertProblem(await call('storefront', 'PUT', '/products/X-1', product), 403, 'scope-missing', /products:write/)
    })
  })
  for (const [what, changes, detail] of [
    ['a negative price', { priceNok: -1 }, /body\.priceNok .*0/],
    ['half an øre', { priceNok: 0.5 }, /body\.priceNok .*integer/],
    ['a price as text', { priceEur: '10' }, /body\.priceEur .*integer/],
    ['a price beyond all measure', { priceNok: 1e15 }, /body\.priceNok .*100000000000/],
    ['negative stock', { stock: -1 }, /body\.stock .*0/],
    ['VAT above everything', { vatRate: 10_001 }, /body\.vatRate .*10000/],
    ['a name in one language', { name: { nb: 'Ny' } }, /body\.name .*en/],
    ['an unknown trait', { traits: { edible: true } }, /body\.traits .*edible/],
    ['an unknown field', { colour: 'red' }, /colour/],
  ] as const)
    t.test(`${what} is refused`, async () =>
      changesNothing(db, async () =>
        assertProblem(
          await call('warehouse', 'PUT', '/products/X-1', { ...product, ...changes }),
          400,
          'invalid-input',
          detail,
        ),
      ),
    )
  t.test('a SKU that is none is refused', async () =>
    changesNothing(db, async () => {
      for (const sku of ['-1', 'a%20b', "x';drop%20table%20product;--", 'x'.repeat(65)])
        assertProblem(await call('warehouse', 'PUT', `/products/${sku}`, product), 400, 'invalid-input', /params\.sku/)
    }),
  )
  t.test('a page of a wrong size is refused', async () => {
    for (const limit of ['0', '201', 'many'])
      assertProblem(await call('nobody', 'GET', `/products?limit=${limit}`), 400, 'invalid-input', /querystring\.limit/)
  })
})

t.test('a quote', async (t) => {
  t.test('prices lines and delivery in full, and is stored to be ordered from', async (t) => {
    const added = await rowsAdded(db, async () => {
      const { status, body } = await askQuote({ deliveryOption: 'express' })
      assert.equal(status, 201)
      assert.partialDeepStrictEqual(body.lines, [
        { sku: 'SENSOR-1', quantity: 2, unitPrice: 10_000, total: 20_000, vat: 4_000 },
      ])
      assert.partialDeepStrictEqual(body.delivery, { option: 'express', price: 19_900 })
      assert.deepEqual(body.totals, { goods: 20_000, delivery: 19_900, net: 31_920, vat: 7_980, total: 39_900 })
      assert.deepEqual(
        body.deliveryOptions.map(({ id, price }: { id: string; price: number }) => [id, price]),
        [
          ['parcel', 9_900],
          ['home', 14_900],
          ['express', 19_900],
        ],
      )
      assert.match(body.terms.sha256, /^[0-9a-f]{64}$/)
      assert.equal(Temporal.Instant.compare(body.expiresAt, house.clock.now()), 1)
    })
    t.strictSame(added, { quote: 1 })
  })
  t.test('a consumer abroad pays in euro, without VAT, and is told so', async (t) => {
    const { body } = await askQuote({ currency: 'EUR', country: 'DE' })
    t.equal(body.lines[0].total, 1_800, 'goods that leave the VAT area bear no VAT')
    t.equal(body.totals.total, body.totals.net + body.totals.vat)
    t.equal(body.totals.vat, 0)
    t.equal(body.priceDisplay.show, 'excl')
    t.ok(body.priceDisplay.reasons[0].cites.some(({ clause }: { clause: string }) => clause?.startsWith('5.')))
  })
  t.test('a business that pays in euro sees prices without VAT, and pays the same', async (t) => {
    const { body } = await askQuote({ currency: 'EUR', country: 'DE', customerKind: 'business' })
    t.equal(body.priceDisplay.show, 'excl')
    t.strictSame(body.lines[0].shown, { unitPrice: 900, total: 1_800 })
    t.equal(body.totals.total, (await askQuote({ currency: 'EUR', country: 'DE' })).body.totals.total)
  })
  t.test('says when payment is taken, citing clause 6, and what is left in stock, reserving nothing', async (t) => {
    const { body } = await askQuote({ lines: [{ sku: 'LOCK-1', quantity: 3 }] })
    t.equal(body.capture.timing, 'at-shipment')
    t.ok(body.capture.reasons[0].cites.some(({ clause }: { clause: string }) => clause?.startsWith('6.')))
    t.equal(body.lines[0].available, 3)
    t.equal((await askQuote({ lines: [{ sku: 'LOCK-1', quantity: 3 }] })).body.lines[0].available, 3)
  })
  t.test('2.2 is for the kind of customer that what is told of the buyer makes them', async (t) => {
    const soleTrader = { organisationNumber: '999615147', businessShare: 20 }
    const { status, body } = await askQuote({ buyer: soleTrader })
    t.equal(status, 201)
    t.match(body.customerKindReasons, [
      { code: 'not-mainly-in-business', cites: [{ clause: '2.2' }, { section: '§ 5' }] },
    ])
    t.equal((await askQuote({ buyer: { businessShare: 50 } })).status, 201, 'half is not mainly')
    t.equal((await askQuote({ customerKind: 'business', buyer: { legalEntity: true } })).status, 201)
    t.equal((await askQuote()).body.customerKindReasons, undefined, 'of whom nothing is told, it is taken as said')
    for (const [said, buyer, kind] of [
      ['business', soleTrader, 'consumer'],
      ['business', {}, 'consumer'],
      ['consumer', { legalEntity: true, businessShare: 0 }, 'business'],
      ['consumer', { organisationNumber: '999615147' }, 'business'],
      ['consumer', { businessShare: 51 }, 'business'],
    ] as const)
      await changesNothing(db, async () => {
        const refused = await askQuote({ customerKind: said, buyer })
        assertProblem(refused, 409, 'customer-kind-differs', new RegExp(`this is a ${kind}`))
        t.equal(refused.body.customerKind, kind)
        t.ok(refused.body.reasons[0].cites.length > 0)
      })
  })
  t.test('needs the scope to place orders', async () =>
    changesNothing(db, async () => {
      assertProblem(await askQuote({}, 'nobody'), 401, 'token-missing', /bearer token/)
      assertProblem(await askQuote({}, 'mailer'), 403, 'scope-missing', /orders:place/)
    }),
  )

  const of = (quantity: unknown) => ({ lines: [{ sku: 'SENSOR-1', quantity }] })
  for (const [what, changes, detail] of [
    ['an unknown SKU', { lines: [{ sku: 'GONE-1', quantity: 1 }] }, /not in the catalogue: GONE-1/],
    ['a SKU that is named twice', { lines: [...cart.lines, ...cart.lines] }, /more than once; add its quantities up/],
    ['a SKU with SQL in it', { lines: [{ sku: `'; drop table product; --`, quantity: 1 }] }, /body\.lines\.0\.sku/],
    ['no lines', { lines: [] }, /body\.lines/],
    [
      'too many lines',
      { lines: Array.from({ length: 101 }, (_, n) => ({ sku: `S-${n}`, quantity: 1 })) },
      /body\.lines .*100/,
    ],
    ['a quantity of 0', of(0), /body\.lines\.0\.quantity .*1/],
    ['a quantity of -1', of(-1), /body\.lines\.0\.quantity .*1/],
    ['a quantity of 1.5', of(1.5), /body\.lines\.0\.quantity .*integer/],
    ['a quantity of 1e9', of(1e9), /body\.lines\.0\.quantity .*10000/],
    ['a quantity of "5"', of('5'), /body\.lines\.0\.quantity .*integer/],
    ['a quantity of null', of(null), /body\.lines\.0\.quantity .*integer/],
    ['a price of the caller’s own', { lines: [{ sku: 'SENSOR-1', quantity: 1, unitPrice: 1 }] }, /unitPrice/],
    ['an unknown field', { coupon: 'FREE' }, /coupon/],
    ['an unknown delivery option', { deliveryOption: 'drone' }, /body\.deliveryOption/],
    ['an unknown currency', { currency: 'SEK' }, /body\.currency/],
    ['an unknown kind of customer', { customerKind: 'robot' }, /body\.customerKind/],
    ['a country that is none', { country: 'Norge' }, /body\.country/],
  ] as const)
    t.test(`for ${what} is refused`, async () =>
      changesNothing(db, async () => assertProblem(await askQuote(changes), 400, 'invalid-input', detail)),
    )
  t.test('for malformed JSON is refused', async () =>
    changesNothing(db, async () =>
      assertProblem(await call('storefront', 'POST', '/quotes', '{"lines": ['), 400, 'malformed-request', /JSON/),
    ),
  )
  t.test('for two megabytes is refused', async () =>
    changesNothing(db, async () =>
      assertProblem(await askQuote({ note: 'x'.repeat(2_000_000) }), 413, 'body-too-large', /256 KiB/),
    ),
  )
})

t.test('a quote says when the goods are expected, and the last day on which they are not late', async (t) => {
  const today = house.clock.now().toZonedDateTimeISO('Europe/Oslo').toPlainDate()
  const { body } = await askQuote()
  const { from, to, lastDay, agreed, reasons } = body.deliveryPromise
  t.ok(from > today.toString() && to > from, 'some business days from now')
  t.strictSame([lastDay, agreed], [today.add({ days: 30 }).toString(), false])
  t.match(JSON.stringify(reasons), /clause.*§ 6/)
  const ofBusiness = (await askQuote({ customerKind: 'business' })).body.deliveryPromise
  t.strictSame([ofBusiness.to, ofBusiness.lastDay], [to, undefined], 'a business is owed a reasonable time')
  t.test('a day is agreed on, if the goods are expected by then', async (t) => {
    const deliverBy = today.add({ days: 50 }).toString()
    const agreedOn = (await askQuote({ deliverBy })).body.deliveryPromise
    t.strictSame([agreedOn.lastDay, agreedOn.agreed, agreedOn.from], [deliverBy, true, from])
    t.equal((await askQuote({ deliverBy: from, customerKind: 'business' })).body.deliveryPromise.lastDay, from)
    await changesNothing(db, async () => {
      const before = Temporal.PlainDate.from(from).subtract({ days: 1 }).toString()
      assertProblem(
        await askQuote({ deliverBy: before }),
        409,
        'delivery-day-impossible',
        new RegExp(`from ${from} on`),
      )
      const years = Temporal.PlainDate.from(from).add({ days: 366 }).toString()
      assertProblem(await askQuote({ deliverBy: years }), 400, 'invalid-input', /body\.deliverBy .*365 days/)
      assertProblem(await askQuote({ deliverBy: '2026-02-30' }), 400, 'invalid-input', /body\.deliverBy/)
    })
  })
})

t.test('the page where a manual is read is pinned with the quote, in the language of the order', async (t) => {
  const manual = { nb: 'https://hjelp.example/hub.pdf', en: 'https://help.example/hub' }
  const put = (changes: object) => call('warehouse', 'PUT', '/products/HUB-1', { ...product, ...changes })
  const wrong = ['http://help.example/hub', 'https://help.example/a b', 'javascript:alert(1)', 'https://', '']
  for (const en of wrong) assertProblem(await put({ manual: { en } }), 400, 'invalid-input', /manual/)
  assertProblem(await put({ manual: {} }), 400, 'invalid-input', /manual/)
  t.strictSame((await put({ manual })).body.manual, manual)
  const asked = async (locale: string) =>
    (await askQuote({ locale, lines: [{ sku: 'HUB-1', quantity: 1 }] })).body.lines[0].manualUrl
  t.strictSame([await asked('nb'), await asked('en')], [manual.nb, manual.en])
  await put({ manual: { nb: manual.nb } })
  t.strictSame([await asked('nb'), await asked('en')], [manual.nb, undefined], 'one in another language does not count')
  await put({})
})

t.test('what goods are sold with besides is pinned with the quote, in the language of the order', async (t) => {
  const covers = { nb: 'Batteriet', en: 'The battery' }
  const durability = { brand: 'Fabrikk', model: 'H-1' }
  const theirs = { by: 'manufacturer', guarantor: 'Fabrikk AS', years: 10, covers, durability }
  const digital = { supplied: 'over-time', months: 60 }
  const bulky = { returnCostNok: 45_000 }
  const put = (changes: object) => call('warehouse', 'PUT', '/products/HUB-1', { ...product, ...changes })
  const nameless = { ...theirs, guarantor: undefined }
  assertProblem(await put({ guarantee: nameless }), 400, 'invalid-input', /guarantor is missing/)
  assertProblem(await put({ guarantee: { ...theirs, years: 0 } }), 400, 'invalid-input', /years/)
  for (const no of [{ years: 2 }, { by: 'seller', guarantor: undefined }])
    assertProblem(await put({ guarantee: { ...theirs, ...no } }), 400, 'invalid-input', /durability must be left out/)
  for (const no of [{ brand: 'Fabrikk' }, { ...durability, model: '' }])
    assertProblem(await put({ guarantee: { ...theirs, durability: no } }), 400, 'invalid-input', /model/)
  assertProblem(await put({ bulky: { returnCost: 45_000 } }), 400, 'invalid-input', /returnCost/)
  t.hasStrict((await put({ guarantee: theirs, digital, bulky })).body, { guarantee: theirs, bulky })
  const { body: quote } = await askQuote({ lines: [{ sku: 'HUB-1', quantity: 1 }] })
  t.match(quote.lines, [{ guarantee: { ...theirs, covers: 'The battery' }, digital, bulky: { returnCost: 45_000 } }])
  await put({})
  const order = house.orderOf(quote)
  const placed = await call('storefront', 'POST', '/orders', order, { 'idempotency-key': crypto.randomUUID() })
  t.equal(placed.status, 201)
  t.match(
    placed.body.lines,
    [{ guarantee: { years: 10, covers: 'The battery', durability }, digital, bulky: { returnCost: 45_000 } }],
    'whatever the product has now',
  )
  const { body: later } = await askQuote({ lines: [{ sku: 'HUB-1', quantity: 1 }] })
  const { guarantee, digital: supplied, bulky: large } = later.lines[0]
  t.strictSame([guarantee, supplied, large], [undefined, undefined, undefined])
})
