import { endOfOsloDay } from '../calendar.ts'
import type { Ruling } from '../ruling/ruling.ts'
import { laterFirst } from './cures.ts'
import { type Entitlement, entitlement } from './entitlement.ts'
import type { CureFacts, OrderFacts } from './facts.ts'
import { comingBack, type Line, standingReturns } from './lines.ts'

/** Units of a line that a period is counted alike for: those that were never replaced, or those that were, with when the others came. */
type Alike = { quantity: number; replacedAt?: Temporal.Instant }
type Dated = Ruling & { lastDay?: Temporal.PlainDate }

const { compare } = Temporal.Instant

/** The last replacement of each complaint, the newest first; where only a moment is known, all units were replaced then. */
export function replacementsOf({ cures = [], replacedAt: at, quantity }: Line): CureFacts[] {
  const replaced = cures.filter(({ remedy }) => remedy === 'replacement').toSorted(laterFirst)
  if (replaced.length === 0) return at ? [{ remedy: 'replacement', quantity, receivedAt: at }] : []
  return replaced.filter((each, n) => n === replaced.findIndex(({ returnId }) => returnId === each.returnId))
}

/**
 * What a right to give goods back comes to for the units of a line that can still go back. What was replaced for a defect is another thing
 * that the customer received: its period is counted from there, and that of other units is not. Which units went back before
 * is not known of each: it is taken as it leaves the customer most, but for what only the replaced ones could go back for.
 */
export function rulingOfUnits(
  facts: Pick<OrderFacts, 'returns' | 'stops'>,
  line: Line,
  rule: (replacedAt?: Temporal.Instant) => Dated,
  expected?: Temporal.PlainDate,
): Entitlement {
  const first = rule()
  const replacements = replacementsOf(line)
  if (replacements.length === 0) return entitlement(first, expected)
  const ruled = alikeOf(facts, line, { replacements, firstDay: first.lastDay }).map(({ quantity, replacedAt }) => ({
    ...{ quantity, ruling: replacedAt ? rule(replacedAt) : first },
  }))
  const [last] = ruled.toSorted(endingLast)
  const open = ruled.filter(({ ruling }) => ruling.outcome !== 'refused').toSorted(endingLast)
  const over = ruled.filter(({ ruling }) => ruling.outcome === 'refused').toSorted(endingLast)
  const shown = entitlement(open.at(-1)?.ruling ?? last?.ruling ?? first, expected)
  if (open.length === 0 || over.length === 0) return shown
  const quantity = over.reduce((sum, each) => sum + each.quantity, 0)
  return { ...shown, except: { quantity, reasons: over[0]!.ruling.reasons } }
}

type Ruled = { ruling: Dated }
const endingLast = ({ ruling: one }: Ruled, { ruling: other }: Ruled) =>
  one.lastDay && other.lastDay ? Temporal.PlainDate.compare(other.lastDay, one.lastDay) : 0

/** The units that can still go back, by when their period began. */
function alikeOf(
  { returns, stops }: Pick<OrderFacts, 'returns' | 'stops'>,
  { lineId, quantity: bought, returnable }: Line,
  { replacements, firstDay }: { replacements: readonly CureFacts[]; firstDay?: Temporal.PlainDate },
): Alike[] {
  const back = standingReturns(returns).map((each) => comingBack(each, stops))
  const unitsOf = (of: typeof back) =>
    of.flatMap(({ lines }) => lines).reduce((sum, each) => (each.lineId === lineId ? sum + each.quantity : sum), 0)
  const end = firstDay && endOfOsloDay(firstDay)
  // After the first period nothing but replaced units could go back by these rights.
  const late = back.filter(
    ({ right, noticeReceivedAt: at }) =>
      (right === undefined || right === 'voluntary') && at && end && compare(at, end) >= 0,
  )
  let free = bought
  const replaced = replacements.map(({ returnId, quantity, receivedAt }) => {
    const most = Math.min(quantity, free)
    free -= most
    const givenBack = returnId === undefined ? 0 : unitsOf(back.filter((each) => each.returnId === returnId))
    return { quantity: Math.max(0, most - givenBack), replacedAt: Temporal.Instant.from(receivedAt) }
  })
  take(replaced, unitsOf(late))
  const left = replaced.reduce((sum, { quantity }) => sum + quantity, 0)
  take(replaced, left - returnable)
  const others = Math.max(0, returnable - left)
  return [...replaced, { quantity: others }].filter(({ quantity }) => quantity > 0)
}

/** Takes so many units out, those that came first before the others. */
function take(alike: Alike[], units: number) {
  for (const each of alike.toReversed()) {
    const taken = Math.max(0, Math.min(each.quantity, units))
    each.quantity -= taken
    units -= taken
  }
}
