import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { eligibility, type LineEntitlements } from '@vilkar/terms/order/entitlements.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { linesOf } from '@vilkar/terms/order/lines.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { guaranteesTold } from '../order-facts/guarantees.ts'
import { whyNoNotice } from '../order-facts/notice-moments.ts'
import { ANSWERED_WITHIN, type CommandData } from './state.ts'

type Part = LinePart & { reasons: Reason[] }
type Judged = { open: (LinePart & { ruling: LineEntitlements['complaint'] })[]; late: Part[]; none: Part[] }

/**
 * A complaint is kept and acknowledged whatever becomes of it, unless there is nothing that it could be about. The outer limit is
 * the rule's to apply; whether it came in a reasonable time, and whether there is a defect, a person judges. `review` counts as granted.
 */
export function receiveComplaint(data: CommandData<'ReceiveComplaint'>): Decision<ComplaintEvent> {
  const { returnId, at, facts: known, lines: asked, noticeSentAt = at, channel } = data
  const { noticedAt, showedAt, sellerAtFault } = data
  const wrong = whyNoNotice({ sentAt: noticeSentAt }, { now: at, placedAt: known.placedAt })
  if (wrong) return refuse(wrong)
  const defect = {
    ...(noticedAt && { noticedAt }),
    ...(showedAt && { showedAt }),
    ...(sellerAtFault && { sellerAtFault }),
  }
  const facts = { ...known, lines: known.lines.map((line) => ({ ...line, defect })) }
  const { lines: ruled } = eligibility(facts, Temporal.Instant.from(noticeSentAt), 'all-known')
  const wanted = asked ?? ruled.filter(({ returnable }) => returnable > 0)
  const judged = wanted.map((part) => judgeLine(part, ruled, facts))
  const open = judged.flatMap((each) => each.open)
  const late = judged.flatMap((each) => each.late)
  const refused = [...late, ...judged.flatMap((each) => each.none)]
  if (open.length + late.length === 0) return refuse(nothingToComplainOf(refused))
  const ids = { returnId, orderId: facts.orderId }
  const answerBy = osloDay(Temporal.Instant.from(at)).add(ANSWERED_WITHIN).toString()
  return accept<ComplaintEvent>(
    {
      type: 'ComplaintReceived',
      data: {
        ...{ ...ids, terms: facts.terms, lines: open.map(complained) },
        ...(refused.length > 0 && { refused }),
        ...(open.length > 0 && guaranteesTold(late, ruled)),
        receivedAt: at,
        ...(data.noticeSentAt && { noticeSentAt }),
        ...(channel && { channel }),
        ...defect,
        answerBy,
        personal: { defect: data.defect, ...(data.recordedBy && { recordedBy: data.recordedBy }) },
      },
    },
    ...(open.length > 0 ? [] : [tooLate(ids, at, { late, ruled })]),
  )
}

const complained = ({ lineId, quantity, ruling }: Judged['open'][number]) => ({
  ...{ lineId, quantity, outcome: ruling.outcome as 'granted' | 'review' },
  presumed: ruling.reasons.some(({ code }) => code === 'presumed-at-delivery' || code === 'guarantee-answers'),
  ...(ruling.until && { lastDay: ruling.until }),
  reasons: ruling.reasons,
})

/** The law gives nothing any more; what a guarantee gives is told all the same. */
const tooLate = (
  ids: { returnId: string; orderId: string },
  at: string,
  { late, ruled }: { late: Part[]; ruled: LineEntitlements[] },
): ComplaintEvent => ({
  type: 'ComplaintAssessed',
  data: {
    ...{ ...ids, outcome: 'rejected', by: 'rule', assessedAt: at, choices: [], ...guaranteesTold(late, ruled) },
    ...{ reasons: distinct(late.flatMap(({ reasons }) => reasons)), personal: {} },
  },
})

/** How many of the units can be complained of: they have left, went back by no other right, and no complaint is open about them. */
function judgeLine({ lineId, quantity }: LinePart, ruled: LineEntitlements[], facts: OrderFacts): Judged {
  const terms = termsOf(facts.terms.edition)
  const some = (units: number, reasons: Reason[]): Part[] => (units > 0 ? [{ lineId, quantity: units, reasons }] : [])
  const right = ruled.find((each) => each.lineId === lineId)
  if (right === undefined) return { open: [], late: [], none: some(quantity, terms.notBought().reasons) }
  const { complaint: ruling, returnable } = right
  const { returned, unsent } = linesOf(facts).find((line) => line.lineId === lineId)!
  const bought = Math.min(quantity, right.quantity)
  const standing = Math.min(bought, returnable - unsent)
  const free = Math.max(0, Math.min(standing, returnable - unsent - complainedOf(lineId, facts)))
  const none = [
    ...some(standing - free, terms.complainedOf().reasons),
    ...some(bought - standing, returned > 0 ? terms.ended('returned').reasons : ruling.reasons),
    ...some(quantity - bought, terms.notBought().reasons),
  ]
  if (ruling.outcome === 'refused') return { open: [], late: some(free, ruling.reasons), none }
  return { open: free > 0 ? [{ lineId, quantity: free, ruling }] : [], late: [], none }
}

const complainedOf = (lineId: string, { complaints = [] }: OrderFacts) =>
  complaints
    .flatMap(({ outcome, lines }) => (outcome === 'open' ? lines : []))
    .reduce((sum, line) => (line.lineId === lineId ? sum + line.quantity : sum), 0)

const nothingToComplainOf = (refused: Part[]) => ({
  code: 'complaint-refused',
  detail: 'There is nothing here to complain of: it is not of this order, has not left, or went back.',
  reasons: distinct(refused.flatMap(({ reasons }) => reasons)),
  extra: { refused },
})

/** Reasons once each: lines of one order mostly share them. */
export const distinct = (reasons: readonly Reason[]): Reason[] => [
  ...new Map(reasons.map((reason) => [reason.code, reason])).values(),
]
