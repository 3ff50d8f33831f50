import { setTimeout as pause } from 'node:timers/promises'
import type { FaultRule } from '@vilkar/simulator/faults.ts'
import { SPEED } from './fast-clock.ts'
import type { Random } from './random.ts'
import type { Stage } from './stage.ts'

const FAULT_EVERY_MS = { least: 10, most: 80 }
/** Of so many calls one may fail at most: where machine and shop are slow, else every call would, and nothing ever came through. */
const CALLS_PER_FAULT = 4
/** Faults in store that have not struck yet; with more of them nothing would ever come through. */
const MAX_WAITING = 10
const KILL_EVERY_MS = { least: 2_500, most: 7_000 }
/** Up at least so many times as long as its start took: else a slow machine would do nothing but start it. */
const UP_PER_START = 3
const LOOK_EVERY_MS = 100
/** No provider works on a request for longer than a minute of the shop's; that is why waiting longer settles it. */
const LONGEST_WORK_MS = Math.floor(55_000 / SPEED)

/** Faults that leave the outcome open, or say that nothing came through. */
function anyAction(random: Random): FaultRule['action'] {
  const kind = random.pick([
    'delay',
    'hang',
    'reset',
    'status',
    'html',
    'malformed',
    'truncate',
    'drop_header',
  ] as const)
  switch (kind) {
    case 'delay':
      return { type: kind, ms: random.between(1, LONGEST_WORK_MS) }
    case 'status':
      return { type: kind, status: random.pick([429, 500, 502, 503, 504]) }
    case 'html':
      return { type: kind, status: random.pick([403, 502]) }
    case 'malformed':
      return { type: kind }
    case 'drop_header':
      return { type: kind, name: random.pick(['capture-id', 'refund-id', 'location']) }
    default:
      return { type: kind }
  }
}

/** What may befall a call to the shop, which hears of nothing then, or twice, or when it is over. */
const anyLostCall = (random: Random): FaultRule['action'] =>
  random.pick([
    { type: 'drop_push' },
    { type: 'duplicate_push' },
    { type: 'delay_push', ms: random.between(1, LONGEST_WORK_MS) },
  ] as const)

/** Of a call to the shop its address is the path. */
const CALLS = '/notifications'

function anyFault(random: Random, { moneyPaths, refusals }: Stage['simulator']): FaultRule {
  if (random.chance(0.1)) return { match: { path: CALLS }, phase: 'after', action: anyLostCall(random) }
  if (random.chance(0.1)) {
    const { path, status, code } = random.pick(refusals)
    return { match: { path }, phase: 'before', action: { type: 'status', status, code } }
  }
  const action = anyAction(random)
  const phase = action.type === 'drop_header' || random.chance(0.5) ? 'after' : 'before'
  return { match: { path: random.pick(moneyPaths) }, phase, action }
}

/** Faults and power cuts until `calm`: at moments and of kinds that the seed decides. Tells how many there were. */
export function letItBlow({ simulator, orders }: Stage, random: Random) {
  let blowing = true
  let restarts = 0
  async function faults() {
    for (let added = 0; blowing; added += 1) {
      // Those that waited for a call that rarely comes make room for others.
      if (added - simulator.faultsStruck() >= MAX_WAITING) {
        simulator.clearFaults()
        added = simulator.faultsStruck()
      }
      const fault = anyFault(random, simulator)
      if (simulator.faultsStruck() * CALLS_PER_FAULT <= simulator.calls()) simulator.addFault(fault)
      else added -= 1
      await pause(random.between(FAULT_EVERY_MS.least, FAULT_EVERY_MS.most))
    }
  }
  async function cuts() {
    for (let startMs = 0; blowing; ) {
      const upMs = random.between(KILL_EVERY_MS.least, KILL_EVERY_MS.most)
      for (let waited = 0; blowing && waited < Math.max(upMs, startMs * UP_PER_START); waited += LOOK_EVERY_MS)
        await pause(LOOK_EVERY_MS)
      if (!blowing) return
      const killedAt = performance.now()
      await orders.kill()
      startMs = performance.now() - killedAt
      restarts += 1
    }
  }
  const storms = Promise.all([faults(), cuts()])
  return {
    async calm() {
      blowing = false
      await storms
      simulator.clearFaults()
      return { restarts }
    },
  }
}
