import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startWorker } from '../job-worker.ts'
import { createLog } from '../log.ts'

/** A queue in memory that notes what it was asked, and a worker with three hands whose jobs end when they are told to. */
function startAt(t: { teardown(handler: () => unknown): unknown }, jobs: number, giveUpAfterMs = 3_600_000) {
  const queue = Array.from({ length: jobs }, (_, n) => ({ id: String(n), retryCount: 0, data: { n } }))
  const asked: number[] = []
  const noted: string[][] = []
  const failed: { id: string; reason: string }[] = []
  const ends = new Map<number, () => void>()
  const boss = {
    async fetch(_name: string, { batchSize }: { batchSize: number }) {
      asked.push(batchSize)
      return queue.splice(0, batchSize)
    },
    complete: async (_name: string, attempts: { id: string }[]) => void noted.push(attempts.map(({ id }) => id)),
    fail: async (_name: string, { id }: { id: string }, reason: { message: string }) =>
      void failed.push({ id, reason: reason.message }),
    touch: async () => {},
  }
  const worker = startWorker({
    ...{ boss: boss as never, log: createLog('jobs', 'silent'), name: 'q', concurrency: 3 },
    ...{ pollEveryMs: 3_600_000, heartbeatEveryMs: 3_600_000, giveUpAfterMs },
    run: (data) => new Promise<void>((resolve) => ends.set((data as { n: number }).n, resolve)),
  })
  t.teardown(() => worker.stop(0))
  return { worker, queue, asked, noted, failed, ends }
}

t.test('as many jobs as there are hands are fetched at once, and the next when a hand is free', async (t) => {
  const { asked, ends } = startAt(t, 5)
  await eventually('three to be begun', async () => ends.size === 3)
  t.strictSame(asked, [3])
  ends.get(0)!()
  await eventually('another', async () => ends.size === 4)
  t.strictSame(asked, [3, 1])
})

t.test('who asks while no hand is free is not forgotten', async (t) => {
  const { worker, queue, ends } = startAt(t, 0)
  queue.push(...[0, 1].map((n) => ({ id: String(n), retryCount: 0, data: { n } })))
  worker.look()
  await eventually('two to be begun, of fewer than there are hands', async () => ends.size === 2)
  queue.push({ id: '2', retryCount: 0, data: { n: 2 } })
  worker.look()
  await eventually('all hands to be busy', async () => ends.size === 3)
  queue.push({ id: '3', retryCount: 0, data: { n: 3 } })
  worker.look()
  ends.get(0)!()
  await eventually('the fourth', async () => ends.size === 4)
})

t.test('what ends together is noted together', async (t) => {
  const { noted, ends } = startAt(t, 3)
  await eventually('three to be begun', async () => ends.size === 3)
  for (const end of ends.values()) end()
  await eventually('all to be noted', async () => noted.flat().length === 3)
  t.ok(noted.length < 3, JSON.stringify(noted))
})

t.test('a run that does not end gives its hand back, and what becomes of it later is not noted', async (t) => {
  const { noted, failed, ends } = startAt(t, 4, 300)
  await eventually('the fourth to be begun, though none of the three ended', async () => ends.has(3))
  t.match(failed[0], { reason: /has not ended within 300 ms/ })
  ends.get(0)!()
  await eventually('all to be given up', async () => failed.length === 4)
  t.strictSame(noted, [])
})
