import assert from 'node:assert/strict'
import t from 'tap'
import { entitlements, type OrderEntitlements } from '../order/entitlements.ts'
import type { OrderFacts } from '../order/facts.ts'
import { cites, codes, instant, noon } from './cites.ts'
import { everything, order, traits } from './order.ts'

const received = (day: string, lines = everything) => ({
  shipmentId: `S-${day}`,
  lines,
  handedOverAt: '2026-06-02T08:00:00Z',
  receivedAt: `${day}T10:00:00Z`,
})
const [onlyA, onlyB] = [[everything[0]!], [everything[1]!]]
const back = (lines: OrderFacts['returns'][number]['lines'], rest: Partial<OrderFacts['returns'][number]> = {}) => ({
  returnId: 'R-1',
  lines,
  outcome: 'open' as const,
  ...rest,
})
const line = (facts: OrderFacts, lineId: string, day: string) =>
  entitlements(facts, noon(day)).lines.find((it) => it.lineId === lineId)!

t.test('before dispatch', async (t) => {
  t.test('everything can be cancelled, and all of it comes back, the dearer delivery too', async (t) => {
    const { cancel, refundEstimate, lines } = entitlements(order(), noon('2026-06-01'))
    t.equal(cancel.outcome, 'granted')
    t.strictSame(refundEstimate, { amount: 79_900, currency: 'NOK' })
    t.strictSame(
      lines.map(({ cancel, withdrawal, returnable }) => [cancel.outcome, withdrawal.outcome, returnable]),
      [
        ['granted', 'granted', 3],
        ['granted', 'granted', 1],
      ],
    )
    t.ok(lines.every(({ withdrawal }) => withdrawal.until === undefined))
  })
  t.test('what is still here can be cancelled line by line, the order as a whole no longer', async (t) => {
    const facts = order({ parcels: [{ shipmentId: 'S', lines: onlyA, handedOverAt: '2026-06-02T08:00:00Z' }] })
    const { cancel, lines } = entitlements(facts, noon('2026-06-03'))
    t.strictSame(
      [cancel, ...lines.map(({ cancel }) => cancel)].map(({ outcome }) => outcome),
      ['refused', 'refused', 'granted'],
    )
    t.strictSame(codes(cancel.reasons), ['with-carrier', 'withdraw-instead'])
  })
  t.test('a label without a handover is no dispatch', async (t) => {
    const facts = order({ parcels: [{ shipmentId: 'S', lines: everything }] })
    t.equal(entitlements(facts, noon('2026-06-03')).cancel.outcome, 'granted')
  })
})

