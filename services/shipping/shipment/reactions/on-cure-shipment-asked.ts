import type { CureShipmentAsked, CureStopAsked } from '@vilkar/contracts/returns-cure.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { isSentAgain } from '../cure.ts'
import { handle } from '../handle.ts'
import { whereaboutsOf } from '../state.ts'
import { lockShipmentsOf } from '../store.ts'

/** Repaired goods, or others instead of defective ones, go to the customer: a shipment of its own, which nobody pays for. */
export async function onCureShipmentAsked(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, returnId, cureId, remedy, lines, askedAt: at }: CureShipmentAsked['data'],
) {
  const { order, shipments } = await lockShipmentsOf(trx, orderId)
  // What a complaint is about has left, so that the order is known; told of it later, this is tried again.
  const first = shipments[0]
  if (order === undefined || first === undefined) throw new Error(`Nothing of order ${orderId} was asked for yet.`)
  const named = shipments.flatMap(({ state }) => state.dispatched?.lines ?? state.requested.lines)
  const { number, customerKind, terms, deliveryOption } = first.state.requested
  const data = {
    ...{ shipmentId: cureId, orderId, at, number, customerKind, terms, deliveryOption },
    lines: lines.map(({ lineId, quantity }) => ({ ...named.find((line) => line.lineId === lineId)!, quantity })),
    ...{ cure: { returnId, cureId }, remedy },
    personal: { address: order.personal.address },
  }
  await handle(trx, { type: 'RequestShipment', data })
}

/**
 * It is not wanted any more. What was lost and is sent again is stopped where it is by now; had any of it left that is not known to be lost, a
 * person sees to it. Where shipping was never asked for it, there is nothing to stop and orders answers.
 */
export async function onCureStopAsked(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, cureId, shipmentAsked, askedAt: at }: CureStopAsked['data'],
) {
  if (!shipmentAsked) return
  const { shipments } = await lockShipmentsOf(trx, orderId)
  const ofCure = shipments.filter(({ state }) => state.requested.cure?.cureId === cureId)
  // What is sent instead of what was lost is not wanted either.
  const again = ofCure.filter(({ id }) => id !== cureId)
  for (const { id } of again.filter(({ state }) => whereaboutsOf(state) === 'here'))
    await handle(trx, { type: 'CancelShipment', data: { shipmentId: id, at } })
  const lost = ofCure.every(({ state }) => whereaboutsOf(state) !== 'left' || isSentAgain(state))
  await handle(trx, { type: 'StopCure', data: { shipmentId: cureId, at, lost } })
}
