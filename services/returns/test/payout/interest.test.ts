import t from 'tap'
import { decider } from '../../payout/decider.ts'
import type { PayoutCommand } from '../../payout/state.ts'
import { returnId as caseId, received } from '../a-return.ts'

const at = '2025-03-11T08:00:00Z'
const late = { amount: 100_000, dueOn: '2025-03-01', paidOn: '2025-03-11' }
const offer = (alone: number): PayoutCommand => ({
  type: 'OfferInterest',
  data: { payoutId: caseId, at, facts: received, caseId, late, alone },
})

t.test(
  'where the rates are known the rule decides it: simple interest by the day, to the customer’s gain',
  async (t) => {
    const [proposed, decided, ...more] = decider.decide(offer(500), decider.initial).events
    // 12.5 % of 1 000 kr for 10 of 365 days.
    t.hasStrict(proposed, { type: 'PayoutProposed', data: { amount: 343, interest: { ...late, days: 10 } } })
    t.notHas(proposed, { data: { needs: String } })
    t.hasStrict(decided, {
      type: 'PayoutDecided',
      data: { amount: 343, dueOn: '2025-03-25', reasons: [{ code: 'paid-late' }] },
    })
    t.strictSame(more, [])
  },
)

t.test('more than one person may give waits for a second', async (t) => {
  const { events } = decider.decide(offer(342), decider.initial)
  t.hasStrict(events, [{ type: 'PayoutProposed', data: { needs: 'second-person' } }])
  t.equal(events.length, 1)
})