t.test('after receipt', async (t) => {
  const facts = order({ parcels: [received('2026-06-04')] })

  t.test('each right has its own last day', async (t) => {
    const { withdrawal, voluntaryReturn, complaint } = line(facts, 'A', '2026-06-10')
    t.strictSame([withdrawal.until, voluntaryReturn.until, complaint.until], ['2026-06-18', '2026-07-06', '2028-06-06'])
    t.strictSame(
      [withdrawal, voluntaryReturn, complaint].map(({ outcome }) => outcome),
      ['granted', 'review', 'granted'],
    )
    t.equal(line(facts, 'B', '2026-06-10').complaint.until, '2031-06-04')
  })
  t.test('a withdrawal from everything brings the standard delivery back, one from a part does not', async (t) => {
    const { refundEstimate, lines } = entitlements(facts, noon('2026-06-10'))
    t.strictSame(
      [refundEstimate, ...lines.map((it) => it.refundEstimate)].map(({ amount }) => amount),
      [69_900, 10_000, 50_000],
    )
  })
  t.test('after the withdrawal period the voluntary return gives back the goods alone', async (t) => {
    const { refundEstimate, lines } = entitlements(facts, noon('2026-06-20'))
    t.equal(refundEstimate.amount, 60_000)
    t.strictSame(lines.map(({ withdrawal, voluntaryReturn }) => [withdrawal.outcome, voluntaryReturn.outcome])[0], [
      'refused',
      'review',
    ])
    t.strictSame(cites(lines[0]!.returnCost.reasons), ['9.1', '8.4'])
  })
  t.test('after both there is nothing to estimate, but complaints remain', async (t) => {
    const { refundEstimate, lines } = entitlements(facts, noon('2026-08-01'))
    t.equal(refundEstimate.amount, 0)
    t.ok(lines.every(({ complaint }) => complaint.outcome === 'granted'))
  })
  t.test('the last parcel of the order begins the period for all of it, and complaints run by parcel', async (t) => {
    const parcels = [received('2026-06-04', onlyA), received('2026-06-10', onlyB)]
    const { withdrawal, complaint } = line(order({ parcels }), 'A', '2026-06-12')
    t.strictSame([withdrawal.until, complaint.until], ['2026-06-24', '2028-06-06'])
  })
  t.test('a parcel still to come keeps the period from beginning', async (t) => {
    const parcels = [received('2026-06-04', onlyA), { ...received('2026-06-10', onlyB), receivedAt: undefined }]
    t.equal(line(order({ parcels }), 'A', '2027-06-12').withdrawal.until, undefined)
  })
  t.test('so does a single unit of a line', async (t) => {
    const parcels = [received('2026-06-04', [{ lineId: 'A', quantity: 2 }, ...onlyB])]
    t.strictSame(
      [
        line(order({ parcels }), 'B', '2027-06-12').withdrawal.outcome,
        line(order({ parcels }), 'A', '2030-01-01').complaint.until,
      ],
      ['granted', undefined],
    )
  })
  t.test('a business has the voluntary return and its own complaint limit', async (t) => {
    const { withdrawal, voluntaryReturn, complaint, returnCost } = line(
      { ...facts, customerKind: 'business' },
      'B',
      '2026-06-10',
    )
    t.strictSame(
      [withdrawal, voluntaryReturn, complaint].map(({ outcome }) => outcome),
      ['refused', 'review', 'granted'],
    )
    t.strictSame([complaint.until, returnCost.bearer], ['2028-06-06', 'customer'])
  })
  t.test(
    'what was not disclosed costs the consumer nothing, and information that never came keeps the period open',
    async (t) => {
      const silent = { ...facts, disclosures: { withdrawalInformation: false, returnCost: false } }
      const { withdrawal, returnCost } = line(silent, 'A', '2027-06-01')
      t.strictSame([withdrawal.outcome, withdrawal.until, returnCost.bearer], ['granted', '2027-06-18', 'seller'])
    },
  )
  t.test('goods made to order stay while the rest goes back, and so does the delivery', async (t) => {
    const lines = facts.lines.map((it) =>
      it.lineId === 'B' ? { ...it, traits: { ...traits, madeToOrder: true } } : it,
    )
    const { lines: ruled } = entitlements({ ...facts, lines }, noon('2026-06-10'))
    t.strictSame(
      ruled.map(({ withdrawal }) => withdrawal.outcome),
      ['granted', 'refused'],
    )
    t.equal(ruled[0]!.refundEstimate.amount, 10_000)
  })
})

