import assert from 'node:assert/strict'
import t from 'tap'
import { createBatcher } from '../batcher.ts'
import { createProgress, STALLED_AFTER_MS } from '../progress.ts'

/** A `run` whose batches stay under way until they are let go. */
function heldBatches() {
  const batches: number[][] = []
  const held: (() => void)[] = []
  const run = async (inputs: number[]) => {
    batches.push(inputs)
    await new Promise<void>((resolve) => held.push(resolve))
    return inputs.map((input) => input * 10)
  }
  return { batches, run, letGo: () => held.splice(0).forEach((resolve) => void resolve()) }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

t.test('a batch that hangs is seen by whoever watches progress, and no longer than it hangs', async (t) => {
  let now = 0
  const progress = createProgress(() => now)
  const answer = Promise.withResolvers<number[]>()
  const call = createBatcher({ run: () => answer.promise, maxSize: 1, maxInFlight: 1, progress })
  const called = [call(1), call(2)]
  await new Promise(setImmediate)
  now = STALLED_AFTER_MS + 1
  t.strictSame(progress.stalled(), ['batch 1'])
  answer.resolve([1])
  t.strictSame(await Promise.all(called), [1, 1])
  now += STALLED_AFTER_MS + 1
  t.strictSame(progress.stalled(), [])
})

t.test('calls of one moment go as one batch, and each hears its own answer', async (t) => {
  const batches: number[][] = []
  const call = createBatcher({
    run: async (inputs: number[]) => {
      batches.push(inputs)
      return inputs.map((input) => input * 10)
    },
  })
  t.strictSame(await Promise.all([call(1), call(2), call(3)]), [10, 20, 30])
  t.strictSame(batches, [[1, 2, 3]])
})

t.test(
  'what arrives while others are worked on is gathered in the order of its arrival, in batches of a bounded size',
  async (t) => {
    const { batches, run, letGo } = heldBatches()
    const call = createBatcher({ run, maxSize: 3, maxInFlight: 1 })
    const first = call(0)
    await turn()
    const rest = numbers(5).map(call)
    await turn()
    t.strictSame(batches, [[0]])
    while (batches.length < 3) {
      letGo()
      await turn()
    }
    letGo()
    t.strictSame(await Promise.all([first, ...rest]), [0, 10, 20, 30, 40, 50])
    t.strictSame(batches, [[0], [1, 2, 3], [4, 5]])
  },
)

t.test('no more batches are under way than allowed', async (t) => {
  const { batches, run, letGo } = heldBatches()
  const call = createBatcher({ run, maxSize: 1, maxInFlight: 2 })
  const calls = numbers(4).map(call)
  await turn()
  t.strictSame(batches, [[1], [2]])
  while (batches.length < 4) {
    letGo()
    await turn()
  }
  letGo()
  t.strictSame(await Promise.all(calls), [10, 20, 30, 40])
})

t.test('a batch that throws is run again one by one, so that a bad call fails alone', async (t) => {
  const batches: number[][] = []
  const call = createBatcher({
    run: async (inputs: number[]) => {
      batches.push(inputs)
      if (inputs.includes(2)) throw new Error('two is bad')
      return inputs
    },
  })
  const outcomes = await Promise.allSettled(numbers(3).map(call))
  t.strictSame(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  t.match(String((outcomes[1] as PromiseRejectedResult).reason), /two is bad/)
  t.strictSame(batches, [[1, 2, 3], [1], [2], [3]])
  t.equal(await call(4), 4)
})

t.test('a full queue answers at once that it is overloaded, and takes calls again when it has emptied', async (t) => {
  const { batches, run, letGo } = heldBatches()
  const call = createBatcher({ run, maxSize: 1, maxInFlight: 1, maxWaiting: 2 })
  const first = call(0)
  await turn()
  const waiting = [call(1), call(2)]
  await assert.rejects(call(3), { message: 'Overloaded', cause: 'overloaded' })
  while (batches.length < 3) {
    letGo()
    await turn()
  }
  letGo()
  t.strictSame(await Promise.all([first, ...waiting]), [0, 10, 20])
  const later = call(4)
  await turn()
  letGo()
  t.equal(await later, 40)
})

t.test('a batch is followed by a rest as long as it took, in which calls gather', async (t) => {
  const batches: number[][] = []
  // Long beside what a slow machine may need for three turns.
  const TOOK_MS = 500
  const run = async (inputs: number[]) => {
    batches.push(inputs)
    const begun = performance.now()
    while (performance.now() - begun < TOOK_MS);
    return inputs
  }
  const call = createBatcher({ run, maxInFlight: 1, mostRestMs: 5_000 })
  await call(1)
  const early = call(2)
  // Without the rest it would go before the next comes.
  for (let n = 0; n < 3; n += 1) await turn()
  await Promise.all([early, call(3)])
  t.strictSame(batches, [[1], [2, 3]])
})

t.test(
  'where no call can be at fault, a batch that throws throws for all of its calls, and is not run again',
  async (t) => {
    const batches: number[][] = []
    const call = createBatcher({
      run: async (inputs: number[]): Promise<number[]> => {
        batches.push(inputs)
        throw new Error('no database')
      },
      repeatApart: false,
    })
    const ended = await Promise.allSettled([call(1), call(2)])
    t.strictSame(
      ended.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    t.strictSame(batches, [[1, 2]])
  },
)
