import type { ServiceName } from '@vilkar/contracts/event.ts'
import { audit, type Finding } from '@vilkar/messaging/audit/auditor.ts'
import { judgeGoods } from '@vilkar/storm/goods.ts'
import { judge } from '@vilkar/storm/verdict.ts'
import { disagreements } from './agreement.ts'
import type { Happened } from './faults.ts'
import type { House } from './house.ts'
import { auditMails } from './mails.ts'
import type { Open } from './rest.ts'
import type { Acknowledged } from './witness.ts'

/** The figures of an audit: `docs/chaos.md` says what counts as which. */
export type Figure = 'lost' | 'doubled' | 'outOfOrder' | 'hung'
export type Counted = Finding & { figure: Figure }

/** As what a finding of the messaging auditor, or of what services know of each other, counts. */
const FIGURE_OF: Record<string, Figure> = {
  'an aggregate has a gap in its versions': 'lost',
  'an event has no number': 'lost',
  'the numbers have a gap': 'lost',
  'an event is not published': 'hung',
  'numbers contradict versions': 'outOfOrder',
  'an event waits': 'hung',
  'an event is a dead letter': 'hung',
  'a head contradicts what was applied': 'outOfOrder',
  'an event was never heard': 'lost',
  'an event was heard differently from how it was told': 'lost',
  'an event was heard that nobody told': 'doubled',
  'a thing contradicts its events': 'lost',
  'an order is not known once': 'lost',
  'a contract has no shipment': 'lost',
}

export type AuditOptions = { happened: readonly Happened[]; open: readonly Open[] }

/**
 * Audits a house at rest, by plain SQL over all its databases, by the mails that arrived, by the provider's books and by what
 * people were told. `open` is what never came to rest. [] when all is well.
 */
export async function auditHouse(house: House, { happened, open }: AuditOptions): Promise<Counted[]> {
  const counted = (figure: Figure, findings: Finding[]) => findings.map((finding) => ({ ...finding, figure }))
  const messaging = [...(await audit(house.parties)), ...(await disagreements(house.pools))]
  return [
    ...messaging.map((finding) => ({ ...finding, figure: FIGURE_OF[finding.check]! })),
    ...counted('lost', await promisesBroken(house)),
    ...counted('doubled', await placedTwice(house)),
    ...counted('outOfOrder', await appliedOutOfOrder(house)),
    ...(await auditMails(house, happened)),
    ...(await auditMoneyAndGoods(house)),
    ...counted('hung', open.map(neverEnded)),
    ...counted('hung', unanswered(house)),
  ]
}

/** How many findings there are of each figure. */
export const figuresOf = (found: readonly Counted[]) => {
  const count = (figure: Figure) => found.filter((each) => each.figure === figure).length
  return { lost: count('lost'), doubled: count('doubled'), outOfOrder: count('outOfOrder'), hung: count('hung') }
}

const neverEnded = ({ what, service, details }: Open): Finding => ({
  check: `${what}: never came to its end`,
  service,
  details: { ...details },
})

const unanswered = ({ witness }: House): Finding[] =>
  witness.unanswered().map((request) => ({
    ...{ check: 'a request was never answered', service: 'orders' },
    details: { request },
  }))

/** What somebody was answered to have happened, and no event tells. */
async function promisesBroken({ witness, pools }: House): Promise<Finding[]> {
  const broken = async (service: ServiceName, promised: readonly Acknowledged[]): Promise<Finding[]> => {
    const { rows } = await pools[service].query<{ aggregate_id: string; types: string[] }>(
      'select aggregate_id, array_agg(distinct type) as types from outbox group by 1',
    )
    const told = new Map(rows.map((row) => [row.aggregate_id, row.types]))
    const answered = await answeredStatements(pools.returns)
    const kept = ({ aggregateId, types }: Acknowledged) =>
      types.length === 0 ? answered.has(aggregateId) : types.some((type) => told.get(aggregateId)?.includes(type))
    return promised
      .filter((each) => !kept(each))
      .map((details) => ({ check: 'what was acknowledged did not happen', service, details }))
  }
  const all = Map.groupBy(witness.acknowledged(), ({ service }) => service)
  return (await Promise.all([...all].map(([service, promised]) => broken(service, promised)))).flat()
}

/** The statements that are kept and came to something. */
async function answeredStatements(returns: House['pools']['returns']) {
  const { rows } = await returns.query<{ id: string }>(
    `select statement_id as id from statement_answer where status <> 'pending'`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Every customer of the load buys once, under one key, however often they ask. */
async function placedTwice({ pools }: House): Promise<Finding[]> {
  const { rows } = await pools.orders.query(
    `select personal ->> 'email' as customer, count(*)::int as orders from orders group by 1 having count(*) > 1`,
  )
  return rows.map((details) => ({ check: 'an order was placed twice', service: 'orders', details }))
}

/**
 * Whether each consumer committed the effects of one aggregate's events in the order of their versions. PostgreSQL itself tells
 * when the transaction committed that marked an event as applied (`track_commit_timestamp`).
 */
async function appliedOutOfOrder({ pools }: House): Promise<Finding[]> {
  const found = (Object.keys(pools) as ServiceName[]).map(async (service) => {
    const { rows } = await pools[service].query(`
      select producer, aggregate_id, aggregate_version from (
        select producer, aggregate_id, aggregate_version, at, lag(at) over aggregate as before from (
          select producer, aggregate_id, aggregate_version, pg_xact_commit_timestamp(xmin) as at from inbox where applied) told
        window aggregate as (partition by producer, aggregate_id order by aggregate_version)) ordered
      where at < before`)
    return rows.map((details): Finding => ({ check: 'an event was applied before an earlier one', service, details }))
  })
  return (await Promise.all(found)).flat()
}

/** What the storm's audits count, by figure. Goods that never came back are nobody's fault here. */
async function auditMoneyAndGoods({ pools, simulator }: House): Promise<Counted[]> {
  const money = await judge({ books: pools.orders, simulator })
  const goods = await judgeGoods({ books: pools.orders, goods: pools })
  const figures: Record<Figure, Record<string, number>> = {
    lost: {
      'the ledger is not what the provider says': money.ledgerMismatches,
      'nobody could pay an order': money.unpayable,
      'the stock does not add up': money.stockAstray,
      'units are not where services say': goods.unitsAstray,
    },
    doubled: {
      'money was taken twice': money.doubleCaptures + money.overCaptures,
      'money was paid back twice': money.doubleRefunds + money.overRefunds,
    },
    outOfOrder: {},
    hung: {
      'goods left and are not paid': goods.unpaidGoods,
      'money is held though all has left': goods.heldThoughGone,
      'another service was asked and has not answered': goods.unanswered,
    },
  }
  return Object.entries(figures).flatMap(([figure, checks]) =>
    Object.entries(checks)
      .filter(([, times]) => times > 0)
      .map(([check, times]) => ({
        ...{ check, service: 'orders' as const, figure: figure as Figure },
        details: { times },
      })),
  )
}
