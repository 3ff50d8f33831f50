import type { ShipmentDelivered, ShipmentRequested } from '@vilkar/contracts/shipping.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import type { Database, Personal } from '../database.ts'
import type { ShipmentCommand } from './commands.ts'
import { decider, type ShipmentEvent } from './decider.ts'
import type { RequestedShipment, Shipment } from './state.ts'
import { lockShipment, saveShipment } from './store.ts'

/** The only way a shipment changes. */
export const handle = createCommandHandler<
  Database,
  Shipment,
  RequestedShipment,
  ShipmentCommand,
  ShipmentEvent,
  Personal
>({
  service: 'shipping',
  decider,
  idOf: ({ data }) => data.shipmentId,
  load: lockShipment,
  personalAfter(before, events) {
    const requested = events.find((event): event is ShipmentRequested => event.type === 'ShipmentRequested')
    const delivered = events.find((event): event is ShipmentDelivered => event.type === 'ShipmentDelivered')
    return { ...before, ...requested?.data.personal, ...delivered?.data.personal } as Personal
  },
  save: saveShipment,
})
