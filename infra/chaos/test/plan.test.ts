import t from 'tap'
import { countKinds, kinds, type Places, planOf } from '../plan.ts'

const places: Places = {
  process: ['a', 'b'],
  'database-line': ['a', 'b'],
  'broker-line': ['a', 'b'],
  'mail-line': ['a'],
  mail: ['mail'],
  broker: ['broker'],
  server: ['server'],
  database: ['orders'],
  table: ['orders outbox'],
}
const MINUTES = 3

t.test('a seed gives one plan, and another seed another', async (t) => {
  t.strictSame(planOf(1, 60, places), planOf(1, 60, places))
  t.strictNotSame(planOf(1, 60, places), planOf(2, 60, places))
})

t.test('in three minutes each kind of fault comes about', async (t) => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const counts = countKinds(planOf(seed, MINUTES * 60, places))
    t.strictSame(Object.keys(counts), Object.keys(kinds))
    for (const [kind, count] of Object.entries(counts)) t.ok(count > 0, `${kind} of seed ${seed}`)
  }
})

t.test('a fault ends before the next of its place begins, and all end in time', async (t) => {
  const plan = planOf(3, MINUTES * 60, places)
  const free = new Map<string, number>()
  for (const { kind, place, atMs, lastsMs } of plan) {
    const where = `${kinds[kind].on} ${place}`
    t.ok(atMs + 1 >= (free.get(where) ?? 0), `${kind} at ${place}`)
    free.set(where, atMs + lastsMs)
    t.ok(atMs + lastsMs <= MINUTES * 60_000 + 1)
  }
})
