import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import { byName, gathering } from '@vilkar/messaging/gather.ts'
import { updateRows } from '@vilkar/server/update-rows.ts'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps, Trx } from '../deps.ts'
import { delayCheckAt } from './additional-period.ts'
import { pendingChange } from './address.ts'
import { lateSince } from './delay.ts'
import { order } from './order.ts'
import { awaitsNewPayment } from './payment.ts'
import { reservedUntil } from './reservation.ts'
import type { Order, OrderCommand, Personal, PlacedOrder, StoredOrder } from './state.ts'
import { isAllGone, isPending } from './units.ts'

const columns = ['id', 'version', 'state', 'personal'] as const

const ordersOf = (db: Kysely<Database>, ids: string[]) =>
  db.selectFrom('orders').select(columns).where('id', '=', sql<string>`any(${ids}::uuid[])`)

/** The order as it is now; undefined when there is none. */
export const orderById = gathering(async (db: Kysely<Database>, ids: string[]) =>
  byName(ids, await ordersOf(db, ids).execute(), ({ id }) => id),
)

/** The order as it is now. Throws when there is none. */
export async function readOrder(db: Kysely<Database>, orderId: string): Promise<StoredOrder> {
  const found = await orderById(db, orderId)
  if (found === undefined) throw new Error(`There is no order ${orderId}.`)
  return found
}

/** The order, locked until the transaction ends; undefined when there is none. */
export const lockOrder = gathering(async (trx: Trx, ids: string[]) =>
  // Sorted, so that nobody waits in a circle.
  byName(ids, await ordersOf(trx, ids).orderBy('id').forUpdate().execute(), ({ id }) => id),
)

/** How soon after placing the payment is first checked, whether a notification came or not. */
const FIRST_PAYMENT_CHECK_AFTER = 'PT2M'

/** When the payment of an order is checked first: two minutes after placing, or when a deadline comes before that. */
export const firstPaymentCheckAt = (state: PlacedOrder) =>
  beforeDeadlines(Temporal.Instant.from(state.placed.placedAt).add(FIRST_PAYMENT_CHECK_AFTER), state)

/** That moment, or the end of the reservation or the deadline for paying when one is still to come and comes first. */
export function beforeDeadlines(at: Temporal.Instant, state: PlacedOrder, now?: Temporal.Instant) {
  const until = reservedUntil(state)
  const toCome = until !== undefined && (now === undefined || Temporal.Instant.compare(now, until) < 0) ? [until] : []
  return [...toCome, state.placed.paymentDueAt].reduce(
    (first, due) => (Temporal.Instant.compare(first, due) < 0 ? first : due),
    at.toString(),
  )
}

/**
 * When the watcher has the payment checked next. `check-payment` moves the time from then on. While a new payment is
 * awaited after an expiry it is checked all along; null: not until something else happens.
 */
function paymentCheckDueAt(state: PlacedOrder, at: string) {
  if (state.status === 'awaiting-payment') return firstPaymentCheckAt(state)
  return awaitsNewPayment(state) ? at : null
}

/** Since when shipping owes an answer; null when it does not. Of an earlier release's request the moment is not known. */
function answerAwaitedSince(state: PlacedOrder, at: string) {
  const { stops, cancellation } = state
  const [first] = [...stops.filter(isPending), pendingChange(state) ?? []]
    .flat()
    .toSorted((a, b) => Temporal.Instant.compare(a.requestedAt, b.requestedAt))
  return first?.requestedAt ?? (cancellation && cancellation.requestId === undefined ? at : null)
}

/** When the watcher has the payment checked next; null: not until something else happens. Only while the order has `status`. */
export async function schedulePaymentCheck(
  db: Kysely<Database>,
  orderId: string,
  at: Temporal.Instant | null,
  { status }: { status?: PlacedOrder['status'] } = {},
) {
  await schedule(db, { orderId, at: at?.toString() ?? null, status: status ?? null })
}

