import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { endOfOsloDay, isWorkingDay, lastDayOf, osloDay, startOfOsloDay } from '../calendar.ts'
import { terms, termsUnder } from '../cases/first-edition.ts'
import type { EditionFigures } from '../editions/edition-figures.ts'
import { eligibility, entitlements } from '../order/entitlements.ts'
import { factsAt } from '../order/facts-at.ts'
import type { Reason } from '../ruling/ruling.ts'
import { possessionAt } from '../statute/angrerettloven.ts'
import { anInstant, anOrder, maybe, promised, traits } from './arbitraries.ts'
import { assertResolves, laws } from './resolves.ts'

const customerKind = fc.constantFrom('consumer' as const, 'business' as const)

/** Of other countries' Acts we know no address that stays. */
const ABROAD = /belgisk|Belgian/

t.test(
  'each section of law that can be cited has an address at Lovdata or EUR-Lex, but for other countries’',
  async (t) => {
    t.ok(laws.length > 50)
    for (const cite of laws.filter((each) => !ABROAD.test('act' in each ? each.act : '')))
      t.match(
        'url' in cite ? cite.url! : '',
        /^https:\/\/(lovdata\.no\/(lov|forskrift)\/[\d-]+\/%C2%A7\d+(-\d+)?[a-z]?|eur-lex\.europa\.eu\/eli\/(dir|reg)\/\d+\/\d+\/oj)$/,
      )
  },
)

