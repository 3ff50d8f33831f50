import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import { orderButtonLabels } from '../rules/checkout.ts'
import { cites } from './cites.ts'

const { durableConfirmation, guaranteeNotice, durabilityLabel, orderButton, deliveryCost } = terms

t.test('the order button', async (t) => {
  for (const label of [
    ...orderButtonLabels.nb,
    ...orderButtonLabels.en,
    'BESTILLING  med forpliktelse til å betale!',
    'buy now ›',
  ])
    t.test(`“${label}” binds a consumer`, async (t) => {
      t.equal(orderButton({ label, customerKind: 'consumer' }).outcome, 'granted')
    })
  for (const label of ['Bestill', 'Continue', 'Fortsett', 'Fullfør', 'Register', 'Order', ''])
    t.test(`“${label}” does not`, async (t) => {
      const { outcome, reasons } = orderButton({ label, customerKind: 'consumer' })
      t.strictSame([outcome, ...cites(reasons)], ['refused', '§ 16'])
    })
  t.test('a business is bound by any', async (t) =>
    t.equal(orderButton({ label: 'Bestill', customerKind: 'business' }).outcome, 'granted'),
  )
})

t.test('5.2 delivery is shown before payment', async (t) => {
  for (const [customerKind, shownBeforePayment, owed, basis, cited] of [
    ['consumer', true, 9_900, 'terms', ['5.2']],
    ['consumer', false, 0, 'both', ['5.2', '§ 9']],
    ['business', false, 0, 'terms', ['5.2']],
  ] as const)
    t.test(`${shownBeforePayment ? 'shown' : 'not shown'} to a ${customerKind}: ${owed} øre are owed`, async (t) => {
      const ruling = deliveryCost({ customerKind, amount: 9_900, shownBeforePayment })
      t.strictSame([ruling.owed, ruling.blocksCheckout, ruling.basis], [owed, !shownBeforePayment, basis])
      t.strictSame(cites(ruling.reasons), cited)
    })
})

t.test('the confirmation on a durable medium', async (t) => {
  for (const [rule, customerKind, confirmed, handedOver, mayHandOver, violation] of [
    ['comes before the handover', 'consumer', false, false, false, false],
    ['is missing when the goods left without it', 'consumer', false, true, false, true],
    ['lets them go', 'consumer', true, true, true, false],
    ['is not owed to a business', 'business', false, true, true, false],
  ] as const)
    t.test(rule, async (t) => {
      const ruling = durableConfirmation({ customerKind, confirmed, handedOver })
      t.strictSame([ruling.mayHandOver, ruling.violation], [mayHandOver, violation])
      t.equal(cites(ruling.reasons).includes('§ 18'), customerKind === 'consumer')
    })
})

t.test('the notice of the legal guarantee', async (t) => {
  for (const [rule, customerKind, country, day, shown] of [
    ['is shown in the Union', 'consumer', 'DE', '2026-09-27', true],
    ['and was not the day before', 'consumer', 'DE', '2026-09-26', false],
    ['is not for a business', 'business', 'DE', '2026-11-01', false],
    ['waits for Norway’s law', 'consumer', 'NO', '2026-11-01', false],
    ['is not wanted elsewhere', 'consumer', 'US', '2026-11-01', false],
  ] as const)
    t.test(`${rule} (${country}, ${day})`, async (t) => {
      const told = { customerKind, country, at: Temporal.Instant.from(`${day}T12:00:00Z`) }
      const ruling = guaranteeNotice({ ...told, on: 'checkout' })
      t.equal(ruling !== undefined, shown)
      if (shown) t.strictSame(cites(ruling!.reasons), ['Art. 6(1)(l)'])
      const confirmed = guaranteeNotice({ ...told, on: 'confirmation' })
      t.equal(confirmed !== undefined, shown, 'and so it is in the confirmation')
      if (shown) t.strictSame(cites(confirmed!.reasons), ['Art. 6(1)(l)', 'Art. 8(7)'])
    })
})

t.test('the label of a guarantee of durability', async (t) => {
  const at = Temporal.Instant.from('2026-09-27T12:00:00Z')
  const told = { customerKind: 'consumer', country: 'DE', at } as const
  const theirs = { by: 'manufacturer', years: 3, durability: {} } as const
  for (const [rule, guarantee, changes, shown] of [
    ['is for a producer’s of more than two years', theirs, {}, true],
    ['and of none of two', { ...theirs, years: 2 }, {}, false],
    ['nor of the seller’s own', { ...theirs, by: 'seller' }, {}, false],
    ['nor of one that does not cover the whole good', { by: 'manufacturer', years: 10 }, {}, false],
    ['is not for a business', theirs, { customerKind: 'business' }, false],
    ['waits for Norway’s law', theirs, { country: 'NO' }, false],
    ['was not the day before', theirs, { at: at.subtract({ hours: 24 }) }, false],
  ] as const)
    t.test(rule, async (t) => {
      const shownIn = (on: 'checkout' | 'confirmation') => durabilityLabel(guarantee, { ...told, ...changes, on })
      t.strictSame([shownIn('checkout') !== undefined, shownIn('confirmation') !== undefined], [shown, shown])
      if (!shown) return
      t.strictSame(cites(shownIn('checkout')!.reasons), ['Art. 6(1)(la)', 'Art. 8(2)'])
      t.strictSame(cites(shownIn('confirmation')!.reasons), ['Art. 6(1)(la)', 'Art. 8(7)'])
    })
})
