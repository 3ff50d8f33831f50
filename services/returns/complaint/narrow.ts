import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import type { ComplaintNarrowed } from '@vilkar/contracts/returns-complaint.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { ComplaintFacts, OrderFacts } from '@vilkar/terms/order/facts.ts'
import { linesOf } from '@vilkar/terms/order/lines.ts'
import { countOf } from '@vilkar/terms/order/price-back.ts'
import { stopOf } from './cure.ts'
import { type OpenComplaint, unitsOf } from './state.ts'

type About = { returnId: string; at: string; facts: OrderFacts }

/**
 * Units are in one right at a time. Of a complaint those remain that are with the customer and that no complaint of before is about;
 * the others are told to be gone. A refusal where none remains.
 */
export function narrow({ returnId, at, facts }: About, state: OpenComplaint) {
  const before = (facts.complaints ?? []).filter((each) => each.returnId !== returnId && each.outcome === 'open')
  return without({ returnId, at, facts }, state, unitsLeft(unitsOf(state), facts, before))
}

/** Of these units so many as are with the customer, once those that open complaints are about are set apart. */
function unitsLeft(units: LinePart[], facts: OrderFacts, before: ComplaintFacts[]): LinePart[] {
  const counted = new Map(linesOf(facts).map((line) => [line.lineId, line]))
  const taken = before.flatMap(({ lines }) => lines)
  return units.flatMap(({ lineId, quantity }) => {
    const { returnable, unsent } = counted.get(lineId)!
    const left = Math.min(quantity, Math.max(0, returnable - unsent - countOf(taken, lineId)))
    return left > 0 ? [{ lineId, quantity: left }] : []
  })
}

function without(
  { returnId, at, facts }: About,
  state: OpenComplaint,
  left: LinePart[],
): { events: ComplaintEvent[]; refusal?: Refusal } {
  const gone = unitsOf(state).flatMap(({ lineId, quantity }) => {
    const less = quantity - countOf(left, lineId)
    return less > 0 ? [{ lineId, quantity: less }] : []
  })
  if (gone.length === 0) return { events: [] }
  const { reasons } = termsOf(state.received.terms.edition).ended('returned')
  const data = { returnId, orderId: facts.orderId, gone, left, narrowedAt: at, reasons }
  const events: ComplaintEvent[] = [{ type: 'ComplaintNarrowed', data }]
  if (left.length > 0) return { events }
  const detail = 'None of it is with the customer any more: it went back by another right.'
  return { events, refusal: { code: 'quantity-exceeded', detail, reasons } }
}

/** Fewer are replaced than were reserved or asked for: the attempt begins anew with what is left, by the same day. */
function anew(
  { returnId, at, facts, cureId }: About & { cureId: string },
  state: OpenComplaint,
  [narrowed]: ComplaintEvent[],
): ComplaintEvent[] {
  const { status, chosen, cure } = state
  if (status !== 'curing' || chosen?.remedy !== 'replacement' || cure === undefined || narrowed === undefined) return []
  const { left } = narrowed.data as ComplaintNarrowed['data']
  const { remedy, doneBy, reasons } = chosen
  const data = { returnId, orderId: facts.orderId, lines: left, remedy, chosenAt: at, cureId, reasons }
  return [...stopOf(returnId, at, state), { type: 'RemedyChosen', data: { ...data, ...(doneBy && { doneBy }) } }]
}

const MAY_BE_NARROWED: ReadonlySet<OpenComplaint['status']> = new Set(['received', 'accepted', 'curing', 'reducing'])

/**
 * What units of a complaint went back by another right, such as a withdrawal, it is about no more, and with none left it is over.
 * `before`: the open complaints of before, whose units are set apart.
 */
export function narrowByRight(
  about: About & { before: ComplaintFacts[]; cureId: string },
  state: OpenComplaint,
): ComplaintEvent[] {
  if (!MAY_BE_NARROWED.has(state.status)) return []
  const { returnId, at, facts, before } = about
  const { events, refusal } = without(about, state, unitsLeft(unitsOf(state), facts, before))
  if (events.length === 0) return []
  if (refusal === undefined) return [...events, ...anew(about, state, events)]
  const ended = { returnId, orderId: facts.orderId, outcome: 'other-right', endedAt: at } as const
  return [...events, ...stopOf(returnId, at, state), { type: 'ComplaintEnded', data: ended }]
}

export const canBeNarrowed = ({ status }: OpenComplaint) => MAY_BE_NARROWED.has(status)
