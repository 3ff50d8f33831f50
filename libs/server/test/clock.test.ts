import assert from 'node:assert/strict'
import t from 'tap'
import { createMovableClock, systemClock } from '../clock.ts'

t.test('a moment of either clock survives PostgreSQL and JSON, since it has whole milliseconds', async (t) => {
  for (const { now } of [systemClock, createMovableClock(1_500)]) t.equal(now().epochNanoseconds % 1_000_000n, 0n)
})

t.test('the movable clock runs with the machine’s, ahead by what it was moved', async (t) => {
  const clock = createMovableClock(60_000)
  const before = Temporal.Now.instant().epochMilliseconds
  const ahead = clock.now().epochMilliseconds - 60_000
  t.ok(ahead >= before && ahead <= Temporal.Now.instant().epochMilliseconds)
  t.equal(clock.offsetMs(), 60_000)
})

t.test('days are twenty-four hours, and moves add up', async (t) => {
  const clock = createMovableClock()
  const before = clock.now()
  clock.advance('P15D')
  const after = clock.advance('PT36H')
  t.equal(clock.offsetMs(), (15 * 24 + 36) * 3_600_000)
  t.ok(Temporal.Instant.compare(after, before.add('PT396H')) >= 0)
})

t.test('it moves neither back, nor by what has no fixed length, nor by what is no duration', async (t) => {
  const clock = createMovableClock()
  for (const wrong of ['-PT1S', 'P1M', 'P1Y', 'tomorrow', '']) assert.throws(() => clock.advance(wrong), RangeError)
  t.equal(clock.offsetMs(), 0)
})
