import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { entitlements } from '../entitlements.ts'
import type { OrderFacts } from '../order-facts.ts'
import { cites, codes, noon } from './cites.ts'
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

describe('before dispatch', () => {
  test('everything can be cancelled, and all of it comes back, the dearer delivery too', () => {
    const { cancel, refundEstimate, lines } = entitlements(order(), noon('2026-06-01'))
    assert.equal(cancel.outcome, 'granted')
    assert.deepEqual(refundEstimate, { amount: 79_900, currency: 'NOK' })
    assert.deepEqual(
      lines.map(({ cancel, withdrawal, returnable }) => [cancel.outcome, withdrawal.outcome, returnable]),
      [
        ['granted', 'granted', 3],
        ['granted', 'granted', 1],
      ],
    )
    assert.ok(lines.every(({ withdrawal }) => withdrawal.until === undefined))
  })
  test('what is still here can be cancelled line by line, the order as a whole no longer', () => {
    const facts = order({ parcels: [{ shipmentId: 'S', lines: onlyA, handedOverAt: '2026-06-02T08:00:00Z' }] })
    const { cancel, lines } = entitlements(facts, noon('2026-06-03'))
    assert.deepEqual(
      [cancel, ...lines.map(({ cancel }) => cancel)].map(({ outcome }) => outcome),
      ['refused', 'refused', 'granted'],
    )
    assert.deepEqual(codes(cancel.reasons), ['with-carrier', 'withdraw-instead'])
  })
  test('a label without a handover is no dispatch', () => {
    const facts = order({ parcels: [{ shipmentId: 'S', lines: everything }] })
    assert.equal(entitlements(facts, noon('2026-06-03')).cancel.outcome, 'granted')
  })
})

describe('after receipt', () => {
  const facts = order({ parcels: [received('2026-06-04')] })

  test('each right has its own last day', () => {
    const { withdrawal, voluntaryReturn, complaint } = line(facts, 'A', '2026-06-10')
    assert.deepEqual(
      [withdrawal.until, voluntaryReturn.until, complaint.until],
      ['2026-06-18', '2026-07-06', '2028-06-06'],
    )
    assert.deepEqual(
      [withdrawal, voluntaryReturn, complaint].map(({ outcome }) => outcome),
      ['granted', 'review', 'granted'],
    )
    assert.equal(line(facts, 'B', '2026-06-10').complaint.until, '2031-06-04')
  })
  test('a withdrawal from everything brings the standard delivery back, one from a part does not', () => {
    const { refundEstimate, lines } = entitlements(facts, noon('2026-06-10'))
    assert.deepEqual(
      [refundEstimate, ...lines.map((it) => it.refundEstimate)].map(({ amount }) => amount),
      [69_900, 10_000, 50_000],
    )
  })
  test('after the withdrawal period the voluntary return gives back the goods alone', () => {
    const { refundEstimate, lines } = entitlements(facts, noon('2026-06-20'))
    assert.equal(refundEstimate.amount, 60_000)
    assert.deepEqual(lines.map(({ withdrawal, voluntaryReturn }) => [withdrawal.outcome, voluntaryReturn.outcome])[0], [
      'refused',
      'review',
    ])
    assert.deepEqual(cites(lines[0]!.returnCost.reasons), ['9.1', '8.4'])
  })
  test('after both there is nothing to estimate, but complaints remain', () => {
    const { refundEstimate, lines } = entitlements(facts, noon('2026-08-01'))
    assert.equal(refundEstimate.amount, 0)
    assert.ok(lines.every(({ complaint }) => complaint.outcome === 'granted'))
  })
  test('the last parcel of the order begins the period for all of it, and complaints run by parcel', () => {
    const parcels = [received('2026-06-04', onlyA), received('2026-06-10', onlyB)]
    const { withdrawal, complaint } = line(order({ parcels }), 'A', '2026-06-12')
    assert.deepEqual([withdrawal.until, complaint.until], ['2026-06-24', '2028-06-06'])
  })
  test('a parcel still to come keeps the period from beginning', () => {
    const parcels = [received('2026-06-04', onlyA), { ...received('2026-06-10', onlyB), receivedAt: undefined }]
    assert.equal(line(order({ parcels }), 'A', '2027-06-12').withdrawal.until, undefined)
  })
  test('so does a single unit of a line', () => {
    const parcels = [received('2026-06-04', [{ lineId: 'A', quantity: 2 }, ...onlyB])]
    assert.deepEqual(
      [
        line(order({ parcels }), 'B', '2027-06-12').withdrawal.outcome,
        line(order({ parcels }), 'A', '2030-01-01').complaint.until,
      ],
      ['granted', undefined],
    )
  })
  test('a business has the voluntary return and its own complaint limit', () => {
    const { withdrawal, voluntaryReturn, complaint, returnCost } = line(
      { ...facts, customerKind: 'business' },
      'B',
      '2026-06-10',
    )
    assert.deepEqual(
      [withdrawal, voluntaryReturn, complaint].map(({ outcome }) => outcome),
      ['refused', 'review', 'granted'],
    )
    assert.deepEqual([complaint.until, returnCost.bearer], ['2028-06-06', 'customer'])
  })
  test('what was not disclosed costs the consumer nothing, and information that never came keeps the period open', () => {
    const silent = { ...facts, disclosures: { withdrawalInformation: false, returnCost: false } }
    const { withdrawal, returnCost } = line(silent, 'A', '2027-06-01')
    assert.deepEqual([withdrawal.outcome, withdrawal.until, returnCost.bearer], ['granted', '2027-06-18', 'seller'])
  })
  test('goods made to order stay while the rest goes back, and so does the delivery', () => {
    const lines = facts.lines.map((it) =>
      it.lineId === 'B' ? { ...it, traits: { ...traits, madeToOrder: true } } : it,
    )
    const { lines: ruled } = entitlements({ ...facts, lines }, noon('2026-06-10'))
    assert.deepEqual(
      ruled.map(({ withdrawal }) => withdrawal.outcome),
      ['granted', 'refused'],
    )
    assert.equal(ruled[0]!.refundEstimate.amount, 10_000)
  })
})

