import { granted, type Ruling, refused, review } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { angrerettloven } from '../statute/angrerettloven.ts'
import { avtaleloven } from '../statute/avtaleloven.ts'
import { forbrukerkjopsloven } from '../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../statute/kjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: avtaleloven §§ 6 and 32, forbrukerkjøpsloven §§ 19–24 and 41. */
const reasonsOf = (because: Because) => ({
  consumerBeforeDispatch: because(
    'before-dispatch',
    'customer-may-cancel',
    forbrukerkjopsloven('§ 41'),
    angrerettloven('§ 23'),
  ),
  businessBeforeDispatch: because('before-dispatch', 'customer-may-cancel'),
  withCarrier: because('with-carrier', 'customer-may-cancel'),
  notYetDelivered: because('not-yet-delivered', forbrukerkjopsloven('§ 41'), angrerettloven('§ 22 bokstav e')),
  withdrawInstead: because('withdraw-instead', 'withdrawal-right', 'withdrawal-notice', angrerettloven('§ 20')),
  returnInstead: because('return-instead', 'voluntary-return'),
  noAgreementYet: because('no-agreement-yet', 'agreement', avtaleloven('§ 1')),
  reserved: because('reserved-before-agreement', 'seller-may-cancel'),
  notReserved: because('reason-not-reserved', 'seller-may-cancel'),
  customerConsents: because('customer-consents', avtaleloven('§ 1')),
  obviousMistake: because('obvious-mistake', 'seller-may-cancel', avtaleloven('§ 32')),
  needsApproval: because('mistake-needs-approval', 'seller-may-cancel', avtaleloven('§ 32')),
  notObvious: because('mistake-not-obvious', 'seller-may-cancel', avtaleloven('§ 32')),
  consumerBound: because('bound-by-agreement', 'agreement', avtaleloven('§ 1'), forbrukerkjopsloven('§ 19')),
  businessBound: because('bound-by-agreement', 'agreement', avtaleloven('§ 1'), kjopsloven('§ 22')),
  cancelled: because('order-cancelled', 'customer-may-cancel'),
  returned: because('all-returned', 'withdrawal-right', 'voluntary-return', angrerettloven('§ 23')),
  notRaised: because('price-not-raised', 'seller-may-cancel', avtaleloven('§ 6')),
  accepted: because('correction-accepted', 'seller-may-cancel', avtaleloven('§ 6')),
  newOffer: because('correction-is-new-offer', 'seller-may-cancel', avtaleloven('§ 6')),
})
type Edition = Under<typeof reasonsOf>

export type Cancellation = {
  by: 'customer' | 'seller'
  customerKind: CustomerKind
  /** Whether there is an agreement, by `formation`. */
  formed: boolean
  /** Whether the carrier has what is to be cancelled. */
  dispatched: boolean
  /** Whether the customer has it. */
  delivered?: boolean
  /** Made to the customer's specification, so that a consumer has no right of withdrawal to turn to. */
  madeToOrder?: boolean
  reason: 'stock' | 'pricing-error' | 'technical-mistake' | 'payment' | 'customer-wish' | 'other'
  customerConsents?: boolean
  /** The person at the seller's who looked at the mistake and found that the customer must have seen it. */
  approvedBy?: string
  /** Whether the customer must have seen the mistake; left out while nobody has looked. */
  obvious?: boolean
}

export type CancellationRuling = Ruling & {
  /** What the customer's wish counts as in law; left out when it changes nothing. */
  treatAs?: 'cancellation' | 'withdrawal'
  /** What the seller may ask for in return: nothing, or no more than what the cancellation cost them. */
  sellersClaim?: 'none' | 'costs'
}

/**
 * A customer may cancel until dispatch and needs no reason. Terms may let the seller cancel without an end, but
 * once there is an agreement the seller is bound by it as the law says, save for an obvious mistake or consent.
 */
function cancellation(edition: Edition, facts: Cancellation): CancellationRuling {
  if (facts.by === 'customer')
    return facts.customerKind === 'consumer'
      ? cancellationByConsumer(edition, facts)
      : cancellationByBusiness(edition, facts)
  if (facts.customerConsents) return { ...granted(edition.why.customerConsents), basis: 'statute' }
  return facts.formed ? cancellationOfAgreement(edition, facts) : cancellationOfOrder(edition, facts)
}

/**
 * The terms end at the handover, the law at delivery: what can be withdrawn from is withdrawn from instead, on the
 * same day and for nothing. For goods made to order there is only § 41, and what they cost the seller is for a person.
 */
function cancellationByConsumer(
  edition: Edition,
  { dispatched, delivered = false, madeToOrder = false }: Cancellation,
) {
  const treatAs = madeToOrder ? 'cancellation' : 'withdrawal'
  if (!dispatched && !delivered)
    return { ...granted(edition.why.consumerBeforeDispatch), basis: 'both', treatAs, sellersClaim: 'none' } as const
  if (!madeToOrder)
    return { ...refused(edition.why.withCarrier, edition.why.withdrawInstead), treatAs, sellersClaim: 'none' } as const
  if (delivered) return refused(edition.why.withCarrier)
  const claim = { treatAs, sellersClaim: 'costs' } as const
  return { ...review(edition.why.notYetDelivered), basis: 'statute', termsUndercut: true, ...claim } as const
}

