import type { ShipmentDelivered, ShipmentRequested } from '@vilkar/contracts/shipping.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import type { Transaction } from 'kysely'
import type { Database, Personal } from '../database.ts'
import type { ShipmentCommand } from './commands.ts'
import { decider, type ShipmentEvent } from './decider.ts'
import type { RequestedShipment, Shipment } from './state.ts'
import { lockOrderToShip, lockShipment, readShipment, type StoredShipment, saveShipment } from './store.ts'

/** Where the goods go, who has or had them and by which numbers, by what was told and corrected, with what had been told before. */
function afterEvent(personal: Personal, { type, data }: ShipmentEvent): Personal {
  if (type === 'ShipmentReaddressed') return { ...personal, ...data.personal }
  if (type === 'ParcelReported') {
    const { occurredAt, personal: said } = data
    if (said.receivedBy === undefined) return personal
    return { ...personal, takers: [...(personal.takers ?? []), { occurredAt, receivedBy: said.receivedBy }] }
  }
  if (type === 'CircumstanceRecorded') {
    const { since, personal: said } = data
    return { ...personal, circumstances: [...(personal.circumstances ?? []), { since, ...said }] }
  }
  if (type === 'DeliveryFailureEnded') {
    const { endedAt, personal: said } = data
    if (said.by === undefined) return personal
    return { ...personal, closings: [...(personal.closings ?? []), { endedAt, ...said }] }
  }
  if (type === 'UnitNumbersCorrected') {
    const { was, correctedAt, personal: said } = data
    const { numberCorrections = [] } = personal
    return { ...personal, numberCorrections: [...numberCorrections, { was, correctedAt, ...said }] }
  }
  if (type !== 'DeliveryCorrected') return personal
  const { was, receivedAt, takenBy, correctedAt, personal: said } = data
  const { receivedBy: _, corrections = [], ...rest } = personal
  const correction = { was, ...(receivedAt && { receivedAt }), ...(takenBy && { takenBy }), correctedAt, ...said }
  return {
    ...rest,
    ...(receivedAt !== undefined && said.receivedBy !== undefined && { receivedBy: said.receivedBy }),
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
    return events.reduce(afterEvent, personal)
  },
  save: saveShipment,
})

/**
 * The same under the lock of the order, so that nobody stops, splits or readdresses its shipments meanwhile. Whoever has read the
 * shipment hands it over as `read`: its order is always the same.
 */
export async function handleUnderOrder(trx: Transaction<Database>, command: ShipmentCommand, read?: StoredShipment) {
  const found = read ?? (await readShipment(trx, command.data.shipmentId))
  if (found) await lockOrderToShip(trx, found.state.requested.orderId)
  return handle(trx, command)
}
