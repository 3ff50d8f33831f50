import type { RefundDecided } from '@vilkar/contracts/returns.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { mostLowered } from '@vilkar/terms/order/price-back.ts'
import fc from 'fast-check'
import t from 'tap'
import { apply, nothingKnown } from '../../order-facts/projection.ts'
import { decideGoodsRefund } from '../../refund/decide-refund.ts'
import { orderId, received } from '../a-return.ts'

const at = '2026-06-20T09:00:00Z'
const TOTAL = 99_800

/** An order whose sensors cost 998 kroner in all; each step is decided by what was decided before. */
function shop(quantity = 2) {
  const lines = [{ ...received.lines[0]!, quantity }, received.lines[1]!]
  let order = { ...nothingKnown(orderId), facts: { ...received, lines } as OrderFacts }
  let paid = 0
  const hear = (event: Parameters<typeof apply>[1]) => {
    order = apply(order as never, event) as typeof order
  }
  const kept = () =>
    order.facts.returns.flatMap(({ decided = [] }) => decided).reduce((left, line) => left - line.quantity, quantity)
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
    giveBack(units: number, less = 0) {
      const returnId = crypto.randomUUID()
      const { terms, currency } = order.facts
      const back = [{ lineId: '1', quantity: units }]
      hear({ type: 'VoluntaryReturnRequested', data: { returnId, orderId, requestedAt: at, lines: back } as never })
      const decided: RefundDecided = decideGoodsRefund({ returnId, orderId, terms, currency }, at, {
        ...{ facts: order.facts, units: back, receivedAt: at },
      })
      const lines = decided.data.lines.map((line) => ({ ...line, amount: Math.max(0, line.amount - less) }))
      paid += lines.reduce((sum, { amount }) => sum + amount, 0)
      hear({ ...decided, data: { ...decided.data, lines } })
      return decided.data.amount
    },
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

const Step = fc.record({ units: fc.integer({ min: 1, max: 5 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })

t.test('lower prices and returns in any order give back what was paid, less what was lost in value', async (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.record({ lowers: fc.boolean(), less: fc.nat(60_000), step: Step }), { maxLength: 12 }),
      (quantity, steps) => {
        const { giveBack, kept, lower, mostOff, paid } = shop(quantity)
        let lost = 0
        for (const { lowers, less, step } of steps) {
          const units = Math.min(step.units, kept())
          if (units === 0) break
          if (!lowers) {
            const before = paid()
            lost += giveBack(units, less) - (paid() - before)
          } else if (mostOff(units) > 0) lower(units, Math.ceil(mostOff(units) * step.share))
        }
        if (kept() > 0) giveBack(kept())
        return paid() + lost === TOTAL
      },
    ),
  )
  t.pass()
})
