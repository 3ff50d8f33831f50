import assert from 'node:assert/strict'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { createMovableClock } from '../clock.ts'
import { startWatcher } from '../watcher.ts'

const silent = { warn: () => {} }

t.test('looks again and again, one look at a time', async (t) => {
  let looks = 0
  let open = 0
  let mostOpen = 0
  const look = async () => {
    open += 1
    mostOpen = Math.max(mostOpen, open)
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate)
    open -= 1
    looks += 1
  }
  const watcher = startWatcher({ look, log: silent, complaint: '', everyMs: 1 })
  await eventually('five looks', async () => looks >= 5)
  await watcher.stop()
  t.equal(mostOpen, 1)
})

t.test('a look that fails is logged, and the next one comes', async (t) => {
  const complaints: unknown[][] = []
  const failure = new Error('no database')
  let looks = 0
  const watcher = startWatcher({
    look: () => {
      looks += 1
      if (looks === 1) throw failure
      return looks === 2 ? Promise.reject(failure) : Promise.resolve()
    },
    log: { warn: (...complaint) => complaints.push(complaint) },
    complaint: 'it could not be looked',
    everyMs: 1,
  })
  await eventually('a look after both failures', async () => looks >= 3)
  await watcher.stop()
  t.strictSame(complaints, Array(2).fill([{ err: failure }, 'it could not be looked']))
})

t.test('stopping waits for the look at hand, and none comes after it', async (t) => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { promise: answer, resolve: end } = Promise.withResolvers<void>()
  let looks = 0
  const look = () => {
    looks += 1
    begin()
    return answer
  }
  const watcher = startWatcher({ look, log: silent, complaint: '', everyMs: 1 })
  await begun
  let stopped = false
  const stopping = watcher.stop().then(() => {
    stopped = true
  })
  await new Promise(setImmediate)
  t.equal(stopped, false)
  end()
  await stopping
  await watcher.stop()
  t.equal(looks, 1)
})

t.test('stopping before the first look ends at once', async (t) => {
  const look = () => assert.fail('looked')
  const began = performance.now()
  await startWatcher({ look, log: silent, complaint: '', everyMs: 60_000 }).stop()
  t.ok(performance.now() - began < 10_000)
})

t.test('a clock that is moved ends the pause, and tells when all who watch it have looked', async (t) => {
  const clock = createMovableClock()
  const begun = clock.now()
  const day = (at: Temporal.Instant) => Math.floor(begun.until(at).total('hours') / 24)
  const seen: string[] = []
  const watch = (name: string) =>
    startWatcher({
      look: async () => {
        const at = day(clock.now())
        for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate)
        seen.push(`${name} ${at}`)
      },
      ...{ log: silent, complaint: '', everyMs: 60_000, clock },
    })
  const watchers = [watch('one'), watch('other')]
  for (const move of ['P1D', 'P2D']) {
    const at = day(clock.advance(move))
    await clock.looked()
    t.strictSame(seen.splice(0).toSorted(), [`one ${at}`, `other ${at}`])
  }
  clock.advance('P1D')
  const last = day(clock.advance('P1D'))
  await clock.looked()
  t.ok(seen.includes(`one ${last}`), 'moved during a look, there is another look')
  await Promise.all(watchers.map(({ stop }) => stop()))
  clock.advance('P1D')
  await clock.looked()
})
