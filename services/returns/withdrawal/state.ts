import type { LinePart, TermsPin } from '@vilkar/contracts/parts.ts'
import type { RefundDecided, ReturnClosed, WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import type { CollectionOffered } from '@vilkar/contracts/returns-goods-back.ts'
import type { ReturnAssessed, ReturnInspected } from '@vilkar/contracts/returns-inspection.ts'
import { osloDay, startOfOsloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'

/** The facts of a return. Money in minor units of the order's currency. */
export type DeclaredReturn = {
  status: 'declared' | 'sent' | 'refund-decided' | 'closed'
  /** `terms` is the edition that the order was placed under: the return is judged by it to the end. */
  declared: Omit<WithdrawalDeclared['data'], 'personal' | 'terms'> & { terms: TermsPin }
  /** Which units never left and which come back, once orders has said so. */
  known?: { stopped: LinePart[]; left: LinePart[] }
  sentAt?: string
  /** What was said of the sending and by when it is believed; left out of what an earlier release was told. */
  proof?: {
    shownAt: string
    paysFrom?: string
    verdict?: 'confirmed' | 'carrier-scanned'
    /** By what it can be looked at; left out of proofs of before they were kept. */
    carrier?: string
    trackingNumber?: string
  }
  /** Proof was rejected: from now on a customer's word pays only once it is judged. */
  proofRejected?: true
  /** The seller collects the goods: nobody need send them, and the refund does not wait for them. */
  collection?: Pick<CollectionOffered['data'], 'offeredAt' | 'collectOn' | 'lastDay'>
  /** When the customer was reminded that the day to send the goods had passed. */
  remindedAt?: string
  /** When the customer was told, for good, that the duty to send the goods stays and nothing is paid before. */
  overdueAt?: string
  receivedAt?: string
  /** Units that the warehouse found fit to be sold again. */
  fitForSale?: LinePart[]
  /** What was found when somebody looked, and what a person made of it; `heardUntil` left out, that is final. */
  inspection?: Pick<ReturnInspected['data'], 'inspectedAt' | 'units' | 'missing' | 'plain'>
  assessment?: Pick<ReturnAssessed['data'], 'assessedAt' | 'deductions' | 'heardUntil'>
  refund?: Pick<RefundDecided['data'], 'amount' | 'dueOn' | 'decidedAt' | 'reasons' | 'deductions'>
  /** What was decided later for the delivery alone, since the rest of the order was cancelled. */
  deliveryRefund?: Pick<RefundDecided['data'], 'deliveryRefundId' | 'amount' | 'dueOn' | 'decidedAt' | 'reasons'>
  /** What was deducted and staff paid back after all. */
  restored?: { overrideId: string; amount: number; decidedAt: string }[]
  closed?: Pick<ReturnClosed['data'], 'outcome' | 'amount' | 'closedAt'>
}
export type Return = { status: 'new' } | DeclaredReturn

/** Whether nobody knows yet which of its units had left: then nothing can be paid back for them. */
export const awaitsUnits = ({ declared, known }: DeclaredReturn) =>
  known === undefined && declared.lines.some(({ unsent = 0 }) => unsent > 0)

/** The units that come back. */
export const comingBack = ({ declared, known }: DeclaredReturn): LinePart[] =>
  known?.left ?? declared.lines.map(({ lineId, quantity }) => ({ lineId, quantity }))

/**
 * What a return waits for: orders for the units and for the money, staff or a carrier for the verdict, whoever has the goods for
 * the inspection, and a person for what is to be made of it.
 */
export type Awaiting = 'units' | 'verdict' | 'inspection' | 'assessment' | 'payment'

/** Whose answer a return waits for, and since when. A proof that will be believed in time needs none. */
export function awaited(state: DeclaredReturn): { awaits: Awaiting; since: string } | undefined {
  const { declared, refund, closed, proof, receivedAt, inspection, assessment } = state
  if (closed) return undefined
  if (refund) return { awaits: 'payment', since: refund.decidedAt }
  if (awaitsUnits(state)) return { awaits: 'units', since: declared.declaredAt }
  if (inspection && !inspection.plain && !assessment) return { awaits: 'assessment', since: inspection.inspectedAt }
  if (receivedAt && !inspection && isToBeInspected(state)) return { awaits: 'inspection', since: receivedAt }
  const unjudged = proof && proof.verdict === undefined && proof.paysFrom === undefined
  return unjudged ? { awaits: 'verdict', since: proof.shownAt } : undefined
}

/** Why a right was granted only for as long as nobody has looked at the goods. */
const HANGS_ON_THE_GOODS = new Set(['seal-must-be-intact', 'media-seal-must-be-intact'])

/** Whether what comes back has to be looked at before it is paid back: the right hangs on it. */
export const isToBeInspected = ({ declared }: DeclaredReturn) =>
  declared.reasons.some(({ code }) => HANGS_ON_THE_GOODS.has(code))

/** When the refund is to be decided by what stands, if nothing decides it before: a customer's word, or what is known of the goods. */
export function believedFrom(state: DeclaredReturn): string | undefined {
  const { refund, closed, receivedAt, collection, inspection, assessment, proof } = state
  if (refund || closed || awaitsUnits(state)) return undefined
  if (assessment) return assessment.heardUntil
  if (inspection && !inspection.plain) return undefined
  return (receivedAt ?? collection) ? lookedAtUntil(state) : proof?.paysFrom
}

/** When the customer is reminded to send the goods: once the last day for it is over and nobody has heard of them. */
export function remindFrom(state: DeclaredReturn): string | undefined {
  const { declared, remindedAt, receivedAt, sentAt, collection, refund, closed } = state
  if (remindedAt || receivedAt || collection || sentAt || refund || closed || awaitsUnits(state)) return undefined
  if (!comingBack(state).some(({ quantity }) => quantity > 0)) return undefined
  return startOfOsloDay(Temporal.PlainDate.from(declared.sendBackBy).add({ days: 1 })).toString()
}

/** So many days after the reminder it is decided what follows. */
const WAITED_FOR_DAYS = 14

/** When it is decided what follows of goods that nobody has heard of although their customer was reminded. */
export function overdueFrom(state: DeclaredReturn): string | undefined {
  const { remindedAt, overdueAt, receivedAt, sentAt, collection, refund, closed } = state
  if (!remindedAt || overdueAt || receivedAt || collection || sentAt || refund || closed) return undefined
  const remindedOn = osloDay(Temporal.Instant.from(remindedAt))
  return startOfOsloDay(remindedOn.add({ days: WAITED_FOR_DAYS + 1 })).toString()
}

/** On the last day to pay back, so late that the money still moves on it: Europe/Oslo. */
const LAST_HOUR = { hours: 16 }

/** Until when goods that are back can be looked at, and their customer be heard: the refund is never late for that. */
export const lookedAtUntil = (state: DeclaredReturn) =>
  startOfOsloDay(lastDayToPay(state)!).toZonedDateTimeISO('Europe/Oslo').add(LAST_HOUR).toInstant().toString()

/** The last day to pay back what is not decided yet; undefined as long as the goods or proof of sending may be waited for (§ 24). */
export const payBy = (state: DeclaredReturn): string | undefined =>
  state.refund || state.closed ? undefined : lastDayToPay(state)?.toString()

/** Of goods that are back, for what a person is waited for, by when they are paid back all the same, and what that rests on. */
export function underReviewOf(state: DeclaredReturn) {
  const awaits = awaited(state)?.awaits
  if (!state.receivedAt || (awaits !== 'inspection' && awaits !== 'assessment')) return undefined
  const { dueOn, reasons } = toPay(state)
  const hanging = state.declared.reasons.filter(({ code }) => HANGS_ON_THE_GOODS.has(code))
  return { awaits, payBy: dueOn!.toString(), reasons: [...(awaits === 'inspection' ? hanging : []), ...reasons] }
}

const lastDayToPay = (state: DeclaredReturn) => toPay(state).dueOn

function toPay({ declared, receivedAt, proof, sentAt, collection }: DeclaredReturn) {
  const proofAt = proof?.shownAt ?? sentAt
  return termsOf(declared.terms.edition).refundDue({
    noticeReceivedAt: Temporal.Instant.from(declared.declaredAt),
    ...(receivedAt && { goodsReceivedAt: Temporal.Instant.from(receivedAt) }),
    ...(proofAt && { proofOfSendingAt: Temporal.Instant.from(proofAt) }),
    ...(collection && { collectionOfferedAt: Temporal.Instant.from(collection.offeredAt) }),
  })
}
