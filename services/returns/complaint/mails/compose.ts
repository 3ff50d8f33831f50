import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import type { StoredComplaint } from '../store.ts'
import { defectiveNotSent, defectiveWaived } from './defective.ts'
import { complaintAccepted, complaintReceived, complaintRejected, type JudgedTold } from './judged.ts'
import type { ComplaintMail } from './kinds.ts'
import { complaintNarrowed, type NarrowedTold } from './narrowed.ts'
import { goodsNotSent, type NotSentTold } from './not-sent.ts'
import {
  type ChosenTold,
  complaintEnded,
  complaintRefund,
  cureDone,
  type RefundTold,
  remedyChosen,
} from './put-right.ts'
import { remedyUnchosen, type UnchosenTold } from './unchosen.ts'
import { cureGoodsReceived, cureSent, cureUnavailable, type SentTold, type UnavailableTold } from './underway.ts'

/** A complaint and its order, as a mail about it needs them. */
export type ComplaintMailed = { stored: StoredComplaint; facts: PlacedFacts; page?: string }

/** The words of a mail about a complaint; `detail` is what was decided. */
export function composeComplaintMail(
  { stored, facts, page }: ComplaintMailed,
  kind: Exclude<ComplaintMail, 'complaint-refused'>,
  detail?: object,
): Composed {
  switch (kind) {
    case 'complaint-received':
      return complaintReceived(stored, facts, detail as Pick<JudgedTold, 'guarantees'>, page)
    case 'complaint-accepted':
      return complaintAccepted(stored, facts, detail as JudgedTold, page)
    case 'complaint-rejected':
      return complaintRejected(stored, facts, detail as JudgedTold, page)
    case 'remedy-chosen':
      return remedyChosen(stored, facts, detail as ChosenTold, page)
    case 'cure-unavailable':
      return cureUnavailable(stored, facts, detail as UnavailableTold, page)
    case 'cure-goods-received':
      return cureGoodsReceived(stored, facts, (detail as { remedy: 'repair' | 'replacement' }).remedy, page)
    case 'cure-sent':
      return cureSent(stored, facts, detail as SentTold, page)
    case 'cure-done':
      return cureDone(stored, facts, (detail as { remedy: 'repair' | 'replacement' }).remedy, page)
    case 'choice-reminder':
      return remedyUnchosen(stored, facts, 'reminder', detail as UnchosenTold, page)
    case 'choice-overdue':
      return remedyUnchosen(stored, facts, 'overdue', detail as UnchosenTold, page)
    case 'defective-reminder':
      return defectiveNotSent(stored, facts, 'reminder', detail as NotSentTold, page)
    case 'defective-overdue':
      return defectiveNotSent(stored, facts, 'overdue', detail as NotSentTold, page)
    case 'defective-waived':
      return defectiveWaived(facts, detail as { lines: LinePart[] }, page)
    case 'complaint-send-back-reminder':
      return goodsNotSent(stored, facts, 'reminder', detail as NotSentTold, page)
    case 'complaint-send-back-overdue':
      return goodsNotSent(stored, facts, 'overdue', detail as NotSentTold, page)
    case 'complaint-refund':
      return complaintRefund(facts, detail as RefundTold, page)
    case 'complaint-narrowed':
      return complaintNarrowed(facts, detail as NarrowedTold, page)
    case 'complaint-ended':
      return complaintEnded(facts, page)
  }
}
