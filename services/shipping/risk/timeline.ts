import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { RiskRuling } from '@vilkar/terms/rules/risk.ts'
import type { OrderToShip } from '../database.ts'
import type { Recorded, RequestedShipment } from '../shipment/state.ts'
import { factsOfShipment, hadCome, type Known } from './facts-of-shipment.ts'
import { linesAtRisk } from './lines-at-risk.ts'
import { type OfUnits, returnedUnits } from './returned-units.ts'
import { withdrawalOfOrder } from './withdrawal-of-order.ts'

type Order = Pick<OrderToShip, 'country' | 'disclosures' | 'lines' | 'agreements' | 'returns'>

/** Units of a line that are alike in all that bears on the risk. `since` is from when whoever bears it does. */
export type UnitsRisk = RiskRuling & { lineId: string; quantity: number; since: Temporal.Instant }

/**
 * Who bears the risk of every unit of a shipment at a moment, by what is known of its order, and when time alone may change that: also
 * what happened after that moment already, as when it was read before a wait, or by a clock that is behind. The
 * ruling is asked at each moment in which something changed, so that it is also known since when.
 */
export function riskOfShipment(
  order: Order,
  shipments: readonly RequestedShipment[],
  state: RequestedShipment,
  at: Temporal.Instant,
): { units: UnitsRisk[]; changesAt?: Temporal.Instant } {
  const terms = termsOf(state.requested.terms.edition)
  const returned = returnedUnits(order.returns ?? [], shipments, order.lines)
  const withdrawal = withdrawalOfOrder(order, shipments, returned.withdrawnFrom)
  const replacedAt = replacementOf(state)
  const ahead: Temporal.Instant[] = []
  const ruleFor = (lineId: string, recorded: Known[]) => {
    const rule = (moment: Temporal.Instant) =>
      terms.riskOf({
        ...factsOfShipment(state, recorded, moment),
        ...withdrawal.standsAt(lineId, moment, replacedAt),
      })
    const all = momentsOf(state, recorded, [withdrawal.last, ...withdrawal.changesOf(lineId, replacedAt).map(String)])
    ahead.push(...all.filter((moment) => Temporal.Instant.compare(moment, at) > 0))
    const moments = all.filter((moment) => hadCome(moment.toString(), at))
    const past = moments.map((moment) => ({ moment, ruling: rule(moment) }))
    return lastOf(past, { moment: at, ruling: rule(at) })
  }
  // Lines of which the same is known are judged once.
  const ruled = new Map<string, ReturnType<typeof ruleFor>>()
  const units = linesAtRisk(state).flatMap((line) =>
    alikeUnits(line, knownOf(line, state.circumstances, returned.saidOf(state, line.lineId))).map((part) => {
      const { lineId } = line
      const { quantity, recorded } = part
      const alike = `${withdrawal.kindOf(lineId)} ${JSON.stringify(recorded)}`
      return { lineId, quantity, ...ruled.getOrInsertComputed(alike, () => ruleFor(lineId, recorded)) }
    }),
  )
  return { units, changesAt: ahead.sort(Temporal.Instant.compare)[0] }
}

/**
 * When these goods came for defective ones, from which their own days to withdraw are counted (decision 51). What was repaired is what the
 * customer had before; where neither was told the doubt is the customer's.
 */
function replacementOf({ requested: { cure, remedy }, receivedAt }: RequestedShipment) {
  const isOther = cure !== undefined && remedy !== 'repair'
  return isOther && receivedAt !== undefined ? Temporal.Instant.from(receivedAt) : undefined
}

type Line = { lineId: string; quantity: number }

/** What was recorded of a line and what its returns say, by the moment. What is recorded of some of a line is about the first of its units. */
function knownOf({ lineId, quantity }: Line, recorded: Recorded[] = [], returned: OfUnits[]): OfUnits[] {
  const countOf = ({ lines }: Recorded) =>
    lines === undefined ? quantity : (lines.find((each) => each.lineId === lineId)?.quantity ?? 0)
  return [...recorded.map((each) => ({ ...each, from: 0, to: countOf(each) })), ...returned].sort((one, other) =>
    Temporal.Instant.compare(one.since, other.since),
  )
}

/** Units of a line by what is known of them. */
function alikeUnits({ quantity }: Line, known: OfUnits[]) {
  const all = new Set([...known.flatMap(({ from, to }) => [from, to]), quantity])
  const bounds = [...all].filter((count) => count > 0 && count <= quantity).sort((a, b) => a - b)
  return bounds.map((bound, n) => ({
    quantity: bound - (bounds[n - 1] ?? 0),
    recorded: known.filter(({ from, to }) => from < bound && bound <= to).map(({ from: _, to: __, ...each }) => each),
  }))
}

/** The moments in which the risk may pass, as far as they are known, in their order. */
function momentsOf(
  { requested, dispatched, reports = [], receivedAt }: RequestedShipment,
  recorded: Known[],
  ofWithdrawal: (string | undefined)[],
) {
  const moments = [requested.requestedAt, dispatched?.handedOverAt, receivedAt, ...ofWithdrawal]
  moments.push(...reports.map(({ occurredAt }) => occurredAt), ...recorded.map(({ since }) => since))
  return moments
    .filter((moment) => moment !== undefined)
    .map((moment) => Temporal.Instant.from(moment))
    .sort(Temporal.Instant.compare)
}

type Ruled = { moment: Temporal.Instant; ruling: RiskRuling }

/** The ruling of now, since the first moment from which on its bearer was the same. */
function lastOf(past: Ruled[], now: Ruled) {
  const other = past.findLastIndex(({ ruling }) => ruling.bearer !== now.ruling.bearer)
  return { ...now.ruling, since: (past[other + 1] ?? now).moment }
}