const cancellationByBusiness = (
  edition: Edition,
  { dispatched, delivered = false }: Cancellation,
): CancellationRuling =>
  dispatched || delivered
    ? refused(edition.why.withCarrier, edition.why.returnInstead)
    : { ...granted(edition.why.businessBeforeDispatch), basis: 'terms', treatAs: 'cancellation', sellersClaim: 'none' }

function cancellationOfOrder(edition: Edition, { reason }: Cancellation): Ruling {
  if (isReserved(reason)) return { ...granted(edition.why.reserved), basis: 'terms' }
  // An order that is never paid is never confirmed, and the seller owes nobody a confirmation.
  if (reason === 'payment') return { ...granted(edition.why.noAgreementYet), basis: 'both' }
  return refused(edition.why.notReserved)
}

/** What the seller wants against the customer fails closed: without a person's approval it is refused, not reviewed. */
function cancellationOfAgreement(
  edition: Edition,
  { reason, customerKind, approvedBy, obvious }: Cancellation,
): Ruling {
  const termsUndercut = isReserved(reason) && edition.wording.sellerMayCancel === 'at-any-time'
  if (isMistake(reason)) {
    if (obvious === false) return { ...refused(edition.why.notObvious), basis: 'statute', termsUndercut }
    if (approvedBy === undefined) return { ...refused(edition.why.needsApproval), basis: 'statute', termsUndercut }
    return { ...granted(edition.why.obviousMistake), basis: 'both' }
  }
  const bound = customerKind === 'consumer' ? edition.why.consumerBound : edition.why.businessBound
  return { ...refused(bound), basis: 'statute', termsUndercut }
}

const isMistake = (reason: Cancellation['reason']) => reason === 'pricing-error' || reason === 'technical-mistake'
const isReserved = (reason: Cancellation['reason']) => reason === 'stock' || isMistake(reason)

/** Nothing is left to ask for: the order was cancelled, or all of it went back. */
const ended = (edition: Edition, how: 'cancelled' | 'returned'): Ruling => refused(edition.why[how])

/** What a customer chooses from when the seller cannot deliver what was agreed. Source: forbrukerkjøpsloven §§ 19–24. */
const WHEN_OUT_OF_STOCK = ['wait', 'substitute', 'cancel-with-refund'] as const

export type SellersWayOut = Ruling & {
  /** Whether the law lets the seller off, the approval of a person apart: review while nobody knows how obvious it was. */
  entitled: Ruling['outcome']
  /** A person may still let the order end; until then it stands. */
  needsHumanApproval: boolean
  /** The seller never changes an order alone: a correction is another offer, by `correction`. */
  mayCorrect: 'with-customer-consent'
  /** Empty unless the seller agreed to deliver and cannot. */
  customerOptions: readonly (typeof WHEN_OUT_OF_STOCK)[number][]
  damagesPossible: boolean
}

/**
 * What a seller may do who cannot or will not carry out an order, and what the customer then has. `automatic` says that no
 * person is asking: after the agreement a machine ends nothing, whatever its reason and whoever approved what before.
 */
function sellersWayOut(
  edition: Edition,
  facts: Omit<Cancellation, 'by' | 'dispatched'> & { automatic?: boolean },
): SellersWayOut {
  const { formed, reason, obvious, automatic = false } = facts
  const approvedBy = automatic ? undefined : facts.approvedBy
  const ruling = cancellation(edition, { ...facts, approvedBy, by: 'seller', dispatched: false })
  const open = formed && ruling.outcome === 'refused'
  const outOfStock = open && reason === 'stock'
  const mistaken = open && isMistake(reason) && obvious !== false
  return {
    ...ruling,
    entitled: mistaken ? (obvious ? 'granted' : 'review') : ruling.outcome,
    needsHumanApproval: mistaken || (open && automatic),
    mayCorrect: 'with-customer-consent',
    customerOptions: outOfStock ? WHEN_OUT_OF_STOCK : [],
    damagesPossible: outOfStock,
  }
}

export type Correction = { formed: boolean; oldTotal: number; newTotal: number; customerAccepts?: boolean }

/**
 * A correction of what an order costs, in the smallest unit. A higher total is a new offer that the
 * customer accepts anew or not at all; a lower one only benefits them. `agreedTotal` is what an agreement, if any, holds at.
 */
function correction(
  edition: Edition,
  { formed, oldTotal, newTotal, customerAccepts = false }: Correction,
): Ruling & {
  agreedTotal?: number
  needsNewAcceptance: boolean
} {
  const raised = newTotal > oldTotal
  const needsNewAcceptance = raised && !customerAccepts
  const corrected = needsNewAcceptance ? oldTotal : newTotal
  const ruling = needsNewAcceptance
    ? refused(edition.why.newOffer)
    : granted(raised ? edition.why.accepted : edition.why.notRaised)
  return { ...ruling, basis: 'statute', needsNewAcceptance, ...(formed && { agreedTotal: corrected }) }
}

export const cancellationRules = rulesOf(reasonsOf, { cancellation, ended, sellersWayOut, correction })
