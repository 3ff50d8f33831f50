import assert from 'node:assert/strict'
import { whyOf } from '@vilkar/contracts/test/told.ts'
import type { Currency } from '@vilkar/terms/ruling/vocabulary.ts'
import { smartgroup } from '@vilkar/terms/sellers/smartgroup/seller.ts'
import fc from 'fast-check'
import t from 'tap'
import { type CatalogueItem, priceOf, type QuoteRequest } from '../../checkout/quote.ts'
import type { Quote } from '../../order/quote.ts'
import { catalogue, quoteFor, terms } from '../an-order.ts'

t.test('in NOK, prices hold the VAT (clause 5.1)', async (t) => {
  const { lines, delivery, totals } = quoteFor()
  t.test('a line is its quantity times the price of the catalogue', async (t) =>
    t.strictSame(
      lines.map(({ sku, unitPrice, total, vat }) => ({ sku, unitPrice, total, vat })),
      [
        { sku: 'SENSOR-1', unitPrice: 49_900, total: 99_800, vat: 19_960 },
        { sku: 'LOCK-1', unitPrice: 129_900, total: 129_900, vat: 25_980 },
      ],
    ),
  )
  t.test('the total is what the customer pays, with the VAT within', async (t) => {
    t.hasStrict(delivery, { option: 'home', price: 14_900, vat: 2_980 })
    t.strictSame(totals, { goods: 229_700, delivery: 14_900, net: 195_680, vat: 48_920, total: 244_600 })
  })
})

t.test('in EUR, VAT is added to what is shown (clause 5.1)', async (t) => {
  const price = (quantity: number, customerKind: 'consumer' | 'business') =>
    priceOf({ vat: 'excl', exported: false, customerKind }, 3_999, quantity, 2_500)
  t.test('for a business ten units at 39.99 are 399.90 and VAT, not ten rounded prices', async (t) => {
    t.strictSame(price(10, 'business'), { unitPrice: 4_999, total: 49_988, vatRate: 2_500, vat: 9_998 })
    t.strictSame(price(1, 'business'), { unitPrice: 4_999, total: 4_999, vatRate: 2_500, vat: 1_000 })
  })
  t.test('a consumer sees the unit with VAT and pays ten of it (prisopplysningsforskriften § 3)', async (t) => {
    t.strictSame(price(10, 'consumer'), { unitPrice: 4_999, total: 49_990, vatRate: 2_500, vat: 9_998 })
  })
  t.test('the total holds the VAT of goods and delivery', async (t) =>
    t.strictSame(quoteFor({ currency: 'EUR' }).totals, {
      goods: 2 * 4_999 + 13_738,
      delivery: 1_488,
      net: 7_998 + 10_990 + 1_190,
      vat: 2_000 + 2_748 + 298,
      total: 25_224,
    }),
  )
})

t.test('how prices are shown (clause 5.1)', async (t) => {
  for (const [currency, customerKind, show, label] of [
    ['NOK', 'consumer', 'incl', 'inkl. mva.'],
    ['NOK', 'business', 'incl', 'inkl. mva.'],
    ['EUR', 'consumer', 'incl', 'inkl. mva.'],
    ['EUR', 'business', 'excl', 'ekskl. mva.'],
  ] as const)
    t.test(`to a ${customerKind} in ${currency}: ${label}`, async (t) => {
      const quote = quoteFor({ currency, customerKind })
      t.hasStrict(quote.priceDisplay, { show, label, alsoShowTotalIncl: show === 'excl' })
      t.ok(whyOf({ data: quote.priceDisplay }).includes('5.1'))
      t.equal(whyOf({ data: quote.priceDisplay }).includes('§ 3'), customerKind === 'consumer')
      for (const { shown, total, vat } of quote.lines) t.equal(shown.total, show === 'incl' ? total : total - vat)
      const home = quote.deliveryOptions.find(({ id }) => id === 'home')
      t.equal(home!.shown, show === 'incl' ? quote.delivery.price : quote.delivery.price - quote.delivery.vat)
    })
  t.test('a business that pays in EUR sees the prices of the catalogue', async (t) => {
    const { lines } = quoteFor({ currency: 'EUR', customerKind: 'business' })
    t.strictSame(
      lines.map(({ shown }) => shown),
      [
        { unitPrice: 3_999, total: 7_998 },
        { unitPrice: 10_990, total: 10_990 },
      ],
    )
  })
  t.test('names follow the language', async (t) => {
    t.equal(quoteFor({ locale: 'en' }).lines[0]!.name, 'Leak sensor')
    t.equal(quoteFor({ locale: 'en' }).delivery.name, 'Parcel to your door')
    t.equal(quoteFor({ locale: 'en' }).priceDisplay.label, 'incl. VAT')
  })
})

