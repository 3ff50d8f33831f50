import { osloDay } from './calendar.ts'
import { type Terms, termsOf } from './editions.ts'
import {
  type Asked,
  cancellationBy,
  type Entitlement,
  endedOf,
  entitlement,
  isoOf,
  type LineRights,
  type LineRisk,
  rightsByLine,
  risksByLine,
} from './line-entitlements.ts'
import type { OrderFacts, ReturnFacts } from './order-facts.ts'
import { type Line, lastReceiptOf, linesOf } from './order-lines.ts'
import { portionOf } from './portion.ts'
import type { Reason } from './ruling.ts'

export type Money = { amount: number; currency: 'NOK' | 'EUR' }

export type LineEntitlements = LineRights & {
  lineId: string
  sku: string
  quantity: number
  /** Units that are neither on their way back nor back, whether they have come or not; 0 when the order is cancelled. */
  returnable: number
  /** What comes back if all returnable units of this line, and nothing else, go back by the best right there is. */
  refundEstimate: Money
}

/** What the customer may do with what he bought. */
export type Eligibility = {
  orderId: string
  edition: string
  /** The moment that this was worked out for, RFC 3339. */
  at: string
  cancel: Entitlement
  /** The last day to hand goods to a carrier after a notice given now. */
  sendBackBy: string
  /** When each open return is to be paid back; without a day the seller rightly waits for the goods. */
  refundsDue: { returnId: string; dueOn?: string; withheld: boolean; reasons: Reason[] }[]
  /** What comes back if everything returnable goes back, or is cancelled where it still can be. */
  refundEstimate: Money
  lines: LineEntitlements[]
}

export type OrderEntitlements = Omit<Eligibility, 'lines'> & {
  lines: (LineEntitlements & { risk: LineRisk })[]
  /** Granted means that there is an agreement. */
  formation: Entitlement & { formedAt?: string }
  /** Whether the seller may still cancel or correct by himself; with a person's approval an obvious mistake he may. */
  sellerCancel: Entitlement & { needsHumanApproval: boolean }
  /** The days of the estimate and the last day by law; left out until there is an agreement. */
  delivery?: {
    from: string
    to: string
    latest: string
    late: Entitlement['outcome']
    remedies: string[]
    reasons: Reason[]
  }
  prices: ReturnType<Terms['priceDisplay']>
  /** Whether money may be taken now, how much, and how much of the authorisation is to be released. */
  capture?: Entitlement & { amount: number; release: number }
  /** What an impediment frees the seller from, and what it does not. */
  impediment?: { exempt: boolean; damages: Entitlement; rescission: Entitlement; refund: Entitlement }
  dispute: ReturnType<Terms['dispute']>
}

/** All that an order entitles its customer to at a moment, and its seller, each with what it rests on. */
export function entitlements(facts: OrderFacts, at: Temporal.Instant): OrderEntitlements {
  const asked = askedOf(facts, at)
  const { terms } = asked
  const { customerKind, currency, country } = facts
  const risk = risksByLine(asked)
  const { lines, ...rest } = eligibilityOf(asked)
  return {
    ...rest,
    lines: lines.map((line, n) => ({ ...line, risk: risk(asked.lines[n]!) })),
    formation: formationOf(asked),
    sellerCancel: sellerCancelOf(asked),
    delivery: deliveryOf(asked),
    prices: terms.priceDisplay({ currency, customerKind }),
    capture: captureOf(asked),
    impediment: impedimentOf(asked),
    dispute: terms.dispute({ customerKind, country, on: osloDay(at) }),
  }
}

/** The part of the entitlements that is about what was bought: what may go back, until when, why, and what comes back. */
export const eligibility = (facts: OrderFacts, at: Temporal.Instant): Eligibility => eligibilityOf(askedOf(facts, at))

const askedOf = (facts: OrderFacts, at: Temporal.Instant): Asked => ({
  facts,
  terms: termsOf(facts.terms.edition),
  lines: linesOf(facts),
  at,
})

function eligibilityOf(asked: Asked): Eligibility {
  const { facts, terms, at } = asked
  const rights = rightsByLine(asked)
  const lines = asked.lines.map((line) => ({ line, rights: rights(line) }))
  const openLines = asked.lines.filter(({ returnable }) => returnable > 0).length
  const cancel = cancellationOfAll(asked)
  return {
    orderId: facts.orderId,
    edition: facts.terms.edition,
    at: at.toString(),
    cancel,
    sendBackBy: isoOf(terms.sendBackBy(at, facts.country).lastDay),
    refundsDue: facts.returns.filter(({ outcome }) => outcome === 'open').flatMap((it) => refundDueOf(it, asked)),
    refundEstimate:
      cancel.outcome === 'granted' ? cancellationEstimate(facts, asked.lines) : estimate(asked, lines, openLines),
    lines: lines.map((each) => ({
      lineId: each.line.lineId,
      sku: each.line.sku,
      quantity: each.line.quantity,
      returnable: each.line.returnable,
      ...each.rights,
      refundEstimate: estimate(asked, [each], openLines),
    })),
  }
}

function cancellationOfAll({ facts, terms, lines }: Asked) {
  if (!lines.some(({ returnable }) => returnable > 0)) return endedOf(facts, terms)
  return cancellationBy(facts, terms, {
    dispatched: lines.some(({ handedOver }) => handedOver > 0),
    delivered: lines.some(({ receivedAt }) => receivedAt !== undefined),
    madeToOrder: lines.every(({ traits }) => traits.madeToOrder),
  })
}

