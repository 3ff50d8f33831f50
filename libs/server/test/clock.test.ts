import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMovableClock, systemClock } from '../clock.ts'

test('a moment of either clock survives PostgreSQL and JSON, since it has whole milliseconds', () => {
  for (const { now } of [systemClock, createMovableClock(1_500)]) assert.equal(now().epochNanoseconds % 1_000_000n, 0n)
})

test('the movable clock runs with the machine’s, ahead by what it was moved', () => {
  const clock = createMovableClock(60_000)
  const before = Temporal.Now.instant().epochMilliseconds
  const ahead = clock.now().epochMilliseconds - 60_000
  assert.ok(ahead >= before && ahead <= Temporal.Now.instant().epochMilliseconds)
  assert.equal(clock.offsetMs(), 60_000)
})

test('days are twenty-four hours, and moves add up', () => {
  const clock = createMovableClock()
  const before = clock.now()
  clock.advance('P15D')
  const after = clock.advance('PT36H')
  assert.equal(clock.offsetMs(), (15 * 24 + 36) * 3_600_000)
  assert.ok(Temporal.Instant.compare(after, before.add('PT396H')) >= 0)
})

test('it moves neither back, nor by what has no fixed length, nor by what is no duration', () => {
  const clock = createMovableClock()
  for (const wrong of ['-PT1S', 'P1M', 'P1Y', 'tomorrow', '']) assert.throws(() => clock.advance(wrong), RangeError)
  assert.equal(clock.offsetMs(), 0)
})
