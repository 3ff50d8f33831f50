import { createRandom } from '@vilkar/storm/random.ts'
import { createCheck, type Fault, type Finding, faults, isOwed } from './check/check.ts'
import { dayOf, startOf } from './check/days.ts'
import { checkOwn } from './check/own.ts'
import { checkPermission } from './check/permissions.ts'
import { readSentences } from './check/sentences.ts'
import { type Diary, type Kept, newPerson, type Person } from './diary.ts'
import { live } from './lives/life.ts'
import { createMe } from './lives/me.ts'
import { createPlan } from './lives/plan.ts'
import { OWN, OWN_CASES, plays } from './systems/kinds.ts'
import { numberOf } from './systems/mood.ts'
import { openSystems } from './systems/systems.ts'
import { openWorld, type World } from './world.ts'

export type YearsOptions = {
  seed: number
  subjects: number
  months: number
  /** Whose policy: the play follows from it. */
  controller: string
  databaseUrl?: string
  /** Hears of each finding once. */
  say?: (finding: Finding, day: string) => void
  /** Done at each midnight before the check looks, for who plants a fault. */
  meddle?: (parts: { diary: Diary; world: World; now: number }) => Promise<void>
}

/** From the day of the youngest of the policies on. */
const BEGINS = Temporal.PlainDate.from('2026-02-01')
const HOUR = 3_600_000
const PURPOSES: Record<string, string[]> = {
  'photo-store': ['newsletter', 'advertising-audience'],
  'developers-site': ['newsletter', 'profiling'],
}
/** Each is asked about so often, whatever they said. */
const ASKED_EVERY_DAYS = 30
/** An alarm stays until its cause is gone: so seldom it is looked for those that must never be. */
const ALARMS_EVERY_DAYS = 7
/** Of an account of children there are these at a company that speaks of them. */
const CHILDREN = 0.08

/** The shop’s own systems. */
const OURS = [OWN, OWN_CASES]
const sentences = readSentences()
const playOf = (controller: string) => plays.find((play) => sentences.get(play)?.[0]?.controller === controller)
/** The companies whose policies are played. */
export const controllers = plays.map((play) => sentences.get(play)![0]!.controller)

/**
 * Plays some years of one company: its people live, its systems tell the privacy service and hear it, on a clock that is moved twice a
 * day, and at every midnight in Oslo all is checked. Throws RangeError on a controller that nobody plays.
 */
export async function years(options: YearsOptions) {
  const begins = startOf(BEGINS)
  const { databaseUrl } = options
  const world = await openWorld({ begins, ...(databaseUrl !== undefined && { databaseUrl }) })
  try {
    return await play(world, options)
  } finally {
    await world.stop()
  }
}

async function play(world: World, options: YearsOptions) {
  const { seed, subjects, months, controller, say = () => {}, meddle } = options
  const name = playOf(controller)
  if (name === undefined) throw new RangeError(`Nobody plays ${controller}.`)
  const begun = performance.now()
  const diary: Diary = { play: name, persons: [], records: [], choices: [] }
  const systems = openSystems({ world, diary, controller, seed })
  const plan = createPlan()
  const tally: Record<string, number> = {}
  let today = 0
  const days = BEGINS.until(BEGINS.add({ months })).days
  const around = { world, systems, plan, controller, seed, today: () => today, tally, diary }
  for (let n = 0; n < subjects; n += 1) {
    const random = createRandom(numberOf(`${seed} ${controller} ${n}`))
    const person = newPerson(n, random.chance(CHILDREN))
    diary.persons.push(person)
    await live(createMe(around, person, random), name, Math.min(60, days))
  }
  const found = new Map<string, Finding>()
  const check = createCheck(diary, sentences.get(name)!, OURS)
  const hours = createRandom(numberOf(`${seed} hours`))
  const looking = { world, diary, controller, purposes: PURPOSES[name] ?? ['newsletter'] }
  for (; today < days; today += 1) {
    const midnight = startOf(BEGINS.add({ days: today }))
    await world.time.set(midnight)
    await systems.work()
    await meddle?.({ diary, world, now: midnight })
    const findings = [
      ...check.at(midnight, await alarmsOf(world, diary, midnight)),
      ...(await lookAround(looking, midnight, today, days)),
    ]
    for (const finding of findings) {
      const key = `${finding.fault} ${finding.about}`
      if (found.has(key)) continue
      found.set(key, finding)
      say(finding, dayOf(midnight).toString())
    }
    const hour = hours.between(6, 22)
    if (!plan.has(today)) continue
    await world.time.set(midnight + HOUR * hour)
    await plan.play(today)
    await systems.quiet()
  }
  await systems.close()
  return report({ world, diary, tally: { ...tally, ...systems.tally }, found, options, days, begun })
}

