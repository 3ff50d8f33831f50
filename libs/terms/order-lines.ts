import type { OrderFacts } from './entitlements.ts'

/** An order line with its units counted and its receipt parsed. */
export type Line = OrderFacts['lines'][number] & {
  returnable: number
  returned: number
  handedOver: number
  /** When the last unit came; left out until all have. */
  receivedAt?: Temporal.Instant
}

/** The lines with their parcels and returns counted. A return that closed without a refund gave nothing back. */
export function linesOf(facts: OrderFacts): Line[] {
  const handedOver = unitsByLine(facts.parcels.filter((parcel) => parcel.handedOverAt !== undefined))
  const received = unitsByLine(facts.parcels.filter((parcel) => parcel.receivedAt !== undefined))
  const returned = unitsByLine(facts.returns.filter((it) => it.outcome === 'open' || it.refunded !== undefined))
  const receivedAt = lastReceipts(facts.parcels)
  return facts.lines.map((line) => {
    const gone = Math.min(line.quantity, returned.get(line.lineId) ?? 0)
    return {
      ...line,
      returned: gone,
      returnable: facts.cancelledAt === undefined ? line.quantity - gone : 0,
      handedOver: handedOver.get(line.lineId) ?? 0,
      receivedAt: (received.get(line.lineId) ?? 0) >= line.quantity ? receivedAt.get(line.lineId) : undefined,
    }
  })
}

function unitsByLine(containers: readonly { lines: { lineId: string; quantity: number }[] }[]) {
  const units = new Map<string, number>()
  for (const { lines } of containers)
    for (const { lineId, quantity } of lines) units.set(lineId, (units.get(lineId) ?? 0) + quantity)
  return units
}

function lastReceipts(parcels: OrderFacts['parcels']) {
  const receipts = parcels.flatMap(({ receivedAt, lines }) =>
    receivedAt === undefined ? [] : [{ lines, receivedAt: Temporal.Instant.from(receivedAt) }],
  )
  receipts.sort((a, b) => a.receivedAt.epochMilliseconds - b.receivedAt.epochMilliseconds)
  const last = new Map<string, Temporal.Instant>()
  for (const { receivedAt, lines } of receipts) for (const { lineId } of lines) last.set(lineId, receivedAt)
  return last
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
