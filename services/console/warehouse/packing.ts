/** What is counted while a parcel is packed: units in it, by line. */
export type Counts = ReadonlyMap<string, number>
export type LineToPack = { lineId: string; sku: string; quantity: number }

/** What a scan came to. */
export type Scanned =
  | { kind: 'counted'; counts: Counts; line: LineToPack }
  /** No line of the shipment has this product. */
  | { kind: 'wrong' }
  /** All units of the product are in the parcel already. */
  | { kind: 'surplus'; line: LineToPack }

/** Counts as an address has them, `1:2,2:1`; whatever is no count of a line there is none of, and none is more than was asked for. */
export function readCounts(text: string, lines: readonly LineToPack[]): Counts {
  const said = new Map(
    text.split(',').map((part): [string, string] => {
      const [lineId = '', count = ''] = part.split(':')
      return [lineId, count]
    }),
  )
  return new Map(
    lines.map(({ lineId, quantity }) => {
      const count = said.get(lineId) ?? ''
      return [lineId, /^\d{1,6}$/.test(count) ? Math.min(Number(count), quantity) : 0]
    }),
  )
}

export const writeCounts = (counts: Counts) => [...counts].map(([lineId, count]) => `${lineId}:${count}`).join(',')

/** Counts one unit by the SKU on it, of the first line that lacks one. Scanners may write capitals otherwise than the catalogue. */
export function scan(sku: string, counts: Counts, lines: readonly LineToPack[]): Scanned {
  const written = sku.trim().toLowerCase()
  const found = lines.filter((line) => line.sku.toLowerCase() === written)
  if (found.length === 0) return { kind: 'wrong' }
  const line = found.find(({ lineId, quantity }) => (counts.get(lineId) ?? 0) < quantity)
  if (line === undefined) return { kind: 'surplus', line: found[0]! }
  return { kind: 'counted', line, counts: new Map(counts).set(line.lineId, (counts.get(line.lineId) ?? 0) + 1) }
}

export const isWhole = (counts: Counts, lines: readonly LineToPack[]) =>
  lines.every(({ lineId, quantity }) => counts.get(lineId) === quantity)
