import type { LineFacts, OrderFacts, ParcelFacts, Units } from './order-facts.ts'
import { hasGoods } from './statute/angrerettloven.ts'

/** An order line with its units counted and its moments parsed. */
export type Line = LineFacts & {
  returnable: number
  returned: number
  handedOver: number
  /** When the last unit was handed to the carrier, and when it came; left out until all were. */
  handedOverAt?: Temporal.Instant
  receivedAt?: Temporal.Instant
  /** A carrier that the customer engaged himself has part of it. */
  ownCarrier: boolean
}

/** The lines with their parcels and returns counted. A return that closed without a refund gave nothing back. */
export function linesOf(facts: Pick<OrderFacts, 'lines' | 'parcels' | 'returns' | 'cancelledAt'>): Line[] {
  const handedOver = momentsByLine(facts.parcels, ({ handedOverAt }) => handedOverAt)
  const received = momentsByLine(facts.parcels, ({ receivedAt, receivedBy }) => hasGoods(receivedBy) && receivedAt)
  const returned = unitsByLine(facts.returns.filter((it) => it.outcome === 'open' || it.refunded !== undefined))
  return facts.lines.map((line) => {
    const gone = Math.min(line.quantity, returned.get(line.lineId) ?? 0)
    const wholeAt = (moments: Moments) => {
      const found = moments.get(line.lineId)
      return found !== undefined && found.units >= line.quantity ? found.last : undefined
    }
    return {
      ...line,
      returned: gone,
      returnable: facts.cancelledAt === undefined ? line.quantity - gone : 0,
      handedOver: handedOver.get(line.lineId)?.units ?? 0,
      handedOverAt: wholeAt(handedOver),
      receivedAt: wholeAt(received),
      ownCarrier: facts.parcels.some((parcel) => parcel.carrierArrangedBy === 'customer' && carries(parcel, line)),
    }
  })
}

type Moments = Map<string, { units: number; last: Temporal.Instant }>

/** Units by line with the last of the moments, out of the parcels that have one. */
function momentsByLine(parcels: readonly ParcelFacts[], momentOf: (parcel: ParcelFacts) => string | false | undefined) {
  const moments: Moments = new Map()
  for (const parcel of parcels) {
    const text = momentOf(parcel)
    if (!text) continue
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

const carries = ({ lines }: ParcelFacts, { lineId }: LineFacts) => lines.some((units) => units.lineId === lineId)

function unitsByLine(containers: readonly { lines: Units[] }[]) {
  const units = new Map<string, number>()
  for (const { lines } of containers)
    for (const { lineId, quantity } of lines) units.set(lineId, (units.get(lineId) ?? 0) + quantity)
  return units
}

/** The last receipt of the order; left out while any unit is still to come, since then no period has begun. */
export function lastReceiptOf(lines: readonly Line[]) {
  let last = lines[0]?.receivedAt
  for (const { receivedAt } of lines) {
    if (receivedAt === undefined) return undefined
    if (receivedAt.epochMilliseconds > last!.epochMilliseconds) last = receivedAt
  }
  return last
}

/** The first receipt of any of it, which is what starts the period of regular deliveries. */
export function firstReceiptOf(parcels: readonly ParcelFacts[]) {
  const receipts = parcels.flatMap(({ receivedAt, receivedBy }) =>
    receivedAt !== undefined && hasGoods(receivedBy) ? [Temporal.Instant.from(receivedAt)] : [],
  )
  return receipts.sort(Temporal.Instant.compare)[0]
}