t.test('after returns', async (t) => {
  const parcels = [received('2026-06-04')]
  const oneOfA = [{ lineId: 'A', quantity: 1 }]

  t.test('units on their way back cannot go back again', async (t) => {
    const { returnable, refundEstimate } = line(order({ parcels, returns: [back(oneOfA)] }), 'A', '2026-06-10')
    t.strictSame([returnable, refundEstimate.amount], [2, 6_667])
  })
  t.test('a return that closed without a refund gave nothing back', async (t) => {
    t.equal(line(order({ parcels, returns: [back(oneOfA, { outcome: 'closed' })] }), 'A', '2026-06-10').returnable, 3)
  })
  t.test('the line that is left takes the delivery along', async (t) => {
    const returns = [back(onlyB, { outcome: 'closed', refunded: 50_000 })]
    t.equal(line(order({ parcels, returns }), 'A', '2026-06-10').refundEstimate.amount, 19_900)
  })
  t.test('but not a second time', async (t) => {
    const returns = [back(onlyB, { outcome: 'closed', refunded: 59_900, deliveryRefunded: true })]
    t.equal(entitlements(order({ parcels, returns }), noon('2026-06-10')).refundEstimate.amount, 10_000)
  })
  t.test('when all went back nothing is left to ask for', async (t) => {
    const { cancel, refundEstimate, lines } = entitlements(
      order({ parcels, returns: [back(everything, { outcome: 'closed', refunded: 69_900 })] }),
      noon('2026-06-10'),
    )
    t.strictSame([cancel.outcome, refundEstimate.amount], ['refused', 0])
    for (const { withdrawal, voluntaryReturn, complaint, returnable } of lines) {
      t.equal(returnable, 0)
      for (const ruling of [withdrawal, voluntaryReturn, complaint])
        t.strictSame(codes(ruling.reasons), ['all-returned'])
    }
  })
  t.test('a cancelled order leaves nothing either', async (t) => {
    const { cancel, refundEstimate, lines } = entitlements(
      order({ cancelledAt: '2026-06-01T09:00:00Z' }),
      noon('2026-06-10'),
    )
    t.strictSame([codes(cancel.reasons), refundEstimate.amount], [['order-cancelled'], 0])
    t.ok(lines.every(({ returnable, withdrawal }) => returnable === 0 && withdrawal.outcome === 'refused'))
  })
})

