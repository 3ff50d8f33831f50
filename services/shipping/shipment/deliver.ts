import type { ShipmentDelivered } from '@vilkar/contracts/shipping.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { ownMoment } from '@vilkar/decider/own-moment.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { CommandData } from './commands.ts'
import type { RequestedShipment } from './state.ts'

/** The customer has the goods; it cannot be before they left, nor later than now. */
export function deliver(
  { shipmentId, at, receivedAt: stated, receivedBy }: CommandData<'DeliverShipment'>,
  state: RequestedShipment,
) {
  if (state.receivedAt !== undefined) {
    if (Temporal.Instant.compare(state.receivedAt, stated) === 0) return accept()
    return refuse({
      code: 'shipment-delivered',
      detail: `It was received at ${state.receivedAt} already; periods run from then.`,
    })
  }
  if (state.dispatched === undefined)
    return refuse({ code: 'shipment-not-dispatched', detail: 'It has not been handed to a carrier yet.' })
  if (Temporal.Instant.compare(stated, at) > 0) {
    return refuse({ code: 'receipt-in-the-future', detail: `receivedAt (${stated}) is later than now (${at}).` })
  }
  const receivedAt = ownMoment(stated, at, state.dispatched.handedOverAt)
  if (Temporal.Instant.compare(receivedAt, state.dispatched.handedOverAt) < 0) {
    return refuse({
      code: 'receipt-before-handover',
      detail: `It was handed over at ${state.dispatched.handedOverAt}, after ${receivedAt}.`,
    })
  }
  const received = Temporal.Instant.from(receivedAt)
  const handedOverAt = Temporal.Instant.from(state.dispatched.handedOverAt)
  const { reasons } = termsOf(state.requested.terms.edition).risk({
    customerKind: state.requested.customerKind,
    handedOverAt,
    receivedAt: received,
    at: received,
  })
  const data = { shipmentId, orderId: state.requested.orderId, receivedAt, reasons, personal: { receivedBy } }
  return accept({ type: 'ShipmentDelivered', data } satisfies ShipmentDelivered)
}
