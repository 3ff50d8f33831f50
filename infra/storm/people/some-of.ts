import type { Random } from '../random.ts'

/** At least one unit of at least one line. */
export function someOf(lines: { lineId: string; quantity: number }[], random: Random) {
  const some = lines.flatMap(({ lineId, quantity }) => {
    const units = random.between(0, quantity)
    return units > 0 ? [{ lineId, quantity: units }] : []
  })
  return some.length > 0 ? some : [{ lineId: lines[0]!.lineId, quantity: 1 }]
}