t.test('what else an order entitles to', async (t) => {
  const sent = order({ parcels: [{ ...received('2026-06-04'), receivedAt: undefined }] })
  const facts = order({ parcels: [received('2026-06-04')] })
  const at = noon('2026-06-10')

  t.test('4.1 there is an agreement since the confirmation came, and none before', async (t) => {
    t.hasStrict(entitlements(facts, at).formation, { outcome: 'granted', formedAt: facts.formedAt })
    const { formation, delivery } = entitlements({ ...facts, formedAt: undefined }, at)
    t.strictSame([formation.outcome, formation.formedAt, delivery], ['refused', undefined, undefined])
  })
  t.test('4.2 the seller may go back on an order before it; after it only with a person’s approval', async (t) => {
    const before = entitlements({ ...facts, formedAt: undefined }, at).sellerCorrection
    t.strictSame([before.outcome, before.needsHumanApproval], ['granted', false])
    const after = entitlements(facts, at).sellerCorrection
    t.strictSame([after.outcome, after.needsHumanApproval], ['refused', true])
  })
  t.test('§ 41 goods made to order can be cancelled in transit, others are withdrawn from', async (t) => {
    const lines = sent.lines.map((it) => (it.lineId === 'B' ? { ...it, traits: { ...traits, madeToOrder: true } } : it))
    const ruled = entitlements({ ...sent, lines }, at)
    t.strictSame(
      [ruled.cancel, ...ruled.lines.map(({ cancel }) => cancel)].map(({ outcome }) => outcome),
      ['refused', 'refused', 'review'],
    )
  })
  t.test('7.2 delivery is expected between two days, late after thirty, and then the consumer may act', async (t) => {
    t.hasStrict(entitlements(sent, noon('2026-07-01')).delivery, {
      ...{ from: '2026-06-03', to: '2026-06-10', latest: '2026-07-01' },
      ...{ late: 'refused', remedies: [] },
    })
    const { late, remedies } = entitlements(sent, noon('2026-07-02')).delivery!
    t.strictSame([late, remedies], ['granted', ['withhold-payment', 'demand-delivery', 'set-extra-time']])
    t.equal(entitlements(facts, noon('2026-07-02')).delivery!.late, 'refused')
  })
  t.test('§ 9 a business is told of no thirty days and no consumer law, but of a reasonable time', async (t) => {
    const { delivery } = entitlements(order({ customerKind: 'business' }), noon('2026-06-05'))
    t.hasStrict(delivery, { to: '2026-06-10', latest: '2026-06-10', late: 'refused' })
    t.notMatch(JSON.stringify(delivery!.reasons), /forbrukerkjøpsloven/)
    const agreed = entitlements(order({ customerKind: 'business', deliverBy: '2026-07-20' }), noon('2026-06-05'))
    t.equal(agreed.delivery!.latest, '2026-07-20')
  })
  t.test('§ 23 what came after the extra time may be cancelled still, until all of it went back', async (t) => {
    const extra = { deliverBy: '2026-06-10', additionalPeriod: { until: '2026-06-20', setAt: '2026-06-11T08:00:00Z' } }
    const came = order({ ...extra, parcels: [received('2026-06-22')] })
    t.hasStrict(entitlements(came, noon('2026-06-24')).delivery, { late: 'granted', remedies: ['rescind'] })
    const gone = entitlements({ ...came, returns: [back(everything)] }, noon('2026-06-24')).delivery!
    t.strictSame([gone.remedies, codes(gone.reasons).includes('may-rescind-in-reasonable-time')], [[], false])
  })
  t.test(
    '§ 26 a business does not cancel goods made to order because extra time ran out, others it does',
    async (t) => {
      const extra = {
        deliverBy: '2026-06-10',
        additionalPeriod: { until: '2026-06-20', setAt: '2026-06-11T08:00:00Z' },
      }
      const made = (...ids: string[]) =>
        order().lines.map((it) => (ids.includes(it.lineId) ? { ...it, traits: { ...traits, madeToOrder: true } } : it))
      const rescinds = (facts: Partial<OrderFacts>) =>
        entitlements(
          order({ customerKind: 'business', ...extra, ...facts }),
          noon('2026-06-25'),
        ).delivery!.remedies.includes('rescind')
      t.notOk(rescinds({ lines: made('A', 'B') }))
      t.ok(rescinds({ lines: made('B') }))
      const parcels = [{ ...received('2026-06-04'), lines: [everything[0]!] }]
      t.notOk(rescinds({ lines: made('B'), parcels }), 'of what is still to come all is made to order')
      t.ok(rescinds({ lines: made('A', 'B'), customerKind: 'consumer' }))
    },
  )
  t.test(
    '7.3 and 7.4 the risk is the seller’s in transit, unless a business or the customer’s own carrier has the goods',
    async (t) => {
      const bearer = (changed: OrderFacts) => entitlements(changed, at).lines[0]!.risk.bearer
      t.equal(bearer(sent), 'seller')
      t.equal(bearer(facts), 'seller')
      t.equal(bearer({ ...sent, customerKind: 'business' }), 'customer')
      const parcels = sent.parcels.map((parcel) => ({ ...parcel, carrierArrangedBy: 'customer' as const }))
      t.equal(bearer({ ...sent, parcels }), 'customer')
    },
  )
  t.test('7.3 what may be withdrawn from stays at the seller’s risk, and what was too (§ 14)', async (t) => {
    const risk = (changed: OrderFacts, day: string) => line(changed, 'A', day).risk
    t.equal(risk(facts, '2026-06-18').bearer, 'seller')
    t.hasStrict(risk(facts, '2026-06-19'), { bearer: 'customer', since: '2026-06-18T22:00:00Z' })
    const custom = { ...facts, lines: facts.lines.map((it) => ({ ...it, traits: { ...traits, madeToOrder: true } })) }
    t.hasStrict(risk(custom, '2026-06-10'), { bearer: 'customer', since: '2026-06-04T10:00:00Z' })
    t.equal(risk({ ...facts, returns: [back(everything)] }, '2026-07-10').bearer, 'seller')
  })
  t.test(
    '7.3 and 9.1 the risk is by units: of what is kept, and of what goes back by the right that it does',
    async (t) => {
      const units = (...returns: OrderFacts['returns']) => {
        const { except = [], ...kept } = line({ ...facts, returns }, 'A', '2026-07-10').risk
        return [{ quantity: 0, ...kept }, ...except].map((each) => [each.quantity, each.bearer, codes(each.reasons)[0]])
      }
      const some = (quantity: number, more: object = {}) => back([{ lineId: 'A', quantity }], more)
      const voluntary = { right: 'voluntary', proofOfSendingAt: '2026-07-01T10:00:00Z' }
      const theirs = { ...voluntary, goodsReceivedAt: '2026-07-03T10:00:00Z' }
      const kept = [0, 'customer', 'received']
      t.strictSame(units(some(1)), [kept, [1, 'seller', 'may-still-withdraw']], 'withdrawn from')
      t.strictSame(units(some(2, voluntary)), [kept, [2, 'customer', 'voluntary-return']], 'by the offer of the terms')
      t.strictSame(units(some(2, theirs)), [kept, [2, 'seller', 'back-with-seller']], 'and once the seller has it')
      t.strictSame(units(some(3, voluntary)), [[0, 'customer', 'voluntary-return']], 'all of it')
      t.strictSame(units(some(1), some(1), some(1, voluntary)), [
        [0, 'seller', 'may-still-withdraw'],
        [1, 'customer', 'voluntary-return'],
      ])
      t.strictSame(units(some(3, { outcome: 'closed', right: 'voluntary' })), [kept], 'nothing went back')
    },
  )
  t.test('8.2 a pickup point has the parcel for the carrier: no period begins, and the risk stays', async (t) => {
    const parcels = facts.parcels.map((parcel) => ({ ...parcel, receivedBy: 'carrier' as const }))
    const { withdrawal, risk } = line({ ...facts, parcels }, 'A', '2027-06-10')
    t.strictSame([withdrawal.outcome, withdrawal.until, risk.bearer], ['granted', undefined, 'seller'])
  })
  t.test('8.2 of regular deliveries the first begins the period for all', async (t) => {
    const parcels = [received('2026-06-04', onlyA), { ...received('2026-07-04', onlyB), receivedAt: undefined }]
    const { withdrawal } = line(order({ parcels, regularDeliveries: true }), 'B', '2026-06-10')
    t.equal(withdrawal.until, '2026-06-18')
  })
  t.test('8.2 a consumer abroad has his own holidays too', async (t) => {
    const parcels = [received('2028-09-19')]
    const until = (country: string) => line(order({ parcels, country }), 'A', '2028-09-20').withdrawal.until
    t.strictSame([until('NO'), until('DE')], ['2028-10-03', '2028-10-04'])
  })
  t.test('8.2 information that came late counts from its day', async (t) => {
    const disclosures = {
      withdrawalInformation: false,
      withdrawalInformationGivenAt: '2026-06-30T10:00:00Z',
      returnCost: true,
    }
    t.equal(line({ ...facts, disclosures }, 'A', '2026-07-10').withdrawal.until, '2026-07-14')
  })
  t.test('8.5 an open return is paid back fourteen days after the notice, or once the goods are back', async (t) => {
    const open = { returnId: 'R', lines: onlyA, outcome: 'open', noticeReceivedAt: '2026-06-10T10:00:00Z' } as const
    const due = (more: object) =>
      entitlements({ ...facts, returns: [{ ...open, ...more }] }, noon('2026-06-15')).refundsDue
    assert.partialDeepStrictEqual(due({}), [{ returnId: 'R', dueOn: undefined, withheld: true }])
    t.hasStrict(due({ goodsReceivedAt: '2026-06-12T10:00:00Z' }), [{ dueOn: '2026-06-24', withheld: false }])
    t.strictSame(due({ outcome: 'closed' }), [])
  })
  t.test('8.6 an exception that nobody told of does not stand', async (t) => {
    const lines = facts.lines.map((it) => ({ ...it, traits: { ...traits, madeToOrder: true } }))
    const told = { ...facts, lines, disclosures: { ...facts.disclosures, exceptions: false } }
    t.strictSame(
      [line({ ...facts, lines }, 'A', '2026-06-10'), line(told, 'A', '2026-06-10')].map(
        ({ withdrawal }) => withdrawal.outcome,
      ),
      ['refused', 'review'],
    )
  })
  t.test('9.2 a condition that is known to fail closes the voluntary return', async (t) => {
    const lines = facts.lines.map((it) => ({ ...it, unused: false }))
    t.equal(line({ ...facts, lines }, 'A', '2026-06-20').voluntaryReturn.outcome, 'refused')
  })
  t.test('10 a defect: presumed for two years, never late for two months, and what to ask for', async (t) => {
    const defect = { noticedAt: '2026-08-01T10:00:00Z', failedCures: 1 }
    const lines = facts.lines.map((it) => ({ ...it, defect }))
    const { complaint } = line({ ...facts, lines }, 'A', '2026-08-10')
    t.strictSame([complaint.presumedUntil, complaint.neverLateUntil], ['2028-06-04', '2026-10-01'])
    t.strictSame(
      [complaint.remedies?.mayRefuseCure, complaint.remedies?.next],
      [true, ['price-reduction', 'rescission']],
    )
    t.equal(line({ ...facts, customerKind: 'business', lines }, 'A', '2026-08-10').complaint.presumedUntil, undefined)
  })
  t.test('10 a guarantee reaches further', async (t) => {
    const lines = facts.lines.map((it) => ({ ...it, guaranteeYears: 10 }))
    t.equal(line({ ...facts, lines }, 'A', '2026-08-10').complaint.until, '2036-06-04')
  })
  t.test('6.2 what has left may be captured, with the delivery once, and what was cancelled is released', async (t) => {
    const payment = { authorised: 79_900, captured: 0 }
    const part = { ...sent, parcels: [{ ...sent.parcels[0]!, lines: onlyA }], payment }
    t.equal(entitlements(part, at).capture?.amount, 29_900)
    const more = { ...sent, payment: { authorised: 79_900, captured: 29_900, deliveryCaptured: true } }
    t.equal(entitlements(more, at).capture?.amount, 50_000)
    const none = entitlements({ ...order(), payment }, at).capture
    t.strictSame([none?.outcome, none?.amount], ['refused', 0])
    const ended = entitlements({ ...order(), payment, cancelledAt: '2026-06-02T00:00:00Z' }, at).capture
    t.strictSame([ended?.amount, ended?.release], [0, 79_900])
  })
  t.test('13 an impediment frees from damages and from nothing else', async (t) => {
    const { impediment } = entitlements(
      { ...sent, impediment: { event: 'strike', foreseeable: false, avoidable: false } },
      at,
    )
    t.strictSame(
      [impediment?.exempt, impediment?.damages.outcome, impediment?.refund.outcome],
      [true, 'refused', 'granted'],
    )
  })
  t.test('17 a consumer goes to whom the law names, a business to court', async (t) => {
    t.equal(entitlements(facts, at).dispute.mediator, 'Forbrukertilsynet')
    t.equal(entitlements({ ...facts, customerKind: 'business' }, at).dispute.venue, 'oslo-district-court')
  })
  t.test('12.2 indirect loss is answered for towards a consumer, and not towards a business', async (t) => {
    const outcomes = ({ liability }: OrderEntitlements) => [liability.direct.outcome, liability.indirect.outcome]
    t.strictSame(outcomes(entitlements(facts, at)), ['granted', 'granted'])
    t.strictSame(outcomes(entitlements({ ...facts, customerKind: 'business' }, at)), ['granted', 'refused'])
  })
  t.test('5.1 a price in euro includes VAT for a consumer and not for a business', async (t) => {
    const show = (changes: Partial<OrderFacts>) => entitlements(order({ currency: 'EUR', ...changes }), at).prices.show
    t.strictSame([show({}), show({ customerKind: 'business' })], ['incl', 'excl'])
  })
})

