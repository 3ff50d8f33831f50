import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { eligibility, type LineEntitlements } from '@vilkar/terms/order/entitlements.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { linesOf } from '@vilkar/terms/order/lines.ts'
import { loweredOfKept } from '@vilkar/terms/order/price-back.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { whyNoNotice } from '../order-facts/notice-moments.ts'
import type { CommandData } from './commands.ts'

/**
 * Judges every line of the notice by itself, by the edition and the law, at the moment when the customer sent it
 * (angrerettloven §§ 20 and 22): what there is a right for is taken, the rest is refused with why, and so are units beyond
 * those that can still go back. `review` counts as granted. Every return that is known counts, whatever its time: the clock of
 * whoever declared it may be ahead of ours.
 */
export function declareWithdrawal(declared: CommandData<'DeclareWithdrawal'>) {
  const { at, facts, lines: asked, receivedAt = at, noticeSentAt = receivedAt } = declared
  const wrong = whyNoNotice({ sentAt: noticeSentAt }, { now: at, placedAt: facts.placedAt })
  if (wrong) return refuse(wrong)
  const { lines: ruled } = eligibility(facts, Temporal.Instant.from(noticeSentAt), 'all-known')
  const wanted = asked ?? ruled.filter(({ returnable }) => returnable > 0)
  const judged = wanted.map((part) => judgeLine(part, ruled, facts))
  const granted = judged.flatMap((each) => each.granted)
  const refused = judged.flatMap((each) => each.refused)
  if (granted.length === 0)
    return refuseWithdrawal(facts, refused, wanted.length > 0 ? refused : ruled.map(({ withdrawal }) => withdrawal))
  return accept(declaration(declared, { granted, refused, all: ruled }))
}

type Chosen = { part: LinePart; ruling: LineEntitlements }
type RefusedPart = LinePart & { reasons: Reason[] }

/** How many of the units that a notice names can go back, and why the others cannot. */
function judgeLine({ lineId, quantity }: LinePart, ruled: LineEntitlements[], facts: OrderFacts) {
  const terms = termsOf(facts.terms.edition)
  const ruling = ruled.find((each) => each.lineId === lineId)
  const part = (units: number) => ({ lineId, quantity: units })
  const no = (units: number, reasons: Reason[]): RefusedPart[] => (units > 0 ? [{ ...part(units), reasons }] : [])
  if (ruling === undefined) return { granted: [], refused: no(quantity, terms.notBought().reasons) }
  const beyond = no(quantity - ruling.quantity, terms.notBought().reasons)
  const bought = Math.min(quantity, ruling.quantity)
  if (ruling.withdrawal.outcome === 'refused')
    return { granted: [], refused: [...no(bought, ruling.withdrawal.reasons), ...beyond] }
  const { returnable, withdrawal } = ruling
  const there = Math.min(bought, returnable)
  // What was replaced may be withdrawn from for longer than the other units of its line.
  const { except } = withdrawal
  const going = Math.min(there, returnable - (except?.quantity ?? 0))
  const { returned } = linesOf(facts).find((line) => line.lineId === lineId)!
  const gone = terms.ended(returned > 0 ? 'returned' : 'cancelled').reasons
  const late = no(there - going, except?.reasons ?? [])
  return { granted: [{ part: part(going), ruling }], refused: [...late, ...no(bought - there, gone), ...beyond] }
}

function refuseWithdrawal({ customerKind }: OrderFacts, refused: RefusedPart[], rulings: { reasons: Reason[] }[]) {
  const detail =
    customerKind === 'business'
      ? 'The right of withdrawal is for consumers.'
      : 'There is no right to withdraw from this, or not any more.'
  const reasons = distinct(rulings.flatMap((each) => each.reasons))
  return refuse({ code: 'withdrawal-refused', detail, reasons, ...(refused.length > 0 && { extra: { refused } }) })
}

function declaration(
  declared: CommandData<'DeclareWithdrawal'>,
  { granted: chosen, refused, all }: { granted: Chosen[]; refused: RefusedPart[]; all: LineEntitlements[] },
): WithdrawalDeclared {
  const { returnId, statementId, at, facts, statement, noticeSentAt, channel, receivedAt: declaredAt = at } = declared
  const terms = termsOf(facts.terms.edition)
  const counted = new Map(linesOf(facts).map((line) => [line.lineId, line]))
  const going = new Map(chosen.map(({ part }) => [part.lineId, part.quantity]))
  const wholeOrder = all.every(({ lineId, returnable }) => (going.get(lineId) ?? 0) === returnable)
  // They go back one way: the seller pays for it as soon as they pay for one line.
  const costs = chosen.map(({ ruling }) => ruling.returnCost)
  const { bearer, reasons: costReasons } = costs.find((cost) => cost.bearer === 'seller') ?? costs[0]!
  const {
    amount,
    parts,
    reasons: refundReasons,
  } = terms.refund({
    lines: chosen.map(({ part }) => {
      const { total, quantity, returned } = counted.get(part.lineId)!
      return {
        total,
        quantity,
        returning: part.quantity,
        returnedBefore: returned,
        lowered: loweredOfKept(facts, part),
      }
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
      ...(statementId && { statementId }),
      declaredAt,
      ...(noticeSentAt && { noticeSentAt }),
      ...(channel && { channel }),
      ...(refused.length > 0 && { refused }),
      ...(until && { lastDay: until }),
      sendBackBy: terms.sendBackBy(Temporal.Instant.from(declaredAt), facts.country).lastDay.toString(),
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
