import { portionOf } from '../amounts/portion.ts'
import type { OrderFacts, ReturnFacts, Units } from './facts.ts'
import { comingBack, standingReturns } from './lines.ts'

type Facts = Pick<OrderFacts, 'lines' | 'returns' | 'stops' | 'complaints'>
/** Units of a line whose price was lowered, and by how much in all, in minor units. */
type Lowered = { quantity: number; amount: number }

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
  return {
    quantity: returning,
    price,
    lowered: Math.min(price, loweredIn(facts, returnId, { lineId, returning, left })),
  }
}

/**
 * What of the prices lowered falls on units that are asked back now, by line: they take it with them, and what is lowered while they
 * are on their way falls on the others. Of units that never reached the customer no price was lowered. Left out of a line is nothing.
 */
export function loweredAmong(
  facts: Facts,
  lines: readonly Units[],
  { neverCame = false } = {},
): ReturnFacts['lowered'] {
  if (!hasLowered(facts)) return undefined
  return lines.flatMap(({ lineId, quantity: returning }) => {
    const { lowered, kept } = poolOf(facts, lineId)
    const going = Math.min(returning, kept)
    const { quantity, amount } = neverCame && going < kept ? { quantity: 0, amount: 0 } : shareOf(lowered, going, kept)
    return amount > 0 ? [{ lineId, quantity, amount }] : []
  })
}

/** Whether any price of the order was lowered. */
export const hasLowered = ({ complaints = [] }: Pick<Facts, 'complaints'>) =>
  complaints.some(({ reduced = [] }) => reduced.length > 0)

/** What lower prices gave back of so many units that the customer keeps and that may go back next, in minor units. */
export function loweredOfKept(facts: Facts, { lineId, quantity }: Units): number {
  const { lowered, kept } = poolOf(facts, lineId)
  return shareOf(lowered, Math.min(quantity, kept), kept).amount
}

/**
 * The most by which the price of units that the customer keeps can be lowered: what was paid for them and is not paid back, in minor
 * units. Units that are on their way back are none of them, and will be paid back at their whole price.
 */
export function mostLowered(facts: Facts, { lineId, quantity: units }: Units): number {
  const { total, quantity } = facts.lines.find((line) => line.lineId === lineId)!
  const { lowered, kept, goingBack } = poolOf(facts, lineId)
  const lowering = Math.min(units, kept)
  const { price } = priceBack(facts, '', { lineId, quantity: lowering })
  // Whichever unit is paid back last takes what does not divide: with others on their way nobody knows which that is.
  const unit = Math.floor(total / quantity)
  const paid = goingBack > 0 ? unit * kept : priceBack(facts, '', { lineId, quantity: kept }).price
  return Math.max(0, Math.min(goingBack > 0 ? unit * lowering : price, paid - lowered.amount))
}

/** What of the lowered prices falls on the units of a return: what they took with them, and all that is left on the last of all. */
function loweredIn(
  facts: Facts,
  returnId: string,
  { lineId, returning, left }: { lineId: string; returning: number; left: number },
): number {
  const { lowered, kept } = poolOf(facts, lineId, returnId)
  if (returning === left) return lowered.amount
  const asked = facts.returns.find((each) => each.returnId === returnId)
  const own = asked?.lowered?.find((line) => line.lineId === lineId)
  if (own) return shareOf(own, returning, own.quantity).amount
  // Without a word of it, it was asked for before any price was lowered, or in an earlier release.
  return asked?.lowered ? 0 : shareOf(lowered, returning, kept).amount
}

/** Units whose price was lowered are taken to go back first; what was lowered twice falls on what is left. */
function shareOf({ quantity, amount }: Lowered, going: number, kept: number): Lowered {
  const among = Math.min(Math.max(1, quantity), kept)
  if (going <= 0 || amount <= 0) return { quantity: 0, amount: 0 }
  return going >= among
    ? { quantity: Math.min(going, Math.max(1, quantity)), amount }
    : { quantity: going, amount: Math.floor((amount * going) / among) }
}

/** The units of a line that are in no return but this one, and what prices of them were lowered by and no return took with it. */
function poolOf(facts: Facts, lineId: string, returnId?: string) {
  const ofLine = <Part extends Units>(parts: readonly Part[] = []) => parts.filter((part) => part.lineId === lineId)
  const lowered = ofLine((facts.complaints ?? []).flatMap(({ reduced = [] }) => reduced))
  const others = facts.returns.filter((each) => each.returnId !== returnId)
  const taken = others.flatMap((each) => takenBy(each).filter((part) => part.lineId === lineId))
  const open = others.filter(
    ({ decided, refunded, outcome }) => !decided && refunded === undefined && outcome === 'open',
  )
  const goingBack = countOf(
    open.flatMap((each) => comingBack(each, facts.stops).lines),
    lineId,
  )
  const { quantity } = facts.lines.find((line) => line.lineId === lineId)!
  const gone = countOf(stoppedUnits(facts), lineId) + decidedBefore(facts, returnId, lineId)
  return {
    lowered: {
      quantity: countOf(lowered, lineId) - countOf(taken, lineId),
      amount: sumOf(lowered) - sumOf(taken),
    },
    goingBack,
    kept: Math.max(0, quantity - gone - goingBack),
  }
}

/** What a return takes with it of lowered prices: once it is decided, what came off its refund. One that gave nothing back takes none. */
function takenBy(each: ReturnFacts): (Units & { amount: number })[] {
  if (each.decided)
    return each.decided.flatMap(({ lineId, quantity, lowered: amount = 0 }) =>
      amount > 0 ? [{ lineId, quantity: Math.min(quantity, takenUnits(each, lineId) ?? quantity), amount }] : [],
    )
  return standingReturns([each]).length > 0 ? (each.lowered ?? []) : []
}

const takenUnits = ({ lowered }: ReturnFacts, lineId: string) =>
  lowered?.find((line) => line.lineId === lineId)?.quantity

const sumOf = (parts: readonly { amount: number }[]) => parts.reduce((sum, { amount }) => sum + amount, 0)

/** Units of the line that refunds of other returns were decided for; of an earlier release, those that were paid back. */
const decidedBefore = ({ returns, stops }: Facts, returnId: string | undefined, lineId: string) =>
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