t.test('at a moment', async (t) => {
  const placed = '2026-06-01T09:00:00Z'
  t.test('what comes later has not happened: it can be cancelled, nothing is late, and no money is due', async (t) => {
    const facts = order({ parcels: [received('2026-06-12')], payment: { authorised: 79_900, captured: 0 } })
    const { cancel, delivery, capture, lines } = entitlements(facts, instant(placed))
    t.strictSame([cancel.outcome, delivery?.late, capture?.amount], ['granted', 'refused', 0])
    t.equal(lines[0]!.risk.bearer, 'seller')
    const early = { ...facts, cancelledAt: '2026-07-01T00:00:00Z', formedAt: '2026-06-03T00:00:00Z' }
    t.strictSame(
      [entitlements(early, instant(placed)).formation.outcome, entitlements(early, instant(placed)).cancel.outcome],
      ['refused', 'granted'],
    )
  })
  t.test('rights that have not begun are told until when they will last if the goods come when expected', async (t) => {
    const facts = order({ parcels: [received('2026-06-12')] })
    const { withdrawal, voluntaryReturn, complaint } = entitlements(facts, instant(placed)).lines[0]!
    t.strictSame([withdrawal.outcome, codes(withdrawal.reasons)], ['granted', ['period-not-begun']])
    t.strictSame([withdrawal.until, voluntaryReturn.until, complaint.until], ['2026-06-26', '2026-07-13', '2028-06-12'])
  })
  t.test('a return that is declared later is none yet', async (t) => {
    const returns = [back(everything, { noticeReceivedAt: '2026-06-10T10:00:00Z' })]
    const facts = order({ parcels: [received('2026-06-04')], returns })
    t.equal(entitlements(facts, noon('2026-06-09')).lines[0]!.returnable, 3)
    t.equal(entitlements(facts, noon('2026-06-11')).lines[0]!.returnable, 0)
  })
})

