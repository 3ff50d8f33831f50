import type { LossSettled } from '@vilkar/contracts/shipping-damage.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import type { CommandData } from './commands.ts'
import { changedDamage, unknownReport } from './damage.ts'
import { type Damage, type RequestedShipment, whereaboutsOf } from './state.ts'
import type { Waiting } from './stop.ts'
import { withoutUnits } from './units.ts'

/** Units that wait to be sent instead of lost ones, with the report in which that was chosen and the shipment that it is about. */
export type WaitingInstead = Waiting & { lost: { shipmentId: string; reportId: string } }
type Kept = { id: string; state: RequestedShipment }

/** What waits to be sent instead of goods of the order that were lost. Goods that came back are not among it: nobody has lost them. */
export function waitingInstead(shipments: readonly Kept[]): WaitingInstead[] {
  const byId = new Map(shipments.map((each) => [each.id, each]))
  /** A rest or a part of it is what was asked for with what it was taken out of. */
  const rootOf = ({ id, state }: Kept): string => {
    const whole = byId.get(state.requested.restOf ?? '')
    return whole === undefined ? id : rootOf(whole)
  }
  return shipments.flatMap((shipment) => {
    const { replaces, cure, lines } = shipment.state.requested
    if (replaces === undefined || cure !== undefined || whereaboutsOf(shipment.state) !== 'here') return []
    const damages = byId.get(replaces)?.state.damages ?? []
    const chosen = damages.find(({ replacementId, ended }) => !ended && replacementId === rootOf(shipment))
    if (chosen === undefined) return []
    return [{ shipmentId: shipment.id, lines, lost: { shipmentId: replaces, reportId: chosen.reportId } }]
  })
}

/**
 * The customer withdrew from units that were lost before the others had left, which ends the duties of both: those do not leave, and what was paid
 * for the lost ones goes back as of any loss (angrerettloven §§ 23 and 24). They are no units that never left: the carrier has lost them, and
 * none is free to be sold for that.
 */
export function withdrawReplacement(
  { shipmentId, at, reportId, refundId, stopped, lines, by }: CommandData<'WithdrawReplacement'>,
  { requested: { orderId, originalShipmentId }, damages = [] }: RequestedShipment,
) {
  if (!damages.some((each) => each.reportId === reportId)) return refuse(unknownReport)
  const ids = { reportId: refundId, shipmentId, orderId, ...(originalShipmentId && { originalShipmentId }) }
  const insteadOf = { reportId, shipmentId: stopped }
  const data = { ...ids, choice: 'refund' as const, lines, insteadOf, settledAt: at, personal: { by } }
  return accept({ type: 'LossSettled', data } satisfies LossSettled)
}

/** The reports with units that are paid back after all: once nothing of one is to be sent any more, it is one of money. */
export function withWithdrawn(
  state: RequestedShipment,
  { insteadOf, lines }: Pick<LossSettled['data'], 'insteadOf' | 'lines'>,
): Damage[] {
  const { reportId } = insteadOf!
  const before = state.damages!.find((each) => each.reportId === reportId)!
  const withdrawn = [...(before.withdrawn ?? []), ...lines]
  const isAll = withoutUnits(before.lines, withdrawn).length === 0
  return changedDamage(state, reportId, { withdrawn, ...(isAll && { settled: 'refund' as const }) })
}

/** Lost units of which the customer withdrew before others had left: they count as having left, and never come back. */
export const withdrawnLost = (shipments: readonly Kept[]) =>
  shipments.flatMap(({ state: { damages = [] } }) => damages.flatMap(({ withdrawn = [] }) => withdrawn))
