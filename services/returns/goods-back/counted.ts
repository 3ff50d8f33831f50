import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { ReceivedUnit } from '@vilkar/contracts/shipping-returns.ts'
import { mergeLines } from '../order-facts/merge-lines.ts'

/** Each unit once, whatever receipts name it. */
export const distinctUnits = (units: ReceivedUnit[]) => [...new Map(units.map((unit) => [unit.unitId, unit])).values()]

/** Whether some units are at least those. */
export function covers(some: LinePart[], those: LinePart[]) {
  const there = new Map(mergeLines(some).map(({ lineId, quantity }) => [lineId, quantity]))
  return mergeLines(those).every(({ lineId, quantity }) => (there.get(lineId) ?? 0) >= quantity)
}

/** Whether nobody has to look at a unit for what the offer of the terms asks: unused, undamaged, in its packaging. */
export const isAsNew = ({ wear, complete, originalPackaging, seal }: ReceivedUnit) =>
  wear === 'none' && complete && originalPackaging && seal !== 'broken'
