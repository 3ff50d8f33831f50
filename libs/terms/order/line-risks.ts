import { endOfOsloDay } from '../calendar.ts'
import type { Entitlement } from './entitlement.ts'
import type { EntitlementQuery, LineRisk } from './line-entitlements.ts'
import type { Line } from './lines.ts'

/** The risk line by line. What was withdrawn from stays with the seller, as what may be withdrawn from does. */
export function risksByLine({ facts: { customerKind, cancelledAt }, terms, at }: EntitlementQuery) {
  // Units of one parcel share the very objects of its moments, and lines that are alike that of the right to withdraw.
  const known = new Map<unknown, Map<unknown, Map<unknown, LineRisk>>>()
  return (line: Line, { outcome, until }: Entitlement): LineRisk => {
    const { handedOverAt, receivedAt, ownCarrier, returnable } = line
    const withdrawn = returnable === 0 && cancelledAt === undefined
    const open = withdrawn || outcome !== 'refused'
    const rule = () => {
      const carrierArrangedBy = ownCarrier ? ('customer' as const) : ('seller' as const)
      const endedAt = until === undefined ? undefined : endOfOsloDay(Temporal.PlainDate.from(until))
      const asked = { customerKind, handedOverAt, receivedAt, at, carrierArrangedBy, withdrawal: { open, endedAt } }
      const { bearer, since, reasons } = terms.risk(asked)
      return { bearer, since: since?.toString(), reasons }
    }
    if (ownCarrier) return rule()
    return known
      .getOrInsertComputed(handedOverAt, () => new Map())
      .getOrInsertComputed(receivedAt, () => new Map())
      .getOrInsertComputed(`${open} ${until}`, rule)
  }
}
