import { raiseServiceAlarm } from '@vilkar/alarms/alarms.ts'
import { alarmsOf } from '@vilkar/alarms/tables.ts'
import type { ReplacementAnswered, ReplacementReleased } from '@vilkar/contracts/orders-replacement.ts'
import type {
  DeliveryCorrected,
  ShipmentDelivered,
  ShipmentDispatched,
  ShipmentRequested,
} from '@vilkar/contracts/shipping.ts'
import type { CureStopAnswered } from '@vilkar/contracts/shipping-cure.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { projectEvent } from '../../order-facts/project-event.ts'
import { lockOrderOfCase } from '../../order-facts/store.ts'
import { handle } from '../handle.ts'

type Trx = Transaction<Database>

/** Orders says whether there are units to replace defective ones with. */
export async function onReplacementAnswered(
  trx: Trx,
  deps: Deps,
  { returnId, cureId, outcome, answeredAt: at }: ReplacementAnswered['data'],
) {
  const order = await lockOrderOfCase(trx, returnId)
  if (order === undefined) return
  const facts = order.facts as OrderFacts
  await handle(trx, { type: 'HearStock', data: { returnId, at, facts, cureId, outcome } }, deps)
}

/** Nothing was sent, since nothing had been asked of shipping. */
export const onReplacementReleased = (
  trx: Trx,
  deps: Deps,
  { returnId, cureId, releasedAt: at }: ReplacementReleased['data'],
) => handle(trx, { type: 'HearStop', data: { returnId, at, cureId, outcome: 'stopped' } }, deps)

/** Shipping says whether what was not to go any more had left: then a person sees to it. */
export async function onCureStopAnswered(
  trx: Trx,
  deps: Deps,
  { orderId, shipmentId, cure: { returnId, cureId }, outcome, answeredAt: at }: CureStopAnswered['data'],
) {
  const { events } = await handle(trx, { type: 'HearStop', data: { returnId, at, cureId, outcome } }, deps)
  if (events.length === 0 || outcome !== 'left') return
  const detail = { orderId, shipmentId }
  await raiseServiceAlarm(alarmsOf(trx), { kind: 'cure-left', about: returnId, detail, at }, deps.log)
}

/** Shipping took on what is sent for a complaint; of other shipments returns hears when they leave. */
export async function onShipmentRequested(trx: Trx, deps: Deps, { cure, requestedAt: at }: ShipmentRequested['data']) {
  if (cure) await handle(trx, { type: 'NoteUnderway', data: { ...cure, at, step: 'requested' } }, deps)
}

/** What is sent for a complaint is no parcel of the order: it has its own periods, from when it comes. */
export async function onShipmentDispatched(trx: Trx, deps: Deps, data: ShipmentDispatched['data']) {
  const { cure, handedOverAt: at, carrier, trackingNumber } = data
  if (cure === undefined) await projectEvent('ShipmentDispatched')(trx, deps, data)
  else
    await handle(
      trx,
      { type: 'NoteUnderway', data: { ...cure, at, step: 'dispatched', carrier, trackingNumber } },
      deps,
    )
}

export async function onShipmentDelivered(trx: Trx, deps: Deps, data: ShipmentDelivered['data']) {
  const { cure, receivedAt } = data
  if (cure === undefined) await projectEvent('ShipmentDelivered')(trx, deps, data)
  else await handle(trx, { type: 'RecordDelivery', data: { ...cure, at: receivedAt, receivedAt } }, deps)
}

export async function onDeliveryCorrected(trx: Trx, deps: Deps, data: DeliveryCorrected['data']) {
  const { cure, receivedAt, correctedAt: at } = data
  if (cure === undefined) await projectEvent('DeliveryCorrected')(trx, deps, data)
  else if (receivedAt) await handle(trx, { type: 'RecordDelivery', data: { ...cure, at, receivedAt } }, deps)
  else await handle(trx, { type: 'NoteUnderway', data: { ...cure, at, step: 'dispatched', withdrawn: true } }, deps)
}
