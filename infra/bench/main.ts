/**
 * The figures that we promise: placing orders, capturing payments, reading eligibility and how fast an event arrives, each beside a
 * yardstick of the same run. A table for people; with `--json` the last line is one object.
 */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchAtRest } from './at-rest.ts'
import { benchCaptures } from './captures.ts'
import { benchCarrierNews } from './carrier-news.ts'
import { benchCompleteOrder } from './complete-order.ts'
import { benchDrain } from './drain.ts'
import { benchEligibility } from './eligibility.ts'
import { benchEntitlements } from './entitlements.ts'
import { flameGraphOf } from './flame-graph.ts'
import { benchGrowth } from './growth.ts'
import { benchOutboxMonths } from './outbox-months.ts'
import { above, benchPages } from './pages.ts'
import { benchPlaceOrder } from './place-order.ts'
import { costsOf, profileIn } from './profile-costs.ts'
import { benchPropagation } from './propagation.ts'
import { benchShipments, SHIPMENTS_PER_SECOND } from './shipments.ts'
import { benchStartUp } from './start-up.ts'
import type { Counted } from './statements.ts'
import { startTestBed } from './test-bed.ts'

const COSTS_TOLD = 12

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    only: { type: 'string' },
    statements: { type: 'boolean' },
    profile: { type: 'string' },
    orders: { type: 'string' },
    times: { type: 'string' },
    rate: { type: 'string' },
  },
})
const bed = await startTestBed(options.profile)
try {
  if (options.only === 'outbox-months') console.table(await benchOutboxMonths(bed))
  else if (options.only === 'pages') await pages()
  else {
    await bed.startAllOnce()
    if (options.only === 'growth') console.log(JSON.stringify({ growth: await benchGrowth(bed) }))
    else if (options.only === 'start-up') await startUp()
    else if (options.only === 'shipments')
      console.log(
        JSON.stringify({ shipments: await benchShipments(bed, Number(options.rate ?? SHIPMENTS_PER_SECOND)) }),
      )
    else if (options.only === 'at-rest') await atRest()
    else if (options.only === 'drain') console.log(JSON.stringify({ drain: await benchDrain(bed) }))
    else if (options.only === 'place-order') console.log(JSON.stringify({ placeOrder: await benchPlaceOrder(bed) }))
    else if (options.only === 'propagation') await propagationAlone()
    else if (options.only === 'carrier-news') console.log(JSON.stringify({ carrierNews: await benchCarrierNews(bed) }))
    else if (options.only === 'eligibility') await eligibilityAlone()
    else await speed()
  }
} finally {
  await bed.stop()
}
if (options.profile)
  for (const { name: service } of readdirSync(options.profile, { withFileTypes: true }).filter((each) =>
    each.isDirectory(),
  )) {
    const profile = profileIn(join(options.profile, service))
    if (profile === undefined) continue
    console.log(`What the process of ${service} was busy with:`)
    console.table(costsOf(profile).slice(0, COSTS_TOLD))
    const title = `The process of ${service} by its profile: wider is longer, callers above whom they call`
    writeFileSync(join(options.profile, `${service}.svg`), flameGraphOf(profile, title))
  }

/** What a start of each service costs in processor time. */
async function startUp() {
  const found = await benchStartUp(bed)
  console.table(found)
  if (options.json) console.log(JSON.stringify({ startUp: found }))
}

/** What is taken while nobody asks for anything. */
async function atRest() {
  const { msPerSecond, statements } = await benchAtRest(bed)
  printStatements(statements)
  console.log(JSON.stringify({ atRest: msPerSecond }))
}

/** At half of what is placed a second in the same run, or at `--rate`. */
async function propagationAlone() {
  const { perSecond, ratio } = await benchPlaceOrder(bed)
  const propagation = await benchPropagation(bed, Number(options.rate ?? Math.round(perSecond / 2)))
  console.log(JSON.stringify({ placeOrder: { perSecond, ratio }, propagation }))
}

/** With `--orders N` also with so many in the database. */
async function eligibilityAlone() {
  const found = await benchEligibility(bed, Number(options.orders ?? 0))
  console.log(JSON.stringify({ eligibility: found }))
}

/** With `--orders N` in the database (100,000) and each page asked for `--times N` times (40); ends with 1 where a page is above what is promised. */
async function pages() {
  const found = await benchPages(bed, { orders: Number(options.orders ?? 100_000), times: Number(options.times ?? 40) })
  console.table(found.map(({ doors, ...figures }) => figures))
  if (options.json) console.log(JSON.stringify({ pages: found }))
  const wrong = above(found)
  for (const each of wrong) console.log(`Above what is promised: ${each}`)
  if (wrong.length > 0) process.exitCode = 1
}

async function speed() {
  const { ratio, placing, statements, ...complete } = await benchCompleteOrder(bed)
  const drain = await benchDrain(bed)
  console.table(complete)
  console.log(`Quoting and placing alone: ${placing.perSecond}/s; the whole way at 32 beside it: ${ratio}.`)
  console.log(`${drain.orders} orders that were paid and waited: ${drain.perSecond} contracts a second.`)
  if (options.statements) printStatements(statements)
  const measured = { completeOrder: { ...complete, placing, ratio }, drain }
  if (options.only === 'complete-order') console.log(JSON.stringify(measured))
  else await others(measured)
}

async function others(before: object) {
  const entitlements = benchEntitlements()
  const placeOrder = await benchPlaceOrder(bed)
  const captures = await benchCaptures(bed)
  const propagation = await benchPropagation(bed, Math.round(placeOrder.perSecond / 2))
  const eligibility = await benchEligibility(bed)
  console.table({
    'POST /orders, concurrency 32': placeOrder,
    'captures into the ledger, concurrency 4': captures,
    'GET /orders/{id}/eligibility, concurrency 32': eligibility,
    'entitlements of 20 lines, in process': entitlements,
    'commit in orders to commit in shipping, at half load': propagation,
  })
  if (options.json)
    console.log(JSON.stringify({ ...before, placeOrder, captures, eligibility, entitlements, propagation }))
}

function printStatements(statements: Counted[]) {
  const line = (times: number, ms: number, plans: number, planMs: number, what: string) =>
    console.log(
      `${times.toFixed(2).padStart(7)} in ${ms.toFixed(3).padStart(6)} ms, planned ${plans.toFixed(2).padStart(5)} times in ${planMs.toFixed(3).padStart(6)} ms  ${what}`,
    )
  const all = [0, 0, 0, 0] as [number, number, number, number]
  for (const { database, perOrder, msPerOrder, plansPerOrder, planMsPerOrder, statement } of statements) {
    const figures = [perOrder, msPerOrder, plansPerOrder, planMsPerOrder] as const
    line(...figures, `${database}: ${statement.slice(0, 150)}`)
    for (const [at, figure] of figures.entries()) all[at]! += figure
  }
  line(...all, 'all of them')
}
