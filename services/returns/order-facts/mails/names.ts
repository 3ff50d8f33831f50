import type { PlacedFacts } from '../projection.ts'

/**
 * What a line is called: its name, or of orders of before that was kept, its number in the catalogue; of one that the order does
 * not have, what it was called by whoever named it.
 */
export const namesIn =
  ({ names, lines }: PlacedFacts) =>
  (lineId: string) =>
    names?.[lineId] ?? lines.find((line) => line.lineId === lineId)?.sku ?? lineId
