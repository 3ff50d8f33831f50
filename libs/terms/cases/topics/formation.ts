import type { OrderEvent } from '../../rules/formation.ts'
import type { CustomerKind } from '../../ruling/vocabulary.ts'
import { terms } from '../asked-edition.ts'
import { instantOf, isoOf, type Moment, majorUnitsOf, minorUnitsOf } from '../read.ts'
import type { Answer, Topic } from '../runner.ts'

const {
  legalCapacity,
  cancellation,
  correction,
  sellersWayOut,
  durableConfirmation,
  orderButton,
  agreement,
  paymentForGoods,
  deliveryCost,
  deliveryEstimate,
} = terms

type Reason = 'stock' | 'pricing-error' | 'technical-mistake' | 'payment' | 'other'

type Facts = {
  customerType?: CustomerKind
  events?: string[]
  /** The acknowledgement is worded as if it accepted the order. */
  ackReadsAsConfirmation?: boolean
  confirmationDeliveredAt?: Moment
  openedAt?: Moment
  confirmationBounced?: boolean
  stage?: 'placed' | 'confirmed'
  reason?: Reason
  obvious?: boolean
  auto?: boolean
  humanApproved?: boolean
  customerConsents?: boolean
  oldTotal?: number
  newTotal?: number
  buttonLabel?: string
  deliveryCostShown?: boolean
  deliveryCost?: number
  confirmationSent?: boolean
  handedToCarrier?: boolean
  confirmedAt?: Moment
  ordered?: boolean
  age?: number
}

function formation(facts: Facts): Answer {
  return {
    ...formed(facts),
    ...(facts.reason !== undefined && wayOut(facts)),
    ...(facts.newTotal !== undefined && corrected(facts)),
    ...(facts.confirmedAt !== undefined && expected(facts.confirmedAt, facts.customerType)),
    ...checkedOut(facts),
  }
}

const EVENTS: Record<string, OrderEvent['name']> = {
  placed: 'placed',
  authorised: 'authorised',
  'ack-delivered': 'acknowledgement-delivered',
  'ack-email-delivered': 'acknowledgement-delivered',
  'confirmation-delivered': 'confirmation-delivered',
  'confirmation-email-delivered': 'confirmation-delivered',
  'confirmation-opened': 'confirmation-opened',
  'confirmation-email-opened': 'confirmation-opened',
  'confirmation-bounced': 'confirmation-bounced',
  'confirmation-email-bounced': 'confirmation-bounced',
}

function formed(facts: Facts): Answer {
  const { outcome, formedAt, acknowledgement, action } = agreement(eventsOf(facts))
  return {
    formed: outcome === 'granted',
    formedAt: formedAt?.toString() ?? null,
    ackRequired: acknowledgement.required,
    action: action ?? null,
  }
}

/** The list of a case, or one made of the moments that it tells. An order that is told of was placed. */
function eventsOf(facts: Facts): OrderEvent[] {
  const { events, confirmationDeliveredAt, openedAt, confirmationBounced, ackReadsAsConfirmation } = facts
  if (events !== undefined)
    return events.flatMap((name) =>
      name in EVENTS ? [{ name: EVENTS[name]!, readsAsConfirmation: ackReadsAsConfirmation }] : [],
    )
  const told: OrderEvent[] = [{ name: 'placed' }]
  if (facts.stage === 'confirmed' && confirmationDeliveredAt === undefined)
    told.push({ name: 'confirmation-delivered' })
  if (confirmationDeliveredAt !== undefined)
    told.push({ name: 'confirmation-delivered', at: instantOf(confirmationDeliveredAt) })
  if (openedAt !== undefined) told.push({ name: 'confirmation-opened', at: instantOf(openedAt) })
  if (confirmationBounced) told.push({ name: 'confirmation-bounced' })
  return told
}

const ANSWERS = { granted: true, refused: false, review: 'review' } as const

function wayOut(facts: Facts): Answer {
  const { outcome, entitled, needsHumanApproval, mayCorrect, customerOptions, damagesPossible } = sellersWayOut({
    customerKind: facts.customerType ?? 'consumer',
    formed: facts.stage === 'confirmed',
    reason: facts.reason!,
    obvious: facts.obvious,
    automatic: facts.auto,
    approvedBy: facts.humanApproved ? 'somebody' : undefined,
    customerConsents: facts.customerConsents,
  })
  const allowed = outcome === 'granted'
  return {
    allowed,
    mayCancel: ANSWERS[entitled],
    mayCancelUnilaterally: allowed && !facts.customerConsents,
    needsHumanApproval,
    mayCorrect,
    customerOptions: [...customerOptions],
    damagesPossible,
  }
}

function corrected({ stage, oldTotal = 0, newTotal = 0, customerConsents }: Facts): Answer {
  const { agreedTotal, needsNewAcceptance } = correction({
    formed: stage === 'confirmed',
    oldTotal: minorUnitsOf(oldTotal),
    newTotal: minorUnitsOf(newTotal),
    customerAccepts: customerConsents,
  })
  return { formedAtOldPrice: agreedTotal === minorUnitsOf(oldTotal), needsNewAcceptance }
}

function expected(confirmedAt: Moment, customerKind: CustomerKind = 'consumer'): Answer {
  const { from, to, latest } = deliveryEstimate({ customerKind, confirmedAt: instantOf(confirmedAt) })
  return { estimateFrom: isoOf(from), estimateTo: isoOf(to), latestDelivery: latest && isoOf(latest) }
}

function checkedOut(facts: Facts): Answer {
  const { customerType: customerKind = 'consumer', buttonLabel: label } = facts
  const cost = deliveryCost({
    customerKind,
    amount: minorUnitsOf(facts.deliveryCost ?? 0),
    shownBeforePayment: facts.deliveryCostShown ?? false,
  })
  const { guardianConsentNeeded } = legalCapacity({ age: facts.age })
  const { violation } = durableConfirmation({
    customerKind,
    confirmed: facts.confirmationSent ?? false,
    handedOver: facts.handedToCarrier ?? false,
  })
  return {
    ...(label !== undefined && { consumerBound: orderButton({ label, customerKind }).outcome === 'granted' }),
    deliveryCostOwed: majorUnitsOf(cost.owed),
    blockCheckout: cost.blocksCheckout,
    violation,
    paymentDue: paymentForGoods({ ordered: facts.ordered ?? true }).outcome === 'granted',
    flag: guardianConsentNeeded ? 'guardian-consent-needed' : null,
  }
}

type Cancelling = {
  customerType?: CustomerKind
  stage?: 'placed' | 'confirmed' | 'delivered'
  shipped?: boolean
  madeToOrder?: boolean
  customMade?: boolean
}

function customersCancellation(facts: Cancelling): Answer {
  const { treatAs, sellersClaim, outcome } = cancellation({
    by: 'customer',
    customerKind: facts.customerType ?? 'consumer',
    formed: facts.stage !== 'placed',
    dispatched: facts.shipped ?? false,
    delivered: facts.stage === 'delivered',
    madeToOrder: facts.madeToOrder ?? facts.customMade,
    reason: 'customer-wish',
  })
  const claims = { none: 0, costs: 'costs-only' }
  return {
    accept: outcome === 'review' ? ANSWERS.review : treatAs !== undefined,
    treatAs: treatAs ?? null,
    fee: sellersClaim === undefined ? null : claims[sellersClaim],
  }
}

export const formationTopics: Record<string, Topic> = { formation, cancellation: customersCancellation }
