import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { terms } from '../cases/first-edition.ts'
import { orderButtonLabels } from '../rules/checkout.ts'
import { cites } from './cites.ts'

const { durableConfirmation, orderButton, deliveryCost } = terms

describe('the order button', () => {
  for (const label of [
    ...orderButtonLabels.nb,
    ...orderButtonLabels.en,
    'BESTILLING  med forpliktelse til å betale!',
    'buy now ›',
  ])
    test(`“${label}” binds a consumer`, () => {
      assert.equal(orderButton({ label, customerKind: 'consumer' }).outcome, 'granted')
    })
  for (const label of ['Bestill', 'Continue', 'Fortsett', 'Fullfør', 'Register', 'Order', ''])
    test(`“${label}” does not`, () => {
      const { outcome, reasons } = orderButton({ label, customerKind: 'consumer' })
      assert.deepEqual([outcome, ...cites(reasons)], ['refused', '§ 16'])
    })
  test('a business is bound by any', () =>
    assert.equal(orderButton({ label: 'Bestill', customerKind: 'business' }).outcome, 'granted'))
})

describe('5.2 delivery is shown before payment', () => {
  for (const [customerKind, shownBeforePayment, owed, basis, cited] of [
    ['consumer', true, 9_900, 'terms', ['5.2']],
    ['consumer', false, 0, 'both', ['5.2', '§ 9']],
    ['business', false, 0, 'terms', ['5.2']],
  ] as const)
    test(`${shownBeforePayment ? 'shown' : 'not shown'} to a ${customerKind}: ${owed} øre are owed`, () => {
      const ruling = deliveryCost({ customerKind, amount: 9_900, shownBeforePayment })
      assert.deepEqual([ruling.owed, ruling.blocksCheckout, ruling.basis], [owed, !shownBeforePayment, basis])
      assert.deepEqual(cites(ruling.reasons), cited)
    })
})

describe('the confirmation on a durable medium', () => {
  for (const [rule, customerKind, confirmed, handedOver, mayHandOver, violation] of [
    ['comes before the handover', 'consumer', false, false, false, false],
    ['is missing when the goods left without it', 'consumer', false, true, false, true],
    ['lets them go', 'consumer', true, true, true, false],
    ['is not owed to a business', 'business', false, true, true, false],
  ] as const)
    test(rule, () => {
      const ruling = durableConfirmation({ customerKind, confirmed, handedOver })
      assert.deepEqual([ruling.mayHandOver, ruling.violation], [mayHandOver, violation])
      assert.equal(cites(ruling.reasons).includes('§ 18'), customerKind === 'consumer')
    })
})
