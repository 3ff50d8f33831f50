import type { Composed } from '@vilkar/mail/outgoing.ts'
import type { Deps } from '../../deps.ts'
import type { PlacedOrder } from '../../order-facts/projection.ts'
import { readOrder } from '../../order-facts/store.ts'
import { readReturn, type StoredReturn } from '../store.ts'
import { type AssessmentTold, returnAssessed } from './assessed.ts'
import { type CollectionTold, collectionOffered } from './collection-offered.ts'
import type { ReturnMail } from './kinds.ts'
import { composeProofRejected } from './proof-rejected.ts'
import { receipt } from './receipt.ts'
import { type RefundTold, refundDecided } from './refund-decided.ts'
import { type OverdueTold, sendBackOverdue } from './send-back-overdue.ts'
import { type ReminderTold, sendBackReminder } from './send-back-reminder.ts'
import { type ReviewTold, underReview } from './under-review.ts'

/** A return and its order, as a mail about it needs them; `page` is where the customer sees the order without signing in. */
export type Mailed = { stored: StoredReturn; order: PlacedOrder; page?: string }

export async function readMailed(
  { db, pool }: Pick<Deps, 'db' | 'pool'>,
  returnId: string,
): Promise<Mailed | undefined> {
  const stored = await readReturn(db, returnId)
  return stored && { stored, order: (await readOrder(pool, stored.state.declared.orderId))! }
}

/** The words of a mail about a return; `detail` is what was decided. */
export function composeReturnMail({ stored, order, page }: Mailed, kind: ReturnMail, detail?: object): Composed {
  switch (kind) {
    case 'withdrawal-receipt':
      return receipt(stored, order, page)
    case 'refund-decided':
      return refundDecided(stored, order, detail as RefundTold, page)
    case 'send-back-reminder':
      return sendBackReminder(stored, order.facts, detail as ReminderTold, page)
    case 'send-back-overdue':
      return sendBackOverdue(stored, order.facts, detail as OverdueTold, page)
    case 'collection-offered':
      return collectionOffered(stored, order.facts, detail as CollectionTold, page)
    case 'return-under-review':
      return underReview(stored, order.facts, detail as ReviewTold, page)
    case 'return-assessed':
      return returnAssessed(stored, order.facts, detail as AssessmentTold)
    case 'proof-rejected':
      return composeProofRejected(stored, order.facts, page)
  }
}