t.test('delivery', async (t) => {
  const standardOf = (deliveryOption: string, currency: Currency = 'NOK') => {
    const { price, standardPrice } = quoteFor({ deliveryOption, currency }).delivery
    return { price, standardPrice }
  }
  t.test('every option is offered with its price, in both currencies', async (t) => {
    const offered = (currency: Currency) => quoteFor({ currency }).deliveryOptions.map(({ id, price }) => [id, price])
    t.strictSame(offered('NOK'), [
      ['parcel', 9_900],
      ['home', 14_900],
      ['express', 19_900],
    ])
    t.strictSame(offered('EUR'), [
      ['parcel', 988],
      ['home', 1_488],
      ['express', 1_988],
    ])
  })
  t.test('§ 24 the standard price is that of the cheapest standard delivery, whatever was chosen', async (t) => {
    t.strictSame(standardOf('parcel'), { price: 9_900, standardPrice: 9_900 })
    t.strictSame(standardOf('home'), { price: 14_900, standardPrice: 9_900 })
    t.strictSame(standardOf('express'), { price: 19_900, standardPrice: 9_900 })
    t.strictSame(standardOf('express', 'EUR'), { price: 1_988, standardPrice: 988 })
  })
})

t.test('VAT (merverdiavgiftsloven)', async (t) => {
  const book = { ...catalogue[0]!, sku: 'BOOK-1', price_nok: 30_000, price_eur: 2_400, vat_rate: 0 }
  const food = { ...catalogue[0]!, sku: 'FOOD-1', price_nok: 10_000, price_eur: 800, vat_rate: 1_500 }
  const lamp = { ...catalogue[0]!, sku: 'LAMP-1', price_nok: 20_000, price_eur: 1_600 }
  const goods = [book, food, lamp]
  const quoteOf = (skus: string[], request: Partial<QuoteRequest> = {}) =>
    quoteFor({ lines: skus.map((sku) => ({ sku, quantity: 1 })), deliveryOption: 'parcel', ...request }, goods)

  t.test(
    '§ 4-2 the delivery of a book is free of it, that of food has 15 %, and a mixed cart’s is in proportion',
    async (t) => {
      t.hasStrict(quoteOf(['BOOK-1']).delivery, { price: 9_900, vatRate: 0, vat: 0 })
      t.hasStrict(quoteOf(['FOOD-1']).delivery, { price: 9_900, vatRate: 1_500, vat: 1_291 })
      const { delivery, totals, vat } = quoteOf(['BOOK-1', 'FOOD-1', 'LAMP-1'])
      t.equal(delivery.vatRate, undefined)
      t.strictSame(delivery.vatParts, [
        { rate: 0, gross: 4_950, vat: 0 },
        { rate: 1_500, gross: 1_650, vat: 215 },
        { rate: 2_500, gross: 3_300, vat: 660 },
      ])
      t.strictSame(vat!.rates, [
        { rate: 0, net: 34_950, vat: 0, gross: 34_950 },
        { rate: 1_500, net: 10_131, vat: 1_519, gross: 11_650 },
        { rate: 2_500, net: 18_640, vat: 4_660, gross: 23_300 },
      ])
      t.equal(totals.vat, 1_519 + 4_660)
      t.equal(totals.total, 69_900)
    },
  )
  t.test('a delivery in euro costs what its goods’ rates make of it', async (t) => {
    t.hasStrict(quoteOf(['BOOK-1'], { currency: 'EUR' }).delivery, { price: 790, vat: 0 })
    t.hasStrict(quoteOf(['FOOD-1'], { currency: 'EUR' }).delivery, { price: 909, vat: 119 })
    t.hasStrict(quoteOf(['LAMP-1'], { currency: 'EUR' }).delivery, { price: 988, vat: 198 })
  })
  t.test('§ 6-21 goods that leave the VAT area are priced without it, in either currency', async (t) => {
    for (const to of [{ country: 'DE' }, { country: 'SJ' }, { country: 'NO', postalCode: '9170' }]) {
      const nok = quoteOf(['BOOK-1', 'FOOD-1', 'LAMP-1'], to)
      t.strictSame(
        nok.lines.map(({ unitPrice, total, vatRate, vat }) => [unitPrice, total, vatRate, vat]),
        [
          [30_000, 30_000, 0, 0],
          [8_696, 8_696, 0, 0],
          [16_000, 16_000, 0, 0],
        ],
      )
      t.hasStrict(nok.delivery, { price: 9_900 - 215 - 660, vatRate: 0, vat: 0 })
      t.strictSame(nok.totals, { goods: 54_696, delivery: 9_025, net: 63_721, vat: 0, total: 63_721 })
      t.strictSame(nok.vat!.rates, [{ rate: 0, net: 63_721, vat: 0, gross: 63_721 }])
      const eur = quoteOf(['FOOD-1', 'LAMP-1'], { ...to, currency: 'EUR' })
      t.strictSame(eur.totals, { goods: 2_400, delivery: 790, net: 3_190, vat: 0, total: 3_190 })
    }
  })
  t.test('and says so as clause 5 demands, to consumers and businesses, citing the law', async (t) => {
    for (const customerKind of ['consumer', 'business'] as const) {
      const { priceDisplay, vat, lines } = quoteOf(['LAMP-1'], { customerKind, country: 'DE', locale: 'en' })
      t.hasStrict(priceDisplay, { show: 'excl', label: 'without VAT (export)', alsoShowTotalIncl: false })
      t.strictSame(whyOf({ data: priceDisplay }), ['exported-without-vat', '5.1', '§ 6-21'])
      t.equal(vat!.exported, true)
      t.strictSame(
        vat!.reasons.map(({ code }) => code),
        ['leaves-vat-area', 'delivery-follows-goods'],
      )
      t.equal(lines[0]!.shown.total, lines[0]!.total)
    }
    t.equal(quoteOf(['LAMP-1']).vat!.exported, false)
  })
})

