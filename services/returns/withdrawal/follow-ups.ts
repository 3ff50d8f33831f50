import type { WithdrawalEvent } from '@vilkar/contracts/returns.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { Transaction } from 'kysely'
import { narrowOpenComplaints } from '../complaint/narrow-open.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { apply } from '../order-facts/projection.ts'
import { updateOrder } from '../order-facts/store.ts'
import type { AssessmentTold } from './mails/assessed.ts'
import type { CollectionTold } from './mails/collection-offered.ts'
import type { ReturnMail } from './mails/kinds.ts'
import type { RefundTold } from './mails/refund-decided.ts'
import type { OverdueTold } from './mails/send-back-overdue.ts'
import type { ReminderTold } from './mails/send-back-reminder.ts'
import type { ReviewTold } from './mails/under-review.ts'
import { payBy, underReviewOf } from './state.ts'
import type { StoredReturn } from './store.ts'

/**
 * What follows from what happened to a return: what is known of its order changes, a withdrawal is acknowledged, and the customer
 * is told what comes back, by when, and how that is worked out.
 */
export async function planFollowUps(
  trx: Transaction<Database>,
  { stored, events, at }: { stored: StoredReturn; events: WithdrawalEvent[]; at: string },
  { jobs }: Pick<Deps, 'jobs'>,
) {
  const { orderId } = stored.state.declared
  const { personal } = await updateOrder(trx, orderId, (order) => events.reduce(apply, order))
  const mail = (kind: ReturnMail, detail?: object) =>
    queueMail(trx, jobs, { aboutId: stored.id, recipient: personal.email!, at, kind, detail })
  const review = underReviewOf(stored.state)
  const isReviewed = { inspection: 'ReturnReceived', assessment: 'ReturnInspected' } as const
  if (review && events.some(({ type }) => type === isReviewed[review.awaits]))
    await mail('return-under-review', review satisfies ReviewTold)
  for (const { type, data } of events) {
    if (type === 'WithdrawalDeclared') {
      await mail('withdrawal-receipt')
      await narrowOpenComplaints(trx, { jobs }, { orderId, at })
    }
    if (type === 'ProofOfSendingJudged' && data.verdict === 'rejected') await mail('proof-rejected')
    if (type === 'SendBackReminded') await mail('send-back-reminder', { reasons: data.reasons } satisfies ReminderTold)
    if (type === 'SendBackOverdue') await mail('send-back-overdue', { reasons: data.reasons } satisfies OverdueTold)
    if (type === 'CollectionOffered') {
      const { collectOn, lastDay, reasons } = data
      const { refund } = stored.state
      const last = refund?.dueOn ?? payBy(stored.state)!
      await mail('collection-offered', { collectOn, lastDay, reasons, payBy: last } satisfies CollectionTold)
    }
    if (type === 'ReturnAssessed' && data.heardUntil) {
      const { deductions, heardUntil } = data
      await mail('return-assessed', { deductions, heardUntil } satisfies AssessmentTold)
    }
    // Of what was deducted and is paid back after all, whoever decided that tells.
    if (type === 'RefundDecided' && data.overrideId === undefined) {
      const { lines, deliveryAmount, amount, dueOn, deductions } = data
      const detail = { lines, deliveryAmount, amount, dueOn, deductions } satisfies RefundTold
      await mail('refund-decided', detail)
    }
  }
}