type Scheduled = { orderId: string; at: string | null; status: string | null }
const schedule = gathering(async (db: Kysely<Database>, asked: Scheduled[]) => {
  const ids = asked.map(({ orderId }) => orderId)
  // The keys are named once more so that orders are found by them, whatever plan was made when they were few.
  await sql`
    update orders set payment_check_due_at = asked.at
    from unnest(${ids}::uuid[], ${asked.map(({ at }) => at)}::timestamptz[],
      ${asked.map(({ status }) => status)}::text[]) asked (id, at, status)
    where orders.id = asked.id and orders.id = any(${ids}::uuid[])
      and orders.status = coalesce(asked.status, orders.status)`.execute(db)
  return []
})

/** The ids of orders whose payment is to be checked by `now`, at most `limit`; each is due again at `next` unless told otherwise. */
export async function takeDuePaymentChecks(trx: Trx, now: Temporal.Instant, next: Temporal.Instant, limit: number) {
  const due = await trx
    .updateTable('orders')
    .set({ payment_check_due_at: next.toString() })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('orders')
        .select('id')
        .where('payment_check_due_at', '<=', now.toString())
        .orderBy('payment_check_due_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning('id')
    .execute()
  return due.map(({ id }) => id)
}

/** What is known of the customer after an event. */
function personalWith(personal: Personal, { type, data }: OrderEvent): Personal {
  switch (type) {
    case 'OrderPlaced':
      return data.personal
    case 'EmailCorrected':
      return { ...personal, email: data.personal.email }
    case 'AddressChangeRequested':
      return { ...personal, addressChange: data.personal.to }
    case 'AddressChangeConcluded': {
      const { addressChange, ...rest } = personal
      if (!data.changed || addressChange === undefined) return rest
      const addressesBefore = { ...rest.addressesBefore, [data.requestId]: rest.shippingAddress }
      return { ...rest, shippingAddress: addressChange, ...(data.left.length > 0 && { addressesBefore }) }
    }
    default:
      return personal
  }
}

/** The ids of orders whose promised day of delivery has passed by `now`, at most `limit`. */
export const delayed = (db: Kysely<Database>, now: Temporal.Instant, limit: number) =>
  db
    .selectFrom('orders')
    .select('id')
    .where('delay_check_at', '<=', now.toString())
    .orderBy('delay_check_at')
    .limit(limit)
    .execute()

/** Has the row say again when the customer is to be told of a delay, and since when it is late: it may be of before that was kept. */
export const scheduleDelayCheck = (trx: Trx, { id, state }: StoredOrder) =>
  trx
    .updateTable('orders')
    .set({ delay_check_at: delayCheckAt(state), late_since: dayLateSince(state) })
    .where('id', '=', id)
    .execute()

const rowOf = ({ id, version, state, personal }: StoredOrder, at: string) => ({
  ...{ id, version, status: state.status, state: JSON.stringify(state), personal: JSON.stringify(personal) },
  payment_check_due_at: paymentCheckDueAt(state, at),
  reserved_until: reservedUntil(state) ?? null,
  answer_awaited_since: answerAwaitedSince(state, at),
  all_gone_since: isAllGone(state) ? at : null,
  delay_check_at: delayCheckAt(state),
  late_since: dayLateSince(state),
})

const dayLateSince = (state: PlacedOrder) => lateSince(state)?.lastDay.toString() ?? null

const WRITTEN = {
  ...{ version: 'int', status: 'text', state: 'jsonb', personal: 'jsonb', payment_check_due_at: 'timestamptz' },
  ...{ reserved_until: 'timestamptz', answer_awaited_since: 'timestamptz', all_gone_since: 'timestamptz' },
  ...{ delay_check_at: 'timestamptz', late_since: 'date' },
}
const save = gathering(async (trx: Trx, rows: ReturnType<typeof rowOf>[]) => {
  await updateRows(trx as never, 'orders', WRITTEN, rows, 'id')
  return []
})

/** The only way an order changes once it is placed; placing is `place-orders.ts`, which does the same for many at once. */
export const handle = createCommandHandler<Database, Order, PlacedOrder, OrderCommand, OrderEvent, Personal, Deps>({
  service: 'orders',
  decider: order,
  idOf: ({ data }) => data.orderId,
  load: lockOrder,
  personalAfter: (before, events) => events.reduce(personalWith, before!),
  save: (trx, stored, at) => save(trx, rowOf(stored, at)),
  followUps: (trx, change, deps) => deps.planFollowUps(trx, deps, change),
})
