import type { RefundDecided } from '@vilkar/contracts/returns.ts'
import { eligibility } from '@vilkar/terms/order/entitlements.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { loweredOfKept, mostLowered, priceBack } from '@vilkar/terms/order/price-back.ts'
import fc from 'fast-check'
import t from 'tap'
import { apply, nothingKnown } from '../../order-facts/projection.ts'
import { decideGoodsRefund } from '../../refund/decide-refund.ts'
import { decider as voluntary } from '../../voluntary-return/decider.ts'
import { decider as withdrawal } from '../../withdrawal/decider.ts'
import { declare, orderId, received, shipmentId } from '../a-return.ts'
import { request } from '../voluntary-return/a-voluntary-return.ts'

const at = '2026-06-20T09:00:00Z'
const TOTAL = 99_800

/** An order whose sensors cost 998 kroner in all; each step is decided by what was decided before. */
function shop(quantity = 2, total = TOTAL) {
  const lines = [{ ...received.lines[0]!, quantity, total }, received.lines[1]!]
  let order = { ...nothingKnown(orderId), facts: { ...received, lines } as OrderFacts }
  let paid = 0
  let asked = 0
  const hear = (event: Parameters<typeof apply>[1]) => {
    order = apply(order as never, event) as typeof order
  }
  const kept = () => quantity - asked
  return {
    kept,
    paid: () => paid,
    mostOff: (units: number) => mostLowered(order.facts, { lineId: '1', quantity: units }),
    /** Lowers the price of units by an amount. */
    lower(units: number, amount: number) {
      const data = { orderId, returnId: crypto.randomUUID(), lines: [{ lineId: '1', quantity: units, amount }] }
      paid += amount
      hear({ type: 'RefundDecided', data: { ...data, amount, deliveryAmount: 0, reduction: true } as never })
      return amount
    },
    /** Gives units back and answers what is paid for them, less what they have lost in value. */
    giveBack: (units: number, less = 0) => askBack(units).decide(less),
    askBack,
  }

  /** Asks for units to go back; deciding answers what is paid for them, and letting it be leaves them with the customer. */
  function askBack(units: number) {
    const returnId = crypto.randomUUID()
    const { terms, currency } = order.facts
    const back = [{ lineId: '1', quantity: units }]
    hear({ type: 'VoluntaryReturnRequested', data: { returnId, orderId, requestedAt: at, lines: back } as never })
    asked += units
    return {
      decide(less = 0) {
        const decided: RefundDecided = decideGoodsRefund({ returnId, orderId, terms, currency }, at, {
          ...{ facts: order.facts, units: back, receivedAt: at },
        })
        const lines = decided.data.lines.map((line) => ({ ...line, amount: Math.max(0, line.amount - less) }))
        paid += lines.reduce((sum, { amount }) => sum + amount, 0)
        hear({ ...decided, data: { ...decided.data, lines } })
        return decided.data.amount
      },
      letBe() {
        asked -= units
        hear({ type: 'VoluntaryReturnEnded', data: { returnId } as never })
      },
    }
  }
}

t.test('what a lower price gave back comes off the refund of the same goods, whatever went back before', (t) => {
  const one = shop()
  t.equal(one.giveBack(1), 49_900)
  one.lower(1, 30_000)
  t.equal(one.giveBack(1), 19_900)

  const two = shop()
  two.lower(1, 30_000)
  t.equal(two.giveBack(1), 19_900)
  two.lower(1, 40_000)
  t.equal(two.giveBack(1), 9_900)

  const lowered = shop(1)
  lowered.lower(1, 20_000)
  lowered.lower(1, 30_000)
  t.equal(lowered.giveBack(1), 49_800, 'once or twice')

  const shared = shop()
  shared.lower(2, 20_000)
  t.strictSame([shared.giveBack(1), shared.giveBack(1)], [39_900, 39_900], 'each bears its part')
  t.end()
})

t.test('a price is lowered by no more than was paid for what the customer keeps', (t) => {
  const { giveBack, lower, mostOff } = shop()
  giveBack(1)
  t.equal(mostOff(1), 49_900)
  lower(1, 49_900)
  t.equal(mostOff(1), 0, 'the other was paid back')
  t.end()
})

