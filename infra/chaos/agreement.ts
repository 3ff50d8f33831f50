import type { ServiceName } from '@vilkar/contracts/event.ts'
import type { Finding } from '@vilkar/messaging/audit/auditor.ts'
import type { createPool } from '@vilkar/server/postgres.ts'

export type Pools = Record<ServiceName, ReturnType<typeof createPool>>
type Pool = Pools[ServiceName]

/** What has versions, by service: each event is of one of these. A version of 0 is what nothing was told of yet. */
const THINGS = {
  orders: ['select id, version from orders'],
  shipping: [
    'select id, version from shipment',
    'select order_id, version from stops',
    ...['return_parcel', 'inbound_parcel'].map((table) => `select id, version from ${table} where version > 0`),
    'select id, 1 from recall_notice',
  ],
  returns: [
    ...['"return"', 'voluntary_return', 'complaint', 'loss', 'agreement', 'payout', 'override', 'exchange'].map(
      (table) => `select id, version from ${table}`,
    ),
    'select id, 1 from return_label',
  ],
  privacy: [`select id, 1 as version from erasure where system in ('shop', 'shop-cases')`],
} satisfies Record<ServiceName, string[]>

/** Where what services know of themselves and of each other's orders does not agree, once all is at rest. */
export async function disagreements(pools: Pools): Promise<Finding[]> {
  const services = Object.keys(THINGS) as ServiceName[]
  const findings = await Promise.all([...services.map((service) => versions(service, pools[service])), known(pools)])
  return findings.flat()
}

/**
 * Every thing has as many events as its version says, and no event is of a thing that there is not: but for answers about an erasure, which is
 * another's, and for what was written of an erased order, which is told once and by nothing else.
 */
async function versions(service: ServiceName, pool: Pool): Promise<Finding[]> {
  const { rows } = await pool.query(`
    select coalesce(thing.id, events.id) as id, thing.version, events.count from (${THINGS[service].join(' union all ')}) thing
    full join (select aggregate_id as id, count(*)::int from outbox where type not like all ('{%DataErased,%WrittenSince}') group by 1) events on events.id = thing.id
    where thing.version is distinct from events.count`)
  return rows.map((details) => ({ check: 'a thing contradicts its events', service, details }))
}

/** Shipping and returns know every placed order, and each contract has its shipment, once each. */
async function known({ orders, shipping, returns }: Pools): Promise<Finding[]> {
  const placed = await column(orders, 'select id from orders')
  const formed = await column(orders, `select distinct aggregate_id from outbox where type = 'ContractFormed'`)
  const shipped = await column(shipping, 'select order_id from order_to_ship')
  return [
    ...differences('an order is not known once', 'shipping', placed, shipped),
    ...differences(
      'an order is not known once',
      'returns',
      placed,
      await column(returns, `select order_id from order_facts where facts ? 'placedAt'`),
    ),
    // What stays behind when a part is sent is a shipment of its own.
    ...differences(
      'a contract has no shipment',
      'shipping',
      formed,
      await column(shipping, 'select distinct order_id from shipment'),
    ),
  ]
}

/** Ids that are not exactly once on both sides. */
export function differences(check: string, service: ServiceName, left: string[], right: string[]): Finding[] {
  const balance = new Map<string, { left: number; right: number }>()
  const entry = (id: string) => balance.getOrInsertComputed(id, () => ({ left: 0, right: 0 }))
  for (const id of left) entry(id).left += 1
  for (const id of right) entry(id).right += 1
  return [...balance]
    .filter(([, counts]) => counts.left !== 1 || counts.right !== 1)
    .map(([id, counts]) => ({ check, service, details: { id, ...counts } }))
}

/** The values of a statement with one column. */
export async function column(pool: Pool, text: string): Promise<string[]> {
  const { rows } = await pool.query({ text, rowMode: 'array' })
  return rows.map(([value]) => String(value))
}
