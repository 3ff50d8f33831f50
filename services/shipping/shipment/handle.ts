import type { ShipmentDelivered, ShipmentRequested, ShippingEvent } from '@vilkar/contracts/shipping.ts'
import { createCommandHandler, type Stored } from '@vilkar/decider/command-handler.ts'
import type { Database, Personal } from '../database.ts'
import { type RequestedShipment, type Shipment, type ShipmentCommand, shipment } from './shipment.ts'

export type StoredShipment = Stored<RequestedShipment, Personal>

/** The only way a shipment changes. */
export const handle = createCommandHandler<
  Database,
  Shipment,
  RequestedShipment,
  ShipmentCommand,
  ShippingEvent,
  Personal
>({
  service: 'shipping',
  decider: shipment,
  idOf: ({ data }) => data.shipmentId,
  load: (trx, id) =>
    trx
      .selectFrom('shipment')
      .select(['id', 'version', 'state', 'personal'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst(),
  personalAfter(before, events) {
    const requested = events.find((event): event is ShipmentRequested => event.type === 'ShipmentRequested')
    const delivered = events.find((event): event is ShipmentDelivered => event.type === 'ShipmentDelivered')
    return { ...before, ...requested?.data.personal, ...delivered?.data.personal } as Personal
  },
  async save(trx, { id, version, state, personal }) {
    const row = { version, status: state.status, state: JSON.stringify(state), personal: JSON.stringify(personal) }
    const { orderId, requestedAt } = state.requested
    await trx
      .insertInto('shipment')
      .values({ id, order_id: orderId, requested_at: requestedAt, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
  },
})
