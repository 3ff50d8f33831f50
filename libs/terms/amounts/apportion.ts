/**
 * Splits an amount in proportion to weights, in whole units, so that the parts add up to exactly the amount: each part
 * is rounded down, and the units left over go one by one to the parts that lost most by it, the earlier one first when they
 * lost the same. No part exceeds its weight when the amount does not exceed their sum. Weights that are all zero are equal.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  for (const number of [total, ...weights])
    if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`${number} is not a whole amount`)
  if (weights.length === 0) {
    if (total > 0) throw new RangeError(`there is nothing to split ${total} over`)
    return []
  }
  // The products exceed what a number holds exactly.
  const shares = (weights.some((weight) => weight > 0) ? weights : weights.map(() => 1)).map(BigInt)
  const whole = shares.reduce((sum, share) => sum + share)
  const exact = shares.map((share) => BigInt(total) * share)
  const parts = exact.map((product) => Number(product / whole))
  const left = total - parts.reduce((sum, part) => sum + part)
  const byLoss = exact.map((product, at) => ({ at, loss: product % whole }))
  byLoss.sort((a, b) => (a.loss === b.loss ? a.at - b.at : a.loss < b.loss ? 1 : -1))
  for (const { at } of byLoss.slice(0, left)) parts[at]! += 1
  return parts
}
