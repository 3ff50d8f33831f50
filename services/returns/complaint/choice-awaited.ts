import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { osloDay, startOfOsloDay } from '@vilkar/terms/calendar.ts'
import { ANSWERED_WITHIN, type Choice, type CommandData, type OpenComplaint, REMINDED_AFTER_DAYS } from './state.ts'

/** What is said of the choice so far; of complaints of an earlier release, since when there is one. */
export const choiceOf = ({ choice, failedAt, assessment }: OpenComplaint): Choice =>
  choice ?? { since: failedAt ?? assessment!.assessedAt }

/** When a customer who has not chosen is reminded, or a person is to ask them; undefined while nothing is to be chosen. */
export function choiceLookFrom(state: OpenComplaint): string | undefined {
  if (state.status !== 'accepted') return undefined
  const { since, remindedAt, overdueAt } = choiceOf(state)
  if (overdueAt) return undefined
  const from = osloDay(Temporal.Instant.from(remindedAt ?? since))
  return startOfOsloDay(from.add({ days: REMINDED_AFTER_DAYS + 1 })).toString()
}

/** The day by which a person asks a customer who has not chosen. */
export const askBy = (overdueAt: string) => osloDay(Temporal.Instant.from(overdueAt)).add(ANSWERED_WITHIN).toString()

/** No law lets a right be lost by not choosing between remedies: who has not is reminded once, and then asked by a person. */
export function remindOfChoice(returnId: string, at: string, state: OpenComplaint): ComplaintEvent[] {
  const due = choiceLookFrom(state)
  if (due === undefined || Temporal.Instant.compare(at, due) < 0) return []
  const { received, choices, assessment } = state
  const about = { returnId, orderId: received.orderId, choices }
  const { reasons } = assessment!
  return choiceOf(state).remindedAt === undefined
    ? [{ type: 'ChoiceReminded', data: { ...about, remindedAt: at, reasons } }]
    : [{ type: 'ChoiceOverdue', data: { ...about, decidedAt: at, askBy: askBy(at), reasons } }]
}

/** A person asked and got no answer: nobody waits any more, and the customer may choose whenever they like. */
export function restComplaint(data: CommandData<'RestComplaint'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, by, note } = data
  if (state.status !== 'accepted' || choiceOf(state).overdueAt === undefined)
    return refuse({ code: 'choice-not-overdue', detail: 'Nothing is to be chosen, or the customer still has time to.' })
  if (choiceOf(state).restedAt) return accept()
  const { orderId } = state.received
  return accept({ type: 'ComplaintRested', data: { returnId, orderId, restedAt: at, personal: { by, note } } })
}
