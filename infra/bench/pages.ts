import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { createCaller } from '@vilkar/local/shopper.ts'
import { createPool } from '@vilkar/server/postgres.ts'
import type { Role } from '@vilkar/testing/issuer.ts'
import { addProducts } from './catalogue.ts'
import { addFaults } from './pages/faults.ts'
import { type Console, makeConsoleDatabase, startConsole, startServices } from './pages/house.ts'
import { playMatters } from './pages/matters.ts'
import { playModels } from './pages/models.ts'
import { multiply } from './pages/multiply.ts'
import { listPages, type Page } from './pages/page-list.ts'
import type { Asked, Served } from './pages/served.ts'
import { createVisitor } from './pages/visitor.ts'
import { processorTime } from './processor-time.ts'
import { LINK_SECRET, type TestBed } from './test-bed.ts'

/** What is promised of every page: server time at p95, and its own bytes once compressed. */
export const LIMITS = { ms: 50, gzipBytes: 100_000 }
/** Each page was asked for so often before any is timed: consoles and services run for weeks, and what a process has just compiled is what a start costs. */
const WARM_UP = 20
/** Processor time is the least of so many rounds: beside other work the same page takes up to twice as much in some of them. */
const ROUNDS = 4
const REST_MS = 5_000
/** Seeding takes minutes: where it is stands on the standard error. */
const say = (line: string) => process.stderr.write(`pages: ${line}\n`)

/** What a page is, however busy the machine. */
export type Sized = { page: string; calls: number; doors: string[]; gzipBytes: number }
/**
 * How long it takes, in milliseconds: the console's from the request to the end of the answer, and of that, for how long at least one call of a
 * service was under way (`api…`); `slowestMs` is the slowest of its calls, and `processorMs` what an answer costs console, services and PostgreSQL beyond
 * what they take at rest.
 */
export type Timed = {
  p50Ms: number
  p95Ms: number
  apiP50Ms: number
  apiP95Ms: number
  slowestP95Ms: number
  slowest: string
  processorMs: number
}
export type PageFigures = Sized & Timed

/**
 * Every page of the console with so many orders in the databases: one order of each kind is played through the doors of the services, and copied by
 * SQL. Each page is asked for `times` times by a session that is signed in, one after the other.
 */
export async function benchPages(
  bed: TestBed,
  { orders, times }: { orders: number; times: number },
): Promise<PageFigures[]> {
  return timePages(bed, await playAndCopy(bed, orders), times)
}

/** What every page is, without how long it takes: it was asked for once. */
export async function sizePages(bed: TestBed, orders: number): Promise<Sized[]> {
  return withPages(bed, await playAndCopy(bed, orders), sizeEach)
}

/** How long every page takes beside what was played; each is asked for once before, so that one that is not there is found at once. */
export const timePages = (bed: TestBed, played: Played, times: number): Promise<PageFigures[]> =>
  withPages(bed, played, async (house) => {
    await sizeEach(house)
    say('each is asked for a while')
    for (let n = 0; n < WARM_UP; n++) for (const page of house.pages) await ask(page, house.console)
    const restMsPerMs = await restOf(house.pids)
    say(`at rest they take ${Math.round(restMsPerMs * 1_000)} ms of processor time a second`)
    const found: PageFigures[] = []
    for (const page of house.pages) found.push(await time(page, { ...house, times, restMsPerMs }))
    return found
  })

async function sizeEach({ pages, console }: House): Promise<Sized[]> {
  const found: Sized[] = []
  for (const page of pages) found.push(sizeOf(page, await ask(page, console)))
  return found
}

/** Pages above what is promised, in words. */
export const above = (found: readonly (Sized & Partial<Timed>)[]): string[] =>
  found.flatMap(({ page, gzipBytes, p95Ms = 0 }) => [
    ...(p95Ms > LIMITS.ms ? [`${page}: ${p95Ms} ms`] : []),
    ...(gzipBytes > LIMITS.gzipBytes ? [`${page}: ${gzipBytes} bytes`] : []),
  ])

type House = { pages: Page[]; console: Console; pids: number[] }

const callerOf = (bed: TestBed) => createCaller((role) => bed.issuer.token(role as Role))

async function withPages<Found>(bed: TestBed, played: Played, look: (house: House) => Promise<Found>): Promise<Found> {
  await using opening = new AsyncDisposableStack()
  // Jobs and mails are work for other processes; these only answer.
  const services = await startServices(bed, {})
  opening.defer(() => services.stop())
  const console = await startConsole(bed)
  opening.defer(() => console.stop())
  const visitorOf = async (role: Role) => {
    const visitor = createVisitor(console.url, bed.issuer.url)
    await visitor.signIn(role)
    return visitor
  }
  const visitors = {
    support: await visitorOf('support'),
    manager: await visitorOf('manager'),
    warehouse: await visitorOf('warehouse'),
    nobody: createVisitor(console.url, bed.issuer.url),
  }
  const told = { call: callerOf(bed), urls: bed.urls, ...played, linkSecret: LINK_SECRET }
  const pages = await listPages(told, visitors)
  say(`${pages.length} pages are asked for`)
  return await look({ pages, console, pids: [console.pid, ...services.pids] })
}

