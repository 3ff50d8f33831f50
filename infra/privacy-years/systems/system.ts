import { dayOf } from '../check/days.ts'
import { type Diary, type Kept, lasts, newKept, type Person } from '../diary.ts'
import type { World } from '../world.ts'
import type { Kind } from './kinds.ts'
import { type Mood, moodOf } from './mood.ts'

const DAY = 24 * 3_600_000
/** Years of who is a child to every law there is, and of who is not. */
const [CHILD, GROWN_UP] = [10, 30]

/** What those who live do to a system. Each says it to the privacy service at once. */
export type System = {
  /** Keeps a record of somebody; `happened` is what did so far. */
  make(person: Person, kind: string, what: string, more?: { at?: number; longLived?: boolean }): Promise<Kept>
  happen(kept: Kept, what: string, at?: number): Promise<void>
  /** A matter about it is under way, or over. */
  begin(kept: Kept): Promise<void>
  end(kept: Kept, at?: number): Promise<void>
  /** Its person deletes it. */
  remove(kept: Kept): Promise<void>
  /** Does what the privacy service asks, as far as it gets to it. */
  work(): Promise<void>
  /** Whether it has still to say something. */
  hasMore(): boolean
}
/** What is counted of the work of systems. */
export type Tally = { erased: number; postponed: number; late: number; twice: number; accountsKept: number }

type Asked = { id: string; records: string[]; keeps: string[]; cause: string; askedAt: string }
type Open = { asked: Asked; mood: Mood; answer?: object }

type Parts = {
  world: World
  diary: Diary
  name: string
  controller: string
  kinds: Readonly<Record<string, Kind>>
  seed: number
  tally: Tally
}

/** A system of somebody else's: tells by HTTP what it holds, fetches at midnight what has to go, and answers in its own time. */
export function createSystem({ world, diary, name, controller, kinds, seed, tally }: Parts): System {
  const { ask, time } = world
  const current = new Map<string, Kept>()
  const open = new Map<string, Open>()
  const urlOf = (record: string) => `/holdings/${controller}/${name}/${record}`

  async function tell(kept: Kept) {
    const { category, days } = kinds[kept.kind]!
    const person = diary.persons[kept.person]!
    const isVisit = kept.kind === 'visit'
    const on = Object.fromEntries(
      kept.happened.flatMap(({ what, at }) => (days[what] ? [[days[what], dayOf(at).toString()]] : [])),
    )
    const ended = kept.happened.findLast(({ what }) => what === 'ended')
    const facts = {
      on,
      ...(isVisit && ended && { visitEndedAt: Temporal.Instant.fromEpochMilliseconds(ended.at).toString() }),
      ...(kept.kind === 'guest-photos' && { account: false }),
      ...(kept.kind === 'order' && { longLived: kept.longLived }),
      ...(kept.kind === 'support' && { orderLinked: kept.longLived }),
      ...(kept.matters.some((each) => lasts(each, time.at())) && { openComplaint: true }),
    }
    const identifiers = isVisit ? [] : [{ kind: 'email', value: person.email }]
    const age = category === 'member' ? { age: person.isChild ? CHILD : GROWN_UP } : {}
    await ask('holder', 'PUT', urlOf(kept.record), { category, identifiers, facts, ...age })
  }

  async function make(person: Person, kind: string, what: string, { at = time.at(), longLived = false } = {}) {
    const record = `${kind}-${person.n}-${person.records.length}`
    const kept = newKept(diary, person, { system: name, record, kind, at: time.at(), longLived })
    kept.happened.push({ what, at })
    current.set(record, kept)
    await tell(kept)
    return kept
  }

  /** What a record's being asked for finds here. */
  function carryOut({ id, keeps, cause }: Asked, record: string) {
    const kept = current.get(record)!
    const now = time.at()
    kept.asked!.answeredAt = now
    const inUse = cause === 'retention-over' && kept.happened.length > kept.asked!.knewOf
    if (kept.busyUntil > now || inUse) {
      kept.postponedUntil = now + DAY
      return { record, why: inUse ? 'in-use' : 'under-way' }
    }
    if (kept.state === 'whole') kept.goneAt = now
    kept.state = keeps.includes('accounts') ? 'accounts' : 'gone'
    return { record, id }
  }

  async function answer({ asked, mood }: Open) {
    const done = asked.records.map((record) => carryOut(asked, record))
    const postponed = done.filter((each) => 'why' in each)
    const erased = done.filter((each) => !('why' in each)).map(({ record }) => record)
    for (const record of erased) await keepAccounts(current.get(record)!)
    const counts = { blanked: erased.length, deleted: 0, events: 0, files: 0 }
    await ask('holder', 'PUT', `/erasures/${asked.id}/answer`, { erased, postponed, counts })
    tally.erased += erased.length
    tally.postponed += postponed.length
    if (mood.after > 0) tally.late += 1
    return { erased, postponed, counts }
  }

  /** Of an order its accounts stay, as a record of their own where the policy knows one. */
  async function keepAccounts(kept: Kept) {
    if (kept.state !== 'accounts' || kept.accountsIn !== undefined) return
    tally.accountsKept += 1
    if (!('accounting' in kinds)) return
    const document = kept.happened.findLast(({ what }) => what === 'document')!
    kept.accountsIn = await make(diary.persons[kept.person]!, 'accounting', 'document', { at: document.at })
  }

  return {
    make,
    async happen(kept, what, at = time.at()) {
      if (kept.state !== 'whole') return
      kept.happened.push({ what, at })
      await tell(kept)
    },
    async begin(kept) {
      if (kept.state !== 'whole') return
      kept.matters.push({ from: time.at() })
      await tell(kept)
    },
    async end(kept) {
      for (const matter of kept.matters) matter.until ??= time.at()
      if (kept.state === 'whole') await tell(kept)
    },
    async remove(kept) {
      // What is asked for is answered, and not said to be gone by itself.
      if (kept.state !== 'whole' || (kept.asked && kept.asked.answeredAt === undefined)) return
      Object.assign(kept, { state: 'gone', goneAt: time.at(), deletedByPerson: true })
      await ask('holder', 'DELETE', urlOf(kept.record))
    },
    hasMore: () => open.size > 0,
    async work() {
      const { items } = (await ask('holder', 'GET', `/erasures/of-system/${name}`)).body as { items: Asked[] }
      const now = time.at()
      for (const asked of items.filter(({ id }) => !open.has(id))) {
        const at = Temporal.Instant.from(asked.askedAt).epochMilliseconds
        const mood = moodOf(`${seed} ${name} ${asked.records.toSorted()[0]} ${asked.askedAt}`, { slow: true })
        open.set(asked.id, { asked, mood })
        for (const record of asked.records) {
          const kept = current.get(record)!
          kept.asked = { erasure: asked.id, at, wished: asked.cause === 'requested', knewOf: kept.happened.length }
        }
      }
      for (const [id, one] of open) {
        const dueAt = Temporal.Instant.from(one.asked.askedAt).epochMilliseconds + one.mood.after
        if (one.answer === undefined && dueAt <= now) one.answer = await answer(one)
        if (one.answer === undefined) continue
        if (one.mood.again === undefined) open.delete(id)
        else if (dueAt + one.mood.again <= now) {
          await ask('holder', 'PUT', `/erasures/${id}/answer`, one.answer)
          tally.twice += 1
          open.delete(id)
        }
      }
    },
  }
}
