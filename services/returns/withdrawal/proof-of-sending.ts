import type { ProofOfSendingJudged, ReturnSent, WithdrawalEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { startOfOsloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { OrderFacts, ParcelFacts } from '@vilkar/terms/order/facts.ts'
import { comingBack as backOf, standingReturns } from '@vilkar/terms/order/lines.ts'
import { inTheFuture } from '../order-facts/notice-moments.ts'
import type { CommandData, Verdict } from './commands.ts'
import { comingBack, type DeclaredReturn } from './state.ts'

const { compare } = Temporal.Instant

/**
 * Somebody says that the goods were sent back. From here the last day to pay back is counted (angrerettloven § 24). A
 * customer's own word pays once it is judged or has been believed; that of staff is a look and pays at once.
 */
export function recordSending(data: CommandData<'RecordSending'>, state: DeclaredReturn): Decision<WithdrawalEvent> {
  const { returnId, at, facts, carrier, trackingNumber, sentAt, staff, believedAfter } = data
  const ids = { returnId, orderId: state.declared.orderId }
  const looked = staff === undefined ? [] : [judged(ids, { verdict: 'confirmed', at, judgedBy: staff })]
  if (state.closed?.outcome === 'refunded') return accept()
  if (state.sentAt !== undefined) return isJudged(state) ? accept() : accept<WithdrawalEvent>(...looked)
  const wrong =
    inTheFuture('sentAt', sentAt, at) ??
    notThere(state, sentAt, facts, staff === undefined ? 'with-customer' : 'handed-over')
  if (wrong) return refuse(wrong)
  const shown = { shownAt: at, shownBy: staff === undefined ? ('customer' as const) : ('staff' as const) }
  const paysFrom = state.proofRejected || state.refund || staff ? undefined : believedFrom(state, at, believedAfter)
  const sent: ReturnSent = {
    type: 'ReturnSent',
    data: { ...ids, carrier, trackingNumber, sentAt, ...shown, ...(paysFrom && { paysFrom }) },
  }
  return accept<WithdrawalEvent>(sent, ...looked)
}

/**
 * The carrier has scanned the parcel: that is proof of sending without anybody’s word, whatever was said or rejected before (angrerettloven
 * § 24). What is decided already stays.
 */
export function hearScan(data: CommandData<'HearScan'>, state: DeclaredReturn): Decision<WithdrawalEvent> {
  const { returnId, at, facts, carrier, trackingNumber, scannedAt } = data
  if (state.closed || isJudged(state)) return accept()
  const ids = { returnId, orderId: state.declared.orderId }
  const looked = judged(ids, { verdict: 'carrier-scanned', at, judgedBy: carrier })
  if (state.sentAt !== undefined) return accept<WithdrawalEvent>(looked)
  const wrong = inTheFuture('scannedAt', scannedAt, at) ?? notThere(state, scannedAt, facts, 'handed-over')
  if (wrong) return refuse(wrong)
  const sent: ReturnSent = {
    type: 'ReturnSent',
    data: { ...ids, carrier, trackingNumber, sentAt: scannedAt, shownAt: at },
  }
  return accept<WithdrawalEvent>(sent, looked)
}

/** A member of staff looked, or the carrier scanned the parcel. What is paid already cannot be rejected any more. */
export function judgeProof(data: CommandData<'JudgeProof'>, state: DeclaredReturn): Decision<WithdrawalEvent> {
  const { returnId, at, verdict, judgedBy, reason } = data
  if (verdict === 'rejected' && (state.refund || state.status === 'closed'))
    return refuse({ code: 'refund-decided', detail: 'The refund is decided: the proof cannot be rejected any more.' })
  if (state.sentAt === undefined)
    return verdict === 'rejected' && state.proofRejected
      ? accept()
      : refuse({ code: 'proof-unknown', detail: 'Nobody has shown proof that these goods were sent.' })
  if (state.proof?.verdict === verdict || (verdict !== 'rejected' && isJudged(state))) return accept()
  return accept<WithdrawalEvent>(
    judged({ returnId, orderId: state.declared.orderId }, { verdict, at, judgedBy, reason }),
  )
}

const judged = (
  ids: { returnId: string; orderId: string },
  { verdict, at, judgedBy, reason }: { verdict: Verdict; at: string; judgedBy: string; reason?: string },
): ProofOfSendingJudged => ({
  type: 'ProofOfSendingJudged',
  data: { ...ids, verdict, judgedAt: at, personal: { judgedBy, ...(reason !== undefined && { reason }) } },
})

/** Proof of an earlier release was believed when it was shown. */
const isJudged = ({ sentAt, proof }: DeclaredReturn) => sentAt !== undefined && (!proof || proof.verdict !== undefined)

/** Whether the goods count as sent: the proof was judged to be one, or nobody did so in time. */
export const isProven = (state: DeclaredReturn, at: string) =>
  isJudged(state) || (state.proof?.paysFrom !== undefined && compare(state.proof.paysFrom, at) <= 0)

/**
 * When a customer's word is believed although nobody judged it: after the wait, and never later than when the last day to pay
 * back begins.
 */
function believedFrom({ declared, receivedAt }: DeclaredReturn, at: string, wait: string) {
  const { dueOn } = termsOf(declared.terms.edition).refundDue({
    noticeReceivedAt: Temporal.Instant.from(declared.declaredAt),
    proofOfSendingAt: Temporal.Instant.from(at),
    ...(receivedAt && { goodsReceivedAt: Temporal.Instant.from(receivedAt) }),
  })
  const waited = Temporal.Instant.from(at).toZonedDateTimeISO('Europe/Oslo').add(wait).toInstant()
  const [first] = [waited, startOfOsloDay(dueOn!)].sort(compare)
  return (compare(first!, at) < 0 ? Temporal.Instant.from(at) : first!).toString()
}

/**
 * Why the goods cannot be on their way back at that moment: nothing of them had left by then, or the customer, who says so,
 * had not got them all. Units that other returns have sent back are not these.
 */
export function notThere(
  state: DeclaredReturn,
  when: string,
  facts: OrderFacts,
  where: 'with-customer' | 'handed-over',
) {
  const lines = comingBack(state).filter(({ quantity }) => quantity > 0)
  const handedOver = unitsBy(facts.parcels, when, ({ handedOverAt }) => handedOverAt)
  const never = state.closed && state.closed.outcome !== 'refunded'
  if (never || !lines.some(({ lineId }) => handedOver(lineId) > 0))
    return { code: 'goods-not-sent', detail: `Of these goods none had left the seller by ${when}.` }
  if (where === 'handed-over') return undefined
  const received = unitsBy(facts.parcels, when, ({ receivedAt }) => receivedAt)
  const others = standingReturns(facts.returns).filter(
    (each) =>
      each.returnId !== state.declared.returnId && (each.proofOfSendingAt ?? each.goodsReceivedAt) !== undefined,
  )
  const gone = others.flatMap((each) => backOf(each, facts.stops).lines)
  for (const { lineId, quantity } of lines) {
    const back = gone.reduce((sum, each) => (each.lineId === lineId ? sum + each.quantity : sum), 0)
    const there = Math.max(0, received(lineId) - back)
    if (there < quantity)
      return {
        code: 'goods-not-received',
        detail: `Of line ${lineId} the customer is not known to have had ${quantity} by ${when}, only ${there}.`,
      }
  }
  return undefined
}

/** How many units of a line parcels had moved by a moment. */
const unitsBy =
  (parcels: ParcelFacts[], when: string, moment: (parcel: ParcelFacts) => string | undefined) => (lineId: string) =>
    parcels
      .filter((parcel) => moment(parcel) !== undefined && compare(moment(parcel)!, when) <= 0)
      .flatMap(({ lines }) => lines)
      .reduce((sum, line) => (line.lineId === lineId ? sum + line.quantity : sum), 0)
