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

/** What is open in a service, and up to which number it has told. */
const OPEN = `select (select count(*) from outbox where pub_no is null)
  + (select count(*) from inbox where not applied and dead_at is null) as events,
  (select coalesce(max(pub_no), 0) from outbox) as told`
const OPEN_WITH_JOBS = `${OPEN}, (select count(*) from jobs.job
  where state in ('created', 'active') and start_after <= now() or state = 'retry') as jobs`
const HAVE_JOBS: readonly Service[] = ['orders', 'returns']

/** Waits until nothing is under way: no event that is not heard, no job. Throws with what there is when that takes too long. */
export function createQuiet({ rows }: Databases) {
  /** Up to which number of a teller's a hearer has applied all. */
  const heardUpTo = new Map<string, number>()

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

  async function openIn(service: Service) {
    const statement = HAVE_JOBS.includes(service) ? OPEN_WITH_JOBS : OPEN
    const [open] = await rows<{ events: string; told: string; jobs?: string }>(service, statement)
    const { events, told, jobs = 0 } = open!
    const behind = HEARD.filter(
      ([teller, hearer]) => teller === service && (heardUpTo.get(`${teller} → ${hearer}`) ?? 0) < Number(told),
    )
    return [
      [service, Number(events)],
      [`jobs of ${service}`, Number(jobs)],
      ...(await Promise.all(
        behind.map(async ([teller, hearer]) => [`${teller} → ${hearer}`, await unheard(teller, hearer)]),
      )),
    ]
  }

  const underWay = async () => (await Promise.all(SERVICES.map(openIn))).flat().filter(([, open]) => open !== 0)
  const toldInAll = async () =>
    JSON.stringify(await Promise.all(SERVICES.map((service) => rows(service, 'select count(*) from outbox'))))

  return async () => {
    for (const end = performance.now() + PATIENCE_MS; ; await pause(LOOK_EVERY_MS)) {
      // Services are asked one beside the other: what one tells after it was asked, of what another told before it was, shows in what was told.
      const toldBefore = await toldInAll()
      const open = await underWay()
      if (open.length === 0 && (await toldInAll()) === toldBefore) return
      if (performance.now() > end) throw new Error(`Under way for too long: ${JSON.stringify(open)}`)
    }
  }
}
