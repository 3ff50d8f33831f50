import t from 'tap'
import type { ReturnFacts } from '../../database.ts'
import { returnedUnits } from '../../risk/returned-units.ts'
import type { RequestedShipment } from '../../shipment/state.ts'

const RECEIVED = '2026-06-04T14:30:00Z'
type Kept = Pick<RequestedShipment, 'status' | 'receivedAt' | 'failed' | 'damages'>
/** A shipment of two units of a line that left. */
const left = (kept: Partial<Kept>) =>
  ({
    ...{ status: kept.receivedAt ? 'delivered' : 'dispatched', ...kept },
    requested: { customerKind: 'consumer', lines: [{ lineId: '1', quantity: 2 }] },
    dispatched: { lines: [{ lineId: '1', quantity: 2 }] },
  }) as RequestedShipment
const withdrawal = (quantity: number): ReturnFacts => ({
  ...{ returnId: 'r', kind: 'withdrawal', since: '2026-06-10T10:00:00Z' },
  lines: [{ lineId: '1', quantity }],
})
/** How many units of each shipment go back by a withdrawal from so many; `-` where nothing of it does. */
const shared = (quantity: number, ...shipments: RequestedShipment[]) =>
  sharedOf(2 * shipments.length, quantity, ...shipments)
function sharedOf(bought: number, quantity: number, ...shipments: RequestedShipment[]) {
  const sold = [{ lineId: '1', quantity: bought }]
  const returned = returnedUnits([withdrawal(quantity)], shipments, sold)
  return shipments.map((each) => {
    const [said] = returned.saidOf(each, '1')
    return said ? said.to - said.from : returned.withdrawnFrom(each) ? 'all' : '-'
  })
}
const came = left({ receivedAt: RECEIVED })
const refused = left({ status: 'refused' })
const onItsWay = left({})

t.test('what goes back is of what was not taken, then of what came first, then of what is on its way', async (t) => {
  const later = left({ receivedAt: '2026-06-06T10:00:00Z' })
  t.strictSame(shared(2, came, refused), ['-', 'all'])
  t.strictSame(shared(3, came, refused), [1, 'all'])
  t.strictSame(shared(3, later, came), [1, 2])
  t.strictSame(shared(2, onItsWay, came), ['-', 2])
  t.strictSame(shared(4, onItsWay, came), ['all', 2])
})

t.test('nothing goes back of goods that left once more, or were paid back since they were lost', async (t) => {
  const failed = { failure: 'refused', failedAt: RECEIVED, dueOn: '2026-06-09', ended: 'sent-again' } as const
  t.strictSame(shared(2, left({ status: 'returned', failed }), came), ['-', 2])
  const lines = [{ lineId: '1', quantity: 2 }]
  for (const settled of ['refund', 'replacement'] as const) {
    const damages = [{ reportId: 'd', kind: 'lost', lines, reportedBy: 'carrier', settled } as const]
    t.strictSame(shared(2, left({ status: 'lost', damages: [...damages] }), came), ['-', 2], settled)
  }
})

t.test('what came of what was sold was in no parcel that did not', async (t) => {
  t.strictSame(sharedOf(2, 2, refused, came), ['-', 2], 'it was sent once more, whatever was told of it since')
  t.strictSame(sharedOf(3, 2, refused, came), ['-', 1])
  const two = [withdrawal(1), { ...withdrawal(1), returnId: 's' }]
  const returned = returnedUnits(two, [refused, came], [{ lineId: '1', quantity: 3 }])
  t.hasStrict(returned.saidOf(came, '1'), [{ from: 0, to: 1 }], 'nor by two returns together')
})

t.test('what was complained of and put right goes back by the right that is used later', async (t) => {
  const lines = [{ lineId: '1', quantity: 1 }]
  const complaint: ReturnFacts = { returnId: 'c', kind: 'complaint', lines }
  for (const since of [undefined, RECEIVED]) {
    const said = { ...complaint, ...(since && { since, receivedAt: since }) }
    const returned = returnedUnits(
      [said, { ...said, returnId: 'd' }, withdrawal(2)],
      [came],
      [{ lineId: '1', quantity: 2 }],
    )
    t.hasStrict(returned.saidOf(came, '1'), [{ from: 0, to: 2, circumstance: { returnBasis: 'statutory' } }])
  }
})