t.test(
  'a price that is lowered while other units are on their way back comes off nothing that is paid for those',
  (t) => {
    const one = shop()
    const back = one.askBack(1)
    t.equal(one.mostOff(2), 49_900, 'the other is not the customer’s to keep')
    one.lower(1, 20_000)
    t.equal(back.decide(), 49_900)
    t.equal(one.giveBack(1), 29_900)

    const stays = shop()
    stays.lower(1, 20_000)
    const first = stays.askBack(1)
    first.letBe()
    t.equal(stays.giveBack(2), 79_800, 'units that stay take nothing with them')
    t.end()
  },
)

t.test('what was lost on its way takes nothing of a price with it that was lowered of what came', (t) => {
  const { facts } = apply(
    apply({ ...nothingKnown(orderId), facts: received } as never, {
      type: 'RefundDecided',
      data: { returnId: 'r', orderId, reduction: true, lines: [{ lineId: '1', quantity: 1, amount: 20_000 }] } as never,
    }),
    {
      type: 'LossSettled',
      data: {
        ...{ orderId, reportId: 'l', shipmentId, choice: 'refund', settledAt: at },
        lines: [{ lineId: '1', quantity: 1 }],
      } as never,
    },
  )
  t.strictSame(facts.returns[0]!.lowered, [])
  t.end()
})

const OF_EACH = { min: 0, max: 49_900 }

t.test('whoever asks what comes back is told what is paid in the end, whatever prices were lowered', async (t) => {
  fc.assert(
    fc.property(fc.integer(OF_EACH), fc.integer(OF_EACH), fc.integer({ min: 1, max: 2 }), (first, second, quantity) => {
      const reduced = [first, second].map((amount) => ({ lineId: '1', quantity: 1, amount }))
      const facts: OrderFacts = { ...received, complaints: [{ returnId: 'c', outcome: 'closed', lines: [], reduced }] }
      const lines = [{ lineId: '1', quantity }]
      const paid = priceBack(facts, '', lines[0]!).price - loweredOfKept(facts, lines[0]!)
      const asked = voluntary.decide(request({ facts, lines }), { status: 'new' }).events[0]!
      const declared = withdrawal.decide(declare({ facts, lines }), { status: 'new' }).events[0]!
      const back = [asked, declared].map(({ data }) => (data as { refundEstimate: number }).refundEstimate)
      const whole = eligibility(facts, Temporal.Instant.from(at), 'all-known').lines[0]!.refundEstimate.amount
      return back.every((amount) => amount === paid) && whole === TOTAL - first - second
    }),
  )
  t.pass()
})

const Step = fc.record({
  does: fc.constantFrom('lower', 'give-back', 'ask-back', 'decide', 'let-be'),
  units: fc.integer({ min: 1, max: 5 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  less: fc.nat(60_000),
})

t.test('lower prices and returns in any order give back what was paid, less what was lost in value', async (t) => {
  fc.assert(
    fc.property(
      ...[fc.integer({ min: 1, max: 5 }), fc.integer({ min: 5, max: TOTAL })],
      fc.array(Step, { maxLength: 14 }),
      (quantity, total, steps) => {
        const { askBack, kept, lower, mostOff, paid } = shop(quantity, total)
        let lost = 0
        const open: ReturnType<typeof askBack>[] = []
        const decide = (back: ReturnType<typeof askBack>, less: number) => {
          const before = paid()
          lost += back.decide(less) - (paid() - before)
        }
        for (const { does, less, share, units: wanted } of steps) {
          const units = Math.min(wanted, kept())
          if (does === 'decide' && open.length > 0) decide(open.shift()!, less)
          else if (does === 'let-be') open.pop()?.letBe()
          else if (units === 0) continue
          else if (does === 'give-back') decide(askBack(units), less)
          else if (does === 'ask-back') open.push(askBack(units))
          else if (does === 'lower' && mostOff(units) > 0) lower(units, Math.ceil(mostOff(units) * share))
        }
        for (const back of open) decide(back, 0)
        if (kept() > 0) decide(askBack(kept()), 0)
        return paid() + lost === total
      },
    ),
    { numRuns: 3_000 },
  )
  t.pass()
})
