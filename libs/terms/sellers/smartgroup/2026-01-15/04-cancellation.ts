import { citing } from '../../../ruling/citing.ts'
import { type CustomerKind, granted, type Ruling, refused, review } from '../../../ruling/ruling.ts'
import { angrerettloven } from '../../../statute/angrerettloven.ts'
import { avtaleloven } from '../../../statute/avtaleloven.ts'
import { forbrukerkjopsloven } from '../../../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../../../statute/kjopsloven.ts'
import { text as formationText } from './04-formation.ts'
import { text as withdrawalText } from './08-withdrawal.ts'
import { text as voluntaryReturnText } from './09-voluntary-return.ts'
import { EDITION } from './parameters.ts'

/** Clauses 4.2 and 4.3, as printed. Legal basis: avtaleloven §§ 6 and 32, forbrukerkjøpsloven §§ 19–24 and 41. */
export const text = {
  '4.2': 'We may cancel or correct an order because of stock problems, pricing errors or technical mistakes.',
  '4.3': 'You may cancel an order until it is handed to the carrier.',
} as const

const because = citing(EDITION, { ...formationText, ...text, ...withdrawalText, ...voluntaryReturnText })

const why = {
  consumerBeforeDispatch: because('before-dispatch', '4.3', forbrukerkjopsloven('§ 41'), angrerettloven('§ 23')),
  businessBeforeDispatch: because('before-dispatch', '4.3'),
  withCarrier: because('with-carrier', '4.3'),
  notYetDelivered: because('not-yet-delivered', forbrukerkjopsloven('§ 41'), angrerettloven('§ 22 bokstav e')),
  withdrawInstead: because('withdraw-instead', '8.1', '8.3', angrerettloven('§ 20')),
  returnInstead: because('return-instead', '9.1'),
  noAgreementYet: because('no-agreement-yet', '4.1', avtaleloven('§ 1')),
  reserved: because('reserved-before-agreement', '4.2'),
  notReserved: because('reason-not-reserved', '4.2'),
  customerConsents: because('customer-consents', avtaleloven('§ 1')),
  obviousMistake: because('obvious-mistake', '4.2', avtaleloven('§ 32')),
  needsApproval: because('mistake-needs-approval', '4.2', avtaleloven('§ 32')),
  notObvious: because('mistake-not-obvious', '4.2', avtaleloven('§ 32')),
  consumerBound: because('bound-by-agreement', '4.1', avtaleloven('§ 1'), forbrukerkjopsloven('§ 19')),
  businessBound: because('bound-by-agreement', '4.1', avtaleloven('§ 1'), kjopsloven('§ 22')),
  cancelled: because('order-cancelled', '4.3'),
  returned: because('all-returned', '8.1', '9.1', angrerettloven('§ 23')),
  notRaised: because('price-not-raised', '4.2', avtaleloven('§ 6')),
  accepted: because('correction-accepted', '4.2', avtaleloven('§ 6')),
  newOffer: because('correction-is-new-offer', '4.2', avtaleloven('§ 6')),
}

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
  /** What the seller may ask for in return: nothing, or no more than what the cancellation cost him. */
  sellersClaim?: 'none' | 'costs'
}

/**
 * Clauses 4.2 and 4.3, as code. A customer may cancel until dispatch and needs no reason. The printed 4.2 knows no end,
 * but once there is an agreement the seller is bound by it as the law says, save for an obvious mistake or consent.
 */
export function cancellation(facts: Cancellation): CancellationRuling {
  if (facts.by === 'customer')
    return facts.customerKind === 'consumer' ? cancellationByConsumer(facts) : cancellationByBusiness(facts)
  if (facts.customerConsents) return { ...granted(why.customerConsents), basis: 'statute' }
  return facts.formed ? cancellationOfAgreement(facts) : cancellationOfOrder(facts)
}

