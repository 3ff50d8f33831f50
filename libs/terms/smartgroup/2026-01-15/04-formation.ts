import { citing } from '../../citing.ts'
import { type CustomerKind, granted, type Ruling, refused } from '../../ruling.ts'
import { angrerettloven } from '../../statute/angrerettloven.ts'
import { avtaleloven } from '../../statute/avtaleloven.ts'
import { eHandelsloven } from '../../statute/e-handelsloven.ts'
import { forbrukerkjopsloven } from '../../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../../statute/kjopsloven.ts'
import { text as withdrawalText } from './08-withdrawal.ts'
import { text as voluntaryReturnText } from './09-voluntary-return.ts'
import { EDITION } from './parameters.ts'

/** Clause 4, as printed. Legal basis: avtaleloven §§ 1 and 32, e-handelsloven § 12, forbrukerkjøpsloven §§ 19 and 41. */
export const text = {
  '4.1': 'The agreement is made when our order confirmation reaches you by email.',
  '4.2': 'We may cancel or correct an order because of stock problems, pricing errors or technical mistakes.',
  '4.3': 'You may cancel an order until it is handed to the carrier.',
} as const

const because = citing(EDITION, { ...text, ...withdrawalText, ...voluntaryReturnText })

const why = {
  confirmed: because('confirmation-received', '4.1', eHandelsloven('§ 12')),
  bounced: because('confirmation-bounced', '4.1', eHandelsloven('§ 12')),
  unconfirmed: because('not-confirmed', '4.1', avtaleloven('§ 1')),
  consumerBeforeDispatch: because('before-dispatch', '4.3', forbrukerkjopsloven('§ 41'), angrerettloven('§ 23')),
  businessBeforeDispatch: because('before-dispatch', '4.3'),
  withCarrier: because('with-carrier', '4.3'),
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
}

export type Confirmation = {
  /** The customer's mail server took the confirmation: from then on the customer can get at it, read or not. */
  confirmationAcceptedAt?: Temporal.Instant
  bouncedAt?: Temporal.Instant
}

/** Clause 4.1, as code: granted means that there is an agreement, since `formedAt`. A later attempt heals a bounce. */
export function formation({
  confirmationAcceptedAt,
  bouncedAt,
}: Confirmation): Ruling & { formedAt?: Temporal.Instant } {
  if (confirmationAcceptedAt === undefined) return refused(bouncedAt ? why.bounced : why.unconfirmed)
  if (bouncedAt && Temporal.Instant.compare(bouncedAt, confirmationAcceptedAt) >= 0) return refused(why.bounced)
  return { ...granted(why.confirmed), basis: 'both', formedAt: confirmationAcceptedAt }
}

export type Cancellation = {
  by: 'customer' | 'seller'
  customerKind: CustomerKind
  /** Whether there is an agreement, by `formation`. */
  formed: boolean
  /** Whether the carrier has what is to be cancelled. */
  dispatched: boolean
  reason: 'stock' | 'pricing-error' | 'technical-mistake' | 'payment' | 'customer-wish' | 'other'
  customerConsents?: boolean
  /** The person at the seller's who looked at the mistake and found that the customer must have seen it. */
  approvedBy?: string
  /** False when somebody looked and found that the customer could not have seen it. */
  obvious?: boolean
}

/**
 * Clauses 4.2 and 4.3, as code. A customer may cancel until dispatch and needs no reason. The printed 4.2 knows no end,
 * but once there is an agreement the seller is bound by it as the law says, save for an obvious mistake or consent.
 */
export function cancellation(facts: Cancellation): Ruling {
  if (facts.by === 'customer') return cancellationByCustomer(facts)
  if (facts.customerConsents) return { ...granted(why.customerConsents), basis: 'statute' }
  return facts.formed ? cancellationOfAgreement(facts) : cancellationOfOrder(facts)
}

function cancellationByCustomer({ customerKind, dispatched }: Cancellation): Ruling {
  const consumer = customerKind === 'consumer'
  if (dispatched) return refused(why.withCarrier, consumer ? why.withdrawInstead : why.returnInstead)
  return consumer
    ? { ...granted(why.consumerBeforeDispatch), basis: 'both' }
    : { ...granted(why.businessBeforeDispatch), basis: 'terms' }
}

function cancellationOfOrder({ reason }: Cancellation): Ruling {
  if (isReserved(reason)) return { ...granted(why.reserved), basis: 'terms' }
  // An order that is never paid is never confirmed, and the seller owes nobody a confirmation.
  if (reason === 'payment') return { ...granted(why.noAgreementYet), basis: 'both' }
  return refused(why.notReserved)
}

/** What the seller wants against the customer fails closed: without a person's approval it is refused, not reviewed. */
function cancellationOfAgreement({ reason, customerKind, approvedBy, obvious }: Cancellation): Ruling {
  const termsUndercut = isReserved(reason)
  if (reason === 'pricing-error' || reason === 'technical-mistake') {
    if (obvious === false) return { ...refused(why.notObvious), basis: 'statute', termsUndercut }
    if (approvedBy === undefined) return { ...refused(why.needsApproval), basis: 'statute', termsUndercut }
    return { ...granted(why.obviousMistake), basis: 'both' }
  }
  const bound = customerKind === 'consumer' ? why.consumerBound : why.businessBound
  return { ...refused(bound), basis: 'statute', termsUndercut }
}

const isReserved = (reason: Cancellation['reason']) =>
  reason === 'stock' || reason === 'pricing-error' || reason === 'technical-mistake'

/** Nothing is left to ask for: the order was cancelled, or all of it went back. */
export const ended = (how: 'cancelled' | 'returned'): Ruling => refused(why[how])
