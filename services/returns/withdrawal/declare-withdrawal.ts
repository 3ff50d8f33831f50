import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { eligibility, type LineEntitlements } from '@vilkar/terms/order/entitlements.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { linesOf } from '@vilkar/terms/order/lines.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { CommandData } from './commands.ts'

/**
 * Judges every line by the edition and the law, at the moment when the customer says it. `review` counts as granted. Every
 * return that is known counts, whatever its time: the clock of whoever declared it may be ahead of ours.
 */
export function declareWithdrawal({ returnId, at, facts, lines: asked, statement }: CommandData<'DeclareWithdrawal'>) {
  const now = Temporal.Instant.from(at)
  const { lines: ruled } = eligibility(facts, now, 'all-known')
  const wanted =
    asked ??
    ruled.filter(({ returnable }) => returnable > 0).map(({ lineId, returnable }) => ({ lineId, quantity: returnable }))
  const chosen = wanted.map((part) => ({ part, ruling: ruled.find(({ lineId }) => lineId === part.lineId) }))
  const strange = chosen.find(({ ruling }) => ruling === undefined)
  if (strange) return refuse({ code: 'line-unknown', detail: `The order has no line ${strange.part.lineId}.` })
  const known = chosen as { part: LinePart; ruling: LineEntitlements }[]

  const refused = known.filter(({ ruling }) => ruling.withdrawal.outcome === 'refused')
  if (refused.length > 0 || known.length === 0)
    return refuseWithdrawal(facts, known.length > 0 ? refused.map(({ ruling }) => ruling) : ruled)
  const tooMany = known.find(({ part, ruling }) => part.quantity > ruling.returnable)
  if (tooMany) {
    const { part, ruling } = tooMany
    return refuse({
      code: 'quantity-exceeded',
      detail: `Of line ${part.lineId} ${ruling.returnable} can still go back, not ${part.quantity}.`,
    })
  }
  return accept(declaration({ returnId, at, facts, statement, now }, known, ruled))
}

function refuseWithdrawal({ customerKind }: OrderFacts, ruled: LineEntitlements[]) {
  const reasons = distinct(ruled.flatMap(({ withdrawal }) => withdrawal.reasons))
  const detail =
    customerKind === 'business'
      ? 'The right of withdrawal is for consumers.'
      : 'There is no right to withdraw from this, or not any more.'
  return refuse({ code: 'withdrawal-refused', detail, reasons })
}

type Declaring = { returnId: string; at: string; facts: OrderFacts; statement?: string; now: Temporal.Instant }

function declaration(
  { returnId, at, facts, statement, now }: Declaring,
  chosen: { part: LinePart; ruling: LineEntitlements }[],
  all: LineEntitlements[],
): WithdrawalDeclared {
  const terms = termsOf(facts.terms.edition)
  const counted = new Map(linesOf(facts).map((line) => [line.lineId, line]))
  const going = new Map(chosen.map(({ part }) => [part.lineId, part.quantity]))
  const wholeOrder = all.every(({ lineId, returnable }) => (going.get(lineId) ?? 0) === returnable)
  const { bearer, reasons: costReasons } = chosen[0]!.ruling.returnCost
  const {
    amount,
    parts,
    reasons: refundReasons,
  } = terms.refund({
    lines: chosen.map(({ part }) => {
      const { total, quantity, returned } = counted.get(part.lineId)!
      return { total, quantity, returning: part.quantity, returnedBefore: returned }
    }),
    deliveryPaid: facts.delivery.paid,
    standardDeliveryPrice: facts.delivery.standardPrice,
    emptiesOrder: wholeOrder && !facts.returns.some(({ deliveryRefunded }) => deliveryRefunded),
  })
  const { until } = chosen[0]!.ruling.withdrawal
  const lines = chosen.map(({ part: { lineId, quantity } }, i) => {
    const unsent = Math.min(quantity, counted.get(lineId)!.unsent)
    return { lineId, quantity, amount: parts.lines[i]!, ...(unsent > 0 && { unsent }) }
  })
  return {
    type: 'WithdrawalDeclared',
    data: {
      returnId,
      orderId: facts.orderId,
      terms: facts.terms,
      lines,
      wholeOrder,
      goodsSent: lines.some(({ quantity, unsent = 0 }) => quantity > unsent),
      declaredAt: at,
      ...(until && { lastDay: until }),
      sendBackBy: terms.sendBackBy(now, facts.country).lastDay.toString(),
      returnCostBearer: bearer,
      refundEstimate: amount,
      deliveryAmount: parts.delivery,
      currency: facts.currency,
      reasons: distinct([
        ...chosen.flatMap(({ ruling }) => ruling.withdrawal.reasons),
        ...costReasons,
        ...refundReasons,
      ]),
      personal: { ...(statement !== undefined && { statement }) },
    },
  }
}

/** Reasons once each: lines of one order mostly share them. */
const distinct = (reasons: readonly Reason[]): Reason[] => [
  ...new Map(reasons.map((reason) => [reason.code, reason])).values(),
]
