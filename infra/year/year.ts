import { createRandom } from '@vilkar/storm/random.ts'
import { audit, FIGURES, type Verdict } from './audit.ts'
import { sizesOfCarriers } from './audit-carriers.ts'
import { playDays } from './calendar.ts'
import { workAtDesk } from './desk.ts'
import { stockUp } from './lives/buying.ts'
import { certainLives } from './lives/certain.ts'
import { live } from './lives/life.ts'
import { openWorld, type World } from './world.ts'

export type YearOptions = { seed: number; customers: number; days: number; looksADay?: number }

/** So long after the last purchase all that people still do is over: what is left waits for nobody who acts. */
const TAIL_DAYS = 200

/** Plays a year in a world of its own, and audits it; what was found is told on standard error. */
export async function year(options: YearOptions) {
  const world = await openWorld()
  try {
    return await play(world, options)
  } finally {
    await world.stop()
  }
}

/**
 * So many customers buy on some day of so many, in seven countries, and do what people do: get goods in parts, late, at the wrong door, or
 * never; cancel, withdraw by every way, take up the offer, complain; send back, or fall silent. A desk answers what the work lists
 * show; some more do what chance may leave out. Then all is compared. Everything is asked over HTTP, with the clock moved by days.
 */
export async function play(world: World, { seed, customers, days, looksADay = 4 }: YearOptions) {
  const begun = performance.now()
  await stockUp(world)
  const lives = Array.from({ length: customers }, (_, n) =>
    live(world, n, { random: createRandom(seed * 1_000_003 + n), days }),
  )
  const played = await playDays(world, [...lives, ...certainLives(world, customers)], {
    most: days + TAIL_DAYS,
    looksADay,
    everyDay: () => workAtDesk(world),
    isOver: () => isAtRest(world),
  })
  await lookOnceMore(world)
  const verdict = await audit(world)
  const seconds = Math.round((performance.now() - begun) / 1_000)
  return { seed, customers, days: played, ...verdict, ...(await sizesOf(world)), seconds }
}
export type YearResult = Awaited<ReturnType<typeof play>>

/** A look leaves what another holds at that very moment, as the words of a request that is gone on with: the next, a minute later, has them. */
async function lookOnceMore({ clock, quiet }: World) {
  clock.advance('PT1M')
  await clock.looked()
  await quiet()
}

/** Whether nothing is wrong. */
export const isFaultless = (verdict: Verdict) => FIGURES.every((figure) => verdict[figure] === 0)

/** Whether no case waits for a decision or for money. */
async function isAtRest({ databases }: World) {
  const [open] = await databases.rows<{ count: number }>(
    'returns',
    `select count(*)::int from return_case where closed_at is null and awaits in ('payment', 'refund', 'assessment')`,
  )
  return open!.count === 0
}

async function sizesOf({ databases, refusals, carriers }: World) {
  const cases = await databases.rows<{ kind: string; count: number }>(
    'returns',
    'select kind, count(*)::int from return_case group by kind order by kind',
  )
  const [statements] = await databases.rows<{ count: number }>('returns', 'select count(*)::int from statement')
  const [told] = await databases.rows<{ agreements: number; overrides: number; labels: number }>(
    'returns',
    `select count(*) filter (where type = 'AgreementRecorded')::int as agreements,
       count(*) filter (where type = 'OverrideDecided')::int as overrides,
       count(*) filter (where type = 'ReturnLabelRequested')::int as labels from outbox`,
  )
  const [offered] = await databases.rows<{ offers: number; taken: number }>(
    'orders',
    'select count(*)::int as offers, count(used_by)::int as taken from price_offer',
  )
  const [refunds] = await databases.rows<{ count: number; sum: number }>(
    'orders',
    `select count(*)::int, coalesce(sum(amount), 0)::float8 as sum from ledger_entry where kind = 'refunded'`,
  )
  const orders = await databases.rows<{ status: string; count: number }>(
    'orders',
    'select status, count(*)::int from orders group by status order by status',
  )
  const requests = await databases.rows<{ kind: string; count: number }>(
    'privacy',
    'select kind, count(*)::int from request group by kind order by kind',
  )
  const erasures = await databases.rows<{ cause: string; count: number }>(
    'privacy',
    'select cause, sum(cardinality(records))::int as count from erasure group by cause order by cause',
  )
  return {
    requests: Object.fromEntries(requests.map(({ kind, count }) => [kind, count])),
    erasures: Object.fromEntries(erasures.map(({ cause, count }) => [cause, count])),
    ...(await sizesOfCarriers({ databases, carriers })),
    orders: Object.fromEntries(orders.map(({ status, count }) => [status, count])),
    cases: Object.fromEntries(cases.map(({ kind, count }) => [kind, count])),
    ...told!,
    offers: offered!.offers,
    offersTaken: offered!.taken,
    statements: statements!.count,
    refunds: refunds!.count,
    refused: refusals.count(),
  }
}
