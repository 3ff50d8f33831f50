import { isDeepStrictEqual } from 'node:util'
import type { Circumstance, CircumstanceRecorded, RiskPassed } from '@vilkar/contracts/shipping-parcel.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import type { CommandData } from './commands.ts'
import type { Recorded, RequestedShipment } from './state.ts'
import { faultOf } from './units.ts'

/** How much may be recorded of one shipment. */
export const MAX_CIRCUMSTANCES = 50

/** A person of the seller's records what bears on the risk. Said twice it is recorded once; a later one says otherwise. */
export function recordCircumstance(
  { shipmentId, at, since, circumstance, lines, by, why }: CommandData<'RecordCircumstance'>,
  { requested, dispatched, circumstances = [] }: RequestedShipment,
) {
  const said: Recorded = { since, circumstance, ...(lines && { lines }) }
  if (circumstances.some((each) => isDeepStrictEqual(each, said))) return accept()
  if (Temporal.Instant.compare(since, at) > 0)
    return refuse({ code: 'circumstance-in-the-future', detail: `since (${since}) is later than now (${at}).` })
  const fault = lines && faultOf(lines, dispatched?.lines ?? requested.lines)
  if (fault) return refuse({ code: 'lines-not-in-shipment', detail: fault })
  if (circumstances.length >= MAX_CIRCUMSTANCES)
    return refuse({ code: 'too-many-circumstances', detail: `${MAX_CIRCUMSTANCES} are recorded of it already.` })
  const data = { shipmentId, orderId: requested.orderId, ...said, recordedAt: at, personal: { by, why } }
  return accept({ type: 'CircumstanceRecorded', data } satisfies CircumstanceRecorded)
}

/** What was so at a moment: of each circumstance what was recorded last. */
export const circumstanceAt = <Said extends Circumstance>(
  recorded: readonly { since: string; circumstance: Said }[],
  at: Temporal.Instant,
): Said =>
  Object.assign(
    {},
    ...recorded.filter(({ since }) => Temporal.Instant.compare(since, at) <= 0).map(({ circumstance }) => circumstance),
  )

/** What is new of the risk, told once: units that became the customer's, and units that went back to the seller. */
export function tellRisk(
  { shipmentId, at, lines }: CommandData<'TellRisk'>,
  { requested: { orderId, cure }, atCustomersRisk = {} }: RequestedShipment,
) {
  const ids = { shipmentId, orderId, ...(cure && { cure }) }
  const told: RiskPassed[] = []
  for (const { lineId, quantity, since, reasons } of lines) {
    const change = quantity - (atCustomersRisk[lineId] ?? 0)
    if (change === 0) continue
    const to = change > 0 ? 'customer' : 'seller'
    const same = told.find(
      ({ data }) => data.to === to && data.passedAt === since && isDeepStrictEqual(data.reasons, reasons),
    )
    const units = { lineId, quantity: Math.abs(change) }
    if (same) same.data.lines.push(units)
    else
      told.push({
        type: 'RiskPassed',
        data: { ...ids, to, lines: [units], passedAt: since, toldAt: at, reasons },
      })
  }
  return accept(...told)
}

export const withCircumstance = (recorded: Recorded[] = [], said: Recorded): Recorded[] =>
  [...recorded, said].sort((one, other) => Temporal.Instant.compare(one.since, other.since))

/** The units at the customer's risk after some were told to have passed. */
export function afterRisk(before: Record<string, number> = {}, { to, lines }: RiskPassed['data']) {
  const after = { ...before }
  for (const { lineId, quantity } of lines)
    after[lineId] = (after[lineId] ?? 0) + (to === 'customer' ? quantity : -quantity)
  return after
}
