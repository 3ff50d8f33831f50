import t from 'tap'
import { putAtOnce } from '../at-once.ts'

const PAIRS = 8
const FEWEST_ENTERED = 6

t.test('two who put something at the same moment are answered by every door, and never by a fault', async (t) => {
  const { wrong, taken } = await putAtOnce({ seed: 1, pairs: PAIRS })
  t.strictSame(wrong, [])
  const entered = Object.entries(taken).flatMap(([door, times]) => (times > 0 ? [door] : []))
  t.ok(entered.length >= FEWEST_ENTERED, `only these took one: ${entered}`)
})
