import t from 'tap'
import { carryOut } from '../faults.ts'
import type { House } from '../house.ts'

/** A broker that is back when so much time is over, and counts how often it was killed on the way. */
function slowBroker(startMs: number) {
  const seen = { starting: 0, killedWhileStarting: 0, restarts: 0 }
  const nats = {
    async kill() {
      if (seen.starting > 0) seen.killedWhileStarting += 1
    },
    async restart() {
      seen.starting += 1
      for (const end = performance.now() + startMs; performance.now() < end; ) await new Promise(setImmediate)
      seen.starting -= 1
      seen.restarts += 1
    },
  }
  return { seen, house: { nats, replicas: [], brokerCopy: 'nowhere' } as unknown as House }
}

t.test('a place that is still coming back from one fault is not broken by the next', async (t) => {
  const { house, seen } = slowBroker(80)
  const broker = { place: 'broker', lastsMs: 0 } as const
  const { happened, missed } = await carryOut(house, [
    { kind: 'broker-rolled-back', atMs: 0, ...broker },
    { kind: 'broker-restarted', atMs: 10, ...broker },
    { kind: 'broker-wiped', atMs: 20, ...broker },
  ])
  t.equal(seen.killedWhileStarting, 0)
  t.equal(missed.length, 0)
  t.equal(seen.restarts, 4)
  const spans = happened.map(({ fromMs, toMs }) => [fromMs, toMs] as const)
  for (const [at, [, toMs]] of spans.slice(0, -1).entries()) t.ok(spans[at + 1]![0] >= toMs)
})
