import t from 'tap'
import { eligibility } from '../order/entitlements.ts'
import type { CureFacts, ReturnFacts } from '../order/facts.ts'
import { everything, order } from './order.ts'

// Three hinges and a door came on 8 June: 14 days end on 22 June.
const parcels = [
  { shipmentId: 'one', lines: everything, handedOverAt: '2026-06-05T10:00:00Z', receivedAt: '2026-06-08T10:00:00Z' },
]
const replaced = (receivedAt: string, quantity = 1, returnId = 'complaint'): CureFacts => ({
  ...{ returnId, cureId: `${returnId} ${receivedAt}`, remedy: 'replacement', quantity, receivedAt },
})
/** The right to withdraw from the hinges at a moment, once these were replaced, and these went back. */
function hinges(at: string, cures: CureFacts[], returns: ReturnFacts[] = []) {
  const facts = order({ parcels, returns })
  const last = cures
    .map(({ receivedAt }) => receivedAt)
    .sort()
    .at(-1)!
  const lines = facts.lines.map((line) => (line.lineId === 'A' ? { ...line, cures, replacedAt: last } : line))
  const [line, door] = eligibility({ ...facts, lines }, Temporal.Instant.from(at)).lines
  const { outcome, until, except } = line!.withdrawal
  return { outcome, until, over: except?.quantity, returnable: line!.returnable, door: door!.withdrawal.outcome }
}
const back = (change: Partial<ReturnFacts>): ReturnFacts => ({
  ...{ returnId: 'back', outcome: 'closed', refunded: 1, lines: [{ lineId: 'A', quantity: 1 }] },
  ...change,
})

t.test('a replacement within the first period leaves the others theirs, and prolongs no other line', async (t) => {
  const cures = [replaced('2026-06-15T10:00:00Z')]
  t.match(hinges('2026-06-20T10:00:00Z', cures), { outcome: 'granted', until: '2026-06-22', over: undefined })
  t.match(hinges('2026-06-25T10:00:00Z', cures), { outcome: 'review', until: '2026-06-29', over: 2, door: 'refused' })
  t.match(hinges('2026-06-30T10:00:00Z', cures), { outcome: 'refused', over: undefined })
})

t.test('of units that all were replaced the later day holds, and it is known before', async (t) => {
  const cures = [replaced('2026-06-15T10:00:00Z', 3)]
  t.match(hinges('2026-06-20T10:00:00Z', cures), { outcome: 'granted', until: '2026-06-29', over: undefined })
  t.match(hinges('2026-06-29T20:00:00Z', cures), { outcome: 'review', until: '2026-06-29', over: undefined })
})

t.test('a replacement that is still to come at the moment asked about begins nothing', async (t) => {
  t.match(hinges('2026-06-25T10:00:00Z', [replaced('2026-07-01T10:00:00Z', 3)]), { outcome: 'refused' })
})

t.test('the last attempt of a complaint counts, and each complaint by itself', async (t) => {
  const first = replaced('2026-07-01T10:00:00Z')
  t.match(hinges('2026-07-20T10:00:00Z', [first, replaced('2026-07-10T10:00:00Z')]), { outcome: 'review', over: 2 })
  const other = replaced('2026-07-10T10:00:00Z', 1, 'another')
  t.match(hinges('2026-07-12T10:00:00Z', [first, other]), { outcome: 'review', until: '2026-07-15', over: 1 })
  t.match(hinges('2026-07-20T10:00:00Z', [first, other]), { outcome: 'review', until: '2026-07-24', over: 2 })
})

t.test('which units went back before is taken as it leaves the customer most', async (t) => {
  const cures = [replaced('2026-07-01T10:00:00Z')]
  for (const [what, gone, expected] of [
    [
      'by a withdrawal in the first period',
      { noticeReceivedAt: '2026-06-10T10:00:00Z' },
      { outcome: 'review', over: 1 },
    ],
    ['for a loss', { right: 'loss', noticeReceivedAt: '2026-07-03T10:00:00Z' }, { outcome: 'review', over: 1 }],
    ['by one after it', { noticeReceivedAt: '2026-07-03T10:00:00Z' }, { outcome: 'refused' }],
    ['by the offer after it', { right: 'voluntary', noticeReceivedAt: '2026-07-03T10:00:00Z' }, { outcome: 'refused' }],
    [
      'for the same complaint, whose replacement failed',
      { right: 'complaint', returnId: 'complaint', noticeReceivedAt: '2026-07-03T10:00:00Z' },
      { outcome: 'refused' },
    ],
  ] as [string, Partial<ReturnFacts>, object][])
    t.match(hinges('2026-07-05T10:00:00Z', cures, [back(gone)]), { ...expected, returnable: 2 }, what)
})
