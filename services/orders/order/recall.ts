import type { RecallNoticeSettled, RecallNoticeWritten } from '@vilkar/contracts/orders-recall.ts'
import { accept } from '@vilkar/decider/decider.ts'
import type { DataOf, PlacedOrder } from './state.ts'

/** A recall that the customer was written of, and what became of the mail. */
export type RecallWritten = Omit<RecallNoticeWritten['data'], 'orderId' | 'writtenAt'> & {
  outcome?: RecallNoticeSettled['data']['outcome']
}

/**
 * Writes to the customer that goods of theirs are recalled (Regulation (EU) 2023/988 Art. 35), once for each recall however often it is asked:
 * whatever has become of the order, its customer may have the goods.
 */
export function writeRecall({ at: writtenAt, ...notice }: DataOf<'WriteRecallNotice'>, { recalls = [] }: PlacedOrder) {
  if (recalls.some(({ recallId }) => recallId === notice.recallId)) return accept()
  return accept({ type: 'RecallNoticeWritten', data: { ...notice, writtenAt } } satisfies RecallNoticeWritten)
}

/** What became of the mail, told when it is news. */
export function settleRecall({ orderId, noticeId, outcome, at }: DataOf<'SettleRecallNotice'>, state: PlacedOrder) {
  const written = state.recalls?.find((each) => each.noticeId === noticeId)
  if (written === undefined || written.outcome === outcome) return accept()
  const data = { orderId, noticeId, recallId: written.recallId, outcome, settledAt: at }
  return accept({ type: 'RecallNoticeSettled', data } satisfies RecallNoticeSettled)
}

export const withRecall = ({ recalls = [] }: PlacedOrder, written: RecallNoticeWritten['data']): RecallWritten[] => {
  const { orderId: _, writtenAt: __, ...notice } = written
  return [...recalls, notice]
}

export const withSettledRecall = ({ recalls = [] }: PlacedOrder, { noticeId, outcome }: RecallNoticeSettled['data']) =>
  recalls.map((each) => (each.noticeId === noticeId ? { ...each, outcome } : each))

/** What no mail reached the customer of: it is written anew once they have another address. */
export const untoldRecalls = ({ recalls = [] }: PlacedOrder) =>
  recalls.filter(({ outcome }) => outcome === 'unreachable')
