import { portionOf } from '../amounts/portion.ts'
import { osloDay } from '../calendar.ts'
import { termsOf } from '../editions/registry.ts'
import type { Terms } from '../editions/terms.ts'
import type { Reason } from '../ruling/ruling.ts'
import { agreedFor } from './agreements.ts'
import { type DeliveryEntitlement, deliveryOf } from './delivery.ts'
import { type Entitlement, entitlement, instantOf, isoOf } from './entitlement.ts'
import type { OrderFacts } from './facts.ts'
import { factsAt } from './facts-at.ts'
import {
  cancellationBy,
  type EntitlementQuery,
  endedOf,
  type LineRights,
  type LineRisk,
  rightsByLine,
  sentOfAll,
} from './line-entitlements.ts'
import { risksByLine } from './line-risks.ts'
import { type Line, linesOf } from './lines.ts'
import { cancellationEstimate, estimate, type Money, refundDueOf } from './refund-estimate.ts'

export type LineEntitlements = LineRights & {
  lineId: string
  sku: string
  quantity: number
  /** Units that are neither on their way back nor back, whether they have come or not; 0 when the order is cancelled. */
  returnable: number
  /** How many of them can be cancelled: units that have not left and that nobody has asked to have stopped. */
  cancellable: number
  /** What comes back if all returnable units of this line, and nothing else, go back by the best right there is. */
  refundEstimate: Money
}

/** What the customer may do with what they bought. */
export type Eligibility = {
  orderId: string
  edition: string
  /** The moment that this was worked out for, RFC 3339. */
  at: string
  cancel: Entitlement
  /** The last day to hand goods to a carrier after a notice given now. */
  sendBackBy: string
  /** When each open return is to be paid back; without a day the seller rightly waits for the goods. */
  refundsDue: { returnId: string; dueOn?: string; withheld: boolean | 'partly'; reasons: Reason[] }[]
  /** What comes back if everything returnable goes back, or is cancelled where it still can be. */
  refundEstimate: Money
  lines: LineEntitlements[]
}

export type OrderEntitlements = Omit<Eligibility, 'lines'> & {
  lines: (LineEntitlements & { risk: LineRisk })[]
  /** Granted means that there is an agreement. */
  formation: Entitlement & { formedAt?: string }
  /** Whether the seller may still go back on the order for a mistake; after the agreement only if a person finds it obvious. */
  sellerCorrection: Entitlement & { needsHumanApproval: boolean }
  /** The days of the estimate and the last day by law; left out until there is an agreement. */
  delivery?: DeliveryEntitlement
  prices: ReturnType<Terms['priceDisplay']>
  /** Whether money may be taken now, how much, and how much of the authorisation is to be released. */
  capture?: Entitlement & { amount: number; release: number }
  /** What an impediment frees the seller from, and what it does not. */
  impediment?: { exempt: boolean; damages: Entitlement; rescission: Entitlement; refund: Entitlement }
  dispute: ReturnType<Terms['dispute']>
  /** Which loss the seller has to answer for, if they caused it. */
  liability: { direct: Entitlement; indirect: Entitlement }
}

/** All that an order entitles its customer to at a moment, and its seller, each with what it rests on. */
export function entitlements(known: OrderFacts, at: Temporal.Instant, counting?: Counting): OrderEntitlements {
  const query = queryOf(known, at, counting)
  const { facts } = query
  const { terms } = query
  const { customerKind, currency, country } = facts
  const risk = risksByLine(query)
  const { lines, ...rest } = eligibilityOf(query)
  return {
    ...rest,
    lines: lines.map((line, n) => ({ ...line, risk: risk(query.lines[n]!, line.withdrawal) })),
    formation: formationOf(query),
    sellerCorrection: sellerCorrectionOf(query),
    delivery: deliveryOf(query),
    prices: terms.priceDisplay({ currency, customerKind }),
    capture: captureOf(query),
    impediment: impedimentOf(query),
    dispute: terms.dispute({ customerKind, country, on: osloDay(at) }),
    liability: {
      direct: entitlement(terms.liability({ customerKind, loss: 'direct' })),
      indirect: entitlement(terms.liability({ customerKind, loss: 'indirect' })),
    },
  }
}

/** The part of the entitlements that is about what was bought: what may go back, until when, why, and what comes back. */
export const eligibility = (facts: OrderFacts, at: Temporal.Instant, counting?: Counting): Eligibility =>
  eligibilityOf(queryOf(facts, at, counting))

/**
 * What of the facts counts: those of the moment asked about, or all that is known. A decision counts all, since the clock of
 * whoever decided before may be ahead of ours.
 */
export type Counting = 'of-the-moment' | 'all-known'

