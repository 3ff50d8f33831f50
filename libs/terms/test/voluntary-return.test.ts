import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import { cites, codes, noon } from './cites.ts'

const { returnBasis, voluntaryRefund, voluntaryRefundDue, voluntaryReturn } = terms

const plain = { madeToOrder: false, hygieneSealed: false }
const good = { unused: true, undamaged: true, originalPackaging: true, traits: plain }

t.test('9.1 the period', async (t) => {
  for (const [received, lastDay, rule] of [
    ['2026-06-01', '2026-07-01', 'thirty days, receipt not counted'],
    ['2026-06-04', '2026-07-06', 'a Saturday moves to Monday'],
    ['2026-06-10', '2026-07-10', 'of several parcels the last one counts'],
    ['2026-11-24', '2026-12-24', '24 December stays'],
  ] as const)
    t.test(`${rule}: received ${received}, last day ${lastDay}`, async (t) => {
      const facts = { ...good, lastReceivedAt: noon(received) }
      const last = voluntaryReturn({ ...facts, requestedAt: noon(lastDay) })
      t.strictSame([last.outcome, last.lastDay?.toString(), last.basis], ['granted', lastDay, 'terms'])
      const late = voluntaryReturn({ ...facts, requestedAt: noon(last.lastDay!.add({ days: 1 }).toString()) })
      t.strictSame([late.outcome, ...cites(late.reasons)], ['refused', '9.1'])
    })

  t.test('it has not begun before everything came', async (t) => {
    const { outcome, lastDay, reasons } = voluntaryReturn({ ...good, requestedAt: noon('2026-06-01') })
    t.strictSame([outcome, lastDay, codes(reasons)], ['granted', undefined, ['voluntary-period-not-begun']])
  })
})

t.test('9.2 the conditions', async (t) => {
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
    t.test(rule, async (t) => {
      const ruling = voluntaryReturn(facts)
      t.equal(ruling.outcome, outcome)
      t.ok(codes(ruling.reasons).includes(code))
      t.ok(cites(ruling.reasons).includes('9.2'))
    })

  t.test('a seal that is known to be whole leaves nothing to check', async (t) => {
    const traits = { ...plain, hygieneSealed: true }
    t.equal(voluntaryReturn({ ...inside, traits, sealBroken: false }).outcome, 'granted')
  })

  t.test('everything that fails is named at once', async (t) => {
    const { reasons } = voluntaryReturn({
      ...inside,
      unused: false,
      originalPackaging: false,
      requestedAt: noon('2026-08-01'),
    })
    t.strictSame(codes(reasons), ['voluntary-period-over', 'not-unused', 'not-in-original-packaging'])
  })
})

t.test('a voluntary return gives back the goods, not the delivery, and the way back is the customer’s', async (t) => {
  const { amount, parts, returnCost } = voluntaryRefund({ lines: [{ total: 100_000, quantity: 4, returning: 2 }] })
  t.strictSame([amount, parts.delivery, returnCost.bearer], [50_000, 0, 'customer'])
  t.strictSame(cites(returnCost.reasons), ['9.1', '8.4'])
})

t.test('a voluntary return is paid back within 14 days of the goods', async (t) => {
  const { dueOn, reasons } = voluntaryRefundDue({ goodsReceivedAt: noon('2026-07-01') })
  t.equal(dueOn?.toString(), '2026-07-15')
  t.strictSame(cites(reasons), ['8.5', '9.1'])
})

t.test('9.1 goods are sent within fourteen days of asking', async (t) => {
  const { sendBackBy } = voluntaryReturn({
    ...good,
    lastReceivedAt: noon('2026-06-01'),
    requestedAt: noon('2026-07-01'),
  })
  t.equal(sendBackBy.toString(), '2026-07-15')
})

t.test('9.3 a return rests on the law as long as it can, and on the offer only after that', async (t) => {
  const [yes, no] = [{ outcome: 'granted' }, { outcome: 'refused' }] as const
  t.equal(returnBasis({ withdrawal: yes, voluntaryReturn: yes }), 'statutory')
  t.equal(returnBasis({ withdrawal: { outcome: 'review' }, voluntaryReturn: yes }), 'statutory')
  t.equal(returnBasis({ withdrawal: no, voluntaryReturn: yes }), 'voluntary')
  t.equal(returnBasis({ withdrawal: no, voluntaryReturn: { outcome: 'review' } }), 'voluntary')
  t.equal(returnBasis({ withdrawal: no, voluntaryReturn: no }), undefined)
})