describe('after returns', () => {
  const parcels = [received('2026-06-04')]
  const oneOfA = [{ lineId: 'A', quantity: 1 }]

  test('units on their way back cannot go back again', () => {
    const { returnable, refundEstimate } = line(order({ parcels, returns: [back(oneOfA)] }), 'A', '2026-06-10')
    assert.deepEqual([returnable, refundEstimate.amount], [2, 6_667])
  })
  test('a return that closed without a refund gave nothing back', () => {
    assert.equal(
      line(order({ parcels, returns: [back(oneOfA, { outcome: 'closed' })] }), 'A', '2026-06-10').returnable,
      3,
    )
  })
  test('the line that is left takes the delivery along', () => {
    const returns = [back(onlyB, { outcome: 'closed', refunded: 50_000 })]
    assert.equal(line(order({ parcels, returns }), 'A', '2026-06-10').refundEstimate.amount, 19_900)
  })
  test('but not a second time', () => {
    const returns = [back(onlyB, { outcome: 'closed', refunded: 59_900, deliveryRefunded: true })]
    assert.equal(entitlements(order({ parcels, returns }), noon('2026-06-10')).refundEstimate.amount, 10_000)
  })
  test('when all went back nothing is left to ask for', () => {
    const { cancel, refundEstimate, lines } = entitlements(
      order({ parcels, returns: [back(everything)] }),
      noon('2026-06-10'),
    )
    assert.deepEqual([cancel.outcome, refundEstimate.amount], ['refused', 0])
    for (const { withdrawal, voluntaryReturn, complaint, returnable } of lines) {
      assert.equal(returnable, 0)
      for (const ruling of [withdrawal, voluntaryReturn, complaint])
        assert.deepEqual(codes(ruling.reasons), ['all-returned'])
    }
  })
  test('a cancelled order leaves nothing either', () => {
    const { cancel, refundEstimate, lines } = entitlements(
      order({ cancelledAt: '2026-06-01T09:00:00Z' }),
      noon('2026-06-10'),
    )
    assert.deepEqual([codes(cancel.reasons), refundEstimate.amount], [['order-cancelled'], 0])
    assert.ok(lines.every(({ returnable, withdrawal }) => returnable === 0 && withdrawal.outcome === 'refused'))
  })
})

test('facts and answer survive being stored as JSON', () => {
  const facts = order({ parcels: [received('2026-06-04')] })
  const answer = entitlements(facts, noon('2026-06-10'))
  const stored = JSON.stringify(answer)
  assert.equal(JSON.stringify(entitlements(JSON.parse(JSON.stringify(facts)), noon('2026-06-10'))), stored)
  assert.deepEqual(JSON.parse(stored).lines[0].withdrawal.until, '2026-06-18')
})