function queryOf(known: OrderFacts, at: Temporal.Instant, counting: Counting = 'of-the-moment'): EntitlementQuery {
  const facts = counting === 'all-known' ? known : factsAt(known, at)
  const contractOn = osloDay(Temporal.Instant.from(facts.formedAt ?? facts.placedAt))
  const terms = termsOf(facts.terms.edition, contractOn)
  return { facts, terms, agreed: agreedFor(facts, terms), lines: linesOf(facts), at }
}

function eligibilityOf(query: EntitlementQuery): Eligibility {
  const { facts, terms, at } = query
  const rights = rightsByLine(query)
  const lines = query.lines.map((line) => ({ line, rights: rights(line) }))
  const openLines = query.lines.filter(({ returnable }) => returnable > 0).length
  const cancel = cancellationOfAll(query)
  return {
    orderId: facts.orderId,
    edition: facts.terms.edition,
    at: at.toString(),
    cancel,
    sendBackBy: isoOf(terms.sendBackBy(at, facts.country).lastDay),
    refundsDue: facts.returns.filter(({ outcome }) => outcome === 'open').flatMap((it) => refundDueOf(it, query)),
    refundEstimate:
      cancel.outcome === 'granted' && nothingLeft(query)
        ? cancellationEstimate(facts, query.lines)
        : estimate(query, lines, openLines),
    lines: lines.map((each) => ({
      lineId: each.line.lineId,
      sku: each.line.sku,
      quantity: each.line.quantity,
      returnable: each.line.returnable,
      cancellable: each.line.cancellable,
      ...each.rights,
      refundEstimate:
        openLines === 1 && each.line.returnable > 0 && cancel.outcome === 'granted' && nothingLeft(query)
          ? cancellationEstimate(facts, [each.line])
          : estimate(query, [each], openLines),
    })),
  }
}

/** Nothing of the order has left the seller, so that a cancellation undoes all of it. */
const nothingLeft = ({ lines }: EntitlementQuery) => lines.every(({ handedOver }) => handedOver === 0)

function cancellationOfAll({ facts, terms, lines }: EntitlementQuery) {
  const sent = sentOfAll(lines)
  return sent === undefined ? endedOf(facts, terms) : cancellationBy(facts, terms, sent)
}

function formationOf({ facts: { formedAt }, terms }: EntitlementQuery) {
  return { ...entitlement(terms.formation({ confirmationAcceptedAt: instantOf(formedAt) })), formedAt }
}

function sellerCorrectionOf({ facts, terms }: EntitlementQuery) {
  const { customerKind, formedAt, cancelledAt } = facts
  if (cancelledAt !== undefined) return { ...endedOf(facts, terms), needsHumanApproval: false }
  const ruling = terms.sellersWayOut({ customerKind, formed: formedAt !== undefined, reason: 'pricing-error' })
  return { ...entitlement(ruling), needsHumanApproval: ruling.needsHumanApproval }
}

/** For what has left, is still wanted and was not paid for yet; all that is still wanted if early capture was stated. */
function captureOf({ facts, terms, lines }: EntitlementQuery): OrderEntitlements['capture'] {
  if (facts.payment === undefined) return undefined
  const { authorised, captured, deliveryCaptured = false, expired } = facts.payment
  const { paid } = facts.delivery
  const goodsOf = (units: (line: Line) => number) =>
    lines.reduce(
      (sum, line) => sum + portionOf({ ...line, returnedBefore: 0, returning: Math.min(units(line), line.returnable) }),
      0,
    )
  const wanted = goodsOf(({ returnable }) => returnable)
  const shipped = goodsOf(({ handedOver, quantity, neverSent, returned }) =>
    Math.max(0, Math.min(handedOver, quantity - neverSent) - Math.max(0, returned - neverSent)),
  )
  const paidForGoods = Math.max(0, captured - (deliveryCaptured ? paid : 0))
  const early = facts.disclosures.earlyCapture === true
  const open = early ? wanted + paid - captured : shipped - paidForGoods
  const { amount, release, ...ruling } = terms.capture({
    ...{ customerKind: facts.customerKind, authorised, alreadyCaptured: captured, confirmedTotal: wanted + paid },
    ...{ deliveryCaptured, deliveryPrice: paid, shipped: early || shipped === 0 ? 'none' : Math.max(0, open) },
    ...{ earlyCaptureStated: early, authorisationExpired: expired, formed: facts.formedAt !== undefined },
    repeated: open <= 0 && captured > 0,
    cancelled: facts.cancelledAt !== undefined,
    withdrawn: facts.cancelledAt === undefined && lines.every(({ returnable }) => returnable === 0),
  })
  return { ...entitlement(ruling), amount, release }
}

function impedimentOf({
  facts: { customerKind, impediment },
  terms,
}: EntitlementQuery): OrderEntitlements['impediment'] {
  if (impediment === undefined) return undefined
  const { exempt, damages, rescission, refund } = terms.impediment({ customerKind, ...impediment })
  return { exempt, damages: entitlement(damages), rescission: entitlement(rescission), refund: entitlement(refund) }
}