/** Plays an order of each kind and what waits for a person, with services of its own, and copies them to so many orders. */
export async function playAndCopy(bed: TestBed, orders: number) {
  const call = callerOf(bed)
  await using opening = new AsyncDisposableStack()
  await makeConsoleDatabase(bed)
  const partners = await bed.startPartners()
  opening.defer(() => partners.stop())
  const services = await startServices(bed, { JOBS: 'true', KLARNA_URL: partners.klarna, SMTP_URL: partners.smtp })
  opening.defer(() => services.stop())
  const pool = createPool(bed.postgres.url('orders'), { max: 1 })
  opening.defer(() => pool.end())
  await addProducts(pool)
  say('an order of each kind is played')
  const begun = Temporal.Now.instant()
  const models = await playModels(call, bed.urls)
  say('so is what waits for a person')
  const matters = await playMatters(call, bed.urls)
  await opening.disposeAsync()
  say(`copied to ${orders} orders`)
  await multiply(bed, { models, matters }, { orders, begun })
  say('some of it goes wrong')
  await addFaults(bed, orders)
  say('done')
  return { models, matters }
}

export type Played = Awaited<ReturnType<typeof playAndCopy>>

type Answer = { served: Served; text: string }

/** Throws unless the page is there. */
async function ask({ name, path, visitor }: Page, console: Console): Promise<Answer> {
  const { served, answer } = await console.served(path, () => visitor.ask(path))
  if (answer.status !== 200) throw new Error(`${name} (${path}) was answered with ${answer.status}.`)
  return { served, text: answer.text }
}

const sizeOf = ({ name: page }: Page, { served: { calls }, text }: Answer): Sized => ({
  ...{ page, calls: calls.length, doors: calls.map(({ door }) => door).sort(), gzipBytes: gzipSync(text).length },
})

type Timing = { console: Console; pids: number[]; times: number; restMsPerMs: number }

const spentBy = (pids: number[]) => processorTime('postgres', ...pids)
/** How many milliseconds of processor time console, services and PostgreSQL take in one of the clock while nobody asks them for anything. */
async function restOf(pids: number[]) {
  const [before, begun] = [spentBy(pids), performance.now()]
  await setTimeout(REST_MS)
  return (spentBy(pids) - before) / (performance.now() - begun)
}

async function time(page: Page, { console, pids, times, restMsPerMs }: Timing): Promise<PageFigures> {
  const answers: Answer[] = []
  const rounds: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const [before, begun] = [spentBy(pids), performance.now()]
    for (let n = 0; n < times / ROUNDS; n++) answers.push(await ask(page, console))
    rounds.push((spentBy(pids) - before - restMsPerMs * (performance.now() - begun)) / Math.ceil(times / ROUNDS))
  }
  const processorMs = hundredths(Math.max(0, Math.min(...rounds)))
  const all = answers.map(({ served }) => served)
  const slowest = all.map(({ calls }) => slowestOf(calls))
  const worst = slowest.toSorted((a, b) => b.ms - a.ms)[0]!
  const [times50, api] = [all.map(({ ms }) => ms), all.map(({ calls }) => underWay(calls))]
  return {
    ...sizeOf(page, answers.at(-1)!),
    ...{ p50Ms: at(times50, 0.5), p95Ms: at(times50, 0.95), apiP50Ms: at(api, 0.5), apiP95Ms: at(api, 0.95) },
    slowestP95Ms: at(
      slowest.map(({ ms }) => ms),
      0.95,
    ),
    ...{ slowest: worst.door, processorMs },
  }
}

const slowestOf = (calls: readonly Asked[]) =>
  calls
    .map(({ door, from, to }) => ({ door, ms: to - from }))
    .reduce((worst, each) => (each.ms > worst.ms ? each : worst), { door: '', ms: 0 })

/** For how long at least one call was under way. */
function underWay(calls: readonly Asked[]) {
  let sum = 0
  let until = 0
  for (const { from, to } of calls.toSorted((a, b) => a.from - b.from)) {
    sum += Math.max(0, to - Math.max(from, until))
    until = Math.max(until, to)
  }
  return sum
}

function at(values: readonly number[], share: number) {
  const sorted = values.toSorted((a, b) => a - b)
  return hundredths(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
}
const hundredths = (value: number) => Math.round(value * 100) / 100
