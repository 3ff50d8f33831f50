/** Units of an order line: `total` is what was paid for all `quantity` of them; `returnedBefore` went back earlier. */
export type ReturnedUnits = { total: number; quantity: number; returning: number; returnedBefore?: number }

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