t.test('parts that were withdrawn from or not sent', async (t) => {
  const at = noon('2026-06-20')
  const unsent = { outcome: 'closed', refunded: 1, noticeReceivedAt: '2026-06-02T10:00:00Z' } as const
  const twoOfA = [{ lineId: 'A', quantity: 2 }, ...onlyB]
  t.test('a unit that was paid back and never left keeps no period from beginning, and nothing late', async (t) => {
    const returns = [{ returnId: 'R', lines: [{ lineId: 'A', quantity: 1 }], ...unsent }]
    const facts = order({ parcels: [received('2026-06-04', twoOfA)], returns })
    const { lines, delivery } = entitlements(facts, noon('2026-12-07'))
    t.strictSame(
      [lines[0]!.withdrawal.outcome, lines[0]!.withdrawal.until, delivery?.late],
      ['refused', '2026-06-18', 'refused'],
    )
  })
  t.test('what is still with the seller can be cancelled, whatever else left and came back', async (t) => {
    const returns = [
      back([{ lineId: 'A', quantity: 1 }], {
        outcome: 'closed',
        refunded: 1,
        goodsReceivedAt: '2026-06-10T10:00:00Z',
      }),
    ]
    const facts = order({
      customerKind: 'business',
      parcels: [received('2026-06-04', [{ lineId: 'A', quantity: 2 }])],
      returns,
    })
    const { lines } = entitlements(facts, at)
    t.strictSame(
      lines.map(({ cancel }) => cancel.outcome),
      ['granted', 'granted'],
    )
  })
  t.test('the seller does not wait for goods that he never sent', async (t) => {
    const returns = [
      { returnId: 'R', lines: onlyA, outcome: 'open', noticeReceivedAt: '2026-06-02T10:00:00Z' } as const,
    ]
    const [due] = entitlements(order({ parcels: [received('2026-06-04', onlyB)], returns }), at).refundsDue
    t.strictSame([due?.withheld, due?.dueOn], [false, '2026-06-16'])
    const both = [{ ...returns[0]!, lines: [...onlyA, ...onlyB] }]
    const dueOf = (more: object, stops?: object[]) =>
      entitlements(
        {
          ...order({ parcels: [received('2026-06-04', onlyB)], returns: [{ ...both[0]!, ...more }] }),
          ...(stops && { stops }),
        } as never,
        at,
      ).refundsDue.map(({ withheld, dueOn }) => [withheld, dueOn])
    t.strictSame(dueOf({}), [['partly', '2026-06-16']], 'but for those of the same return that he did')
    t.strictSame(dueOf({ goodsReceivedAt: '2026-06-05T10:00:00Z' }), [[false, '2026-06-16']], 'until they are back')
    const stops = [
      { requestId: 'S', returnId: 'R', lines: onlyA, concludedAt: '2026-06-02T11:00:00Z', stopped: onlyA, left: onlyB },
    ]
    t.strictSame(dueOf({}, stops), [[true, undefined]], 'and no more once the others are stopped, and so settled')
  })
  t.test('one parcel with the seller’s carrier leaves the risk of the line with him', async (t) => {
    const own = { ...received('2026-06-04', [{ lineId: 'A', quantity: 2 }]), carrierArrangedBy: 'customer' as const }
    const sellers = { ...received('2026-06-04', [{ lineId: 'A', quantity: 1 }]), receivedAt: undefined }
    t.equal(entitlements(order({ parcels: [own, sellers] }), at).lines[0]!.risk.bearer, 'seller')
  })
  t.test('an open return leaves the right to complain, a refund ends it', async (t) => {
    const facts = (more: object) => order({ parcels: [received('2026-06-04')], returns: [back(everything, more)] })
    const complaint = (more: object) => entitlements(facts(more), at).lines[0]!.complaint.outcome
    t.strictSame([complaint({}), complaint({ outcome: 'closed', refunded: 1 })], ['granted', 'refused'])
  })
  t.test('of regular deliveries the voluntary return still counts from the last', async (t) => {
    const parcels = [received('2026-06-05', onlyA), received('2026-09-05', onlyB)]
    const { withdrawal, voluntaryReturn } = line(order({ parcels, regularDeliveries: true }), 'A', '2026-09-07')
    t.strictSame(
      [withdrawal.outcome, voluntaryReturn.outcome, voluntaryReturn.until],
      ['refused', 'review', '2026-10-05'],
    )
  })
})

