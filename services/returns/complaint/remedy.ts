import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import type { RemedyChosen } from '@vilkar/contracts/returns-complaint.ts'
import { accept, type Decision, type Refusal, refuse } from '@vilkar/decider/decider.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { linesOf } from '@vilkar/terms/order/lines.ts'
import { mostLowered } from '@vilkar/terms/order/price-back.ts'
import { remedyChosen } from '../order-facts/complaint-facts.ts'
import { inTheFuture } from '../order-facts/notice-moments.ts'
import { decideRescission } from '../refund/decide-refund.ts'
import { goodsAreHere, goodsBack, stopNewGoods, stopOf } from './cure.ts'
import { narrow } from './narrow.ts'
import { type CommandData, type Cure, type OpenComplaint, PUT_RIGHT_WITHIN, unitsOf } from './state.ts'

/** The customer chooses among what there is to choose from (§§ 29–32). */
export function chooseRemedy(data: CommandData<'ChooseRemedy'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, facts, remedy, cureId } = data
  if (state.chosen?.remedy === remedy && state.status !== 'accepted') return accept()
  if (state.status !== 'accepted') return refuse(NOT_NOW)
  if (!state.choices.includes(remedy))
    return refuse({
      code: 'remedy-not-open',
      detail: `What can be chosen now is ${state.choices.join(' or ')}.`,
      reasons: state.assessment!.reasons,
    })
  const lines = unitsOf(state)
  const gone = whyGone(lines, facts)
  if (gone) return refuse(gone)
  const { customerKind } = facts
  const terms = termsOf(state.received.terms.edition)
  const { reasons } =
    remedy === 'rescission' || remedy === 'price-reduction'
      ? terms.remedyRefundDue({ customerKind, remedy })
      : terms.remedies({ customerKind, chosen: remedy })
  const doneBy = osloDay(Temporal.Instant.from(at)).add(PUT_RIGHT_WITHIN).toString()
  const isCure = remedy === 'repair' || remedy === 'replacement'
  // Whoever keeps the goods for a lower price gets them back from the workshop.
  const back = remedy === 'price-reduction' ? goodsBack(returnId, at, state) : []
  const chosen: RemedyChosen['data'] = {
    ...{ returnId, orderId: facts.orderId, lines, remedy, chosenAt: at, reasons },
    ...(remedy !== 'rescission' && { doneBy }),
    ...(isCure && { cureId }),
  }
  const given = remedy === 'rescission' && goodsAreHere(state) ? givenBack(chosen, at, { facts, state }) : []
  return accept<ComplaintEvent>(...back, { type: 'RemedyChosen', data: chosen }, ...given)
}

/** What is in the workshop when its purchase is cancelled is back: nobody waits for it, and all that was paid for it goes back. */
function givenBack(
  chosen: RemedyChosen['data'],
  receivedAt: string,
  { facts: before, state }: { facts: OrderFacts; state: OpenComplaint },
): ComplaintEvent[] {
  const { returnId, orderId, lines } = chosen
  const facts = { ...before, ...remedyChosen(before, chosen) }
  const { terms } = state.received
  return [
    { type: 'ReturnReceived', data: { returnId, orderId, receivedAt } },
    decideRescission({ returnId, orderId, terms, lines }, receivedAt, { facts, receivedAt }),
  ]
}

const NOT_NOW: Refusal = { code: 'remedy-not-open', detail: 'There is nothing to choose now.' }

/** Units are in one right at a time: what went back by another is not put right, given back or made cheaper once more. */
function whyGone(lines: { lineId: string; quantity: number }[], facts: OrderFacts): Refusal | undefined {
  const counted = new Map(linesOf(facts).map((line) => [line.lineId, line]))
  const left = (lineId: string) => {
    const { returnable, unsent } = counted.get(lineId)!
    return returnable - unsent
  }
  const gone = lines.find(({ lineId, quantity }) => quantity > left(lineId))
  return (
    gone && {
      code: 'quantity-exceeded',
      detail: `Of line ${gone.lineId} ${left(gone.lineId)} units are with the customer: the others went back by another right.`,
    }
  )
}

/** The goods were repaired, or others are with the customer. */
export function recordCure(data: CommandData<'RecordCure'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, doneAt, doneBy, note } = data
  if (state.status === 'cured') return accept()
  if (state.status !== 'curing') return refuse({ code: 'remedy-not-open', detail: 'Nothing is to be put right now.' })
  const wrong = inTheFuture('doneAt', doneAt, at)
  if (wrong) return refuse(wrong)
  const personal = { doneBy, ...(note !== undefined && { note }) }
  const { orderId } = state.received
  const remedy = state.chosen!.remedy as Cure
  const ids = { returnId, orderId, ...(state.cure && { cureId: state.cure.cureId }) }
  const done = { ...ids, lines: unitsOf(state), remedy, doneAt, personal }
  // What the carrier has is taken to be what the customer has; what has not left is not to go as well.
  const stop = state.cure?.step === 'dispatched' ? [] : stopOf(returnId, at, state)
  return accept<ComplaintEvent>(...stop, { type: 'CureDone', data: done })
}

