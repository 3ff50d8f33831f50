import { hasGoods, possessionAt } from '../statute/angrerettloven.ts'
import type { LineFacts, OrderFacts, ParcelFacts, ReturnFacts, StopFacts, Units } from './facts.ts'
import { neverHad } from './never-had.ts'

/** An order line with its units counted and its moments parsed. */
export type Line = LineFacts & {
  /** Units that are neither on their way back nor back, whether they have come or not; none when the order is cancelled. */
  returnable: number
  returned: number
  /** Units that can be complained of: neither paid back, nor lost, nor stopped before they left. */
  complainable: number
  handedOver: number
  /** Units that never leave: cancelled or withdrawn from while they were still with the seller. */
  neverSent: number
  /** Units that the seller still has and the customer still wants. Of a withdrawal those that have not left go first. */
  unsent: number
  /** Units that are not waited for: they never leave, or came back without the customer having had them. */
  notAwaited: number
  /** When the customer withdrew from those that came back so. */
  withdrawnAt?: Temporal.Instant
  /** How many of those can be cancelled: all that nobody has asked to have stopped. */
  cancellable: number
  /** When the last unit that leaves was handed to the carrier, and when it came; left out until all were. */
  handedOverAt?: Temporal.Instant
  receivedAt?: Temporal.Instant
  /** When the last of them is expected, if all of them have come or are. */
  expectedAt?: Temporal.Instant
  /** Carriers that the customer engaged themselves have all of it. */
  ownCarrier: boolean
}

/** The lines with their parcels and returns counted. A return that closed without a refund gave nothing back. */
export function linesOf(facts: Pick<OrderFacts, 'lines' | 'parcels' | 'returns' | 'stops' | 'cancelledAt'>): Line[] {
  const { parcels, cancelledAt } = facts
  const handedOver = momentsByLine(parcels, ({ handedOverAt }) => handedOverAt)
  const received = momentsByLine(parcels, receiptOf)
  const expected = parcels.some(({ expectedAt }) => expectedAt !== undefined)
    ? momentsByLine(parcels, (parcel) => receiptOf(parcel) ?? parcel.expectedAt)
    : received
  const standing = standingReturns(facts.returns).map((each) => comingBack(each, facts.stops))
  const returned = unitsByLine(standing)
  const over = unitsByLine(standing.filter(({ right, refunded }) => right === 'loss' || refunded !== undefined))
  const stopped = unitsByLine((facts.stops ?? []).map((stop) => ({ lines: stop.stopped ?? [] })))
  const neverSent = unitsByLine(standing.filter(neverLeft))
  const goingFirst = unitsByLine(standing.filter((each) => isUnanswered(each, facts.stops)))
  const asked = unitsByLine((facts.stops ?? []).filter((each) => each.returnId === undefined && !isConcluded(each)))
  return facts.lines.map((line) => {
    const { lineId, quantity } = line
    const never = Math.min(quantity, stopped.get(lineId) ?? 0)
    const gone = Math.min(quantity - never, returned.get(lineId) ?? 0)
    const sent = handedOver.get(lineId)?.units ?? 0
    const kept = Math.min(never + (neverSent.get(lineId) ?? 0), Math.max(0, quantity - sent))
    const returnable = cancelledAt === undefined ? quantity - never - gone : 0
    const unsent = Math.max(0, Math.min(returnable, quantity - sent - kept - (goingFirst.get(lineId) ?? 0)))
    const back = neverHad(lineId, { parcels, standing, isReceived: (parcel) => receiptOf(parcel) !== undefined })
    const notAwaited = Math.min(quantity, kept + back.units)
    const whole = (moments: Moments, units: number) => {
      const found = moments.get(lineId)
      return found !== undefined && found.units >= units ? found.last : undefined
    }
    return {
      ...line,
      returned: gone,
      complainable: Math.max(0, quantity - never - (over.get(lineId) ?? 0)),
      returnable,
      handedOver: sent,
      neverSent: kept,
      unsent,
      notAwaited,
      withdrawnAt: back.withdrawnAt,
      cancellable: Math.max(0, unsent - (asked.get(lineId) ?? 0)),
      handedOverAt: whole(handedOver, quantity - kept),
      receivedAt: whole(received, quantity - notAwaited),
      expectedAt: whole(expected, quantity - notAwaited),
      ownCarrier: isWithOwnCarriers(parcels, line),
    }
  })
}

