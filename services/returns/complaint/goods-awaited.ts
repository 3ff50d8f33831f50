import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { osloDay, startOfOsloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { inTheFuture } from '../order-facts/notice-moments.ts'
import { choiceLookFrom, remindOfChoice } from './choice-awaited.ts'
import { defectiveLookFrom, remindOfDefective } from './defective-awaited.ts'
import { type CommandData, type OpenComplaint, REMINDED_AFTER_DAYS } from './state.ts'

/** No law names a day to send back what a purchase is cancelled for: so many days of our own, and as many after a reminder. */
const SENT_WITHIN_DAYS = REMINDED_AFTER_DAYS

/** The day by which goods of a cancelled purchase are to be sent. */
export const sendBackBy = ({ chosen }: Pick<OpenComplaint, 'chosen'>) =>
  osloDay(Temporal.Instant.from(chosen!.chosenAt)).add({ days: SENT_WITHIN_DAYS }).toString()

/** When time itself changes something: the customer is reminded of what is theirs to do, or told what follows. */
export const lookFrom = (state: OpenComplaint): string | undefined =>
  [goodsLookFrom(state), choiceLookFrom(state), defectiveLookFrom(state)]
    .filter((moment) => moment !== undefined)
    .sort(Temporal.Instant.compare)[0]

/** When the customer is reminded to send the goods, or told what follows of their not coming; undefined while nothing is awaited. */
function goodsLookFrom(state: OpenComplaint): string | undefined {
  const { status, sentAt, remindedAt, overdueAt, goodsReceivedAt } = state
  if (status !== 'returning' || sentAt || overdueAt || goodsReceivedAt) return undefined
  const day = remindedAt
    ? osloDay(Temporal.Instant.from(remindedAt)).add({ days: SENT_WITHIN_DAYS })
    : Temporal.PlainDate.from(sendBackBy(state))
  return startOfOsloDay(day.add({ days: 1 })).toString()
}

/** A day has passed that something hangs on. */
export function letTimePass(data: CommandData<'LetTimePass'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at } = data
  return accept(
    ...remindOfGoods(data, state),
    ...remindOfChoice(returnId, at, state),
    ...remindOfDefective(data, state),
  )
}

/** Both sides give back: who has not sent the goods is reminded once, and then told for good that the money waits for them. */
function remindOfGoods(
  { returnId, at, facts }: { returnId: string; at: string; facts: OrderFacts },
  state: OpenComplaint,
): ComplaintEvent[] {
  const due = goodsLookFrom(state)
  if (due === undefined || Temporal.Instant.compare(at, due) < 0) return []
  const { customerKind } = facts
  const { reasons } = termsOf(state.received.terms.edition).remedyRefundDue({ customerKind, remedy: 'rescission' })
  const about = { returnId, orderId: state.received.orderId, sendBackBy: sendBackBy(state), reasons }
  return state.remindedAt === undefined
    ? [{ type: 'SendBackReminded', data: { ...about, remindedAt: at } }]
    : [{ type: 'SendBackOverdue', data: { ...about, decidedAt: at } }]
}

/** The carrier has what is to come back. */
export function hearScan(data: CommandData<'HearScan'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, carrier, trackingNumber, scannedAt } = data
  const isDefective = state.defective !== undefined && state.status !== 'returning'
  const sent = isDefective ? state.defective!.sentAt : state.sentAt
  if (sent !== undefined || (!isDefective && !['returning', 'curing'].includes(state.status))) return accept()
  const wrong = inTheFuture('scannedAt', scannedAt, at)
  if (wrong) return refuse(wrong)
  const { orderId } = state.received
  return accept({ type: 'ReturnSent', data: { returnId, orderId, carrier, trackingNumber, sentAt: scannedAt } })
}
