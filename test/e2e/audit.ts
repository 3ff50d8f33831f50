import type { ServiceName } from '@vilkar/contracts/event.ts'
import type { KlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'
import { audit, type Consumer, type Finding, type Producer, quiet } from '@vilkar/messaging/audit/auditor.ts'
import { COUNT_UNITS, type Counted } from '@vilkar/orders/stock/audit.ts'
import type { createPool } from '@vilkar/server/postgres.ts'

export type Books = {
  parties: { producers: Producer[]; consumers: Consumer[] }
  pools: Record<ServiceName, ReturnType<typeof createPool>>
  klarna: Pick<KlarnaSimulator, 'orders' | 'violations'>
  /** How many units of each SKU there were before the first order. */
  stocked: ReadonlyMap<string, number>
}
type Pool = Books['pools'][ServiceName]

/** What has versions, by service: each event is of one of these. */
const THINGS = {
  orders: 'select id, version from orders',
  shipping: 'select id, version from shipment union all select order_id, version from stops',
  returns: 'select id, version from "return"',
} satisfies Record<ServiceName, string>

/**
 * The one audit of the house: what the messaging auditor finds in outboxes and inboxes, and whether what the services
 * know, what the shelves hold and what Klarna booked agree. [] when all is well. To be asked when the house is at rest.
 */
export async function auditHouse(books: Books): Promise<Finding[]> {
  const services = Object.keys(THINGS) as ServiceName[]
  const findings = await Promise.all([
    audit(books.parties),
    ...services.map((service) => versions(service, books.pools[service])),
    known(books),
    shelves(books),
    money(books),
  ])
  return findings.flat()
}

/** True when nobody has anything left to do or to hear; asked twice around, since the one may cause the other. */
export async function atRest(books: Books) {
  const before = await told(books)
  return (await moneyRests(books)) && (await quiet(books.parties)) && (await told(books)) === before
}

const told = async ({ pools }: Books) =>
  (await Promise.all(Object.values(pools).map((pool) => column(pool, 'select count(*)::int from outbox')))).join()

/** Every thing has as many events as its version says, and no event is of a thing that there is not. */
async function versions(service: ServiceName, pool: Pool): Promise<Finding[]> {
  const { rows } = await pool.query(`
    select coalesce(thing.id, events.id) as id, thing.version, events.count from (${THINGS[service]}) thing
    full join (select aggregate_id as id, count(*)::int from outbox group by 1) events on events.id = thing.id
    where thing.version is distinct from events.count`)
  return rows.map((details) => ({ check: 'a thing contradicts its events', service, details }))
}

/** Shipping and returns know every placed order, and each contract has its shipment, once each. */
async function known({ pools: { orders, shipping, returns } }: Books): Promise<Finding[]> {
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
    ...differences(
      'a contract has not one shipment',
      'shipping',
      formed,
      await column(shipping, 'select order_id from shipment'),
    ),
  ]
}

/**
 * What is free to sell and what orders have, sent or not, is what there was at first and what was added since: units that were
 * stopped, and those of orders that nobody paid, are free.
 */
async function shelves({ pools, stocked }: Books): Promise<Finding[]> {
  const { rows } = await pools.orders.query<Counted>(COUNT_UNITS)
  return rows
    .filter(({ sku, stock, kept, opened, changed }) => stock + kept !== changed || opened !== stocked.get(sku))
    .map((details) => ({ check: 'the stock does not add up', service: 'orders', details }))
}

type Paid = { payment: string; authorised: number; captured: number; refunded: number; shipments: number }

const PAID = `
  select state -> 'payment' ->> 'paymentId' as payment, (state -> 'payment' -> 'amount')::int as authorised,
    (state -> 'captured')::int as captured, (state -> 'refunded')::int as refunded,
    jsonb_array_length(state -> 'shipments') as shipments
  from orders where state -> 'payment' is not null`

/** Klarna booked what the orders say, took no shipment's money twice, and has nothing to object. */
async function money({ pools, klarna }: Books): Promise<Finding[]> {
  const report = (check: string) => (details: Finding['details']) => ({ check, service: 'orders' as const, details })
  const { rows } = await pools.orders.query<Paid>(PAID)
  const booked = new Map(klarna.orders().map((order) => [order.order_id, order]))
  const differing = rows.filter(({ payment, authorised, captured, refunded }) => {
    const { order_amount, captured_amount, refunded_amount } = booked.get(payment) ?? {}
    return order_amount !== authorised || captured_amount !== captured || refunded_amount !== refunded
  })
  const twice = rows.filter(({ payment, shipments }) => (booked.get(payment)?.captures.length ?? 0) > shipments)
  const paid = rows.map(({ payment }) => payment)
  return [
    ...klarna.violations().map((violation) => report('Klarna objects')({ violation })),
    ...differing.map(report('Klarna booked something else')),
    ...twice.map(report('a shipment was captured twice')),
    ...differences('a payment has not one order', 'orders', [...booked.keys()], paid),
  ]
}

/** No payment is on its way into the house, and none of our requests on its way out of it. */
async function moneyRests({ pools, klarna }: Books) {
  const busy = await column(
    pools.orders,
    `select id from orders where status in ('awaiting-confirmation', 'cancelling')
     union all select id from money_operation where status in ('planned', 'waiting-for-capture', 'sent')`,
  )
  return busy.length === 0 && (await pools.orders.query(PAID)).rowCount === klarna.orders().length
}

/** Ids that are not exactly once on both sides. */
function differences(check: string, service: ServiceName, left: string[], right: string[]): Finding[] {
  const balance = new Map<string, { left: number; right: number }>()
  const entry = (id: string) => balance.getOrInsertComputed(id, () => ({ left: 0, right: 0 }))
  for (const id of left) entry(id).left += 1
  for (const id of right) entry(id).right += 1
  return [...balance]
    .filter(([, counts]) => counts.left !== 1 || counts.right !== 1)
    .map(([id, counts]) => ({ check, service, details: { id, ...counts } }))
}

async function column(pool: Pool, text: string): Promise<string[]> {
  const { rows } = await pool.query({ text, rowMode: 'array' })
  return rows.map(([value]) => String(value))
}
