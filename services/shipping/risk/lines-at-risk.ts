import type { UnitsSent } from '@vilkar/contracts/shipping.ts'
import { isStanding, settledOf } from '../shipment/damage.ts'
import type { RequestedShipment } from '../shipment/state.ts'
import { withoutUnits } from '../shipment/units.ts'

/**
 * The units whose risk is asked about: what left or is to leave. Of what was received they are what came: lost ones never pass to a consumer
 * (forbrukerkjøpsloven § 14), and what was paid back or sent again since it was lost is owed no more.
 */
export function linesAtRisk({ requested, dispatched, receivedAt, damages = [] }: RequestedShipment): UnitsSent[] {
  const lines = dispatched?.lines ?? requested.lines
  if (receivedAt === undefined) return lines
  const lost = damages.filter((each) => each.kind === 'lost' && isStanding(each) && each.settled === undefined)
  const missing = requested.customerKind === 'consumer' ? lost.flatMap((each) => each.lines) : []
  const came = withoutUnits(lines, [...settledOf(damages), ...missing])
  // What was lost as a whole and was received all the same came after all.
  return came.length > 0 ? came : lines
}

/** Units of a shipment that left which may go back by a return: none that others were sent for, or that were paid back since they were lost. */
export function linesToGoBack(state: RequestedShipment): UnitsSent[] {
  const { dispatched, receivedAt, failed, damages = [] } = state
  if (receivedAt !== undefined) return linesAtRisk(state)
  return failed?.ended === 'sent-again' ? [] : withoutUnits(dispatched!.lines, settledOf(damages))
}
