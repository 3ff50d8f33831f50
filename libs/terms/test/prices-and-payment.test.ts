import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { terms } from '../cases/first-edition.ts'
import { cites } from './cites.ts'

const { priceDisplay, capturable, captureTiming, paymentMethod } = terms

describe('5.1 prices', () => {
  for (const [customerKind, currency, show, cited, undercut] of [
    ['consumer', 'NOK', 'incl', ['5.1', '§ 3'], false],
    ['consumer', 'EUR', 'incl', ['5.1', '§ 3'], true],
    ['business', 'NOK', 'incl', ['5.1'], false],
    ['business', 'EUR', 'excl', ['5.1'], false],
  ] as const)
    test(`a ${customerKind} sees ${currency} ${show}. VAT`, () => {
      const display = priceDisplay({ currency, customerKind })
      assert.equal(display.show, show)
      assert.equal(display.alsoShowTotalIncl, show === 'excl')
      assert.deepEqual(cites(display.reasons), cited)
      assert.equal(display.termsUndercut, undercut)
    })

  test('the label says which in both languages', () => {
    assert.deepEqual(priceDisplay({ currency: 'EUR', customerKind: 'business' }).label, {
      en: 'excl. VAT',
      nb: 'ekskl. mva.',
    })
    assert.deepEqual(priceDisplay({ currency: 'EUR', customerKind: 'consumer' }).label, {
      en: 'incl. VAT',
      nb: 'inkl. mva.',
    })
  })
})

describe('6.1 methods', () => {
  for (const method of ['visa', 'mastercard', 'klarna', 'american-express', 'paypal'])
    test(`${method} is accepted`, () => assert.equal(paymentMethod(method).outcome, 'granted'))
  for (const method of ['vipps', 'invoice', ''])
    test(`"${method}" is not on the list`, () => {
      const { outcome, reasons } = paymentMethod(method)
      assert.deepEqual([outcome, ...cites(reasons)], ['refused', '6.1'])
    })
})

describe('6.2 capture', () => {
  test('it waits for shipment unless "earlier" was stated', () => {
    assert.equal(captureTiming({ earlyCaptureStated: false }).timing, 'at-shipment')
    assert.equal(captureTiming({ earlyCaptureStated: true }).timing, 'early')
  })
  test('the law on prepayment is cited to consumers, not to businesses', () => {
    assert.deepEqual(cites(captureTiming({ earlyCaptureStated: false }).reasons), ['6.2', '§ 38'])
    assert.deepEqual(cites(captureTiming({ earlyCaptureStated: false, customerKind: 'business' }).reasons), ['6.2'])
  })

  const order = { deliveryPrice: 9_900, deliveryCaptured: false, authorised: 109_900, alreadyCaptured: 0 }
  for (const [rule, facts, amount] of [
    ['the whole order with its delivery', { ...order, shippedLines: 100_000 }, 109_900],
    ['nothing before anything is shipped', { ...order, shippedLines: 0 }, 0],
    ['the first part takes delivery along', { ...order, shippedLines: 60_000 }, 69_900],
    [
      'the second part does not take it again',
      { ...order, shippedLines: 40_000, deliveryCaptured: true, alreadyCaptured: 69_900 },
      40_000,
    ],
    ['never more than is left', { ...order, shippedLines: 60_000, alreadyCaptured: 100_000 }, 9_900],
    ['nothing when all is captured', { ...order, shippedLines: 60_000, alreadyCaptured: 109_900 }, 0],
    ['nothing when more was captured than authorised', { ...order, shippedLines: 1, alreadyCaptured: 120_000 }, 0],
  ] as const)
    test(`${rule}: ${amount}`, () => {
      const { amount: captured, reasons } = capturable(facts)
      assert.equal(captured, amount)
      assert.deepEqual(cites(reasons), ['6.2'])
    })
})
