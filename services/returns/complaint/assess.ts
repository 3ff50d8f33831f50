import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import type { Remedy } from '@vilkar/contracts/returns-remedy.ts'
import { accept, type Decision, type Refusal, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { eligibility } from '@vilkar/terms/order/entitlements.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { guaranteesTold } from '../order-facts/guarantees.ts'
import { narrow } from './narrow.ts'
import { distinct } from './receive.ts'
import type { CommandData, OpenComplaint } from './state.ts'

/**
 * A person finds a defect that the seller answers for: the customer chooses, told before of what prolongs the liability. Once putting it
 * right has failed a person may say that the seller tries again (§ 30).
 */
export function acceptComplaint(data: CommandData<'AcceptComplaint'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, facts, assessedBy, notFeasible, grounds, furtherAttempt } = data
  const noFurther = furtherAttempt && whyNoFurther(state)
  if (noFurther) return refuse(noFurther)
  if (!furtherAttempt && state.status !== 'received' && state.status !== 'rejected') return over(state, 'accepted')
  if (state.received.lines.length === 0)
    return refuse({ code: 'complaint-over', detail: 'All of it came too late: there is nothing to put right.' })
  const narrowed = narrow(data, state)
  if (narrowed.refusal) return refuse(narrowed.refusal)
  const { customerKind, country } = facts
  const terms = termsOf(state.received.terms.edition)
  const { failedCures } = state
  const again = {
    ...(furtherAttempt === 'offered' && { failedCures, anotherAttemptOffered: true }),
    ...(furtherAttempt === 'reasonable' && { failedCures, anotherAttemptReasonable: true }),
  }
  const { next, reasons } = terms.remedies({ customerKind, notFeasible, ...again })
  if (furtherAttempt && !next.some(isCure))
    return refuse({ code: 'remedy-not-open', detail: 'The customer need not let the seller try again.', reasons })
  const contractAt = Temporal.Instant.from(facts.formedAt ?? facts.placedAt)
  const longer = terms.longerLiability({ customerKind, country, contractAt })
  return accept<ComplaintEvent>(...narrowed.events, {
    type: 'ComplaintAssessed',
    data: {
      ...{ returnId, orderId: facts.orderId, outcome: 'accepted', by: 'staff', assessedAt: at, choices: next },
      ...(longer.repairMonths && { repairMonths: longer.repairMonths }),
      ...guaranteesOf(facts, state),
      reasons: distinct([...reasons, ...longer.reasons]),
      personal: { assessedBy, ...(grounds !== undefined && { grounds }) },
    },
  })
}

const isCure = (remedy: Remedy) => remedy === 'repair' || remedy === 'replacement'

/** Why there can be no further attempt now: none has failed, or what the last one set going is not over. */
function whyNoFurther({ status, failedCures, defective, stopping }: OpenComplaint): Refusal | undefined {
  if (status !== 'accepted' || failedCures === 0)
    return { code: 'remedy-not-open', detail: 'No attempt has failed that the customer would choose anew after.' }
  return defective || stopping
    ? { code: 'remedy-not-open', detail: 'Goods of the last attempt are still on their way.' }
    : undefined
}

/**
 * A person finds that the seller does not answer for it. Where the defect is presumed to have been there at delivery the seller proves
 * otherwise (§ 18); damage by use is only theirs to turn down who shows that the instructions were right (clause 11); and too late is
 * only what a person may judge at all.
 */
export function rejectComplaint(data: CommandData<'RejectComplaint'>, state: OpenComplaint): Decision<ComplaintEvent> {
  const { returnId, at, facts, assessedBy, grounds } = data
  if (state.status !== 'received') return over(state, 'rejected')
  const { refusal, reasons } = whyRejected(data, state)
  if (refusal) return refuse(refusal)
  return accept({
    type: 'ComplaintAssessed',
    data: {
      ...{ returnId, orderId: facts.orderId, outcome: 'rejected', by: 'staff', assessedAt: at, choices: [], reasons },
      ...guaranteesOf(facts, state),
      personal: { assessedBy, grounds },
    },
  })
}

/** Guarantees that ran when it was complained. */
function guaranteesOf(facts: OrderFacts, { received: { lines, noticeSentAt, receivedAt } }: OpenComplaint) {
  const { lines: rights } = eligibility(facts, Temporal.Instant.from(noticeSentAt ?? receivedAt), 'all-known')
  return guaranteesTold(lines, rights)
}

function whyRejected(
  { facts, cause, proof, installedBySeller, instructionsCorrect, instructionsSupplied }: CommandData<'RejectComplaint'>,
  { received: { lines, terms } }: OpenComplaint,
): { refusal?: Refusal; reasons: Reason[] } {
  const { customerKind } = facts
  const all = distinct(lines.flatMap(({ reasons }) => reasons))
  const no = (detail: string, reasons: Reason[]) => ({
    ...{ refusal: { code: 'rejection-unfounded', detail, reasons }, reasons },
  })
  if (cause === 'no-defect') {
    const burden = all.filter(({ code }) => /presumed-at-delivery$|^guarantee-answers$/.test(code))
    const presumed = lines.some((line) => line.presumed)
    return presumed && proof === undefined
      ? no('The defect is presumed to be the seller’s to answer for: `proof` says what shows otherwise.', burden)
      : { reasons: burden.length > 0 ? burden : all }
  }
  if (cause === 'late') {
    const doubts = lines.every(({ outcome }) => outcome === 'review')
    return doubts
      ? { reasons: distinct([...all, ...termsOf(terms.edition).lateComplaint({ customerKind }).reasons]) }
      : no('It was complained of in time.', all)
  }
  const { outcome, reasons } = termsOf(terms.edition).damageByUse({
    ...{ customerKind, cause, installedBySeller, instructionsCorrect, instructionsSupplied },
  })
  return outcome === 'refused' ? { reasons } : no('The seller answers for this, as far as has been shown.', reasons)
}

/** Judged already: the same again changes nothing. */
const over = ({ status, assessment }: OpenComplaint, outcome: 'accepted' | 'rejected'): Decision<never> =>
  assessment?.outcome === outcome && status !== 'ended'
    ? accept()
    : refuse({ code: 'complaint-settled', detail: `The complaint is ${status}, and is not judged any more.` })
