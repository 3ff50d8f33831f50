import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { vatOfNext, vatOutOf } from '../amounts/vat.ts'
import { terms } from '../cases/first-edition.ts'
import { cites } from './cites.ts'
import { assertResolves } from './resolves.ts'

const { deliveryVat, placeOfSupply, priceDisplay, priceCheck } = terms

t.test('§ 6-21 what is sent out of the VAT area is sold without VAT', async (t) => {
  for (const [to, exported] of [
    [{ country: 'NO' }, false],
    [{ country: 'NO', postalCode: '0155' }, false],
    [{ country: 'NO', postalCode: '9169' }, false],
    [{ country: 'NO', postalCode: '9180' }, false],
    [{ country: 'NO', postalCode: '8098' }, false],
    [{ country: 'NO', postalCode: '9170' }, true],
    [{ country: 'NO', postalCode: '9178' }, true],
    [{ country: 'NO', postalCode: '9179' }, true],
    [{ country: 'NO', postalCode: ' N-9171 ' }, true],
    [{ country: 'NO', postalCode: '8099' }, true],
    [{ country: 'SJ' }, true],
    [{ country: 'SE', postalCode: '91700' }, true],
    [{ country: 'US', postalCode: '0155' }, true],
  ] as const)
    t.test(`to ${Object.values(to).join(' ')}: ${exported ? 'an export' : 'within'}`, async (t) => {
      const ruling = placeOfSupply(to)
      t.equal(ruling.exported, exported)
      t.strictSame(cites(ruling.reasons), exported ? ['§ 6-21', '§ 1-2'] : ['§ 1-2', '§ 5-1'])
      assertResolves(ruling.reasons)
    })
})

t.test('5.1 prices of an export are without VAT, and say so, to everybody and in every currency', async (t) => {
  for (const customerKind of ['consumer', 'business'] as const)
    for (const currency of ['NOK', 'EUR'] as const) {
      const facts = { customerKind, currency, exported: true }
      const { show, label, alsoShowTotalIncl, reasons, termsUndercut } = priceDisplay(facts)
      t.strictSame([show, alsoShowTotalIncl, termsUndercut], ['excl', false, false])
      t.strictSame(label, { en: 'without VAT (export)', nb: 'uten mva. (utførsel)' })
      t.strictSame(cites(reasons), ['5.1', '§ 6-21'])
      assertResolves(reasons)
      t.equal(priceCheck({ ...facts, shown: 'excl' }).outcome, 'granted')
      t.equal(priceCheck({ ...facts, shown: 'incl' }).fix, 'show-without-vat')
    }
})

t.test('§ 4-2 a delivery has the rates of the goods, in proportion', async (t) => {
  const book = { rate: 0, amount: 30_000 }
  const food = { rate: 1_500, amount: 10_000 }
  const lamp = { rate: 2_500, amount: 20_000 }
  for (const [what, goods, parts] of [
    ['a book', [book], [[0, 9_900, 0]]],
    ['food', [food], [[1_500, 9_900, 1_291]]],
    ['a lamp', [lamp], [[2_500, 9_900, 1_980]]],
    [
      'a book and a lamp',
      [book, lamp],
      [
        [0, 5_940, 0],
        [2_500, 3_960, 792],
      ],
    ],
    [
      'all three, two of them lamps',
      [lamp, book, food, lamp],
      [
        [0, 3_713, 0],
        [1_500, 1_237, 161],
        [2_500, 4_950, 990],
      ],
    ],
    ['a lamp that costs nothing', [{ ...lamp, amount: 0 }], [[2_500, 9_900, 1_980]]],
    ['a lamp, with food for nothing', [lamp, { ...food, amount: 0 }], [[2_500, 9_900, 1_980]]],
  ] as const)
    t.test(`with ${what}`, async (t) => {
      const ruling = deliveryVat({ price: 9_900, vat: 'incl', goods, exported: false })
      t.strictSame(
        ruling.parts.map(({ rate, gross, vat }) => [rate, gross, vat]),
        parts,
      )
      t.strictSame(cites(ruling.reasons), ['§ 4-2'])
      assertResolves(ruling.reasons)
    })
  t.test('a price without VAT has it added, part by part', async (t) =>
    t.strictSame(deliveryVat({ price: 1_000, vat: 'excl', goods: [food, lamp], exported: false }).parts, [
      { rate: 1_500, gross: 383, vat: 50 },
      { rate: 2_500, gross: 834, vat: 167 },
    ]),
  )
  t.test('of an export there is none, in either way of pricing', async (t) => {
    const priced = { goods: [lamp], exported: true } as const
    t.strictSame(deliveryVat({ price: 9_900, vat: 'incl', ...priced }).parts, [{ rate: 0, gross: 7_920, vat: 0 }])
    t.strictSame(deliveryVat({ price: 790, vat: 'excl', ...priced }).parts, [{ rate: 0, gross: 790, vat: 0 }])
    t.strictSame(cites(deliveryVat({ price: 790, vat: 'excl', ...priced }).reasons), ['§ 4-2'])
  })

  const goods = fc.array(fc.record({ rate: fc.constantFrom(0, 1_200, 1_500, 2_500), amount: fc.nat(1_000_000) }), {
    minLength: 1,
    maxLength: 6,
  })
  t.test('whatever is bought, the parts add up to the price, each within half a unit of its VAT', async () =>
    fc.assert(
      fc.property(goods, fc.nat(100_000), (goods, price) => {
        const { parts } = deliveryVat({ price, vat: 'incl', goods, exported: false })
        assert.equal(
          parts.reduce((sum, { gross }) => sum + gross, 0),
          price,
        )
        for (const { gross, rate, vat } of parts) assert.equal(vat, vatOutOf({ gross, rate }).vat)
        const net = deliveryVat({ price, vat: 'excl', goods, exported: false }).parts
        assert.equal(
          net.reduce((sum, { gross, vat }) => sum + gross - vat, 0),
          price,
        )
      }),
    ),
  )
})

t.test('the VAT of a whole is split by remainder: any parts hold it to the øre, none more than a unit off', async () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 10_000_000_000 }), { minLength: 1, maxLength: 10 }),
      fc.constantFrom(0, 1_200, 1_500, 2_500),
      (parts, rate) => {
        const gross = parts.reduce((sum, part) => sum + part)
        const { vat } = vatOutOf({ gross, rate })
        let before = 0
        const each = parts.map((part) => {
          const share = vatOfNext({ gross, vat }, before, part)
          before += part
          return share
        })
        assert.equal(
          each.reduce((sum, share) => sum + share),
          vat,
        )
        for (const [at, share] of each.entries()) assert.ok(Math.abs(share - (parts[at]! * vat) / gross) < 1.001)
      },
    ),
  ),
)
