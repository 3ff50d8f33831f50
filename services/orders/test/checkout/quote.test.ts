import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { whyOf } from '@vilkar/contracts/test/told.ts'
import type { Currency } from '@vilkar/terms/ruling/vocabulary.ts'
import { smartgroup } from '@vilkar/terms/sellers/smartgroup/seller.ts'
import fc from 'fast-check'
import { type CatalogueItem, priceOf, type Quote } from '../../checkout/quote.ts'
import { catalogue, quoteFor, terms } from '../an-order.ts'

describe('in NOK, prices hold the VAT (clause 5.1)', () => {
  const { lines, delivery, totals } = quoteFor()
  test('a line is its quantity times the price of the catalogue', () =>
    assert.deepEqual(
      lines.map(({ sku, unitPrice, total, vat }) => ({ sku, unitPrice, total, vat })),
      [
        { sku: 'SENSOR-1', unitPrice: 49_900, total: 99_800, vat: 19_960 },
        { sku: 'LOCK-1', unitPrice: 129_900, total: 129_900, vat: 25_980 },
      ],
    ))
  test('the total is what the customer pays, with the VAT within', () => {
    assert.partialDeepStrictEqual(delivery, { option: 'home', price: 14_900, vat: 2_980 })
    assert.deepEqual(totals, { goods: 229_700, delivery: 14_900, net: 195_680, vat: 48_920, total: 244_600 })
  })
})

describe('in EUR, VAT is added to the line as a whole (clause 5.1)', () => {
  test('ten units at 39.99 are 399.90 and VAT, not ten rounded prices', () => {
    assert.deepEqual(priceOf('excl', 3_999, 10, 2_500), { unitPrice: 4_999, total: 49_988, vatRate: 2_500, vat: 9_998 })
    assert.deepEqual(priceOf('excl', 3_999, 1, 2_500), { unitPrice: 4_999, total: 4_999, vatRate: 2_500, vat: 1_000 })
  })
  test('the total holds the VAT of goods and delivery', () =>
    assert.deepEqual(quoteFor({ currency: 'EUR' }).totals, {
      goods: 9_998 + 13_738,
      delivery: 1_488,
      net: 7_998 + 10_990 + 1_190,
      vat: 2_000 + 2_748 + 298,
      total: 25_224,
    }))
})

describe('how prices are shown (clause 5.1)', () => {
  for (const [currency, customerKind, show, label] of [
    ['NOK', 'consumer', 'incl', 'inkl. mva.'],
    ['NOK', 'business', 'incl', 'inkl. mva.'],
    ['EUR', 'consumer', 'incl', 'inkl. mva.'],
    ['EUR', 'business', 'excl', 'ekskl. mva.'],
  ] as const)
    test(`to a ${customerKind} in ${currency}: ${label}`, () => {
      const quote = quoteFor({ currency, customerKind })
      assert.partialDeepStrictEqual(quote.priceDisplay, { show, label, alsoShowTotalIncl: show === 'excl' })
      assert.ok(whyOf({ data: quote.priceDisplay }).includes('5.1'))
      assert.equal(whyOf({ data: quote.priceDisplay }).includes('§ 3'), customerKind === 'consumer')
      for (const { shown, total, vat } of quote.lines) assert.equal(shown.total, show === 'incl' ? total : total - vat)
      const home = quote.deliveryOptions.find(({ id }) => id === 'home')
      assert.equal(home!.shown, show === 'incl' ? quote.delivery.price : quote.delivery.price - quote.delivery.vat)
    })
  test('a business that pays in EUR sees the prices of the catalogue', () => {
    const { lines } = quoteFor({ currency: 'EUR', customerKind: 'business' })
    assert.deepEqual(
      lines.map(({ shown }) => shown),
      [
        { unitPrice: 3_999, total: 7_998 },
        { unitPrice: 10_990, total: 10_990 },
      ],
    )
  })
  test('names follow the language', () => {
    assert.equal(quoteFor({ locale: 'en' }).lines[0]!.name, 'Leak sensor')
    assert.equal(quoteFor({ locale: 'en' }).delivery.name, 'Parcel to your door')
    assert.equal(quoteFor({ locale: 'en' }).priceDisplay.label, 'incl. VAT')
  })
})

describe('delivery', () => {
  const standardOf = (deliveryOption: string, currency: Currency = 'NOK') => {
    const { price, standardPrice } = quoteFor({ deliveryOption, currency }).delivery
    return { price, standardPrice }
  }
  test('every option is offered with its price, in both currencies', () => {
    const offered = (currency: Currency) => quoteFor({ currency }).deliveryOptions.map(({ id, price }) => [id, price])
    assert.deepEqual(offered('NOK'), [
      ['parcel', 9_900],
      ['home', 14_900],
      ['express', 19_900],
    ])
    assert.deepEqual(offered('EUR'), [
      ['parcel', 988],
      ['home', 1_488],
      ['express', 1_988],
    ])
  })
  test('§ 24 the standard price is that of the cheapest standard delivery, whatever was chosen', () => {
    assert.deepEqual(standardOf('parcel'), { price: 9_900, standardPrice: 9_900 })
    assert.deepEqual(standardOf('home'), { price: 14_900, standardPrice: 9_900 })
    assert.deepEqual(standardOf('express'), { price: 19_900, standardPrice: 9_900 })
    assert.deepEqual(standardOf('express', 'EUR'), { price: 1_988, standardPrice: 988 })
  })
})

test('a quote says when payment is taken: at shipment (clause 6.2)', () => {
  assert.equal(quoteFor().capture.timing, 'at-shipment')
  assert.deepEqual(whyOf({ data: quoteFor().capture }), ['capture-at-shipment', '6.2', '§ 38'])
  assert.deepEqual(whyOf({ data: quoteFor({ customerKind: 'business' }).capture }), ['capture-at-shipment', '6.2'])
})
test('a quote pins the edition of the terms, and tells what is left', () => {
  assert.deepEqual(quoteFor().terms, terms)
  assert.deepEqual(
    quoteFor().lines.map(({ available }) => available),
    [40, 7],
  )
})

describe('for any catalogue and basket', () => {
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

  test('lines and delivery add up to the total, net and VAT as well', () =>
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
    }))
  test('unit prices are at most one unit of the currency per piece above the total, and exact in NOK', () =>
    always(({ lines, currency }) => {
      for (const { quantity, unitPrice, total } of lines) {
        const discount = quantity * unitPrice - total
        assert.ok(discount >= 0 && discount < quantity)
        if (currency === 'NOK') assert.equal(discount, 0)
      }
    }))
  test('the VAT within a line is the VAT of its rate, to half a unit of the currency', () =>
    always(({ lines }) => {
      for (const { total, vat, vatRate } of lines)
        assert.ok(Math.abs(vat - (total * vatRate) / (10_000 + vatRate)) <= 0.5 + 1e-6)
    }))
  test('no delivery is given back dearer than it was paid for', () =>
    always(({ delivery }) => assert.ok(delivery.standardPrice <= delivery.price)))
})
