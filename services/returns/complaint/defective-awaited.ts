import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import type { CureDone } from '@vilkar/contracts/returns-complaint.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { osloDay, startOfOsloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { type CommandData, type Defective, type OpenComplaint, REMINDED_AFTER_DAYS } from './state.ts'

/** What is to come back once the customer has other goods for it; undefined of a repair, and of what is here or may be kept. */
export function defectiveAfter(
  state: OpenComplaint,
  { remedy, lines, doneAt }: CureDone['data'],
): Defective | undefined {
  const { cure, defective, sentAt } = state
  if (remedy !== 'replacement' || cure === undefined || cure.goodsReceivedAt || cure.goodsWaivedAt) return defective
  const before = defective?.cureId === cure.cureId ? defective : undefined
  return { ...(sentAt && { sentAt }), ...before, cureId: cure.cureId, lines, since: doneAt }
}

/** The day by which defective goods that others were sent for are to be sent. */
export const defectiveBackBy = ({ since }: Pick<Defective, 'since'>) =>
  osloDay(Temporal.Instant.from(since)).add({ days: REMINDED_AFTER_DAYS }).toString()

/** When the customer is reminded of them, or told for good that they are to come back; undefined while they are not waited for. */
export function defectiveLookFrom({ status, defective }: OpenComplaint): string | undefined {
  // Of a cancelled purchase all goods go back, and its own reminder says so.
  if (defective === undefined || defective.sentAt || defective.overdueAt || status === 'returning') return undefined
  const day = defective.remindedAt
    ? osloDay(Temporal.Instant.from(defective.remindedAt)).add({ days: REMINDED_AFTER_DAYS })
    : Temporal.PlainDate.from(defectiveBackBy(defective))
  return startOfOsloDay(day.add({ days: 1 })).toString()
}

/** The seller takes back what was replaced, at their own cost (§ 30): who has not sent it is reminded once, and then told for good. */
export function remindOfDefective(
  { returnId, at, facts: { customerKind } }: { returnId: string; at: string; facts: OrderFacts },
  state: OpenComplaint,
): ComplaintEvent[] {
  const due = defectiveLookFrom(state)
  if (due === undefined || Temporal.Instant.compare(at, due) < 0) return []
  const { orderId, terms } = state.received
  const { cureId, remindedAt } = state.defective!
  const { reasons } = termsOf(terms.edition).replacedGoods({ customerKind })
  const about = { returnId, orderId, cureId, sendBackBy: defectiveBackBy(state.defective!), reasons }
  return remindedAt === undefined
    ? [{ type: 'SendBackReminded', data: { ...about, remindedAt: at } }]
    : [{ type: 'SendBackOverdue', data: { ...about, decidedAt: at } }]
}

/** The customer may keep what others were sent for. */
export function waiveGoods(data: CommandData<'WaiveGoods'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, by, note } = data
  const { defective, cure, received } = state
  if (defective === undefined)
    return cure?.goodsWaivedAt
      ? accept()
      : refuse({ code: 'goods-not-awaited', detail: 'No goods are to come back that others were sent for.' })
  const { cureId, lines } = defective
  const personal = { by, ...(note !== undefined && { note }) }
  const waived = { returnId, orderId: received.orderId, cureId, lines, waivedAt: at, personal }
  return accept({ type: 'CureGoodsWaived', data: waived })
}
