import { type Terms, termsOf } from './editions.ts'
import { type Line, lastReceiptOf, linesOf } from './order-lines.ts'
import { portionOf } from './portion.ts'
import type { CustomerKind, Reason, Ruling, Traits } from './ruling.ts'

/** All that the rights of an order depend on, as it is stored: JSON, instants as RFC 3339 strings, money in minor units. */
export type OrderFacts = {
  orderId: string
  /** The edition that the order was placed under, and its hash then. */
  terms: { edition: string; sha256: string }
  customerKind: CustomerKind
  /** ISO 3166-1 alpha-2. */
  country: string
  currency: 'NOK' | 'EUR'
  placedAt: string
  formedAt?: string
  cancelledAt?: string
  /** `total` is what was paid for all units of the line, VAT included. */
  lines: { lineId: string; sku: string; quantity: number; total: number; traits: Traits }[]
  delivery: { paid: number; standardPrice: number }
  /** What the customer was told, complete and on time. */
  disclosures: { withdrawalInformation: boolean; returnCost: boolean }
  parcels: { shipmentId: string; lines: Units[]; handedOverAt?: string; receivedAt?: string }[]
  /** `deliveryRefunded` says that the refund paid the delivery back too. */
  returns: {
    returnId: string
    lines: Units[]
    refunded?: number
    deliveryRefunded?: boolean
    outcome: 'open' | 'closed'
  }[]
}

type Units = { lineId: string; quantity: number }

/** A ruling as JSON: `until` is the last day (ISO 8601, Europe/Oslo) on which the right can be used, if it has one. */
export type Entitlement = { outcome: Ruling['outcome']; until?: string; reasons: Reason[] }

export type Money = { amount: number; currency: 'NOK' | 'EUR' }

export type LineEntitlements = {
  lineId: string
  sku: string
  quantity: number
  /** Units that are neither on their way back nor back, whether they have come or not; 0 when the order is cancelled. */
  returnable: number
  cancel: Entitlement
  withdrawal: Entitlement
  voluntaryReturn: Entitlement
  complaint: Entitlement
  returnCost: { bearer: 'seller' | 'customer'; reasons: Reason[] }
  /** What comes back if all returnable units of this line, and nothing else, go back by the best right there is. */
  refundEstimate: Money
}

export type OrderEntitlements = {
  orderId: string
  edition: string
  /** The moment that this was worked out for, RFC 3339. */
  at: string
  cancel: Entitlement
  /** What comes back if everything returnable goes back, or is cancelled where it still can be. */
  refundEstimate: Money
  lines: LineEntitlements[]
}

/** What the customer of an order may do at a moment, and what it would give back, each with what it rests on. */
export function entitlements(facts: OrderFacts, at: Temporal.Instant): OrderEntitlements {
  const terms = termsOf(facts.terms.edition)
  const lines = linesOf(facts)
  const rulings = rulingsFor(facts, terms, lines, at)
  const anyLeft = lines.some(({ returnable }) => returnable > 0)
  const cancel = !anyLeft
    ? over(facts, terms)
    : cancellationBy(
        facts,
        terms,
        facts.parcels.some(({ handedOverAt }) => handedOverAt !== undefined),
      )
  const ruled = lines.map((line) => ({ ...line, ...rulings(line) }))
  return {
    orderId: facts.orderId,
    edition: facts.terms.edition,
    at: at.toString(),
    cancel,
    refundEstimate:
      cancel.outcome === 'granted' ? cancellationEstimate(facts, ruled) : estimate(facts, terms, ruled, ruled),
    lines: ruled.map((line) => ({
      lineId: line.lineId,
      sku: line.sku,
      quantity: line.quantity,
      returnable: line.returnable,
      cancel: line.cancel,
      withdrawal: line.withdrawal,
      voluntaryReturn: line.voluntaryReturn,
      complaint: line.complaint,
      returnCost: line.returnCost,
      refundEstimate: estimate(facts, terms, [line], ruled),
    })),
  }
}

type RuledLine = Line & ReturnType<ReturnType<typeof rulingsFor>>

