import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { inTheFuture } from '../order-facts/notice-moments.ts'
import { type CommandData, type Cure, type OpenComplaint, type Underway, unitsOf } from './state.ts'

const idsOf = (returnId: string, { received: { orderId }, cure }: OpenComplaint) => ({
  ...{ returnId, orderId, cureId: cure!.cureId },
})
const remedyOf = ({ chosen }: OpenComplaint) => chosen!.remedy as Cure
/** Whether the attempt that is spoken of is the one that is under way: what is told of an earlier one changes nothing. */
const isUnderway = ({ status, cure }: OpenComplaint, cureId: string) => status === 'curing' && cure?.cureId === cureId

/** Orders says whether there are units to replace the goods with: then shipping is asked, else the customer chooses anew. */
export function hearStock(
  { returnId, at, facts, cureId, outcome }: CommandData<'HearStock'>,
  state: OpenComplaint,
): Decision<ComplaintEvent> {
  if (!isUnderway(state, cureId) || state.cure!.step !== 'stock') return accept()
  if (outcome === 'reserved') return accept(shipmentAsked(returnId, at, state))
  const { customerKind } = facts
  const mayBeRepaired = state.offered?.includes('repair') ?? true
  const { next, reasons } = termsOf(state.received.terms.edition).remedies({
    ...{ customerKind, chosen: 'replacement', failedCures: state.failedCures },
    notFeasible: mayBeRepaired ? ['replacement'] : ['repair', 'replacement'],
  })
  const data = { ...idsOf(returnId, state), unavailableAt: at, choices: next, reasons }
  return accept({ type: 'CureUnavailable', data })
}

const shipmentAsked = (returnId: string, askedAt: string, state: OpenComplaint): ComplaintEvent => ({
  type: 'CureShipmentAsked',
  data: { ...idsOf(returnId, state), remedy: remedyOf(state), lines: unitsOf(state), askedAt },
})

/** The defective goods came: to be repaired, or since others were sent for them. Said twice it is said once. */
export function recordGoods(data: CommandData<'RecordGoods'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, receivedAt } = data
  const { defective } = state
  if (defective) {
    const wrong = inTheFuture('receivedAt', receivedAt, at)
    if (wrong) return refuse(wrong)
    const { cureId, lines } = defective
    const said = { returnId, orderId: state.received.orderId, cureId, remedy: 'replacement' as const, lines }
    return accept({ type: 'CureGoodsReceived', data: { ...said, receivedAt } })
  }
  if (state.cure?.goodsReceivedAt) return accept()
  if (state.cure === undefined || !['curing', 'cured'].includes(state.status))
    return refuse({
      code: 'remedy-not-open',
      detail: 'Nothing is to be repaired or replaced: no goods are waited for.',
    })
  const wrong = inTheFuture('receivedAt', receivedAt, at)
  if (wrong) return refuse(wrong)
  const said = { remedy: remedyOf(state), lines: unitsOf(state), receivedAt }
  return accept({ type: 'CureGoodsReceived', data: { ...idsOf(returnId, state), ...said } })
}

/** The goods that came were repaired and go back to the customer, as a shipment. */
export function sendRepaired({ returnId, at }: CommandData<'SendRepaired'>, state: OpenComplaint) {
  const { status, cure } = state
  const isRepair = status === 'curing' && cure !== undefined && remedyOf(state) === 'repair'
  if (!isRepair) return refuse({ code: 'remedy-not-open', detail: 'Nothing is to be repaired now.' })
  if (cure.shipmentAsked) return accept<ComplaintEvent>()
  if (cure.goodsReceivedAt === undefined)
    return refuse({ code: 'remedy-not-open', detail: 'The goods have not come yet.' })
  return accept(shipmentAsked(returnId, at, state))
}

const STEPS: readonly Underway['step'][] = ['stock', 'goods', 'repair', 'shipment', 'requested', 'dispatched']

/** Shipping has taken it on, or the carrier has it; `withdrawn`: a delivery that was told never was. */
export function noteUnderway(data: CommandData<'NoteUnderway'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, cureId, step, withdrawn = false, ...parcel } = data
  const isBack = withdrawn && state.status === 'cured' && state.cure?.cureId === cureId
  const isAhead = isUnderway(state, cureId) && STEPS.indexOf(step) > STEPS.indexOf(state.cure!.step)
  if (!isBack && !isAhead) return accept()
  return accept({ type: 'CureUnderway', data: { ...idsOf(returnId, state), step, at, ...parcel } })
}

/** The customer has what was sent: it is put right, and periods count from here. Corrected, they count from the other moment. */
export function recordDelivery(data: CommandData<'RecordDelivery'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, cureId, receivedAt } = data
  const corrected = state.status === 'cured' && state.cure?.cureId === cureId && state.curedAt !== receivedAt
  if (!isUnderway(state, cureId) && !corrected) return accept()
  const { orderId } = state.received
  const done = { lines: unitsOf(state), remedy: remedyOf(state), doneAt: receivedAt, personal: { doneBy: 'carrier' } }
  return accept({ type: 'CureDone', data: { returnId, orderId, cureId, ...done } })
}

/** What is still to go to the customer for an attempt that is over is not to go any more. */
export function stopOf(returnId: string, at: string, state: OpenComplaint): ComplaintEvent[] {
  const { status, cure } = state
  if (status !== 'curing' || cure === undefined) return []
  const { shipmentAsked = false } = cure
  if (remedyOf(state) === 'repair' && !shipmentAsked) return []
  return [{ type: 'CureStopAsked', data: { ...idsOf(returnId, state), shipmentAsked, askedAt: at } }]
}

/** The same where the attempt is given up: goods that came to be repaired are the customer’s own and go back to them all the same. */
export const stopNewGoods = (returnId: string, at: string, state: OpenComplaint) =>
  state.chosen?.remedy === 'replacement' ? stopOf(returnId, at, state) : []

/** Goods that came to be repaired and are not repaired after all go back to the customer as they are. */
export function goodsBack(returnId: string, at: string, state: OpenComplaint): ComplaintEvent[] {
  return goodsAreHere(state) ? [shipmentAsked(returnId, at, state)] : []
}

/** Goods came to be repaired, and nobody was asked to send them back. */
export const goodsAreHere = ({ cure, chosen }: OpenComplaint) =>
  chosen?.remedy === 'repair' && cure?.goodsReceivedAt !== undefined && !cure.shipmentAsked

/** The answer to that: nothing went, or it had left and a person sees to it. */
export function hearStop({ returnId, at, cureId, outcome }: CommandData<'HearStop'>, state: OpenComplaint) {
  if (state.stopping?.cureId !== cureId) return accept<ComplaintEvent>()
  const { orderId } = state.received
  return accept<ComplaintEvent>({ type: 'CureStopped', data: { returnId, orderId, cureId, outcome, stoppedAt: at } })
}