t.test('money is taken only for what is owed', async (t) => {
  const at = noon('2026-06-20')
  const payment = { authorised: 79_900, captured: 0 }
  const parcels = [received('2026-06-04')]
  const capture = (changes: Partial<OrderFacts>) => entitlements(order({ parcels, payment, ...changes }), at).capture!
  const early = { withdrawalInformation: true, returnCost: true, earlyCapture: true }
  t.test('not without an agreement, stated early or sent alike', async (t) => {
    for (const changes of [{ formedAt: undefined }, { formedAt: undefined, parcels: [], disclosures: early }])
      t.strictSame([capture(changes).outcome, capture(changes).amount], ['refused', 0])
  })
  t.test('not for what was withdrawn from; when that is all of it the rest is let go', async (t) => {
    const { outcome, amount, release } = capture({ returns: [back(everything)] })
    t.strictSame([outcome, amount, release], ['refused', 0, 79_900])
    t.equal(capture({ returns: [back(onlyA)] }).amount, 69_900)
    t.equal(capture({ parcels: [], disclosures: early, returns: [back(onlyA)] }).amount, 69_900)
  })
  t.test(
    'not twice: a captured delivery is no discount on the goods, and all that was taken is said to be taken',
    async (t) => {
      t.equal(capture({ payment: { ...payment, deliveryCaptured: true } }).amount, 60_000)
      const taken = capture({ payment: { authorised: 79_900, captured: 79_900, deliveryCaptured: true } })
      t.strictSame([taken.outcome, codes(taken.reasons), taken.amount], ['refused', ['taken-already'], 0])
    },
  )
  t.test('an estimate of the only line left is that of the order', async (t) => {
    const lines = [order().lines[0]!]
    const { refundEstimate, lines: ruled } = entitlements(order({ lines }), noon('2026-06-02'))
    t.strictSame([refundEstimate.amount, ruled[0]!.refundEstimate.amount], [29_900, 29_900])
  })
  t.test('every ruling tells on whose word it is', async (t) => {
    const { withdrawal, voluntaryReturn } = line(order({ parcels }), 'A', '2026-06-10')
    t.strictSame([withdrawal.basis, voluntaryReturn.basis], ['both', 'terms'])
    const silent = { withdrawalInformation: false, returnCost: true }
    t.equal(line(order({ parcels, disclosures: silent }), 'A', '2026-06-10').withdrawal.termsUndercut, true)
  })
})

t.test('facts and answer survive being stored as JSON', async (t) => {
  const facts = order({ parcels: [received('2026-06-04')] })
  const answer = entitlements(facts, noon('2026-06-10'))
  const stored = JSON.stringify(answer)
  t.equal(JSON.stringify(entitlements(JSON.parse(JSON.stringify(facts)), noon('2026-06-10'))), stored)
  t.strictSame(JSON.parse(stored).lines[0].withdrawal.until, '2026-06-18')
})