t.test('what may go back is the same from the first moment of a day in Oslo to its last', async () => {
  fc.assert(
    fc.property(anOrder, anInstant, (facts, moment) => {
      const day = osloDay(moment)
      const told = (at: Temporal.Instant) => ({ ...eligibility(facts, at, 'all-known'), at: day })
      const early = told(startOfOsloDay(day))
      assert.deepEqual(told(moment), early)
      assert.deepEqual(told(endOfOsloDay(day).subtract({ nanoseconds: 1 })), early)
    }),
    { numRuns: 300 },
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

t.test('no withdrawal deadline is earlier than the law’s fourteen days, and each falls on a working day', async () => {
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

t.test('a withdrawal never becomes possible by waiting', async () => {
  fc.assert(
    fc.property(withdrawalFacts, fc.integer({ min: 0, max: 500 * 24 }), (facts, hours) => {
      const later = { ...facts, declaredAt: facts.declaredAt.add({ hours }) }
      if (terms.withdrawal(facts).outcome === 'refused') assert.equal(terms.withdrawal(later).outcome, 'refused')
    }),
  )
})

t.test(
  'a refund is never due later than the law says: fourteen days after the notice, or when the wait for the goods ends',
  async () => {
    fc.assert(
      fc.property(
        fc.record({
          noticeReceivedAt: anInstant,
          goodsReceivedAt: maybe(anInstant),
          proofOfSendingAt: maybe(anInstant),
          collectionOfferedAt: maybe(anInstant),
          sellerCollects: fc.boolean(),
        }),
        (facts) => {
          const { dueOn, withheld } = terms.refundDue(facts)
          const back = [facts.goodsReceivedAt, facts.proofOfSendingAt, facts.collectionOfferedAt]
            .filter((it) => it !== undefined)
            .map(osloDay)
          assert.equal(withheld, !facts.sellerCollects && back.length === 0)
          if (dueOn === undefined) return
          const days = [lastDayOf(osloDay(facts.noticeReceivedAt), { days: 14 })]
          if (!facts.sellerCollects) days.push(back.sort(Temporal.PlainDate.compare)[0]!)
          const latest = days.sort(Temporal.PlainDate.compare).at(-1)!
          assert.ok(Temporal.PlainDate.compare(dueOn, latest) <= 0)
        },
      ),
    )
  },
)

t.test('the refunds of any split of a line add up to exactly what was paid for it', async () => {
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

t.test('captures never exceed the authorisation, in whatever parts an order is shipped', async () => {
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

t.test(
  'every ruling on a withdrawal, a cancellation, a risk and a price leads to the sentences it rests on',
  async () => {
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
  },
)

/** Every list of reasons in an answer, however deep. */
const reasonsIn = (value: unknown): Reason[][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => (key === 'reasons' ? [inner as Reason[]] : reasonsIn(inner)))

t.test('whatever state an order is in, each answer resolves, and no estimate exceeds what was paid', async () => {
  fc.assert(
    fc.property(anOrder, anInstant, (facts, at) => {
      const answer = entitlements(facts, at)
      for (const reasons of reasonsIn(answer)) assertResolves(reasons)
      const { lines, refundEstimate, capture } = answer
      const paid = facts.lines.reduce((sum, { total }) => sum + total, facts.delivery.paid)
      assert.ok(refundEstimate.amount >= 0 && refundEstimate.amount <= paid)
      assert.ok(
        (capture?.amount ?? 0) <= Math.max(0, (facts.payment?.authorised ?? 0) - (facts.payment?.captured ?? 0)),
      )
      for (const line of lines) {
        assert.ok(line.returnable >= 0 && line.returnable <= line.quantity)
        assert.ok(line.refundEstimate.amount <= refundEstimate.amount)
        if (facts.customerKind === 'business') assert.equal(line.withdrawal.outcome, 'refused')
      }
    }),
  )
})

t.test('what happens later changes no answer about a moment before it', async () => {
  const outcomes = ({ cancel, lines, formation, capture, delivery }: ReturnType<typeof entitlements>) => [
    [
      cancel,
      formation,
      ...lines.flatMap((line) => [line.cancel, line.withdrawal, line.voluntaryReturn, line.complaint]),
    ].map(({ outcome }) => outcome),
    lines.map(({ risk }) => risk.bearer),
    [capture?.amount, delivery?.late],
  ]
  fc.assert(
    fc.property(anOrder, anInstant, (facts, at) => {
      const before = (moment: string | undefined) => moment !== undefined && Temporal.Instant.compare(moment, at) <= 0
      const known = {
        ...facts,
        parcels: facts.parcels.map((parcel) => ({
          ...parcel,
          ...(!before(parcel.receivedAt) && { receivedAt: undefined }),
          ...(!before(parcel.handedOverAt) && { handedOverAt: undefined }),
        })),
      }
      assert.deepEqual(outcomes(entitlements(facts, at)), outcomes(entitlements(known, at)))
    }),
  )
})

t.test('no right that is closed opens again by waiting', async () => {
  fc.assert(
    fc.property(anOrder, anInstant, fc.integer({ min: 0, max: 4_000 * 24 }), (facts, at, hours) => {
      // Only time passes: what the facts tell of the time between would be something that happened.
      const [now, later] = [entitlements(factsAt(facts, at), at), entitlements(factsAt(facts, at), at.add({ hours }))]
      if (now.cancel.outcome === 'refused') assert.equal(later.cancel.outcome, 'refused')
      for (const [n, line] of now.lines.entries())
        for (const right of ['cancel', 'withdrawal', 'voluntaryReturn', 'complaint'] as const)
          if (line[right].outcome === 'refused') assert.equal(later.lines[n]![right].outcome, 'refused', right)
    }),
  )
})

t.test('a parcel more never shortens the period to withdraw, whenever it comes', async () => {
  fc.assert(
    fc.property(fc.array(anInstant, { minLength: 1, maxLength: 5 }), anInstant, (receipts, another) => {
      const until = (moments: Temporal.Instant[]) =>
        terms.withdrawalPeriod({
          lastReceivedAt: possessionAt(moments.map((at) => ({ at }))),
          informationGiven: true,
        })!.lastDay
      assert.ok(Temporal.PlainDate.compare(until([...receipts, another]), until(receipts)) >= 0)
      assert.equal(possessionAt([...receipts.map((at) => ({ at })), undefined]), undefined)
    }),
  )
})

t.test('terms that promise less than the law change nothing for a consumer', async (t) => {
  const least = (figures: EditionFigures): EditionFigures => ({
    ...figures,
    withdrawalDays: Math.max(14, figures.withdrawalDays),
    complaintYears: {
      ordinary: Math.max(2, figures.complaintYears.ordinary),
      longLived: Math.max(5, figures.complaintYears.longLived),
    },
  })
  t.test('in his time to withdraw', async () => {
    fc.assert(
      fc.property(withdrawalFacts, promised, (facts, figures) => {
        const [under, over] = [termsUnder(figures).withdrawal(facts), termsUnder(least(figures)).withdrawal(facts)]
        assert.deepEqual([under.outcome, String(under.lastDay)], [over.outcome, String(over.lastDay)])
      }),
    )
  })
  t.test('in his time to complain', async () => {
    const product = fc.record({ longLived: maybe(fc.boolean()) })
    fc.assert(
      fc.property(product, anInstant, anInstant, promised, (traits, deliveredAt, at, figures) => {
        const facts = { customerKind: 'consumer', traits, deliveredAt, at } as const
        const [under, over] = [termsUnder(figures).complaint(facts), termsUnder(least(figures)).complaint(facts)]
        assert.deepEqual([under.outcome, String(under.lastDay)], [over.outcome, String(over.lastDay)])
        const law = lastDayOf(osloDay(deliveredAt), { years: traits.longLived === false ? 2 : 5 })
        assert.ok(Temporal.PlainDate.compare(under.lastDay!, law) >= 0)
      }),
    )
  })
  t.test('in when he has his money back', async () => {
    fc.assert(
      fc.property(anInstant, maybe(anInstant), promised, (noticeReceivedAt, goodsReceivedAt, figures) => {
        const facts = { noticeReceivedAt, goodsReceivedAt }
        const [due, law] = [
          termsUnder(figures).refundDue(facts),
          termsUnder({ ...figures, refundDays: 10_000 }).refundDue(facts),
        ]
        assert.equal(due.withheld, law.withheld)
        if (!due.withheld) assert.ok(Temporal.PlainDate.compare(due.dueOn!, law.dueOn!) <= 0)
      }),
    )
  })
})
