import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { VoluntaryEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { eligibility, type LineEntitlements } from '@vilkar/terms/order/entitlements.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { linesOf } from '@vilkar/terms/order/lines.ts'
import { loweredOfKept } from '@vilkar/terms/order/price-back.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { whyNoNotice } from '../order-facts/notice-moments.ts'
import type { CommandData } from './state.ts'

type Part = LinePart & { reasons: Reason[] }
type Judged = { granted: Part[]; refused: Part[] }

/**
 * Judges every line of the request by itself, at the moment when it was sent (clause 9: the request, not the sending, falls within
 * the period). Who can still withdraw is told that the law gives more, and nothing of that goes back by the offer.
 */
export function requestReturn(data: CommandData<'RequestReturn'>): Decision<VoluntaryEvent> {
  const { at, facts, lines: asked, noticeSentAt = at } = data
  const wrong = whyNoNotice({ sentAt: noticeSentAt }, { now: at, placedAt: facts.placedAt })
  if (wrong) return refuse(wrong)
  const { lines: ruled } = eligibility(facts, Temporal.Instant.from(noticeSentAt), 'all-known')
  const wanted = asked ?? ruled.filter(({ returnable }) => returnable > 0)
  const judged = wanted.map((part) => judgeLine(part, ruled, facts))
  const granted = judged.flatMap((each) => each.granted)
  const refused = judged.flatMap((each) => each.refused)
  if (granted.length === 0)
    return refuseReturn(wanted.length > 0 ? refused : ruled.map((line) => ({ ...line, ...line.voluntaryReturn })))
  return accept(requestOf(data, { granted, refused, ruled }))
}

/** How many of the units that a request names can go back by the offer, and why the others cannot. */
function judgeLine({ lineId, quantity }: LinePart, ruled: LineEntitlements[], facts: OrderFacts): Judged {
  const terms = termsOf(facts.terms.edition)
  const ruling = ruled.find((each) => each.lineId === lineId)
  const some = (units: number, reasons: Reason[]): Part[] => (units > 0 ? [{ lineId, quantity: units, reasons }] : [])
  if (ruling === undefined) return { granted: [], refused: some(quantity, terms.notBought().reasons) }
  const bought = Math.min(quantity, ruling.quantity)
  const beyond = some(quantity - bought, terms.notBought().reasons)
  const { returned, unsent } = linesOf(facts).find((line) => line.lineId === lineId)!
  const open = Math.min(bought, ruling.returnable)
  const gone = some(bought - open, terms.ended(returned > 0 ? 'returned' : 'cancelled').reasons)
  const { withdrawal, voluntaryReturn, returnable } = ruling
  // Of units that were not replaced the right may be over while it is open for those that were: what it is over for goes by the offer.
  const over = withdrawal.outcome === 'refused' ? returnable : (withdrawal.except?.quantity ?? 0)
  const offered = Math.min(open, over)
  const lawFirst = some(open - offered, terms.voluntaryBeside({ withdrawal, withCustomer: true }).reasons)
  const there = Math.max(0, Math.min(offered, returnable - unsent - complainedOf(lineId, facts)))
  const away = terms.voluntaryBeside({ withdrawal: { outcome: 'refused' }, withCustomer: false }).reasons
  const rest = [...some(offered - there, away), ...lawFirst, ...gone, ...beyond]
  if (voluntaryReturn.outcome === 'refused')
    return { granted: [], refused: [...some(there, voluntaryReturn.reasons), ...rest] }
  const { quantity: late = 0, reasons = [] } = voluntaryReturn.except ?? {}
  const taken = Math.min(there, returnable - late)
  return { granted: some(taken, voluntaryReturn.reasons), refused: [...some(there - taken, reasons), ...rest] }
}

/** Units that a complaint is open about: what the law gives for a defect comes before the offer. */
const complainedOf = (lineId: string, { complaints = [] }: OrderFacts) =>
  complaints
    .flatMap(({ outcome, lines }) => (outcome === 'open' ? lines : []))
    .reduce((sum, line) => (line.lineId === lineId ? sum + line.quantity : sum), 0)

const LAW_FIRST = 'withdrawal-gives-more'

function refuseReturn(refused: Part[]) {
  const reasons = distinct(refused.flatMap((each) => each.reasons))
  const better = reasons.length > 0 && reasons.every(({ code }) => code === LAW_FIRST)
  const parts = refused.map(({ lineId, quantity, reasons }) => ({ lineId, quantity, reasons }))
  return refuse({
    ...(better
      ? { code: 'withdrawal-gives-more', detail: 'The right of withdrawal is still open, and gives more. Withdraw.' }
      : { code: 'voluntary-return-refused', detail: 'The offer to take goods back does not reach this.' }),
    reasons,
    extra: { refused: parts },
  })
}

function requestOf(
  data: CommandData<'RequestReturn'>,
  { granted, refused, ruled }: Judged & { ruled: LineEntitlements[] },
): VoluntaryEvent {
  const { returnId, at, facts, statement, recordedBy, noticeSentAt, channel } = data
  const terms = termsOf(facts.terms.edition)
  const counted = new Map(linesOf(facts).map((line) => [line.lineId, line]))
  const { amount, parts, reasons } = terms.voluntaryRefund({
    lines: granted.map(({ lineId, quantity: returning }) => {
      const { total, quantity, returned } = counted.get(lineId)!
      const lowered = loweredOfKept(facts, { lineId, quantity: returning })
      return { total, quantity, returning, returnedBefore: returned, lowered }
    }),
  })
  const { voluntaryReturn, returnCost } = ruled.find(({ lineId }) => lineId === granted[0]!.lineId)!
  const { until } = voluntaryReturn
  return {
    type: 'VoluntaryReturnRequested',
    data: {
      ...{ returnId, orderId: facts.orderId, terms: facts.terms },
      lines: granted.map(({ lineId, quantity }, n) => ({ lineId, quantity, amount: parts.lines[n]! })),
      ...(refused.length > 0 && { refused }),
      requestedAt: at,
      ...(noticeSentAt && { noticeSentAt }),
      ...(channel && { channel }),
      ...(until && { lastDay: until }),
      sendBackBy: terms.sendBackBy(Temporal.Instant.from(at), facts.country).lastDay.toString(),
      ...(returnCost.bearer === 'seller' && { returnCostBearer: 'seller' as const }),
      ...{ refundEstimate: amount, currency: facts.currency },
      reasons: distinct([...granted.flatMap((each) => each.reasons), ...returnCost.reasons, ...reasons]),
      personal: { ...(statement !== undefined && { statement }), ...(recordedBy && { recordedBy }) },
    },
  }
}

/** Reasons once each: lines of one order mostly share them. */
const distinct = (reasons: readonly Reason[]): Reason[] => [
  ...new Map(reasons.map((reason) => [reason.code, reason])).values(),
]
