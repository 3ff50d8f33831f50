import { setTimeout as pause } from 'node:timers/promises'
import { type Databases, SERVICES, type Service } from './databases.ts'

const LOOK_EVERY_MS = 15
/** So long something may be under way before it is said what. */
const PATIENCE_MS = 120_000

/** Who hears whom. */
const HEARD = [
  ['orders', 'shipping'],
  ['orders', 'returns'],
  ['shipping', 'orders'],
  ['shipping', 'returns'],
  ['returns', 'orders'],
  ['returns', 'shipping'],
  ['orders', 'privacy'],
  ['shipping', 'privacy'],
  ['returns', 'privacy'],
  ['privacy', 'orders'],
  ['privacy', 'shipping'],
  ['privacy', 'returns'],
] as const satisfies readonly (readonly [teller: Service, hearer: Service])[]

const EVENTS = `select (select count(*) from outbox where pub_no is null)
  + (select count(*) from inbox where not applied and dead_at is null) as open`
const JOBS = `select count(*) as open from jobs.job where state in ('created', 'active') and start_after <= now() or state = 'retry'`

/** Waits until nothing is under way: no event that is not heard, no job. Throws with what there is when that takes too long. */
export function createQuiet({ rows }: Databases) {
  /** Up to which number of a teller's a hearer has applied all. */
  const heardUpTo = new Map<string, number>()

  const count = async (service: Service, statement: string) =>
    Number((await rows<{ open: string }>(service, statement))[0]!.open)

  async function unheard(teller: Service, hearer: Service) {
    const pair = `${teller} → ${hearer}`
    const told = await rows<{ event_id: string; pub_no: string }>(
      teller,
      'select event_id, pub_no from outbox where pub_no > $1 order by pub_no',
      [heardUpTo.get(pair) ?? 0],
    )
    if (told.length === 0) return 0
    const [heard] = await rows<{ count: number }>(
      hearer,
      'select count(*)::int from inbox where producer = $1 and event_id = any($2) and applied',
      [teller, told.map(({ event_id }) => event_id)],
    )
    if (heard!.count === told.length) heardUpTo.set(pair, Number(told.at(-1)!.pub_no))
    return told.length - heard!.count
  }

  async function underWay() {
    const found = await Promise.all([
      ...SERVICES.map(async (service) => [service, await count(service, EVENTS)]),
      ...(['orders', 'returns'] as const).map(async (service) => [`jobs of ${service}`, await count(service, JOBS)]),
      ...HEARD.map(async ([teller, hearer]) => [`${teller} → ${hearer}`, await unheard(teller, hearer)]),
    ])
    return found.filter(([, open]) => open !== 0)
  }

  return async () => {
    for (const end = performance.now() + PATIENCE_MS; ; await pause(LOOK_EVERY_MS)) {
      const open = await underWay()
      if (open.length === 0) return
      if (performance.now() > end) throw new Error(`Under way for too long: ${JSON.stringify(open)}`)
    }
  }
}
