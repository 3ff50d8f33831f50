import type { Random } from '@vilkar/storm/random.ts'
import { ANONYMOUS, type Diary, type Kept, lasts, type Person } from '../diary.ts'
import { idOf } from '../systems/mood.ts'
import type { Systems } from '../systems/systems.ts'
import type { World } from '../world.ts'
import type { Plan } from './plan.ts'

const DAY = 24 * 3_600_000
const HOUR = 3_600_000
/** From this age on somebody may order and subscribe alone. */
const OF_AGE = 34

/** What everybody lives with: who they are, when it is, whom they deal with. */
export type Around = {
  world: World
  systems: Systems
  plan: Plan
  controller: string
  seed: number
  today: () => number
  tally: Record<string, number>
  diary: Diary
}

/** One person of a play, and what anybody may do at any company. `text` is what a form shows. */
export function createMe(around: Around, person: Person, random: Random) {
  const { world, systems, plan, controller, today, tally } = around
  const { ask, time } = world
  const identifiers = [{ kind: 'email', value: person.email }]
  const whose = { controller, kind: 'email', value: person.email }
  let asked = 0
  const count = (what: string) => {
    tally[what] = (tally[what] ?? 0) + 1
  }
  const whole = (kind?: string) =>
    person.records.filter((kept) => kept.state === 'whole' && (kind === undefined || kept.kind === kind))
  const later = (days: number, act: () => Promise<unknown>) =>
    plan.add(today() + Math.max(1, days), person.n, async () => void (await act()))
  /** A moment some days ago, for what was there before the systems began to tell. */
  const ago = (days: number) => time.at() - days * DAY - HOUR

  const newId = () => idOf(`${around.seed} ${controller} request ${person.n} ${++asked}`)
  /** Uses a right. Whoever is signed in is known; of who only writes staff has to be sure first. */
  async function request(kind: string, { known = true, ...more }: { known?: boolean; purpose?: string } = {}) {
    const id = newId()
    const words = kind === 'rectify' ? { words: 'Jeg bor et annet sted nå.' } : {}
    const channel = known ? 'signed-in' : 'form'
    const body = { controller, kind, channel, identifiers, ...words, ...more }
    const answer = await ask('storefront', 'PUT', `/requests/${id}`, body)
    count(`request:${kind}`)
    return { id, status: answer.body.status as string }
  }
  /** Everything that is held of them by now is wished to go. */
  function wishEverythingGone() {
    person.wishedAt = time.at()
    for (const kept of person.records) if (kept.state !== 'gone' && kept.kind !== ANONYMOUS) kept.wishedAt ??= time.at()
    for (const each of person.restrictions) each.keeps = false
    say('all', 'no')
  }
  const say = (purpose: string, says: 'yes' | 'no') => void person.words.push({ purpose, says, at: time.at() })

  return {
    ...{ person, random, whole, later, ago, count, newId, request, wishEverythingGone },
    ...{ say, identifiers, whose, time },
    make: (kind: string, what: string, more?: { at?: number; longLived?: boolean }) => {
      count(`record:${kind}`)
      return systems.of(kind).make(person, kind, what, more)
    },
    isKept: systems.keep,
    happen: (kept: Kept, what: string, at?: number) => systems.of(kept.kind).happen(kept, what, at),
    begin: (kept: Kept) => systems.of(kept.kind).begin(kept),
    end: (kept: Kept, at?: number) => systems.of(kept.kind).end(kept, at),
    remove: (kept: Kept) => systems.of(kept.kind).remove(kept),
    ask,
    mailbox: world.mailbox,
    url: world.url,
    controller,
    seed: around.seed,
    choices: around.diary.choices,
    age: person.isChild ? random.between(8, 12) : OF_AGE,
    isRestricted: () => person.restrictions.some((each) => lasts(each, time.at())),
  }
}
export type Me = ReturnType<typeof createMe>
