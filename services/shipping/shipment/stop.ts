import type { StopRequested } from '@vilkar/contracts/orders-cancellation.ts'
import type { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { StopAnswered } from '@vilkar/contracts/shipping-stops.ts'

/** Units by line. */
type Units = { lineId: string; quantity: number }[]
/** A shipment that has not left, with what is to be sent by it. */
export type Waiting = { shipmentId: string; lines: Units }
export type Asked = StopRequested['data']['lines']
type Answer = StopAnswered['data']['lines']

/** How many units of a line are among these. */
export const countOf = (units: Units, lineId: string) =>
  units.reduce((sum, each) => (each.lineId === lineId ? sum + each.quantity : sum), 0)

/**
 * What of the units asked for is stopped, and in which shipments: whatever has not left, and of a withdrawal no more than was
 * not known to have left there. Then what waits to be sent `instead` of lost units, which are among those that had left. The rest
 * had left, as far as the carrier has so many; `claimed` are units that had left and that earlier withdrawals are about, so that no
 * unit comes back twice.
 */
export function planStop<Lost extends Waiting>(
  asked: Asked,
  waiting: Waiting[],
  sent: Units,
  claimed: Units,
  instead: Lost[] = [],
) {
  const nothingOf = <Each extends Waiting>(each: Each) => ({ ...each, lines: [] as UnitsSent[] })
  const taken = waiting.map(nothingOf)
  const takenInstead = instead.map(nothingOf)
  const lines: Answer = asked.map(({ lineId, quantity, unsent = quantity }) => {
    const stopped = take(lineId, Math.min(quantity, unsent), waiting, taken)
    const replaced = take(lineId, quantity - stopped, instead, takenInstead)
    const had = Math.max(0, countOf(sent, lineId) - countOf(claimed, lineId) - replaced)
    return { lineId, stopped, left: Math.min(quantity - stopped - replaced, had) }
  })
  const some = (each: Waiting) => each.lines.length > 0
  return { lines, taken: taken.filter(some), instead: takenInstead.filter(some) }
}

/** Takes up to so many units of a line out of what waits, the first of it first, and says how many those were. */
function take(lineId: string, upTo: number, waiting: Waiting[], taken: { lines: UnitsSent[] }[]) {
  let wanted = upTo
  for (const [index, { lines }] of waiting.entries()) {
    const units = Math.min(wanted, countOf(lines, lineId))
    if (units > 0) taken[index]!.lines.push({ lineId, quantity: units })
    wanted -= units
  }
  return upTo - wanted
}
