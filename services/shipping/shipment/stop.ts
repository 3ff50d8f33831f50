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
 * not known to have left there. The rest had left, as far as the carrier has so many; `claimed` are units that had left and
 * that earlier withdrawals are about, so that no unit comes back twice.
 */
export function planStop(asked: Asked, waiting: Waiting[], sent: Units, claimed: Units) {
  const taken: { shipmentId: string; lines: UnitsSent[] }[] = waiting.map(({ shipmentId }) => ({
    shipmentId,
    lines: [],
  }))
  const lines: Answer = asked.map(({ lineId, quantity, unsent = quantity }) => {
    let wanted = Math.min(quantity, unsent)
    for (const [index, shipment] of waiting.entries()) {
      const units = Math.min(wanted, countOf(shipment.lines, lineId))
      if (units > 0) taken[index]!.lines.push({ lineId, quantity: units })
      wanted -= units
    }
    const stopped = Math.min(quantity, unsent) - wanted
    const had = Math.max(0, countOf(sent, lineId) - countOf(claimed, lineId))
    return { lineId, stopped, left: Math.min(quantity - stopped, had) }
  })
  return { lines, taken: taken.filter((each) => each.lines.length > 0) }
}
