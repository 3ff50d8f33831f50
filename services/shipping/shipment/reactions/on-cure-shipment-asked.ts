import type { CureShipmentAsked, CureStopAsked } from '@vilkar/contracts/returns-cure.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import { lockShipmentsOf } from '../store.ts'

/** Repaired goods, or others instead of defective ones, go to the customer: a shipment of its own, which nobody pays for. */
export async function onCureShipmentAsked(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, returnId, cureId, lines, askedAt: at }: CureShipmentAsked['data'],
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
    cure: { returnId, cureId },
    personal: { address: order.personal.address },
  }
  await handle(trx, { type: 'RequestShipment', data })
}

/** It is not wanted any more. Where shipping was never asked for it, there is nothing to stop and orders answers. */
export async function onCureStopAsked(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, cureId, shipmentAsked, askedAt: at }: CureStopAsked['data'],
) {
  if (!shipmentAsked) return
  await lockShipmentsOf(trx, orderId)
  await handle(trx, { type: 'StopCure', data: { shipmentId: cureId, at } })
}
