import t from 'tap'
import { createRest } from '../rest.ts'

/** How long is rested between batches. */

t.test('where every batch takes as long as the quickest, nobody waits', async (t) => {
  const restAfter = createRest(5)
  t.strictSame([4, 4, 4].map(restAfter), [0, 0, 0])
})

t.test('a batch that took longer is followed by a rest of the difference, and of no more than the most', async (t) => {
  const restAfter = createRest(5)
  restAfter(4)
  const [some, most] = [restAfter(6), restAfter(60)]
  t.ok(some! > 1.9 - 0.1 && some! <= 2, `${some} ms`)
  t.equal(most, 5)
})

t.test('what was quick once is forgotten: where all batches take longer than they did, the rests end', async (t) => {
  const restAfter = createRest(5)
  restAfter(4)
  const rests = Array.from({ length: 100 }, () => restAfter(8))
  t.ok(rests[0]! > 3)
  t.equal(rests.at(-1), 0)
})