/** It did not help, or did not come: once is enough for a lower price or the end of the purchase (§§ 30–32). */
export function recordFailure(data: CommandData<'RecordFailure'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, facts, defect, conceded = false } = data
  if (state.status === 'accepted' && state.failedCures > 0) return accept()
  if (state.status !== 'cured' && state.status !== 'curing')
    return refuse({ code: 'remedy-not-open', detail: 'Nothing was to be put right, so that it cannot have failed.' })
  const early = conceded ? undefined : whyNotFailed(at, facts, state)
  if (early) return refuse(early)
  const narrowed = narrow(data, state)
  if (narrowed.refusal) return refuse(narrowed.refusal)
  const failedCures = state.failedCures + 1
  const { customerKind } = facts
  const { next, reasons } = termsOf(state.received.terms.edition).remedies({ customerKind, failedCures })
  const ids = { returnId, orderId: facts.orderId }
  return accept<ComplaintEvent>(...narrowed.events, ...stopNewGoods(returnId, at, state), {
    type: 'CureFailed',
    data: { ...ids, failedAt: at, failedCures, choices: next, reasons, personal: { defect } },
  })
}

/** Nothing has failed that is still to be done: the time for it is the seller's, until its last day is over. */
function whyNotFailed(at: string, { customerKind }: OrderFacts, { received, status, chosen }: OpenComplaint) {
  const { doneBy } = chosen!
  const timeIsOver = osloDay(Temporal.Instant.from(at)).toString() > doneBy!
  const { outcome, reasons } = termsOf(received.terms.edition).cureFailed({
    ...{ customerKind, done: status === 'cured', timeIsOver },
  })
  return outcome === 'refused'
    ? { code: 'remedy-under-way', detail: `It is to be put right by ${doneBy}, and was not yet.`, reasons }
    : undefined
}

/** A person says how much lower the price is; never more than was paid for these units and is not paid back. */
export function reducePrice(data: CommandData<'ReducePrice'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, facts, lines } = data
  if (state.status === 'refund-decided' || state.status === 'closed')
    return refuse({ code: 'refund-decided', detail: 'The lower price is decided.' })
  if (state.status !== 'reducing')
    return refuse({ code: 'remedy-not-open', detail: 'The customer has not chosen a lower price.' })
  const gone = whyGone(unitsOf(state), facts)
  if (gone) return refuse(gone)
  const { customerKind, currency } = facts
  const from = Temporal.Instant.from(at)
  const { dueOn, reasons } = termsOf(state.received.terms.edition).remedyRefundDue({
    ...{ customerKind, remedy: 'price-reduction', from },
  })
  for (const { lineId, quantity, amount } of lines) {
    const most = mostOff(lineId, quantity, { facts, state })
    if (amount > most)
      return refuse({
        code: 'reduction-refused',
        detail: `At most ${most} can go back for ${quantity} units of line ${lineId}: more was not paid, or is paid back.`,
        reasons,
      })
  }
  const amount = lines.reduce((sum, line) => sum + line.amount, 0)
  const decided = { decidedAt: at, dueOn: dueOn!.toString(), reasons }
  return accept({
    type: 'RefundDecided',
    data: {
      ...{ returnId, orderId: facts.orderId, amount, deliveryAmount: 0, currency, lines, reduction: true },
      ...decided,
    },
  })
}

/** What was paid for units of the complaint and is not paid back. */
function mostOff(lineId: string, quantity: number, { facts, state }: { facts: OrderFacts; state: OpenComplaint }) {
  const units = unitsOf(state).find((line) => line.lineId === lineId)?.quantity ?? 0
  return quantity > units ? 0 : mostLowered(facts, { lineId, quantity })
}

/** The goods are back: all that was paid for them goes back, and the delivery once nothing of the order is left. */
export function recordReturn(data: CommandData<'RecordReturn'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, facts, receivedAt } = data
  if (state.goodsReceivedAt !== undefined) return accept()
  if (state.status !== 'returning')
    return refuse({ code: 'remedy-not-open', detail: 'The purchase is not cancelled: nothing comes back for it.' })
  const wrong = inTheFuture('receivedAt', receivedAt, at)
  if (wrong) return refuse(wrong)
  const { orderId, terms } = state.received
  return accept<ComplaintEvent>(
    { type: 'ReturnReceived', data: { returnId, orderId, receivedAt } },
    decideRescission({ returnId, orderId, terms, lines: unitsOf(state) }, at, { facts, receivedAt }),
  )
}
