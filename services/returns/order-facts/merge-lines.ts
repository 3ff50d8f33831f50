import type { LinePart } from '@vilkar/contracts/parts.ts'

/** A line that is named twice counts once, with its quantities added up. */
export function mergeLines(lines: LinePart[]): LinePart[] {
  const quantities = new Map<string, number>()
  for (const { lineId, quantity } of lines) quantities.set(lineId, (quantities.get(lineId) ?? 0) + quantity)
  return [...quantities].map(([lineId, quantity]) => ({ lineId, quantity }))
}
