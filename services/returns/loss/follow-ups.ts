import type { LossEvent } from '@vilkar/contracts/returns.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { apply } from '../order-facts/projection.ts'
import { updateOrder } from '../order-facts/store.ts'
import type { LossTold } from './mails/compose.ts'
import type { StoredLoss } from './store.ts'

/** What is known of the order changes, and the customer is told what comes back, unless all of it came back before. */
export async function planFollowUps(
  trx: Transaction<Database>,
  { stored, events, at }: { stored: StoredLoss; events: LossEvent[]; at: string },
  { jobs }: Pick<Deps, 'jobs'>,
) {
  const { personal } = await updateOrder(trx, stored.state.orderId, (order) => events.reduce(apply, order))
  for (const { type, data } of events) {
    if (type !== 'RefundDecided' || data.amount === 0) continue
    const { lines, deliveryAmount, amount, dueOn, reasons } = data
    const detail = { lines, deliveryAmount, amount, dueOn, reasons } satisfies LossTold
    await queueMail(trx, jobs, { aboutId: stored.id, recipient: personal.email!, at, kind: 'loss-refund', detail })
  }
}
