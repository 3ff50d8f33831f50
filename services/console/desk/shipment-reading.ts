import { answered, type Clients } from '@vilkar/client/client.ts'
import type { View } from '../pages/view.ts'
import { readOrder } from './order-table.ts'

const readShipment = (clients: Clients, id: string) =>
  clients.shipping.GET('/shipments/{id}', { params: { path: { id } } })
/** A shipment as the shipping service answers it. */
export type Shipment = NonNullable<Awaited<ReturnType<typeof readShipment>>['data']>

/** A shipment of an order, with the order; undefined where it is another order's. Throws what either service refuses. */
export async function readShipmentOf(
  { clients }: View,
  { id, shipment: shipmentId }: Record<'id' | 'shipment', string>,
) {
  const [order, shipment] = await Promise.all([
    answered(readOrder(clients, id)),
    answered(readShipment(clients, shipmentId)),
  ])
  return shipment.orderId === order.id ? { order, shipment } : undefined
}
export type ShipmentSeen = NonNullable<Awaited<ReturnType<typeof readShipmentOf>>>
