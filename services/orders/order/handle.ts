import type { EmailCorrected, OrderEvent, OrderPlaced } from '@vilkar/contracts/orders.ts'
import { createHand, type Stored } from '@vilkar/decider/command-handler.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps, Trx } from '../deps.ts'
import { runErrands } from '../follow-ups.ts'
import { type Order, type OrderCommand, order, type PlacedOrder } from './order.ts'
import { awaitsNewPayment } from './payment.ts'
import type { Personal } from './personal.ts'

export type StoredOrder = Stored<PlacedOrder, Personal>

const columns = ['id', 'version', 'state', 'personal'] as const

/** The order as it is now. Throws when there is none. */
export const readOrder = (db: Kysely<Database>, orderId: string): Promise<StoredOrder> =>
  db.selectFrom('orders').select(columns).where('id', '=', orderId).executeTakeFirstOrThrow()

/** The order, locked until the transaction ends; undefined when there is none. */
export const lockOrder = (trx: Trx, orderId: string): Promise<StoredOrder | undefined> =>
  trx.selectFrom('orders').select(columns).where('id', '=', orderId).forUpdate().executeTakeFirst()

/** When its payment is to be looked at unasked: soon, and from then on by `check-payment`; all along while a new one is waited for. */
function wakeAt(state: PlacedOrder, at: string) {
  if (state.status === 'awaiting-payment') return firstLookAt(state.placed)
  return awaitsNewPayment(state) ? at : null
}

/** How soon after an order was placed its payment is looked for, told of or not; never later than the deadline for paying. */
const FIRST_LOOK_AFTER = 'PT2M'

export const firstLookAt = (placed: { placedAt: string; paymentDueAt: string }) =>
  untilDue(Temporal.Instant.from(placed.placedAt).add(FIRST_LOOK_AFTER), placed)

/** That moment, or the deadline for paying when that comes first. */
export const untilDue = (at: Temporal.Instant, { paymentDueAt }: { paymentDueAt: string }) =>
  Temporal.Instant.compare(at, paymentDueAt) < 0 ? at.toString() : paymentDueAt

/** The only way an order changes once it is placed; placing is `place-orders.ts`, which does the same for many at once. */
export const handle = createHand<Database, Order, PlacedOrder, OrderCommand, OrderEvent, Personal, Pick<Deps, 'jobs'>>({
  service: 'orders',
  decider: order,
  idOf: ({ data }) => data.orderId,
  load: lockOrder,
  personalAfter(before, events) {
    const placed = events.find((event): event is OrderPlaced => event.type === 'OrderPlaced')
    const corrected = events.findLast((event): event is EmailCorrected => event.type === 'EmailCorrected')
    return { ...before, ...placed?.data.personal, ...corrected?.data.personal } as Personal
  },
  async save(trx, stored, events, at, deps) {
    const { id, version, state, personal } = stored
    await trx
      .updateTable('orders')
      .set({
        version,
        status: state.status,
        state: JSON.stringify(state),
        personal: JSON.stringify(personal),
        wake_at: wakeAt(state, at),
      })
      .where('id', '=', id)
      .execute()
    await runErrands(trx, deps, stored, events, at)
  },
})
