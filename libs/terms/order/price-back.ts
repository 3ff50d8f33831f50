import { portionOf } from '../amounts/portion.ts'
import type { OrderFacts, ReturnFacts, Units } from './facts.ts'
import { comingBack } from './lines.ts'

type Facts = Pick<OrderFacts, 'lines' | 'returns' | 'stops' | 'complaints'>

/**
 * What units that go back by a return were paid for, and how much of that a lowered price gave back before: what is paid back now is
 * the difference. Units are paid back in the order in which that is decided, and never more of them than may have left: `quantity` is
 * how many that is, 0 where none is left. Amounts in minor units.
 */
export function priceBack(facts: Facts, returnId: string, { lineId, quantity: wanted }: Units) {
  const { total, quantity } = facts.lines.find((line) => line.lineId === lineId)!
  const returnedBefore = decidedBefore(facts, returnId, lineId)
  const left = quantity - countOf(stoppedUnits(facts), lineId) - returnedBefore
  const returning = Math.min(wanted, left)
  if (returning <= 0) return { quantity: 0, price: 0, lowered: 0 }
  const price = portionOf({ total, quantity, returning, returnedBefore })
  return { quantity: returning, price, lowered: Math.min(price, loweredOf(facts, lineId, { returning, left })) }
}

/** The most by which the price of units that the customer keeps can be lowered: what was paid for them and is not paid back, in minor units. */
export function mostLowered(facts: Facts, units: Units): number {
  const { price } = priceBack(facts, '', units)
  const kept = priceBack(facts, '', { lineId: units.lineId, quantity: Number.MAX_SAFE_INTEGER })
  return Math.max(0, Math.min(price, kept.price - standing(facts, units.lineId).amount))
}

/**
 * What of lowered prices falls on units that go back: those whose price was lowered are taken to go back first, and what was lowered
 * twice, or after others had gone back, falls on what is left.
 */
function loweredOf(facts: Facts, lineId: string, { returning, left }: { returning: number; left: number }) {
  const { units, amount } = standing(facts, lineId)
  const among = Math.min(Math.max(1, units), left)
  return returning >= among ? amount : Math.floor((amount * returning) / among)
}

/** What prices of a line were lowered by and has not come off a refund, and of how many units at the most. */
function standing({ complaints = [], returns }: Facts, lineId: string) {
  const lowered = complaints.flatMap(({ reduced = [] }) => reduced).filter((line) => line.lineId === lineId)
  const off = returns.flatMap(({ decided = [] }) => decided).filter((line) => line.lineId === lineId && line.lowered)
  return {
    units: countOf(lowered, lineId) - countOf(off, lineId),
    amount:
      lowered.reduce((sum, { amount }) => sum + amount, 0) - off.reduce((sum, line) => sum + (line.lowered ?? 0), 0),
  }
}

/** Units of the line that refunds of other returns were decided for; of an earlier release, those that were paid back. */
const decidedBefore = ({ returns, stops }: Facts, returnId: string, lineId: string) =>
  countOf(
    returns
      .filter((each) => each.returnId !== returnId)
      .flatMap(
        (each): ReturnFacts['lines'] =>
          each.decided ?? (each.refunded === undefined ? [] : comingBack(each, stops).lines),
      ),
    lineId,
  )

/** How many units of a line there are among these. */
export const countOf = (units: readonly Units[], lineId: string) =>
  units.reduce((sum, each) => (each.lineId === lineId ? sum + each.quantity : sum), 0)

/** The units that never leave. */
export const stoppedUnits = ({ stops = [] }: Pick<OrderFacts, 'stops'>) => stops.flatMap(({ stopped = [] }) => stopped)
