import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { eligibility, type LineEntitlements } from '@vilkar/terms/order/entitlements.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { linesOf } from '@vilkar/terms/order/lines.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { CommandData } from './commands.ts'
import { inTheFuture } from './proof-of-sending.ts'

/**
 * Judges every line of the notice by itself, by the edition and the law, at the moment when the customer sent it
 * (angrerettloven §§ 20 and 22): what there is a right for is taken, the rest is refused with why. `review` counts as granted.
 * Every return that is known counts, whatever its time: the clock of whoever declared it may be ahead of ours.
 */
export function declareWithdrawal(declared: CommandData<'DeclareWithdrawal'>) {
  const { at, facts, lines: asked, noticeSentAt = at } = declared
  const wrong = inTheFuture('noticeSentAt', noticeSentAt, at) ?? beforeTheOrder(noticeSentAt, facts)
  if (wrong) return refuse(wrong)
  const { lines: ruled } = eligibility(facts, Temporal.Instant.from(noticeSentAt), 'all-known')
  const wanted =
    asked ??
    ruled.filter(({ returnable }) => returnable > 0).map(({ lineId, returnable }) => ({ lineId, quantity: returnable }))
  const chosen = wanted.map((part) => ({ part, ruling: ruled.find(({ lineId }) => lineId === part.lineId) }))
  const strange = chosen.find(({ ruling }) => ruling === undefined)
  if (strange) return refuse({ code: 'line-unknown', detail: `The order has no line ${strange.part.lineId}.` })
  const known = chosen as Chosen[]
  const [refused, granted] = partition(known, ({ ruling }) => ruling.withdrawal.outcome === 'refused')
  if (granted.length === 0)
    return refuseWithdrawal(facts, known.length > 0 ? refused.map(({ ruling }) => ruling) : ruled)
  const tooMany = granted.find(({ part, ruling }) => part.quantity > ruling.returnable)
  if (tooMany) {
    const { part, ruling } = tooMany
    return refuse({
      code: 'quantity-exceeded',
      detail: `Of line ${part.lineId} ${ruling.returnable} can still go back, not ${part.quantity}.`,
    })
  }
  return accept(declaration(declared, { granted, refused, all: ruled }))
}

type Chosen = { part: LinePart; ruling: LineEntitlements }

const partition = <Item>(items: Item[], test: (item: Item) => boolean) =>
  [items.filter(test), items.filter((item) => !test(item))] as const

const beforeTheOrder = (when: string, { placedAt }: OrderFacts) =>
  Temporal.Instant.compare(when, placedAt) < 0
    ? { code: 'notice-before-order', detail: `noticeSentAt (${when}) is before the order (${placedAt}).` }
    : undefined

function refuseWithdrawal({ customerKind }: OrderFacts, ruled: LineEntitlements[]) {
  const reasons = distinct(ruled.flatMap(({ withdrawal }) => withdrawal.reasons))
  const detail =
    customerKind === 'business'
      ? 'The right of withdrawal is for consumers.'
      : 'There is no right to withdraw from this, or not any more.'
  return refuse({ code: 'withdrawal-refused', detail, reasons })
}

function declaration(
  { returnId, at, facts, statement, noticeSentAt, channel }: CommandData<'DeclareWithdrawal'>,
  { granted: chosen, refused, all }: { granted: Chosen[]; refused: Chosen[]; all: LineEntitlements[] },
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
      ...(noticeSentAt && { noticeSentAt }),
      ...(channel && { channel }),
      ...(refused.length > 0 && {
        refused: refused.map(({ part, ruling }) => ({ ...part, reasons: ruling.withdrawal.reasons })),
      }),
      ...(until && { lastDay: until }),
      sendBackBy: terms.sendBackBy(Temporal.Instant.from(at), facts.country).lastDay.toString(),
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
