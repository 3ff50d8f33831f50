import { apportion } from './apportion.ts'

/**
 * Units of an order line: `total` is what was paid for all `quantity` of them; `returnedBefore` went back earlier; `lowered` is what a
 * lower price gave back of those that go back now.
 */
export type ReturnedUnits = {
  total: number
  quantity: number
  returning: number
  returnedBefore?: number
  lowered?: number
}

/**
 * What was paid for the units that go back, in the smallest unit of the currency. Every unit is worth the same whole
 * amount and the last one takes the remainder, so that the parts of any split add up to exactly what was paid.
 */
export function portionOf({ total, quantity, returning, returnedBefore = 0 }: ReturnedUnits): number {
  const gone = returnedBefore + returning
  if (returning < 0 || gone > quantity) throw new RangeError(`${gone} of ${quantity} units cannot go back`)
  if (returning === 0) return 0
  const unit = Math.floor(total / quantity)
  return gone === quantity ? total - unit * returnedBefore : unit * returning
}

/** What was paid for the units that go back and is not paid back yet. */
export const stillPaidFor = (units: ReturnedUnits) => Math.max(0, portionOf(units) - (units.lowered ?? 0))

/**
 * Lines with a discount on the whole order shared out by what each cost, so that the shares add up to exactly the discount.
 * A discount never makes a line cost less than nothing.
 */
export function afterDiscount(lines: ReturnedUnits[], orderDiscount = 0): ReturnedUnits[] {
  if (orderDiscount === 0) return lines
  const totals = lines.map(({ total }) => total)
  const sum = totals.reduce((whole, total) => whole + total, 0)
  const shares = apportion(Math.min(orderDiscount, sum), totals)
  return lines.map((line, at) => ({ ...line, total: line.total - shares[at]! }))
}
