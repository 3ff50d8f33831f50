import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '@vilkar/testing/eventually.ts'
import { startWatcher } from '../watcher.ts'

const silent = { warn: () => {} }

test('looks again and again, one look at a time', async () => {
  let looks = 0
  let open = 0
  let mostOpen = 0
  const look = async () => {
    open += 1
    mostOpen = Math.max(mostOpen, open)
    await new Promise((resolve) => setTimeout(resolve, 5))
    open -= 1
    looks += 1
  }
  const watcher = startWatcher({ look, log: silent, complaint: '', everyMs: 1 })
  await eventually('five looks', async () => looks >= 5)
  await watcher.stop()
  assert.equal(mostOpen, 1)
})

test('a look that fails is logged, and the next one comes', async () => {
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
  assert.deepEqual(complaints, Array(2).fill([{ err: failure }, 'it could not be looked']))
})

test('stopping waits for the look at hand, and none comes after it', async () => {
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
  assert.equal(stopped, false)
  end()
  await stopping
  await watcher.stop()
  assert.equal(looks, 1)
})

test('stopping before the first look ends at once', async () => {
  const look = () => assert.fail('looked')
  const began = performance.now()
  await startWatcher({ look, log: silent, complaint: '', everyMs: 60_000 }).stop()
  assert.ok(performance.now() - began < 10_000)
})