/**
 * The printed 4.3 ends at the handover, the law at delivery: what can be withdrawn from is withdrawn from instead, on the
 * same day and for nothing. For goods made to order there is only § 41, and what they cost the seller is for a person.
 */
function cancellationByConsumer({ dispatched, delivered = false, madeToOrder = false }: Cancellation) {
  const treatAs = madeToOrder ? 'cancellation' : 'withdrawal'
  if (!dispatched && !delivered)
    return { ...granted(why.consumerBeforeDispatch), basis: 'both', treatAs, sellersClaim: 'none' } as const
  if (!madeToOrder) return { ...refused(why.withCarrier, why.withdrawInstead), treatAs, sellersClaim: 'none' } as const
  if (delivered) return refused(why.withCarrier)
  const claim = { treatAs, sellersClaim: 'costs' } as const
  return { ...review(why.notYetDelivered), basis: 'statute', termsUndercut: true, ...claim } as const
}

const cancellationByBusiness = ({ dispatched, delivered = false }: Cancellation): CancellationRuling =>
  dispatched || delivered
    ? refused(why.withCarrier, why.returnInstead)
    : { ...granted(why.businessBeforeDispatch), basis: 'terms', treatAs: 'cancellation', sellersClaim: 'none' }

function cancellationOfOrder({ reason }: Cancellation): Ruling {
  if (isReserved(reason)) return { ...granted(why.reserved), basis: 'terms' }
  // An order that is never paid is never confirmed, and the seller owes nobody a confirmation.
  if (reason === 'payment') return { ...granted(why.noAgreementYet), basis: 'both' }
  return refused(why.notReserved)
}

/** What the seller wants against the customer fails closed: without a person's approval it is refused, not reviewed. */
function cancellationOfAgreement({ reason, customerKind, approvedBy, obvious }: Cancellation): Ruling {
  const termsUndercut = isReserved(reason)
  if (isMistake(reason)) {
    if (obvious === false) return { ...refused(why.notObvious), basis: 'statute', termsUndercut }
    if (approvedBy === undefined) return { ...refused(why.needsApproval), basis: 'statute', termsUndercut }
    return { ...granted(why.obviousMistake), basis: 'both' }
  }
  const bound = customerKind === 'consumer' ? why.consumerBound : why.businessBound
  return { ...refused(bound), basis: 'statute', termsUndercut }
}

const isMistake = (reason: Cancellation['reason']) => reason === 'pricing-error' || reason === 'technical-mistake'
const isReserved = (reason: Cancellation['reason']) => reason === 'stock' || isMistake(reason)

/** Nothing is left to ask for: the order was cancelled, or all of it went back. */
export const ended = (how: 'cancelled' | 'returned'): Ruling => refused(why[how])

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
export function sellersWayOut(facts: Omit<Cancellation, 'by' | 'dispatched'> & { automatic?: boolean }): SellersWayOut {
  const { formed, reason, obvious, automatic = false } = facts
  const approvedBy = automatic ? undefined : facts.approvedBy
  const ruling = cancellation({ ...facts, approvedBy, by: 'seller', dispatched: false })
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
 * Clause 4.2, as code: a correction of what an order costs, in the smallest unit. A higher total is a new offer that the
 * customer accepts anew or not at all; a lower one only benefits him. `agreedTotal` is what an agreement, if any, holds at.
 */
export function correction({ formed, oldTotal, newTotal, customerAccepts = false }: Correction): Ruling & {
  agreedTotal?: number
  needsNewAcceptance: boolean
} {
  const raised = newTotal > oldTotal
  const needsNewAcceptance = raised && !customerAccepts
  const corrected = needsNewAcceptance ? oldTotal : newTotal
  const ruling = needsNewAcceptance ? refused(why.newOffer) : granted(raised ? why.accepted : why.notRaised)
  return { ...ruling, basis: 'statute', needsNewAcceptance, ...(formed && { agreedTotal: corrected }) }
}
