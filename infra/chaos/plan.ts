import { createRandom, type Random } from '@vilkar/storm/random.ts'

/** What can break: on what it falls, and for how long at least and at most, in seconds. */
export const kinds = {
  'process-killed': { on: 'process', lasts: [0.2, 4] },
  'process-stopped': { on: 'process', lasts: [0, 0] },
  'process-frozen': { on: 'process', lasts: [1, 9] },
  'database-silent': { on: 'database-line', lasts: [1, 9] },
  'database-cut': { on: 'database-line', lasts: [0, 0] },
  'broker-silent': { on: 'broker-line', lasts: [1, 9] },
  'broker-cut': { on: 'broker-line', lasts: [0, 0] },
  'mail-silent': { on: 'mail-line', lasts: [1, 9] },
  'mail-away': { on: 'mail', lasts: [1, 9] },
  'broker-restarted': { on: 'broker', lasts: [0, 4] },
  'broker-frozen': { on: 'broker', lasts: [1, 6] },
  'broker-wiped': { on: 'broker', lasts: [0, 2] },
  'broker-rolled-back': { on: 'broker', lasts: [0, 2] },
  'database-restarted': { on: 'server', lasts: [0, 2] },
  'sessions-ended': { on: 'database', lasts: [0, 0] },
  'table-locked': { on: 'table', lasts: [1, 6] },
} as const satisfies Record<string, { on: string; lasts: readonly [number, number] }>

export type Kind = keyof typeof kinds
export type PlaceKind = (typeof kinds)[Kind]['on']
/** What there is to break, by what it is. */
export type Places = Record<PlaceKind, readonly string[]>
/** A fault of a plan: when it begins, counted from the start, and how long it lasts. */
export type Fault = { kind: Kind; place: string; atMs: number; lastsMs: number }

const PAUSE_SECONDS = { least: 0.5, most: 5 }

/**
 * Faults for so many seconds, the same for the same seed: kinds come in rounds, each in another order, so that none is left out for
 * long. Several may last at once, of one place only one.
 */
export function planOf(seed: number, seconds: number, places: Places): Fault[] {
  const random = createRandom(seed)
  const plan: Fault[] = []
  const busyUntil = new Map<string, number>()
  let round: Kind[] = []
  for (let at = pauseOf(random); at < seconds; at += pauseOf(random)) {
    if (round.length === 0) round = shuffled(Object.keys(kinds) as Kind[], random)
    const kind = round.pop()!
    const { on, lasts } = kinds[kind]
    const place = random.pick(places[on])
    const length = Math.min(lasts[0] + random.next() * (lasts[1] - lasts[0]), seconds - at)
    if ((busyUntil.get(`${on} ${place}`) ?? 0) > at) continue
    busyUntil.set(`${on} ${place}`, at + length)
    plan.push({ kind, place, atMs: Math.round(at * 1_000), lastsMs: Math.round(length * 1_000) })
  }
  return plan
}

const pauseOf = (random: Random) => PAUSE_SECONDS.least + random.next() * (PAUSE_SECONDS.most - PAUSE_SECONDS.least)

function shuffled<Value>(values: readonly Value[], random: Random): Value[] {
  return values
    .map((value) => ({ value, rank: random.next() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ value }) => value)
}

/** How many faults of each kind a plan has, those that it has none of too. */
export const countKinds = (plan: readonly Fault[]) =>
  Object.fromEntries(Object.keys(kinds).map((kind) => [kind, plan.filter((fault) => fault.kind === kind).length]))
