import type { Entitlement } from './entitlement.ts'
import type { OrderFacts } from './facts.ts'
import type { LineRights } from './line-entitlements.ts'
import type { Line } from './lines.ts'

/**
 * The rights of a line with what staff decides otherwise than the rules: only ever in favour of the customer, and only of units that
 * are still there to have a right to. What the rules said stays beside it.
 */
export function withOverrides(
  { overrides }: Pick<OrderFacts, 'overrides'>,
  line: Line,
  rights: LineRights,
): LineRights {
  if (overrides === undefined || line.returnable <= 0) return rights
  const now = { ...rights }
  for (const { right, lineIds, reason } of overrides) {
    const ruling: Entitlement = now[right]
    if (!lineIds.includes(line.lineId)) continue
    const { except, ...rest } = ruling
    if (ruling.outcome === 'refused')
      now[right] = { ...rest, outcome: 'granted', basis: 'terms', reasons: [...ruling.reasons, reason] }
    else if (except) now[right] = { ...rest, reasons: [...ruling.reasons, ...except.reasons, reason] }
  }
  return now
}
