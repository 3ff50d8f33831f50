import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import { cites } from './cites.ts'

const { priceDisplay, capturable, captureTiming, paymentMethod } = terms

t.test('5.1 prices', async (t) => {
  for (const [customerKind, currency, show, cited, undercut] of [
    ['consumer', 'NOK', 'incl', ['5.1', '§ 3'], false],
    ['consumer', 'EUR', 'incl', ['5.1', '§ 3'], true],
    ['business', 'NOK', 'incl', ['5.1'], false],
    ['business', 'EUR', 'excl', ['5.1'], false],
  ] as const)
    t.test(`a ${customerKind} sees ${currency} ${show}. VAT`, async (t) => {
      const display = priceDisplay({ currency, customerKind })
      t.equal(display.show, show)
      t.equal(display.alsoShowTotalIncl, show === 'excl')
      t.strictSame(cites(display.reasons), cited)
      t.equal(display.termsUndercut, undercut)
    })

  t.test('the label says which in both languages', async (t) => {
    t.strictSame(priceDisplay({ currency: 'EUR', customerKind: 'business' }).label, {
      en: 'excl. VAT',
      nb: 'ekskl. mva.',
    })
    t.strictSame(priceDisplay({ currency: 'EUR', customerKind: 'consumer' }).label, {
      en: 'incl. VAT',
      nb: 'inkl. mva.',
    })
  })
})

t.test('6.1 methods', async (t) => {
  for (const method of ['visa', 'mastercard', 'klarna', 'american-express', 'paypal'])
    t.test(`${method} is accepted`, async (t) => t.equal(paymentMethod(method).outcome, 'granted'))
  for (const method of ['vipps', 'invoice', ''])
    t.test(`"${method}" is not on the list`, async (t) => {
      const { outcome, reasons } = paymentMethod(method)
      t.strictSame([outcome, ...cites(reasons)], ['refused', '6.1'])
    })
})

t.test('6.2 capture', async (t) => {
  t.test('it waits for shipment unless "earlier" was stated', async (t) => {
    t.equal(captureTiming({ earlyCaptureStated: false }).timing, 'at-shipment')
    t.equal(captureTiming({ earlyCaptureStated: true }).timing, 'early')
  })
  t.test('the law on prepayment is cited to consumers, not to businesses', async (t) => {
    t.strictSame(cites(captureTiming({ earlyCaptureStated: false }).reasons), ['6.2', '§ 38'])
    t.strictSame(cites(captureTiming({ earlyCaptureStated: false, customerKind: 'business' }).reasons), ['6.2'])
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
    t.test(`${rule}: ${amount}`, async (t) => {
      const { amount: captured, reasons } = capturable(facts)
      t.equal(captured, amount)
      t.strictSame(cites(reasons), ['6.2'])
    })
})
