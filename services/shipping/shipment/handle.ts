import type { ShipmentDelivered, ShipmentRequested } from '@vilkar/contracts/shipping.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import type { Database, Personal } from '../database.ts'
import type { ShipmentCommand } from './commands.ts'
import { decider, type ShipmentEvent } from './decider.ts'
import type { RequestedShipment, Shipment } from './state.ts'
import { lockShipment, saveShipment } from './store.ts'

/** Where the goods go, and who has them by what was corrected, with what had been told before. */
function corrected(personal: Personal, { type, data }: ShipmentEvent): Personal {
  if (type === 'ShipmentReaddressed') return { ...personal, ...data.personal }
  if (type !== 'DeliveryCorrected') return personal
  const { was, receivedAt, correctedAt, personal: said } = data
  const { receivedBy: _, corrections = [], ...rest } = personal
  const correction = { was, ...(receivedAt && { receivedAt }), correctedAt, ...said }
  return {
    ...rest,
    ...(said.receivedBy !== undefined && { receivedBy: said.receivedBy }),
    corrections: [...corrections, correction],
  }
}

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
    const personal = { ...before, ...requested?.data.personal, ...delivered?.data.personal } as Personal
    return events.reduce(corrected, personal)
  },
  save: saveShipment,
})