function formationOf({ facts: { formedAt }, terms }: Asked) {
  const confirmationAcceptedAt = formedAt === undefined ? undefined : Temporal.Instant.from(formedAt)
  return { ...entitlement(terms.formation({ confirmationAcceptedAt })), formedAt }
}

function sellerCancelOf({ facts: { customerKind, formedAt }, terms }: Asked) {
  const ruling = terms.sellersWayOut({ customerKind, formed: formedAt !== undefined, reason: 'pricing-error' })
  return { ...entitlement(ruling), needsHumanApproval: ruling.needsHumanApproval }
}

function deliveryOf({ facts: { customerKind, formedAt }, terms, lines, at }: Asked): OrderEntitlements['delivery'] {
  if (formedAt === undefined) return undefined
  const confirmedAt = Temporal.Instant.from(formedAt)
  const { from, to, latest, reasons } = terms.deliveryEstimate({ confirmedAt })
  const late = terms.delay({ customerKind, confirmedAt, at, deliveredAt: lastReceiptOf(lines) })
  return {
    ...{ from: isoOf(from), to: isoOf(to), latest: isoOf(latest) },
    late: late.outcome,
    remedies: [...late.remedies],
    reasons: [...reasons, ...late.reasons],
  }
}

/** For what has left and was not paid for yet. A delivery that was captured is no part of what the goods have cost. */
function captureOf({ facts, terms, lines }: Asked): OrderEntitlements['capture'] {
  if (facts.payment === undefined) return undefined
  const { authorised, captured, deliveryCaptured = false, expired } = facts.payment
  const shipped = lines.reduce(
    (sum, { total, quantity, handedOver }) =>
      sum + portionOf({ total, quantity, returning: Math.min(handedOver, quantity) }),
    0,
  )
  const open = shipped - (captured - (deliveryCaptured ? facts.delivery.paid : 0))
  const { amount, release, ...ruling } = terms.capture({
    ...{ authorised, alreadyCaptured: captured, deliveryCaptured, deliveryPrice: facts.delivery.paid },
    ...{ customerKind: facts.customerKind, shipped: open > 0 ? open : 'none', authorisationExpired: expired },
    earlyCaptureStated: facts.disclosures.earlyCapture,
    cancelled: facts.cancelledAt !== undefined,
  })
  return { ...entitlement(ruling), amount, release }
}

function refundDueOf({ returnId, noticeReceivedAt, ...moments }: ReturnFacts, { facts, terms }: Asked) {
  if (noticeReceivedAt === undefined) return []
  const { dueOn, withheld, reasons } = terms.refundDue({
    noticeReceivedAt: Temporal.Instant.from(noticeReceivedAt),
    goodsReceivedAt: moments.goodsReceivedAt === undefined ? undefined : Temporal.Instant.from(moments.goodsReceivedAt),
    proofOfSendingAt:
      moments.proofOfSendingAt === undefined ? undefined : Temporal.Instant.from(moments.proofOfSendingAt),
    sellerCollects: moments.sellerCollects,
    neverShipped: facts.parcels.every(({ handedOverAt }) => handedOverAt === undefined),
  })
  return [{ returnId, dueOn: dueOn && isoOf(dueOn), withheld, reasons }]
}

function impedimentOf({ facts: { customerKind, impediment }, terms }: Asked): OrderEntitlements['impediment'] {
  if (impediment === undefined) return undefined
  const { exempt, damages, rescission, refund } = terms.impediment({ customerKind, ...impediment })
  return { exempt, damages: entitlement(damages), rescission: entitlement(rescission), refund: entitlement(refund) }
}

type RuledLine = { line: Line; rights: LineRights }

/**
 * What comes back if the returnable units of some lines go back, out of so many that still can: what can be withdrawn from by
 * law, with the standard delivery if that empties the order, and what the voluntary return gives for the rest.
 */
function estimate({ facts, terms }: Asked, goingBack: readonly RuledLine[], openLines: number): Money {
  const withdrawn: Line[] = []
  const offered: Line[] = []
  for (const { line, rights } of goingBack) {
    const basis = terms.returnBasis(rights)
    if (basis === 'statutory') withdrawn.push(line)
    if (basis === 'voluntary') offered.push(line)
  }
  const left = openLines - withdrawn.filter(({ returnable }) => returnable > 0).length
  const statutory = terms.refund({
    lines: withdrawn.map(unitsOf),
    deliveryPaid: facts.delivery.paid,
    standardDeliveryPrice: facts.delivery.standardPrice,
    emptiesOrder: withdrawn.length > 0 && left === 0 && !facts.returns.some((it) => it.deliveryRefunded),
  })
  const voluntary = terms.voluntaryRefund({ lines: offered.map(unitsOf) })
  return { amount: statutory.amount + voluntary.amount, currency: facts.currency }
}

/** A cancellation before dispatch undoes the purchase: all that was paid and not yet paid back, delivery included. */
function cancellationEstimate(facts: OrderFacts, lines: readonly Line[]): Money {
  const goods = lines.reduce((sum, line) => sum + portionOf(unitsOf(line)), 0)
  const delivery = facts.returns.some((it) => it.deliveryRefunded) ? 0 : facts.delivery.paid
  return { amount: goods + delivery, currency: facts.currency }
}

const unitsOf = ({ total, quantity, returnable, returned }: Line) => ({
  total,
  quantity,
  returning: returnable,
  returnedBefore: returned,
})