/** Rules line by line. Lines with the same traits and receipt share their rulings: days are costly to work out. */
function rulingsFor(facts: OrderFacts, terms: Terms, lines: readonly Line[], at: Temporal.Instant) {
  const { customerKind } = facts
  const lastReceivedAt = lastReceiptOf(lines)
  const { withdrawalInformation: informationGiven, returnCost: disclosed } = facts.disclosures
  const ended = over(facts, terms)

  const byTraits = remembered(
    ({ traits }: Line) => `${traits.madeToOrder} ${traits.hygieneSealed}`,
    ({ traits }) => {
      const withdrawal = terms.withdrawal({ customerKind, traits, lastReceivedAt, declaredAt: at, informationGiven })
      const asked = { lastReceivedAt, requestedAt: at, traits }
      return { withdrawal: entitlement(withdrawal), voluntaryReturn: entitlement(terms.voluntaryReturn(asked)) }
    },
  )
  const complaintFor = remembered(
    ({ traits, receivedAt }: Line) => `${traits.longLived} ${receivedAt?.epochMilliseconds}`,
    ({ traits, receivedAt }) => entitlement(terms.complaint({ customerKind, traits, deliveredAt: receivedAt, at })),
  )
  const withdrawalCost = terms.returnCost({ disclosed })
  const voluntaryCost = terms.voluntaryRefund({ lines: [] }).returnCost

  return (line: Line) => {
    const open = line.returnable > 0
    const { withdrawal, voluntaryReturn } = open ? byTraits(line) : { withdrawal: ended, voluntaryReturn: ended }
    const { bearer, reasons } = withdrawal.outcome === 'refused' ? voluntaryCost : withdrawalCost
    return {
      cancel: open ? cancellationBy(facts, terms, line.handedOver >= line.quantity - line.returned) : ended,
      withdrawal,
      voluntaryReturn,
      complaint: open ? complaintFor(line) : ended,
      returnCost: { bearer, reasons },
    }
  }
}

const cancellationBy = (facts: OrderFacts, terms: Terms, dispatched: boolean): Entitlement =>
  entitlement(
    terms.cancellation({
      by: 'customer',
      customerKind: facts.customerKind,
      formed: facts.formedAt !== undefined,
      dispatched,
      reason: 'customer-wish',
    }),
  )

const over = (facts: OrderFacts, terms: Terms) =>
  entitlement(terms.ended(facts.cancelledAt === undefined ? 'returned' : 'cancelled'))

/**
 * What comes back if the returnable units of some lines go back, out of `all` lines: what can be withdrawn from by law,
 * with the standard delivery if that empties the order, and what the voluntary return gives for the rest.
 */
function estimate(facts: OrderFacts, terms: Terms, goingBack: readonly RuledLine[], all: readonly RuledLine[]): Money {
  const withdrawn = goingBack.filter(({ withdrawal }) => withdrawal.outcome !== 'refused')
  const offered = goingBack.filter((line) => !withdrawn.includes(line) && line.voluntaryReturn.outcome !== 'refused')
  const left = all.some((line) => line.returnable > 0 && !withdrawn.includes(line))
  const statutory = terms.refund({
    lines: withdrawn.map(unitsOf),
    deliveryPaid: facts.delivery.paid,
    standardDeliveryPrice: facts.delivery.standardPrice,
    emptiesOrder: withdrawn.length > 0 && !left && !facts.returns.some((it) => it.deliveryRefunded),
  })
  const voluntary = terms.voluntaryRefund({ lines: offered.map(unitsOf) })
  return { amount: statutory.amount + voluntary.amount, currency: facts.currency }
}

/** A cancellation before dispatch undoes the purchase: all that was paid and not yet paid back, delivery included. */
function cancellationEstimate(facts: OrderFacts, lines: readonly RuledLine[]): Money {
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

const entitlement = ({ outcome, lastDay, reasons }: Ruling & { lastDay?: Temporal.PlainDate }): Entitlement => ({
  outcome,
  until: lastDay && isoOf(lastDay),
  reasons,
})

// One day is one object (see `osloDay`), so that writing it out is done once.
const isoDays = new WeakMap<Temporal.PlainDate, string>()
const isoOf = (day: Temporal.PlainDate) => isoDays.getOrInsertComputed(day, () => day.toString())

/** Calls `work` once for each key. */
function remembered<Argument, Result>(keyOf: (argument: Argument) => string, work: (argument: Argument) => Result) {
  const results = new Map<string, Result>()
  return (argument: Argument) => results.getOrInsertComputed(keyOf(argument), () => work(argument))
}