t.test('a quote says when payment is taken: at shipment (clause 6.2)', async (t) => {
  t.equal(quoteFor().capture.timing, 'at-shipment')
  t.strictSame(whyOf({ data: quoteFor().capture }), ['capture-at-shipment', '6.2', '§ 38'])
  t.strictSame(whyOf({ data: quoteFor({ customerKind: 'business' }).capture }), ['capture-at-shipment', '6.2'])
})
t.test('a quote pins the edition of the terms, and tells what is left', async (t) => {
  t.strictSame(quoteFor().terms, terms)
  t.strictSame(
    quoteFor().lines.map(({ available }) => available),
    [40, 7],
  )
})

t.test('for any catalogue and basket', async (t) => {
  const item = fc.record({
    price_nok: fc.integer({ min: 0, max: 10_000_000 }),
    price_eur: fc.integer({ min: 0, max: 1_000_000 }),
    vat_rate: fc.constantFrom(0, 1_200, 1_500, 2_500),
    quantity: fc.integer({ min: 1, max: 10_000 }),
  })
  const quotes = fc
    .record({
      items: fc.array(item, { minLength: 1, maxLength: 6 }),
      currency: fc.constantFrom('NOK' as const, 'EUR' as const),
      customerKind: fc.constantFrom('consumer' as const, 'business' as const),
      country: fc.constantFrom('NO', 'NO', 'SE'),
      deliveryOption: fc.constantFrom(...smartgroup.deliveryOptions.map(({ id }) => id)),
    })
    .map(({ items, ...request }) => {
      const goods: CatalogueItem[] = items.map(({ quantity: _, ...prices }, i) => ({
        ...catalogue[0]!,
        ...prices,
        sku: `S${i}`,
      }))
      return quoteFor({ ...request, lines: items.map(({ quantity }, i) => ({ sku: `S${i}`, quantity })) }, goods)
    })
  const always = (holds: (quote: Quote) => void) => fc.assert(fc.property(quotes, holds), { numRuns: 300 })

  t.test('lines and delivery add up to the total, net and VAT as well', async () =>
    always(({ lines, delivery, totals }) => {
      assert.equal(
        lines.reduce((sum, { total }) => sum + total, delivery.price),
        totals.total,
      )
      assert.equal(totals.goods + totals.delivery, totals.total)
      assert.equal(totals.net + totals.vat, totals.total)
      assert.equal(
        lines.reduce((sum, { vat }) => sum + vat, delivery.vat),
        totals.vat,
      )
    }),
  )
  t.test('unit prices are at most one unit of the currency per piece above the total, and exact in NOK', async () =>
    always(({ lines, currency }) => {
      for (const { quantity, unitPrice, total } of lines) {
        const discount = quantity * unitPrice - total
        assert.ok(discount >= 0 && discount < quantity)
        if (currency === 'NOK') assert.equal(discount, 0)
      }
    }),
  )
  t.test('a consumer is charged the price that is shown, times the units', async () =>
    always(({ lines, customerKind }) => {
      if (customerKind === 'business') return
      for (const { quantity, unitPrice, total, shown } of lines) {
        assert.deepEqual(shown, { unitPrice, total })
        assert.equal(total, quantity * unitPrice)
      }
    }),
  )
  t.test('the VAT within a line is the VAT of its rate, to half a unit of the currency', async () =>
    always(({ lines }) => {
      for (const { total, vat, vatRate } of lines)
        assert.ok(Math.abs(vat - (total * vatRate) / (10_000 + vatRate)) <= 0.5 + 1e-6)
    }),
  )
  t.test('net, VAT and gross per rate add up to the totals, and an export holds none', async () =>
    always(({ vat, totals, country }) => {
      const sum = (of: 'net' | 'vat' | 'gross') => vat!.rates.reduce((all, rate) => all + rate[of], 0)
      assert.deepEqual([sum('net'), sum('vat'), sum('gross')], [totals.net, totals.vat, totals.total])
      if (country !== 'NO') assert.equal(totals.vat, 0)
    }),
  )
  t.test('no delivery is given back dearer than it was paid for', async () =>
    always(({ delivery }) => assert.ok(delivery.standardPrice <= delivery.price)),
  )
})
