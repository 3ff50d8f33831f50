import { isAfter } from '../calendar.ts'
import type { Reason, Ruling } from '../ruling/ruling.ts'
import { granted, refused, review } from '../ruling/ruling.ts'
import {
  answerLastDay,
  breachReportedBy,
  extendedAnswerLastDay,
  personvernforordningen as gdpr,
} from '../statute/personvernforordningen.ts'
import { because, type Policy } from './policy.ts'

export type Request = {
  /** The day in Oslo; the hour and the kind of day do not matter. */
  receivedOn: Temporal.PlainDate
  /** The person was told in time, with reasons, that two more months are needed. */
  extended?: boolean
  /** The day on which the person was told; it decides whether that was in time. */
  extensionToldOn?: Temporal.PlainDate
  /** False when the message did not say why. */
  extensionReasoned?: boolean
  identity?: Identity
}

export type Identity = {
  /** There was reasonable doubt about who is asking. */
  doubted: boolean
  /** False when proof was asked for only after some time had gone. */
  askedAtOnce?: boolean
  /** Undefined while no proof has come. */
  provenOn?: Temporal.PlainDate
}

/** Without a `dueOn` the time has not begun. `extensionValid` is undefined when nobody asked for more time. */
export type RequestDue = { dueOn?: Temporal.PlainDate; extensionValid?: boolean; reasons: Reason[] }

/**
 * The last day to answer a request. It runs from receipt, or from proof of identity where that was rightly and at once
 * asked for, and is that of the law, whatever a policy calls normal; the longer time holds only if the person was told of it, and why,
 * within the first month.
 * Source: GDPR Art. 12(3) and 12(6).
 */
export function requestDue(policy: Policy | undefined, facts: Request): RequestDue {
  const { identity, receivedOn } = facts
  const waits = identity?.doubted === true && identity.askedAtOnce !== false
  const fromOn = waits ? identity.provenOn : receivedOn
  const clock = waits ? [why.identityFirst] : []
  if (fromOn === undefined) return { reasons: clock }

  const ordinaryOn = answerLastDay(fromOn)
  const extensionValid = extensionOf(facts, ordinaryOn)
  const limit = because('one-month', gdpr('Art. 12(3)'), ...(policy?.rights.answer ?? []))
  if (extensionValid) return { dueOn: extendedAnswerLastDay(fromOn), extensionValid, reasons: [why.extended, ...clock] }
  const late = extensionValid === false ? [why.extensionInvalid] : []
  return { dueOn: ordinaryOn, extensionValid, reasons: [limit, ...late, ...clock] }
}

const why = {
  extended: because('three-months-in-all', gdpr('Art. 12(3)')),
  extensionInvalid: because('extension-not-told-in-time-with-reasons', gdpr('Art. 12(3)')),
  identityFirst: because('runs-from-proof-of-identity', gdpr('Art. 12(6)'), gdpr('Art. 12(3)')),
  doubt: because('reasonable-doubt-about-identity', gdpr('Art. 12(6)')),
  repeated: because('free-unless-shown-to-be-excessive', gdpr('Art. 12(5)')),
  free: because('answers-are-free', gdpr('Art. 12(5)')),
  unanswered: because('refusal-needs-reasons-and-complaint-route-in-time', gdpr('Art. 12(4)')),
  explained: because('refusal-explained-in-time', gdpr('Art. 12(4)')),
  breach: because('reported-within-72-hours', gdpr('Art. 33(1)')),
  noRisk: because('no-risk-nothing-to-report', gdpr('Art. 33(1)')),
  highRisk: because('people-told-of-high-risk', gdpr('Art. 34(1)')),
}

function extensionOf({ extended, extensionToldOn, extensionReasoned }: Request, ordinaryOn: Temporal.PlainDate) {
  if (extensionToldOn === undefined && !extended) return undefined
  if (extensionReasoned === false) return false
  return extensionToldOn === undefined || !isAfter(extensionToldOn, ordinaryOn)
}

/** Whether more proof of identity may be asked for: on reasonable doubt only, never as a habit. Source: GDPR Art. 12(6). */
export const identityProof = ({ rights }: Policy, { doubted }: { doubted: boolean }): Ruling =>
  doubted
    ? granted(why.doubt)
    : refused(because('over-collection', ...rights.identity, gdpr('Art. 12(6)'), gdpr('Art. 5(1)(c)')))

/**
 * Whether a request is answered free of charge. A repeated one is too, unless the controller shows that it is excessive or
 * manifestly unfounded, which a person has to judge. Source: GDPR Art. 12(5).
 */
export const freeAnswer = ({ repeated }: { repeated: boolean }): Ruling & { burden: 'controller' } => ({
  ...(repeated ? review(why.repeated) : granted(why.free)),
  burden: 'controller',
})

export type Refusal = {
  /** The person was told. */
  replied: boolean
  repliedOn?: Temporal.PlainDate
  dueOn?: Temporal.PlainDate
  /** False when the reply lacked reasons, or did not say where to complain. */
  reasoned?: boolean
  complaintRouteGiven?: boolean
}

/** Whether a refusal breaks the law: it is told within a month, with reasons and where to complain. Source: GDPR Art. 12(4). */
export function refusalReply(facts: Refusal): { violation: boolean; reasons: Reason[] } {
  const { replied, repliedOn, dueOn, reasoned = true, complaintRouteGiven = true } = facts
  const late = repliedOn !== undefined && dueOn !== undefined && isAfter(repliedOn, dueOn)
  const violation = !replied || late || !reasoned || !complaintRouteGiven
  return { violation, reasons: [violation ? why.unanswered : why.explained] }
}

export type Breach = { foundAt: Temporal.Instant; risk?: 'none' | 'risk' | 'high' }

/**
 * By when the authority is told of a breach, and whether people are. Unknown risk is risk; hours are never `extended` to a
 * working day. Source: GDPR Art. 33(1), 34(1).
 */
export function breach({ foundAt, risk = 'risk' }: Breach): {
  authorityBy?: Temporal.Instant
  extended: false
  tellPeople: boolean
  reasons: Reason[]
} {
  if (risk === 'none') return { extended: false, tellPeople: false, reasons: [why.noRisk] }
  const tellPeople = risk === 'high'
  return {
    authorityBy: breachReportedBy(foundAt),
    extended: false,
    tellPeople,
    reasons: tellPeople ? [why.breach, why.highRisk] : [why.breach],
  }
}
