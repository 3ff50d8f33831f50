import { endOfOsloDay } from '../calendar.ts'
import type { Entitlement } from './entitlement.ts'
import type { ReturnFacts } from './facts.ts'
import type { EntitlementQuery, LineRisk, UnitsAtRisk } from './line-entitlements.ts'
import { comingBack, type Line, neverLeft, standingReturns } from './lines.ts'

type Risk = Omit<LineRisk, 'except'>

/**
 * The risk line by line, of the units that are kept; where units of it go back, and it is otherwise with them, theirs beside it. A line of which
 * nothing is kept says what holds of the first that go back.
 */
export function risksByLine(query: EntitlementQuery) {
  const { facts } = query
  const rule = ruleOf(query)
  const standing =
    facts.cancelledAt === undefined
      ? standingReturns(facts.returns)
          .filter((each) => !neverLeft(each))
          .map((each) => comingBack(each, facts.stops))
      : []
  return (line: Line, withdrawal: Entitlement): LineRisk => {
    const mayWithdraw = withdrawal.outcome !== 'refused'
    const goingBack = standing.flatMap((each) => {
      const quantity = each.lines.reduce(
        (sum, { lineId, quantity }) => (lineId === line.lineId ? sum + quantity : sum),
        0,
      )
      return quantity > 0 ? [{ quantity, risk: riskOfReturn(query, each) ?? rule(line, { open: true }) }] : []
    })
    const isKept = line.returnable > 0 || goingBack.length === 0
    const stands = isKept
      ? rule(line, {
          open: mayWithdraw || (line.returnable === 0 && facts.cancelledAt === undefined),
          until: withdrawal.until,
        })
      : goingBack[0]!.risk
    const except = together(goingBack.filter(({ risk }) => !isAlike(risk, stands)))
    return except.length > 0 ? { ...stands, except } : stands
  }
}

/** What holds while the customer has the goods, or before. Lines that are alike in what the ruling asks for share it. */
function ruleOf({ facts: { customerKind }, terms, at }: EntitlementQuery) {
  // Units of one parcel share the very objects of its moments, and lines that are alike that of the right to withdraw.
  const known = new Map<unknown, Map<unknown, Map<unknown, Risk>>>()
  return ({ handedOverAt, receivedAt, ownCarrier }: Line, { open, until }: { open: boolean; until?: string }): Risk => {
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

/**
 * Units that the seller has back are the seller's; what goes back by the offer of the terms is the customer's until then (clause 9.1). What goes back
 * by law stays with the seller, as what may be withdrawn from does (forbrukerkjøpsloven § 14): undefined, as the rule of that says it.
 */
function riskOfReturn(
  { facts: { customerKind }, terms }: EntitlementQuery,
  { right, goodsReceivedAt }: ReturnFacts,
): Risk | undefined {
  const whereabouts = goodsReceivedAt === undefined ? 'return-in-transit' : 'returned-to-seller'
  if (whereabouts === 'return-in-transit' && right !== 'voluntary') return undefined
  const { bearer, reasons } = terms.riskOf({ customerKind, whereabouts, returnBasis: 'voluntary' })
  return { bearer, reasons }
}

const isAlike = (one: Risk, other: Risk) =>
  one.bearer === other.bearer && one.since === other.since && codesOf(one) === codesOf(other)
const codesOf = ({ reasons }: Risk) => reasons.map(({ code }) => code).join()

/** Units with one and the same answer, counted together. */
function together(units: readonly { quantity: number; risk: Risk }[]): UnitsAtRisk[] {
  const found: UnitsAtRisk[] = []
  for (const { quantity, risk } of units) {
    const same = found.find((each) => isAlike(each, risk))
    if (same) same.quantity += quantity
    else found.push({ quantity, ...risk })
  }
  return found
}
