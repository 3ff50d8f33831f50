import type { Envelope, ServiceName } from '@vilkar/contracts/event.ts'
import { gathering } from '@vilkar/messaging/gather.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'

/** All that touches the table `order_event`: that something was told of an order, by whom and when. */

/** What privacy tells is about data of many orders, and never of one. */
type Teller = Exclude<ServiceName, 'privacy'>
/** Something that a service told of an order; `at` is RFC 3339, `subject` the order, shipment or case that it happened to. */
export type TimelineEntry = { at: string; service: Teller; type: string; subject: string }

const trackingOf = ({ trackingNumber }: Envelope['data']) =>
  typeof trackingNumber === 'string' ? trackingNumber : null

const keepEvents = gathering(async (trx: Transaction<Database>, envelopes: Envelope[]) => {
  const rows = envelopes.map(({ id, subject, time, type, source, data }) => ({
    ...{ order_id: String(data.orderId), event_id: id, service: source.split('/').at(-1)!, type },
    ...{ subject, happened_at: time, tracking_number: trackingOf(data) },
  }))
  await trx
    .insertInto('order_event')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return envelopes.map(() => undefined)
})

/** Keeps that an event about an order was told. An event about no order passes. */
export async function keepEvent(trx: Transaction<Database>, envelope: Envelope) {
  if (typeof envelope.data.orderId === 'string') await keepEvents(trx, envelope)
}

/** Keeps that this service told something about an order that is no event of one of its cases; `id` is that of what it happened to. */
export async function keepTold(
  trx: Transaction<Database>,
  { orderId, id, type, subject, at }: { orderId: string; id: string; type: string; subject: string; at: string },
) {
  await trx
    .insertInto('order_event')
    .values({
      ...{ order_id: orderId, event_id: id, service: 'returns', type, subject, happened_at: at, tracking_number: null },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What the other services told of an order, and this one outside its cases, by the moment at which it happened. */
export const eventsHeard = (db: Kysely<Database>, orderId: string): Promise<TimelineEntry[]> =>
  db
    .selectFrom('order_event')
    .select([
      sql<string>`to_char(happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`.as('at'),
      sql<Teller>`service`.as('service'),
      ...(['type', 'subject'] as const),
    ])
    .where('order_id', '=', orderId)
    .orderBy('happened_at')
    .orderBy('event_id')
    .execute()