/** A return that closed without a refund gave nothing back, and is as if it had never been. */
export const standingReturns = (returns: readonly ReturnFacts[]) =>
  returns.filter((each) => each.outcome === 'open' || each.refunded !== undefined)

const isConcluded = ({ stopped }: StopFacts) => stopped !== undefined

/** A return with the units that do come back, once it is known which of them never left. */
export function comingBack(each: ReturnFacts, stops: readonly StopFacts[] = []): ReturnFacts {
  const left = stops.find(({ returnId }) => returnId === each.returnId)?.left
  return left === undefined ? each : { ...each, lines: left }
}

/** Whether nobody knows yet which units of a return had left. */
export const isUnanswered = ({ returnId, unanswered, outcome }: ReturnFacts, stops: readonly StopFacts[] = []) =>
  unanswered === true && outcome === 'open' && !stops.some((each) => each.returnId === returnId && isConcluded(each))

/** What was lost never reached the customer, as little as what was paid back without anything having come back. */
export const neverLeft = ({ right, refunded, goodsReceivedAt, proofOfSendingAt }: ReturnFacts) =>
  right === 'loss' || (refunded !== undefined && goodsReceivedAt === undefined && proofOfSendingAt === undefined)

const receiptOf = ({ receivedAt, receivedBy }: ParcelFacts) => (hasGoods(receivedBy) ? receivedAt : undefined)

type Moments = Map<string, { units: number; last: Temporal.Instant }>

/** Units by line with the last of the moments, out of the parcels that have one. */
function momentsByLine(parcels: readonly ParcelFacts[], momentOf: (parcel: ParcelFacts) => string | undefined) {
  const moments: Moments = new Map()
  for (const parcel of parcels) {
    const text = momentOf(parcel)
    if (text === undefined) continue
    const at = Temporal.Instant.from(text)
    for (const { lineId, quantity } of parcel.lines) {
      const before = moments.get(lineId)
      if (before === undefined) moments.set(lineId, { units: quantity, last: at })
      else moments.set(lineId, { units: before.units + quantity, last: later(before.last, at) })
    }
  }
  return moments
}

const later = (a: Temporal.Instant, b: Temporal.Instant) => (a.epochMilliseconds < b.epochMilliseconds ? b : a)

/** One parcel in the seller's hands, or with their carrier, is enough for the seller to bear the risk of the line. */
function isWithOwnCarriers(parcels: readonly ParcelFacts[], { lineId }: LineFacts) {
  if (!parcels.some(({ carrierArrangedBy }) => carrierArrangedBy === 'customer')) return false
  const carrying = parcels.filter(({ lines }) => lines.some((units) => units.lineId === lineId))
  return carrying.length > 0 && carrying.every(({ carrierArrangedBy }) => carrierArrangedBy === 'customer')
}

function unitsByLine(containers: readonly { lines: Units[] }[]) {
  const units = new Map<string, number>()
  for (const { lines } of containers)
    for (const { lineId, quantity } of lines) units.set(lineId, (units.get(lineId) ?? 0) + quantity)
  return units
}

/** The last receipt of the order, or the last one expected; left out while any unit has none. */
export const lastOf = (lines: readonly Line[], moment: 'receivedAt' | 'expectedAt') => {
  let last: Temporal.Instant | undefined
  for (const line of lines) {
    // What never leaves, or came back unseen, is no part of what the customer waits for.
    if (line.notAwaited >= line.quantity) continue
    const at = line[moment]
    if (at === undefined) return undefined
    last = last === undefined ? at : later(last, at)
  }
  return last
}

/** The first receipt of any of it, which is what starts the period of regular deliveries. */
export const firstReceiptOf = (parcels: readonly ParcelFacts[]) =>
  possessionAt(
    parcels.map(({ receivedAt, receivedBy: by }) =>
      receivedAt === undefined ? undefined : { at: Temporal.Instant.from(receivedAt), by },
    ),
    true,
  )
