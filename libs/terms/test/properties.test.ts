import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isWorkingDay, lastDayOf, osloDay } from '../calendar.ts'
import { termsOf } from '../editions.ts'
import { entitlements } from '../entitlements.ts'
import { anInstant, anOrder, maybe, traits } from './arbitraries.ts'
import { assertResolves, linked } from './resolves.ts'

const terms = termsOf('smartgroup/2026-01-15')
const customerKind = fc.constantFrom('consumer' as const, 'business' as const)

test('each section of law that can be cited has an address at Lovdata or EUR-Lex', () => {
  assert.ok(linked.length > 50)
  for (const cite of linked)
    assert.match(
      'url' in cite ? cite.url! : '',
      /^https:\/\/(lovdata\.no\/(lov|forskrift)\/[\d-]+\/%C2%A7\d+(-\d+)?[a-z]?|eur-lex\.europa\.eu\/eli\/(dir|reg)\/\d+\/\d+\/oj)$/,
    )
})

const withdrawalFacts = fc.record({
  customerKind,
  traits,
  sealBroken: maybe(fc.boolean()),
  exceptionDisclosed: maybe(fc.boolean()),
  lastReceivedAt: maybe(anInstant),
  declaredAt: anInstant,
  informationGiven: fc.boolean(),
  informationGivenAt: maybe(anInstant),
})

test('no withdrawal deadline is earlier than the law’s fourteen days, and each falls on a working day', () => {
  fc.assert(
    fc.property(withdrawalFacts, (facts) => {
      const { lastDay, until } = terms.withdrawal(facts)
      if (lastDay === undefined) return
      const fourteen = lastDayOf(osloDay(facts.lastReceivedAt!), { days: 14 })
      assert.ok(Temporal.PlainDate.compare(lastDay, fourteen) >= 0)
      assert.ok(isWorkingDay(lastDay))
      const zoned = until!.toZonedDateTimeISO('Europe/Oslo')
      assert.equal(zoned.toPlainTime().toString(), '00:00:00')
      assert.ok(zoned.toPlainDate().equals(lastDay.add({ days: 1 })))
    }),
  )
})

test('a withdrawal never becomes possible by waiting', () => {
  fc.assert(
    fc.property(withdrawalFacts, fc.integer({ min: 0, max: 500 * 24 }), (facts, hours) => {
      const later = { ...facts, declaredAt: facts.declaredAt.add({ hours }) }
      if (terms.withdrawal(facts).outcome === 'refused') assert.equal(terms.withdrawal(later).outcome, 'refused')
    }),
  )
})

test('a refund is never due later than the law says: fourteen days after the notice, or when the wait for the goods ends', () => {
  fc.assert(
    fc.property(
      fc.record({
        noticeReceivedAt: anInstant,
        goodsReceivedAt: maybe(anInstant),
        proofOfSendingAt: maybe(anInstant),
        sellerCollects: fc.boolean(),
      }),
      (facts) => {
        const { dueOn, withheld } = terms.refundDue(facts)
        const back = [facts.goodsReceivedAt, facts.proofOfSendingAt].filter((it) => it !== undefined).map(osloDay)
        assert.equal(withheld, !facts.sellerCollects && back.length === 0)
        if (dueOn === undefined) return
        const days = [lastDayOf(osloDay(facts.noticeReceivedAt), { days: 14 })]
        if (!facts.sellerCollects) days.push(back.sort(Temporal.PlainDate.compare)[0]!)
        const latest = days.sort(Temporal.PlainDate.compare).at(-1)!
        assert.ok(Temporal.PlainDate.compare(dueOn, latest) <= 0)
      },
    ),
  )
})

test('the refunds of any split of a line add up to exactly what was paid for it', () => {
  const split = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(fc.nat(100_000_000), split, fc.nat(30_000), fc.nat(30_000), (total, parts, deliveryPaid, standard) => {
      const quantity = parts.reduce((sum, part) => sum + part, 0)
      let returnedBefore = 0
      let refunded = 0
      for (const returning of parts) {
        const emptiesOrder = returnedBefore + returning === quantity
        const lines = [{ total, quantity, returning, returnedBefore }]
        const { amount } = terms.refund({ lines, deliveryPaid, standardDeliveryPrice: standard, emptiesOrder })
        assert.ok(Number.isSafeInteger(amount) && amount >= 0)
        refunded += amount
        returnedBefore += returning
      }
      assert.equal(refunded, total + Math.min(deliveryPaid, standard))
    }),
  )
})

test('captures never exceed the authorisation, in whatever parts an order is shipped', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(100_000), { maxLength: 8 }),
      fc.nat(20_000),
      fc.nat(500_000),
      (parts, deliveryPrice, authorised) => {
        let alreadyCaptured = 0
        for (const [at, shippedLines] of parts.entries())
          alreadyCaptured += terms.capturable({
            shippedLines,
            deliveryPrice,
            deliveryCaptured: at > 0,
            authorised,
            alreadyCaptured,
          }).amount
        assert.ok(alreadyCaptured <= authorised)
      },
    ),
  )
})

test('every ruling on a withdrawal, a cancellation, a risk and a price leads to the sentences it rests on', () => {
  fc.assert(fc.property(withdrawalFacts, (facts) => assertResolves(terms.withdrawal(facts).reasons)))
  const reason = fc.constantFrom('stock', 'pricing-error', 'technical-mistake', 'payment', 'customer-wish', 'other')
  const cancellationFacts = fc.record({
    by: fc.constantFrom('customer' as const, 'seller' as const),
    customerKind,
    formed: fc.boolean(),
    dispatched: fc.boolean(),
    reason: reason as fc.Arbitrary<'stock'>,
    customerConsents: maybe(fc.boolean()),
    approvedBy: maybe(fc.string()),
  })
  fc.assert(fc.property(cancellationFacts, (facts) => assertResolves(terms.cancellation(facts).reasons)))
  const riskFacts = fc.record({
    customerKind,
    handedOverAt: maybe(anInstant),
    receivedAt: maybe(anInstant),
    at: anInstant,
  })
  fc.assert(fc.property(riskFacts, (facts) => assertResolves(terms.risk(facts).reasons)))
  const priceFacts = fc.record({ customerKind, currency: fc.constantFrom('NOK' as const, 'EUR' as const) })
  fc.assert(fc.property(priceFacts, (facts) => assertResolves(terms.priceDisplay(facts).reasons)))
})

test('whatever state an order is in, each answer resolves, and no estimate exceeds what was paid', () => {
  fc.assert(
    fc.property(anOrder, anInstant, (facts, at) => {
      const { cancel, lines, refundEstimate } = entitlements(facts, at)
      const paid = facts.lines.reduce((sum, { total }) => sum + total, facts.delivery.paid)
      assert.ok(refundEstimate.amount >= 0 && refundEstimate.amount <= paid)
      assertResolves(cancel.reasons)
      for (const line of lines) {
        for (const { reasons } of [line.cancel, line.withdrawal, line.voluntaryReturn, line.complaint, line.returnCost])
          assertResolves(reasons)
        assert.ok(line.returnable >= 0 && line.returnable <= line.quantity)
        assert.ok(line.refundEstimate.amount <= refundEstimate.amount + facts.delivery.paid)
        if (facts.customerKind === 'business') assert.equal(line.withdrawal.outcome, 'refused')
      }
    }),
  )
})
