import { stillPaidFor } from '../amounts/portion.ts'
import type { Currency } from '../ruling/vocabulary.ts'
import { type Entitlement, instantOf, isoOf } from './entitlement.ts'
import type { OrderFacts, ReturnFacts } from './facts.ts'
import type { EntitlementQuery, LineRights } from './line-entitlements.ts'
import { comingBack, type Line, standingReturns } from './lines.ts'
import { hasLowered, loweredOfKept } from './price-back.ts'

/** In minor units. */
export type Money = { amount: number; currency: Currency }

/**
 * When an open return is to be paid back. For what never left them the seller has nothing to wait for (angrerettloven § 24 third
 * paragraph): where only some of a return did, `dueOn` is for the rest, and what left is withheld.
 */
export function refundDueOf(withdrawn: ReturnFacts, { facts, terms }: EntitlementQuery) {
  const { returnId, right, noticeReceivedAt, ...moments } = withdrawn
  if (noticeReceivedAt === undefined) return []
  const { goodsReceivedAt, proofOfSendingAt, sellerCollects, collectionOfferedAt } = moments
  if (right === 'voluntary') {
    const { dueOn, reasons } = terms.voluntaryRefundDue({ goodsReceivedAt: instantOf(goodsReceivedAt) })
    return [{ returnId, dueOn: dueOn && isoOf(dueOn), withheld: dueOn === undefined, reasons }]
  }
  if (right === 'complaint' || right === 'loss') {
    const { customerKind } = facts
    // For what never arrived there is nothing to wait for.
    const asked =
      right === 'loss'
        ? ({ customerKind, remedy: 'never-arrived', from: instantOf(noticeReceivedAt) } as const)
        : ({ customerKind, remedy: 'rescission', from: instantOf(goodsReceivedAt) } as const)
    const { dueOn, reasons } = terms.remedyRefundDue(asked)
    return [{ returnId, dueOn: dueOn && isoOf(dueOn), withheld: dueOn === undefined, reasons }]
  }
  const left = facts.parcels.filter(({ handedOverAt }) => handedOverAt !== undefined).flatMap((parcel) => parcel.lines)
  const units = comingBack(withdrawn, facts.stops).lines.map(({ lineId, quantity }) => {
    const sent = left.reduce((sum, each) => (each.lineId === lineId ? sum + each.quantity : sum), 0)
    return { sent: Math.min(sent, quantity), unsent: Math.max(0, quantity - sent) }
  })
  const due = (neverShipped: boolean) =>
    terms.refundDue({
      noticeReceivedAt: Temporal.Instant.from(noticeReceivedAt),
      goodsReceivedAt: instantOf(goodsReceivedAt),
      proofOfSendingAt: instantOf(proofOfSendingAt),
      sellerCollects,
      collectionOfferedAt: instantOf(collectionOfferedAt),
      neverShipped,
    })
  const whole = due(units.every(({ sent }) => sent === 0))
  const isPartly = whole.withheld && units.some(({ unsent }) => unsent > 0)
  const { dueOn, reasons } = isPartly ? due(true) : whole
  const withheld = isPartly ? ('partly' as const) : whole.withheld
  return [
    { returnId, dueOn: dueOn && isoOf(dueOn), withheld, reasons: isPartly ? [...reasons, ...whole.reasons] : reasons },
  ]
}

type RuledLine = { line: Line; rights: LineRights }

/**
 * What comes back if the returnable units of some lines go back, out of so many that still can: what can be cancelled or
 * withdrawn from, with the standard delivery if that empties the order, and what the voluntary return gives for the rest.
 */
export function estimate(
  { facts, terms }: EntitlementQuery,
  goingBack: readonly RuledLine[],
  openLines: number,
): Money {
  const ended: Line[] = []
  const offered: Line[] = []
  let emptied = 0
  for (const { line, rights } of goingBack) {
    const { cancel, withdrawal, voluntaryReturn } = rights
    const basis = cancel.outcome === 'granted' ? 'statutory' : terms.returnBasis(rights)
    const offer = (one: Line) => offered.push({ ...one, returnable: one.returnable - excepted(voluntaryReturn) })
    if (basis === 'voluntary') offer(line)
    if (basis !== 'statutory') continue
    // The units for which the right of withdrawal is over may go back by the offer.
    const over = cancel.outcome === 'granted' ? 0 : excepted(withdrawal)
    ended.push({ ...line, returnable: line.returnable - over })
    if (over === 0 && line.returnable > 0) emptied += 1
    const returned = line.returned + line.returnable - over
    if (over > 0 && voluntaryReturn.outcome !== 'refused') offer({ ...line, returnable: over, returned })
  }
  const left = openLines - emptied
  const statutory = terms.refund({
    lines: ended.map(unitsOf(facts)),
    deliveryPaid: facts.delivery.paid,
    standardDeliveryPrice: facts.delivery.standardPrice,
    emptiesOrder: ended.length > 0 && left === 0 && !deliveryIsBack(facts),
  })
  const voluntary = terms.voluntaryRefund({ lines: offered.map(unitsOf(facts)) })
  return { amount: statutory.amount + voluntary.amount, currency: facts.currency }
}

/** A cancellation before dispatch undoes the purchase: all that was paid and not yet paid back, delivery included. */
export function cancellationEstimate(facts: OrderFacts, lines: readonly Line[]): Money {
  const goods = lines.reduce((sum, line) => sum + stillPaidFor(unitsOf(facts)(line)), 0)
  return { amount: goods + (deliveryIsBack(facts) ? 0 : facts.delivery.paid), currency: facts.currency }
}

const excepted = ({ except }: Entitlement) => except?.quantity ?? 0

const deliveryIsBack = ({ returns }: OrderFacts) => standingReturns(returns).some((each) => each.deliveryRefunded)

function unitsOf(facts: OrderFacts) {
  const lowers = hasLowered(facts)
  return ({ lineId, total, quantity, returnable, returned }: Line) => ({
    ...{ total, quantity, returning: returnable, returnedBefore: returned },
    ...(lowers && { lowered: loweredOfKept(facts, { lineId, quantity: returnable }) }),
  })
}