/** The erasures that somebody is called for because nobody answers; it is asked when a day has gone by without an answer. */
async function alarmsOf({ ask }: World, { records }: Diary, now: number) {
  const isLate = ({ asked }: Kept) =>
    asked !== undefined && asked.answeredAt === undefined && asked.at < now - 24 * HOUR
  if (!records.some(isLate)) return new Set<string>()
  const { body } = await ask('support', 'GET', '/alarms?kind=erasure-unanswered&limit=200')
  const items = body.items as { about: string; resolvedAt?: string }[]
  return new Set(items.filter(({ resolvedAt }) => resolvedAt === undefined).map(({ about }) => about))
}

type Looking = { world: World; diary: Diary; controller: string; purposes: string[] }

/** What is asked of the service's own doors: who may be reached, what became of requests, and whether it itself finds anything held too long. */
async function lookAround({ world, diary, controller, purposes }: Looking, now: number, today: number, days: number) {
  const { ask, rows } = world
  const changed = ({ n, words, restrictions }: Person) =>
    today === days - 1 ||
    (n + today) % ASKED_EVERY_DAYS === 0 ||
    words.some(({ at }) => at > now - 24 * HOUR) ||
    restrictions.some(({ from, until = 0 }) => Math.max(from, until) > now - 24 * HOUR)
  const found: Finding[] = []
  for (const person of diary.persons.filter(changed))
    for (const purpose of purposes)
      found.push(...(await checkPermission(ask as never, { person, controller, purpose, now })))
  for (const { erasures } of diary.persons)
    for (const each of erasures.filter(({ answered }) => !answered))
      each.answered = (await ask('support', 'GET', `/requests/${each.request}`)).body.answeredAt !== undefined
  found.push(...(await checkOwn(rows, now, diary.choices)))
  if (today % ALARMS_EVERY_DAYS > 0 && today < days - 1) return found
  const { body } = await ask('support', 'GET', '/alarms?kind=held-past-its-day&limit=200')
  const owed = new Set(
    diary.records.filter((kept) => isOwed(kept, now, OURS)).map(({ system, record }) => `${system}/${record}`),
  )
  for (const { about, resolvedAt } of body.items)
    if (resolvedAt === undefined && !owed.has(about.replace(`${controller}/`, '')))
      found.push({ fault: 'heldPastItsDay', about, says: 'The service calls a person.' })
  return found
}

type Played = {
  world: World
  diary: Diary
  tally: Record<string, number>
  found: Map<string, Finding>
  options: YearsOptions
  days: number
  begun: number
}
async function report({ world, diary, tally, found, options, days, begun }: Played) {
  const { seed, subjects, controller } = options
  const count = (fault: Fault) => [...found.values()].filter((finding) => finding.fault === fault).length
  const states = Object.groupBy(diary.records, ({ state }) => state)
  const [alarms] = await world.rows<{ count: number }>(
    `select count(*)::int from alarm where kind = 'erasure-unanswered'`,
  )
  const doors = Object.fromEntries(
    [...world.ask.doors].map(([door, { asked, ms }]) => [door, { asked, ms: Math.round((10 * ms) / asked) / 10 }]),
  )
  return {
    ...{ seed, controller, subjects, days, records: diary.records.length },
    ...{ held: states.whole?.length ?? 0, accountsOnly: states.accounts?.length ?? 0, gone: states.gone?.length ?? 0 },
    ...{ alarms: alarms!.count, done: tally, doors },
    ...(Object.fromEntries(faults.map((fault) => [fault, count(fault)])) as Record<Fault, number>),
    seconds: Math.round((performance.now() - begun) / 1_000),
  }
}
export type YearsResult = Awaited<ReturnType<typeof years>>

/** Whether nothing is wrong. */
export const isFaultless = (result: Record<Fault, number>) => faults.every((fault) => result[fault] === 0)
