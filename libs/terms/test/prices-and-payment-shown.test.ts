import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { vatOutOf } from '../amounts/vat.ts'
import { terms } from '../cases/first-edition.ts'
import { cites } from './cites.ts'

const { announcedReduction, chargedAsShown, priceCheck, priceReduction } = terms

t.test('5.1 a price as it is shown', async (t) => {
  for (const [customerKind, currency, shown, fix] of [
    ['consumer', 'NOK', 'incl', undefined],
    ['consumer', 'NOK', 'excl', 'show-total-incl'],
    ['consumer', 'EUR', 'incl', undefined],
    ['consumer', 'EUR', 'excl', 'show-total-incl'],
    ['consumer', 'EUR', 'both', undefined],
    ['business', 'EUR', 'excl', undefined],
    ['business', 'EUR', 'incl', 'show-without-vat'],
    ['business', 'NOK', 'excl', 'show-total-incl'],
    ['business', 'NOK', 'both', undefined],
    ['business', 'EUR', 'unlabelled', 'state-vat'],
    ['consumer', 'NOK', 'unlabelled', 'state-vat'],
  ] as const)
    t.test(`${currency} shown ${shown} to a ${customerKind}: ${fix ?? 'right'}`, async (t) => {
      const ruling = priceCheck({ customerKind, currency, shown })
      t.strictSame([ruling.outcome, ruling.fix], [fix === undefined ? 'granted' : 'refused', fix])
      t.equal(cites(ruling.reasons)[0], '5.1')
    })
})

t.test('VAT out of a price that includes it', async (t) => {
  for (const [gross, rate, net, vat] of [
    [100_000, 2_500, 80_000, 20_000],
    [9_999, 2_500, 7_999, 2_000],
    [11_500, 1_500, 10_000, 1_500],
    [6_000, 2_500, 4_800, 1_200],
    [50_000, 1_000, 45_455, 4_545],
    [9_900, 0, 9_900, 0],
    [1, 2_500, 1, 0],
    [5_000, 0, 5_000, 0],
  ] as const)
    t.test(`${gross} at ${rate / 100} %: ${net} and ${vat}`, async (t) =>
      t.strictSame(vatOutOf({ gross, rate }), { net, vat }),
    )

  t.test('the parts add up to the price, and the VAT is never more than half a unit off', async () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.constantFrom(0, 1_200, 1_500, 2_500), (gross, rate) => {
        const { net, vat } = vatOutOf({ gross, rate })
        assert.equal(net + vat, gross)
        assert.ok(Math.abs(2 * (vat * (10_000 + rate) - gross * rate)) <= 10_000 + rate)
      }),
    )
  })
})

t.test('5.2 what is charged is what was shown, neither more nor less', async (t) => {
  t.equal(chargedAsShown({ shownTotal: 109_900, chargedTotal: 109_900 }).outcome, 'granted')
  for (const chargedTotal of [114_900, 109_901, 109_899]) {
    const { outcome, reasons } = chargedAsShown({ shownTotal: 109_900, chargedTotal })
    t.strictSame([outcome, ...cites(reasons)], ['refused', '5.2', '§ 3'])
  }
})

t.test('a price reduction', async (t) => {
  const facts = { reference: 100_000, lowestBefore: 70_000, now: 60_000 }
  const day = (text: string) => Temporal.PlainDate.from(text)

  for (const [rule, asked, outcome, greatest] of [
    ['is not worked out from the list price', facts, 'refused', 14.29],
    ['is right from the lowest price of the last 30 days', { ...facts, claimedPercent: 14.29 }, 'granted', 14.29],
    ['and not a hundredth more', { ...facts, claimedPercent: 14.3 }, 'refused', 14.29],
    ['is right when nothing was cheaper', { ...facts, lowestBefore: 100_000 }, 'granted', 40],
    ['is none when it was sold for less', { ...facts, lowestBefore: 50_000 }, 'refused', 0],
    ['is never more than the reference it names', { ...facts, lowestBefore: 120_000 }, 'granted', 40],
    ['was free to name its reference before 1 October 2023', { ...facts, on: day('2023-09-30') }, 'granted', 40],
    ['and not from that day', { ...facts, on: day('2023-10-01') }, 'refused', 14.29],
  ] as [string, Parameters<typeof priceReduction>[0], string, number][])
    t.test(rule, async (t) => {
      const ruling = priceReduction(asked)
      t.strictSame([ruling.outcome, ruling.greatestPercent], [outcome, greatest])
      t.strictSame(cites(ruling.reasons), ['§ 9 a'])
    })
})

t.test('a price is announced as lowered from the lowest of the 30 days before, and for 30 days', async (t) => {
  const at = (day: string, time = '12:00') => Temporal.ZonedDateTime.from(`${day}T${time}[Europe/Oslo]`).toInstant()
  const announced = (on: string, ...prices: (readonly [string, number, string?])[]) =>
    announcedReduction({ prices: prices.map(([day, price, time]) => ({ since: at(day, time), price })), at: at(on) })
  const lowest = (...asked: Parameters<typeof announced>) => announced(...asked)?.lowestBefore

  t.equal(lowest('2026-07-02', ['2026-01-01', 100], ['2026-07-01', 80]), 100)
  t.equal(announced('2026-07-02', ['2026-01-01', 100], ['2026-07-01', 80])?.greatestPercent, 20)
  t.strictSame(cites(announced('2026-07-02', ['2026-01-01', 100], ['2026-07-01', 80])!.reasons), ['§ 9 a'])
  t.equal(lowest('2026-07-02', ['2026-01-01', 100]), undefined, 'it is as it was')
  t.equal(lowest('2026-07-02'), undefined, 'there is none')
  t.equal(lowest('2026-07-02', ['2026-01-01', 80], ['2026-07-01', 100]), undefined, 'it is raised')
  t.equal(lowest('2026-07-02', ['2026-01-01', 80], ['2026-06-20', 120], ['2026-07-01', 90]), undefined, 'raised first')
  t.equal(lowest('2026-07-02', ['2026-01-01', 80], ['2026-05-20', 120], ['2026-07-01', 90]), 120, 'and long before')
  t.equal(lowest('2026-07-02', ['2026-01-01', 70], ['2026-06-01', 120, '00:00'], ['2026-07-01', 90]), 120)
  t.equal(
    lowest('2026-07-02', ['2026-01-01', 70], ['2026-06-01', 120, '00:01'], ['2026-07-01', 60]),
    70,
    'a minute counts',
  )
  t.equal(lowest('2026-07-02', ['2026-01-01', 100], ['2026-06-25', 95], ['2026-07-01', 80], ['2026-07-01', 80]), 95)
  t.equal(lowest('2026-07-31', ['2026-01-01', 100], ['2026-07-01', 80]), 100, 'the thirtieth day')
  t.equal(lowest('2026-08-01', ['2026-01-01', 100], ['2026-07-01', 80]), undefined, 'after it')
  t.equal(lowest('2026-06-30', ['2026-01-01', 100], ['2026-07-01', 80]), undefined, 'what is to come is not yet')
  t.equal(lowest('2023-09-30', ['2023-01-01', 100], ['2023-09-29', 80]), undefined, 'before the rule')
})
