import type { LinePart } from '@vilkar/contracts/parts.ts'
import { type Line, linesOf } from '@vilkar/terms/order/lines.ts'
import type { PlacedOrder, Portion, Stop } from './state.ts'

/** Counting the units of an order: each of them leaves, or never does, or is still here. */

type Counted = { lineId: string; quantity: number }

/** How many units of a line are among these. */
export const countOf = (units: readonly Counted[], lineId: string) =>
  units.reduce((sum, each) => (each.lineId === lineId ? sum + each.quantity : sum), 0)

/** What never leaves, with what it cost. */
export const stoppedOf = ({ stops }: PlacedOrder): Portion['lines'] =>
  stops.flatMap(({ concluded }) => concluded?.stopped ?? [])

/** What never leaves cost so much, in minor units: it is not taken. */
export const stoppedAmount = (state: PlacedOrder) => stoppedOf(state).reduce((sum, { amount }) => sum + amount, 0)

const hold = (state: PlacedOrder, shipments: PlacedOrder['shipments']) => {
  const gone = [...shipments.flatMap(({ lines }) => lines), ...stoppedOf(state)]
  return state.placed.lines.every(({ lineId, quantity }) => countOf(gone, lineId) >= quantity)
}

/** Whether nothing is left to be sent: every unit has left, or never will. */
export const isAllGone = (state: PlacedOrder) => hold(state, state.shipments)

/** Whether the customer has every unit that leaves, of which there is one. */
export const isAllDelivered = (state: PlacedOrder) =>
  state.shipments.length > 0 &&
  hold(
    state,
    state.shipments.filter(({ deliveredAt }) => deliveredAt !== undefined),
  )

/** What left and was lost, in parcels that did not turn up after all. */
export const lostOf = ({ lost = [], shipments }: PlacedOrder): LinePart[] =>
  lost
    .filter((each) => !shipments.some(({ shipmentId, deliveredAt }) => shipmentId === each.shipmentId && deliveredAt))
    .flatMap(({ lines }) => lines)

/** Whether a stop waits for shipping's answer. */
export const isPending = ({ concluded }: Stop) => concluded === undefined

/** The lines as the terms count them: the same facts, and the same counting, as the returns service answers from. */
export function countedLines({ placed, shipments, stops, cancelled }: PlacedOrder): Line[] {
  const withdrawals = stops.filter((stop): stop is Stop & { returnId: string } => stop.returnId !== undefined)
  return linesOf({
    lines: placed.lines,
    parcels: shipments.map(({ shipmentId, lines, dispatchedAt, deliveredAt }) => ({
      shipmentId,
      lines,
      handedOverAt: dispatchedAt,
      ...(deliveredAt && { receivedAt: deliveredAt }),
    })),
    returns: withdrawals.map(({ returnId, lines }) => ({ returnId, lines, outcome: 'open', unanswered: true })),
    stops: stops.map(({ concluded, ...stop }) => ({ ...stop, ...concluded })),
    ...(cancelled && { cancelledAt: cancelled.at }),
  })
}

/**
 * What units that never leave cost, in minor units: they take the end of their line's price, as those that leave take its
 * front, so that whoever ends how, both add up to it. `before` never left by an earlier stop.
 */
export function endOf({ total, quantity }: { total: number; quantity: number }, units: number, before: number) {
  const unit = Math.floor(total / quantity)
  return before === 0 && units > 0 ? total - unit * (quantity - units) : unit * units
}

/** Units by line, without the lines of which there are none. */
export const someOf = (lines: LinePart[]) => lines.filter(({ quantity }) => quantity > 0)
