import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { terms } from '../cases/first-edition.ts'
import { cites, codes, noon } from './cites.ts'

const { returnBasis, voluntaryRefund, voluntaryRefundDue, voluntaryReturn } = terms

const plain = { madeToOrder: false, hygieneSealed: false }
const good = { unused: true, undamaged: true, originalPackaging: true, traits: plain }

describe('9.1 the period', () => {
  for (const [received, lastDay, rule] of [
    ['2026-06-01', '2026-07-01', 'thirty days, receipt not counted'],
    ['2026-06-04', '2026-07-06', 'a Saturday moves to Monday'],
    ['2026-06-10', '2026-07-10', 'of several parcels the last one counts'],
    ['2026-11-24', '2026-12-24', '24 December stays'],
  ] as const)
    test(`${rule}: received ${received}, last day ${lastDay}`, () => {
      const facts = { ...good, lastReceivedAt: noon(received) }
      const last = voluntaryReturn({ ...facts, requestedAt: noon(lastDay) })
      assert.deepEqual([last.outcome, last.lastDay?.toString(), last.basis], ['granted', lastDay, 'terms'])
      const late = voluntaryReturn({ ...facts, requestedAt: noon(last.lastDay!.add({ days: 1 }).toString()) })
      assert.deepEqual([late.outcome, ...cites(late.reasons)], ['refused', '9.1'])
    })

  test('it has not begun before everything came', () => {
    const { outcome, lastDay, reasons } = voluntaryReturn({ ...good, requestedAt: noon('2026-06-01') })
    assert.deepEqual([outcome, lastDay, codes(reasons)], ['granted', undefined, ['voluntary-period-not-begun']])
  })
})

describe('9.2 the conditions', () => {
  const inside = { ...good, lastReceivedAt: noon('2026-06-01'), requestedAt: noon('2026-06-21') }
  for (const [rule, facts, outcome, code] of [
    ['a used product does not qualify', { ...inside, unused: false }, 'refused', 'not-unused'],
    ['nor a damaged one', { ...inside, undamaged: false }, 'refused', 'not-undamaged'],
    ['nor one without its packaging', { ...inside, originalPackaging: false }, 'refused', 'not-in-original-packaging'],
    ['what nobody knows yet is checked', { ...inside, unused: undefined }, 'review', 'condition-to-be-checked'],
    [
      'goods made to order go to a person',
      { ...inside, traits: { ...plain, madeToOrder: true } },
      'review',
      'made-to-order',
    ],
    ['so do sealed ones', { ...inside, traits: { ...plain, hygieneSealed: true } }, 'review', 'seal-to-be-checked'],
    [
      'a seal that the customer broke makes them used',
      { ...inside, traits: { ...plain, hygieneSealed: true }, sealBroken: true },
      'refused',
      'not-unused',
    ],
  ] as const)
    test(rule, () => {
      const ruling = voluntaryReturn(facts)
      assert.equal(ruling.outcome, outcome)
      assert.ok(codes(ruling.reasons).includes(code))
      assert.ok(cites(ruling.reasons).includes('9.2'))
    })

  test('a seal that is known to be whole leaves nothing to check', () => {
    const traits = { ...plain, hygieneSealed: true }
    assert.equal(voluntaryReturn({ ...inside, traits, sealBroken: false }).outcome, 'granted')
  })

  test('everything that fails is named at once', () => {
    const { reasons } = voluntaryReturn({
      ...inside,
      unused: false,
      originalPackaging: false,
      requestedAt: noon('2026-08-01'),
    })
    assert.deepEqual(codes(reasons), ['voluntary-period-over', 'not-unused', 'not-in-original-packaging'])
  })
})

test('a voluntary return gives back the goods, not the delivery, and the way back is the customer’s', () => {
  const { amount, parts, returnCost } = voluntaryRefund({ lines: [{ total: 100_000, quantity: 4, returning: 2 }] })
  assert.deepEqual([amount, parts.delivery, returnCost.bearer], [50_000, 0, 'customer'])
  assert.deepEqual(cites(returnCost.reasons), ['9.1', '8.4'])
})

test('a voluntary return is paid back within 14 days of the goods', () => {
  const { dueOn, reasons } = voluntaryRefundDue({ goodsReceivedAt: noon('2026-07-01') })
  assert.equal(dueOn.toString(), '2026-07-15')
  assert.deepEqual(cites(reasons), ['8.5', '9.1'])
})

test('9.1 goods are sent within fourteen days of asking', () => {
  const { sendBackBy } = voluntaryReturn({
    ...good,
    lastReceivedAt: noon('2026-06-01'),
    requestedAt: noon('2026-07-01'),
  })
  assert.equal(sendBackBy.toString(), '2026-07-15')
})

test('9.3 a return rests on the law as long as it can, and on the offer only after that', () => {
  const [yes, no] = [{ outcome: 'granted' }, { outcome: 'refused' }] as const
  assert.equal(returnBasis({ withdrawal: yes, voluntaryReturn: yes }), 'statutory')
  assert.equal(returnBasis({ withdrawal: { outcome: 'review' }, voluntaryReturn: yes }), 'statutory')
  assert.equal(returnBasis({ withdrawal: no, voluntaryReturn: yes }), 'voluntary')
  assert.equal(returnBasis({ withdrawal: no, voluntaryReturn: { outcome: 'review' } }), 'voluntary')
  assert.equal(returnBasis({ withdrawal: no, voluntaryReturn: no }), undefined)
})
