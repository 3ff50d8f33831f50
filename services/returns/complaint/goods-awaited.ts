import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { osloDay, startOfOsloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { inTheFuture } from '../order-facts/notice-moments.ts'
import type { CommandData, OpenComplaint } from './state.ts'

/** No law names a day to send back what a purchase is cancelled for: so many days of our own, and as many after a reminder. */
const SENT_WITHIN_DAYS = 14

/** The day by which goods of a cancelled purchase are to be sent. */
export const sendBackBy = ({ chosen }: Pick<OpenComplaint, 'chosen'>) =>
  osloDay(Temporal.Instant.from(chosen!.chosenAt)).add({ days: SENT_WITHIN_DAYS }).toString()

/** When the customer is reminded to send the goods, or told what follows of their not coming; undefined while nothing is awaited. */
export function lookFrom(state: OpenComplaint): string | undefined {
  const { status, sentAt, remindedAt, overdueAt, goodsReceivedAt } = state
  if (status !== 'returning' || sentAt || overdueAt || goodsReceivedAt) return undefined
  const day = remindedAt
    ? osloDay(Temporal.Instant.from(remindedAt)).add({ days: SENT_WITHIN_DAYS })
    : Temporal.PlainDate.from(sendBackBy(state))
  return startOfOsloDay(day.add({ days: 1 })).toString()
}

/** Both sides give back: who has not sent the goods is reminded once, and then told for good that the money waits for them. */
export function letTimePass(data: CommandData<'LetTimePass'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, facts } = data
  const due = lookFrom(state)
  if (due === undefined || Temporal.Instant.compare(at, due) < 0) return accept()
  const { customerKind } = facts
  const { reasons } = termsOf(state.received.terms.edition).remedyRefundDue({ customerKind, remedy: 'rescission' })
  const about = { returnId, orderId: state.received.orderId, sendBackBy: sendBackBy(state), reasons }
  return state.remindedAt === undefined
    ? accept({ type: 'SendBackReminded', data: { ...about, remindedAt: at } })
    : accept({ type: 'SendBackOverdue', data: { ...about, decidedAt: at } })
}

/** The carrier has what is to come back. */
export function hearScan(data: CommandData<'HearScan'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, carrier, trackingNumber, scannedAt } = data
  if (state.sentAt !== undefined || !['returning', 'curing'].includes(state.status)) return accept()
  const wrong = inTheFuture('scannedAt', scannedAt, at)
  if (wrong) return refuse(wrong)
  const { orderId } = state.received
  return accept({ type: 'ReturnSent', data: { returnId, orderId, carrier, trackingNumber, sentAt: scannedAt } })
}
