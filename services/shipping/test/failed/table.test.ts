import { type Failure, failures } from '@vilkar/contracts/shipping-failed.ts'
import { told } from '@vilkar/contracts/test/told.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import t from 'tap'
import type { ShipmentCommand } from '../../shipment/commands.ts'
import { decider } from '../../shipment/decider.ts'
import { dispatch, reported, request, tellFailure } from '../a-shipment.ts'

const dayOf = (n: number, time: string) => `2026-06-0${n}T${time}Z`
/** A carrier tells it on a day of June, and it is looked at. */
const news = (report: Failure | 'in-transit', n: number): ShipmentCommand[] => {
  const at = dayOf(n, '13:00:00')
  return [
    reported(report, { at, occurredAt: at } as object),
    tellFailure(dayOf(n, '13:00:01'), { reportId: `019e8d23-d100-7a22-8b01-0c1d2e3f4a5${n}` }),
  ]
}
const failed = (...commands: ShipmentCommand[]) =>
  told(decider, request(), dispatch(), ...commands).flatMap((event) =>
    event.type === 'DeliveryFailed' ? [event.data] : [],
  )

/** What is told after a failure and is the same one still: what was not taken, or is damaged, comes back. */
const SAME: Record<Failure, Failure[]> = {
  refused: ['refused', 'uncollected', 'returned'],
  uncollected: ['refused', 'uncollected', 'returned'],
  returned: ['returned'],
  lost: ['lost'],
  damaged: ['damaged', 'returned'],
}

t.test('a failure is told once, and another one after it anew', async (t) => {
  for (const before of failures)
    for (const then of failures) {
      const expected = SAME[before].includes(then) ? [before] : [before, then]
      const found = failed(...news(before, 3), ...news(then, 4))
      t.strictSame(
        found.map(({ failure }) => failure),
        expected,
        `${before}, then ${then}`,
      )
    }
})

t.test('the same is told anew where the parcel was on its way in between', async (t) => {
  for (const failure of failures)
    t.equal(failed(...news(failure, 3), ...news('in-transit', 4), ...news(failure, 5)).length, 2, failure)
})

t.test(
  'who did not take a parcel has said nothing by that, each way in its words, and of a business no word of it',
  async (t) => {
    const { terms } = request().data
    const notice = (did: 'refused-delivery' | 'did-not-collect') =>
      termsOf(terms.edition).withdrawalNotice({ did }).reasons
    const reasonsOf = (failure: Failure, customerKind: 'consumer' | 'business') => {
      const risk = tellFailure('').data.risk.length
      const [event] = told(decider, request({ customerKind }), dispatch(), ...news(failure, 3)).flatMap((each) =>
        each.type === 'DeliveryFailed' ? [each.data] : [],
      )
      return event!.reasons.slice(0, event!.reasons.length - risk) as unknown
    }
    t.strictSame(reasonsOf('refused', 'consumer'), notice('refused-delivery'))
    t.strictSame(reasonsOf('uncollected', 'consumer'), notice('did-not-collect'))
    for (const failure of failures) t.strictSame(reasonsOf(failure, 'business'), [], failure)
    for (const failure of ['returned', 'lost', 'damaged'] as const) t.strictSame(reasonsOf(failure, 'consumer'), [])
  },
)
