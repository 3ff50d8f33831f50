import './fixtures/add-nordlys.ts'
import t from 'tap'
import { underEdition } from '../cases/asked-edition.ts'
import { compareEditions } from '../cases/compare.ts'
import { topics } from '../cases/topics.ts'

// Alone in its process, which knows a seller more from here on.

t.test('an edition compared with itself has the same answers, and counts what it cannot judge', async (t) => {
  const { cases, same, differing, unjudged } = await compareEditions('smartgroup/2026-01-15', 'smartgroup/2026-01-15')
  t.strictSame(differing, [])
  t.equal(same + unjudged.length, cases)
  t.ok(same > 300)
  t.ok(unjudged.every(({ topic }) => topic === 'steps'))
})

t.test('a longer period to withdraw is another last day, with the sentence that it rests on', async (t) => {
  const { differing, cases, same, unjudged } = await compareEditions('nordlys/2026-01-01', 'nordlys/2026-07-01')
  t.equal(differing.length + same + unjudged.length, cases)
  const onMonday = differing.find(({ id }) => id === 'W001')!
  t.hasStrict(onMonday, { topic: 'withdrawal-deadline', clauses: ['4.1'] })
  // Received on the 1st of June 2026: 30 days end on Wednesday the 1st of July, 45 on Thursday the 16th.
  t.hasStrict(
    onMonday.parts.find(({ part }) => part === 'lastDay'),
    { before: '2026-07-01', now: '2026-07-16' },
  )
  t.notOk(
    differing.some(({ topic }) => ['dsar-due', 'minors', 'cookies'].includes(topic)),
    'the law alone is the same',
  )
})

t.test('an edition in which another sentence says the same differs in what is cited', async (t) => {
  const { differing } = await compareEditions('smartgroup/2026-01-15', 'nordlys/2026-07-01')
  const { parts } = differing.find(({ id }) => id === 'W001')!
  t.hasStrict(
    parts.find(({ part }) => part === 'clauses'),
    { before: '8.1, 8.2', now: '4.1' },
  )
})

t.test('nobody is asked of another edition afterwards, and there must be such an edition', async (t) => {
  const facts = { customerType: 'consumer', withdrawalInfoComplete: true, receivedAt: '2026-06-01T14:00:00+02:00' }
  const lastDay = () => topics['withdrawal-deadline']!(facts as never).lastDay
  t.equal(underEdition('nordlys/2026-07-01', lastDay).answer, '2026-07-16')
  t.throws(() =>
    underEdition('nordlys/2026-07-01', () => {
      throw new Error('No.')
    }),
  )
  t.equal(lastDay(), '2026-06-15')
  await t.rejects(compareEditions('nordlys/2026-07-01', 'nobody/2026-01-01'), /there is no edition nobody/)
})
