import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { ProviderName } from '@vilkar/payments/providers.ts'
import { type GoodsVerdict, judgeGoods } from './goods.ts'
import { createPeople, live, type People } from './people/people.ts'
import { type Asked, type DataVerdict, judgeData, letDaysPass } from './privacy/verdict.ts'
import { STANDSTILL_MS } from './provider.ts'
import { createRandom } from './random.ts'
import { type Stage, setStage } from './stage.ts'
import { judge, UNDER_WAY, type Verdict } from './verdict.ts'
import { letItBlow } from './weather.ts'

const AT_ONCE = 24
const QUIET_AFTER_MS = 2_000
const LOOK_EVERY_MS = 250
const CALM_LIMIT_MS = 180_000

export type StormOptions = { seed: number; orders: number; provider: ProviderName }
export type StormResult = StormOptions &
  Verdict &
  GoodsVerdict &
  DataVerdict & {
    /** How many shoppers asked to be erased while their order ran. */
    erased: number
    faultsInjected: number
    /** How often what a storm is there to try came about, by the name of its event. */
    happened: Record<string, number>
    restarts: number
    seconds: number
  }

/**
 * So many random orders against a simulated provider with every fault that leaves an outcome open, refusals and lost
 * calls, while the orders service is killed and started again and support tries again what was refused. Customers shop from
 * seven countries, cancel and withdraw from some units before and after they leave, and some authorisations run out early: who
 * does not pay again has what left claimed of them. Some payments are reviewed, and some money is moved by hand, which support
 * takes into the ledger in the end. Some shoppers ask to be erased, or to see what is held of them, at any moment of it. When all is
 * quiet the ledger is compared with the provider's books and with what the orders were told, and every unit with its money, and it is
 * searched for whoever was erased.
 */
export async function storm({ seed, orders, provider }: StormOptions): Promise<StormResult> {
  const begun = performance.now()
  const delay = monitorEventLoopDelay()
  delay.enable()
  const stage = await setStage(provider)
  const people = createPeople(stage)
  const support = people.attend()
  try {
    await people.stockUp()
    const weather = letItBlow(stage, createRandom(seed))
    const asked: Asked[] = []
    await inParallel(orders, async (n) => void (await shop(people, n, { seed, asked })))
    const { restarts } = await weather.calm()
    await people.compareBooks()
    await quiet(stage, people.windUp)
    const verdict = { ...(await judge(stage)), ...(await judgeGoods(stage)) }
    await letDaysPass(stage)
    const data = await judgeData(stage, asked)
    const standstill = delay.max / 1e6
    if (standstill > STANDSTILL_MS)
      console.error(`The machine was too busy: the simulator stood still for ${Math.round(standstill)} ms.`)
    const seconds = Math.round((performance.now() - begun) / 100) / 10
    const happened = await countEvents(stage)
    const faultsInjected = stage.simulator.faultsStruck()
    return {
      seed,
      orders,
      provider,
      ...verdict,
      ...data,
      erased: asked.length,
      faultsInjected,
      happened,
      restarts,
      seconds,
    }
  } finally {
    await support.stop()
    await stage.stop()
  }
}

/** Someone's order, and at the same time what they ask about their data: who asks changes nothing of what others do. */
async function shop(people: People, n: number, { seed, asked }: { seed: number; asked: Asked[] }) {
  let orderId: string | undefined
  const buy: People['buy'] = async (...given) => {
    const order = await people.buy(...given)
    orderId = order.id
    return order
  }
  const [name, email] = [`Customer ${n}`, `customer-${n}@example.com`]
  const [isErased] = await Promise.all([
    people.askOfData(n, email, createRandom(seed * 7_000_003 + n)),
    live({ ...people, buy }, n, createRandom(seed * 1_000_003 + n)),
  ])
  if (isErased) asked.push({ name, email, orderId: orderId! })
}

/** Whether money was lost or moved twice, goods and money parted company, anything came to no end, or data are left of who was erased. */
export const isFaultless = (result: Verdict & GoodsVerdict & DataVerdict) =>
  [
    result.doubleCaptures,
    result.doubleRefunds,
    result.overCaptures,
    result.overRefunds,
    result.ledgerMismatches,
    result.stuck,
    result.unpayable,
    result.stockAstray,
    result.unitsAstray,
    result.unpaidGoods,
    result.heldThoughGone,
    result.unanswered,
    result.openReturns,
    result.personalDataLeft,
    result.requestsUnanswered,
    result.booksBroken,
  ].every((count) => count === 0)

const TRIED = [
  'OrderCancelled',
  'StopConcluded',
  'AuthorisationExpired',
  'PaymentReauthorised',
  'PaymentClaimed',
  'PaymentRefunded',
]

async function countEvents({ books }: Stage) {
  const { rows } = await books.query<{ type: string; count: number }>(
    'select type, count(*)::int as count from outbox where type = any($1) group by type',
    [TRIED],
  )
  return Object.fromEntries(TRIED.map((name) => [name, rows.find(({ type }) => type === name)?.count ?? 0]))
}

async function inParallel(count: number, work: (n: number) => Promise<void>) {
  let next = 0
  const hand = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, hand))
}

/**
 * Waits until no money operation, job or event is under way, nobody has anything left to do, and it has been so for a while; or
 * for as long as the limit. `windUp` has people do what is left, and tells whether there was anything.
 */
async function quiet({ books }: Stage, windUp: () => Promise<boolean>) {
  const end = performance.now() + CALM_LIMIT_MS
  let quietSince = performance.now()
  while (performance.now() < end) {
    const { rows } = await books.query<{ open: number }>(`
      select (select count(*) from money_operation where ${UNDER_WAY})
           + (select count(*) from jobs.job where state in ('created', 'retry', 'active') and name <> 'send-mail')
           + (select count(*) from outbox where pub_no is null) as open`)
    if ((await windUp()) || Number(rows[0]!.open) > 0) quietSince = performance.now()
    if (performance.now() - quietSince > QUIET_AFTER_MS) return
    await pause(LOOK_EVERY_MS)
  }
}
