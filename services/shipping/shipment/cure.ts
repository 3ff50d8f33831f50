import type { ShipmentCancelled } from '@vilkar/contracts/shipping.ts'
import type { CureStopAnswered } from '@vilkar/contracts/shipping-cure.ts'
import { accept } from '@vilkar/decider/decider.ts'
import type { CommandData } from './commands.ts'
import { isReplaced } from './damage.ts'
import { type RequestedShipment, whereaboutsOf } from './state.ts'

/** What has not left never will. */
export const cancelled = (
  ids: { shipmentId: string; orderId: string },
  { requested: { cure } }: RequestedShipment,
  cancelledAt: string,
): ShipmentCancelled => ({ type: 'ShipmentCancelled', data: { ...ids, ...(cure && { cure }), cancelledAt } })

/**
 * What is sent for a complaint is not wanted any more: whether it could be stopped is answered once, in every state. What was lost, and of which
 * nothing is sent instead, reaches nobody: it is as good as stopped.
 */
export function stopCure({ shipmentId, at, lost: gone }: CommandData<'StopCure'>, state: RequestedShipment) {
  const { cure, orderId } = state.requested
  if (cure === undefined || state.cureStopAnswered) return accept()
  const where = whereaboutsOf(state)
  const lost = where === 'left' && gone
  const outcome = where === 'left' && !lost ? 'left' : 'stopped'
  const ids = { shipmentId, orderId }
  return accept<ShipmentCancelled | CureStopAnswered>(...(where === 'here' ? [cancelled(ids, state, at)] : []), {
    type: 'CureStopAnswered',
    data: { ...ids, cure, outcome, ...(lost && { lost }), answeredAt: at },
  })
}

/** Whether a shipment was lost whole and others are, or were to be, sent instead. */
export const isSentAgain = (state: RequestedShipment) => isReplaced(state) && state.receivedAt === undefined

/** The shipments of what was bought: not what is sent for a complaint, which waits for no payment and no contract. */
export const ofOrder = <Kept extends { state: RequestedShipment }>(shipments: readonly Kept[]) =>
  shipments.filter(({ state }) => state.requested.cure === undefined)

/** Those that are paid for when they leave: what is sent instead of goods that left before was paid with those (forbrukerkjøpsloven §§ 23 and 24). */
export const paidOnLeaving = <Kept extends { state: RequestedShipment }>(shipments: readonly Kept[]) =>
  ofOrder(shipments).filter(({ state }) => state.requested.replaces === undefined)
