import fc from 'fast-check'
import t from 'tap'
import { decider } from '../../exchange/decider.ts'
import { type Legs, legsOf } from '../../exchange/legs.ts'
import type { Exchange } from '../../exchange/state.ts'
import { received, returnId } from '../a-return.ts'

const ids = { exchangeId: returnId, orderId: received.orderId }
const agreed = { returnId, agreedAt: '2026-06-10T08:00:00Z' }
const now = Temporal.Instant.from('2026-06-12T08:00:00Z')
const back = { returnId, lines: [], outcome: 'open' as const }
const newOrder = { lines: received.lines, parcels: received.parcels }

t.test('a part is done when its money is back or its goods have all come', async (t) => {
  const legs = (returned: object, replacing = {}) =>
    legsOf(agreed, { returns: [{ ...back, ...returned }] }, { ...newOrder, ...replacing }, now)
  t.strictSame(legs({}), { goodsBack: 'awaited', newOrder: 'with-customer' })
  t.strictSame(legs({ outcome: 'closed', refunded: 5 }), {
    goodsBack: 'paid-back',
    newOrder: 'with-customer',
    paidBack: 5,
  })
  t.hasStrict(legs({ outcome: 'closed' }, { parcels: [] }), { goodsBack: 'over', newOrder: 'awaited' })
  t.hasStrict(legs({}, { cancelledAt: '2026-06-11T08:00:00Z' }), { newOrder: 'cancelled' })
  t.hasStrict(legsOf(agreed, { returns: [back] }, undefined, now), { newOrder: 'awaited' }, 'not heard of yet')
})

const anyLegs: fc.Arbitrary<Legs> = fc.record({
  goodsBack: fc.constantFrom('awaited', 'paid-back', 'over'),
  newOrder: fc.constantFrom('awaited', 'with-customer', 'cancelled'),
})

t.test(
  'whatever happens to its parts, the sums agree, it ends at most once, and always once both are settled',
  async () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.nat(1_000_000),
        fc.array(anyLegs, { maxLength: 8 }),
        (newTotal, refundEstimate, all) => {
          const at = '2026-06-10T08:00:00Z'
          const what = {
            returnId,
            right: 'withdrawal' as const,
            lines: [],
            newOrderId: returnId,
            currency: 'NOK' as const,
            reasons: [],
          }
          const first = decider.decide(
            { type: 'AgreeExchange', data: { ...ids, at, ...what, newTotal, refundEstimate } },
            decider.initial,
          )
          let state: Exchange = first.events.reduce(decider.evolve, decider.initial)
          if (state.status === 'new' || state.agreed.difference + refundEstimate !== newTotal) return false
          let ended = 0
          for (const legs of all) {
            const { events } = decider.decide({ type: 'LookAtLegs', data: { ...ids, at, legs } }, state)
            ended += events.length
            state = events.reduce(decider.evolve, state)
            const settled = legs.goodsBack !== 'awaited' && legs.newOrder !== 'awaited'
            if (settled && ended !== 1) return false
          }
          return ended <= 1
        },
      ),
    )
  },
)
