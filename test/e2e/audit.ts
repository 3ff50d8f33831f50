import { column, differences, disagreements, type Pools } from '@vilkar/chaos/agreement.ts'
import type { KlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'
import { audit, type Consumer, type Finding, type Producer, quiet } from '@vilkar/messaging/audit/auditor.ts'
import { COUNT_UNITS, type Counted } from '@vilkar/orders/stock/audit.ts'

export type Books = {
  parties: { producers: Producer[]; consumers: Consumer[] }
  pools: Pools
  klarna: Pick<KlarnaSimulator, 'orders' | 'violations'>
  /** How many units of each SKU there were before the first order. */
  stocked: ReadonlyMap<string, number>
}

/**
 * The one audit of the house: what the messaging auditor finds in outboxes and inboxes, and whether what the services
 * know, what the shelves hold and what Klarna booked agree. [] when all is well. To be asked when the house is at rest.
 */
export async function auditHouse(books: Books): Promise<Finding[]> {
  const findings = await Promise.all([audit(books.parties), disagreements(books.pools), shelves(books), money(books)])
  return findings.flat()
}

/** True when nobody has anything left to do or to hear; asked twice around, since the one may cause the other. */
export async function atRest(books: Books) {
  const before = await told(books)
  return (await moneyRests(books)) && (await quiet(books.parties)) && (await told(books)) === before
}

const told = async ({ pools }: Books) =>
  (await Promise.all(Object.values(pools).map((pool) => column(pool, 'select count(*)::int from outbox')))).join()

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
