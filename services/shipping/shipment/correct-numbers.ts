import type { UnitNumbersCorrected } from '@vilkar/contracts/shipping-serials.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import type { CommandData } from './commands.ts'
import { faultOfNumbers, numbered, sameNumbers, whyUnsafe } from './numbers.ts'
import type { RequestedShipment } from './state.ts'

/**
 * Numbers of units that left were noted wrongly. Of goods that are critical to safety each unit keeps one (clause 11); that a unit
 * turns out to be recalled is no reason against it, but why it is to be known.
 */
export function correctNumbers(
  { shipmentId, at, units: said, by, why }: CommandData<'CorrectNumbers'>,
  state: RequestedShipment,
) {
  const { dispatched, requested } = state
  if (dispatched === undefined) {
    const detail = 'It has not left: say the right numbers by PUT /shipments/{id}/packing, or when it leaves.'
    return refuse({ code: 'shipment-not-dispatched', detail })
  }
  const { lines } = dispatched
  const [was, units] = [state.units ?? [], numbered(said)]
  if (sameNumbers(units, was)) return accept()
  const manuals = lines.map(({ lineId }) => lineId)
  const no = faultOfNumbers(units, lines) ?? whyUnsafe(state, lines, { units, manuals })
  if (no) return refuse(no)
  const data = { shipmentId, orderId: requested.orderId, was, units, correctedAt: at, personal: { by, why } }
  return accept({ type: 'UnitNumbersCorrected', data } satisfies UnitNumbersCorrected)
}
