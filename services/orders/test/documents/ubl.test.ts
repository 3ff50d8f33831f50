import assert from 'node:assert/strict'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { ublOf } from '../../documents/ubl.ts'
import type { Portion } from '../../order/state.ts'
import { catalogue } from '../an-order.ts'
import { documentOf, sale, wholeOf } from './a-document.ts'
import { brokenRules } from './ubl-rules.ts'

const toBusiness = { customerKind: 'business' } as const
const documents = {
  invoice: documentOf(sale(toBusiness)),
  'credit-note': documentOf(sale(toBusiness), 'credit-note', {
    lines: [{ lineId: '2', quantity: 1, amount: 9_999 }],
    deliveryAmount: 0,
  }),
  'invoice-claim': documentOf(sale(toBusiness), 'invoice', undefined, [], {
    dueOn: '2026-06-17',
    account: 'NO9386011117947',
  }),
  'credit-note-claim': documentOf(
    sale(toBusiness),
    'credit-note',
    { lines: [{ lineId: '2', quantity: 1, amount: 9_999 }], deliveryAmount: 0 },
    [],
    { dueOn: '2026-06-17' },
  ),
  'invoice-export': documentOf(
    sale({ ...toBusiness, postalCode: '9170', shipTo: { postalCode: '9170', city: 'Longyearbyen' } }),
  ),
  'invoice-euro': documentOf(sale({ ...toBusiness, currency: 'EUR', locale: 'en' })),
}

for (const [name, content] of Object.entries(documents))
  t.test(`${name} as EHF keeps every rule, and reads as it should`, async (t) => {
    const xml = ublOf(content)
    t.strictSame(brokenRules(xml), [])
    matchesGolden(t as Test, new URL(`golden/${name}.xml`, import.meta.url), xml)
  })

t.test('for a lower price no unit goes back, and its credit note states an amount of one thing', async (t) => {
  const lowered: Portion = { lines: [{ lineId: '2', quantity: 0, amount: 1_500 }], deliveryAmount: 0 }
  const content = documentOf(sale(toBusiness), 'credit-note', lowered)
  t.hasStrict(content.lines, [{ quantity: 1, gross: 1_500 }])
  const xml = ublOf(content)
  t.strictSame(brokenRules(xml), [])
  t.match(xml, /<cbc:PriceAmount currencyID="NOK">13\.04/)
})

t.test('a rule that is broken is noticed', async (t) => {
  const xml = ublOf(documents.invoice)
  for (const [from, to, rule] of [
    ['MVA<', '<', /NO-R-001/],
    ['Foretaksregisteret', 'Registeret', /NO-R-002/],
    [/<cbc:TaxInclusiveAmount currencyID="NOK">\d/, '<cbc:TaxInclusiveAmount currencyID="NOK">9', /BR-CO-15/],
    [/<cbc:PayableAmount currencyID="NOK">0/, '<cbc:PayableAmount currencyID="NOK">5', /BR-CO-16/],
    [/<cbc:LineExtensionAmount currencyID="NOK">\d/, '<cbc:LineExtensionAmount currencyID="NOK">9', /BR-CO-10/],
    [/<cbc:Percent>25/, '<cbc:Percent>24', /BR-CO-17|BR-S-0/],
    [/<cac:OrderReference>[\s\S]*?<\/cac:OrderReference>/, '', /R003/],
  ] as const)
    t.match(brokenRules(xml.replace(from, to)).join(), rule)
})

t.test('whatever is sold and however it is parted, invoices and credit notes keep every rule', async () => {
  const bought = fc.record({
    currency: fc.constantFrom('NOK' as const, 'EUR' as const),
    country: fc.constantFrom('NO', 'NO', 'SE'),
    items: fc.array(
      fc.record({
        price: fc.integer({ min: 1, max: 60_000 }),
        vat_rate: fc.constantFrom(0, 1_200, 1_500, 2_500),
        quantity: fc.integer({ min: 1, max: 5_000 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    series: fc.constantFrom('invoice' as const, 'credit-note' as const),
  })
  fc.assert(
    fc.property(bought, ({ items, share, series, ...request }) => {
      const goods = items.map(({ price, vat_rate }, n) => ({
        ...{ ...catalogue[0]!, sku: `S${n}`, price_nok: price, price_eur: price, vat_rate },
      }))
      const lines = items.map(({ quantity }, n) => ({ sku: `S${n}`, quantity }))
      const sold = sale({ ...toBusiness, ...request, lines, items: goods, shipTo: { country: request.country } })
      const whole = wholeOf(sold.stored.state.placed)
      const part = (of: (amount: number) => number): Portion => ({
        lines: whole.lines.flatMap((line) => {
          const amount = of(line.amount)
          return amount > 0 ? [{ ...line, amount }] : []
        }),
        deliveryAmount: of(whole.deliveryAmount),
      })
      const first = part((amount) => Math.floor(amount * share))
      const rest = part((amount) => amount - Math.floor(amount * share))
      for (const [portion, before] of [
        [whole, []],
        [first, []],
        [rest, [first]],
      ] as const)
        if (portion.lines.length > 0)
          assert.deepEqual(brokenRules(ublOf(documentOf(sold, series, portion, [...before]))), [])
    }),
    { numRuns: 100 },
  )
})
