import type { DeliveryCorrected, ShipmentDelivered } from '@vilkar/contracts/shipping.ts'
import { accept, type Refusal, refuse } from '@vilkar/decider/decider.ts'
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
      detail: `It was received at ${state.receivedAt} already; periods run from then. What was told wrongly is corrected by PUT /shipments/{id}/delivery/correction.`,
    })
  }
  const { receivedAt, wrong } = momentOf(stated, at, state)
  if (wrong) return refuse(wrong)
  const { reasons } = riskAt(receivedAt, state, receivedAt)
  const data = { shipmentId, orderId: state.requested.orderId, receivedAt, reasons, personal: { receivedBy } }
  return accept({ type: 'ShipmentDelivered', data } satisfies ShipmentDelivered)
}

/**
 * A person of the seller's corrects what was told of a delivery: the customer got it at another moment, somebody else took
 * it, or nobody has it yet. Periods and risk are counted from the corrected fact; what was decided by the wrong one stays.
 */
export function correctDelivery(
  { shipmentId, at, delivered, wasReceivedBy, by, why }: CommandData<'CorrectDelivery'>,
  state: RequestedShipment,
) {
  const { receivedAt: was, requested } = state
  if (was === undefined) {
    if (delivered === undefined && state.deliveryWithdrawn) return accept()
    return refuse({
      code: 'shipment-not-delivered',
      detail: 'No delivery of it stands that could be corrected. A delivery is told by PUT /shipments/{id}/delivery.',
    })
  }
  const { receivedBy } = delivered ?? {}
  const { receivedAt, wrong } = delivered ? momentOf(delivered.receivedAt, at, state) : {}
  if (wrong) return refuse(wrong)
  if (receivedAt !== undefined && Temporal.Instant.compare(receivedAt, was) === 0 && receivedBy === wasReceivedBy)
    return accept()
  const { reasons } = riskAt(receivedAt ?? at, state, receivedAt)
  const who = { ...(wasReceivedBy && { wasReceivedBy }), ...(receivedBy && { receivedBy }), by, why }
  const ids = { shipmentId, orderId: requested.orderId }
  const data = { ...ids, was, ...(receivedAt && { receivedAt }), correctedAt: at, reasons, personal: who }
  return accept({ type: 'DeliveryCorrected', data } satisfies DeliveryCorrected)
}

/** The moment of a receipt as it is kept, or what is wrong with it: not before the goods left, nor later than now. */
function momentOf(
  stated: string,
  now: string,
  { dispatched }: RequestedShipment,
): { receivedAt: string; wrong?: undefined } | { receivedAt?: undefined; wrong: Refusal } {
  if (dispatched === undefined)
    return { wrong: { code: 'shipment-not-dispatched', detail: 'It has not been handed to a carrier yet.' } }
  if (Temporal.Instant.compare(stated, now) > 0)
    return { wrong: { code: 'receipt-in-the-future', detail: `receivedAt (${stated}) is later than now (${now}).` } }
  const { handedOverAt } = dispatched
  const receivedAt = ownMoment(stated, now, handedOverAt)
  if (Temporal.Instant.compare(receivedAt, handedOverAt) >= 0) return { receivedAt }
  const detail = `It was handed over at ${handedOverAt}, after ${receivedAt}.`
  return { wrong: { code: 'receipt-before-handover', detail } }
}

const riskAt = (at: string, { dispatched, requested }: RequestedShipment, receivedAt?: string) =>
  termsOf(requested.terms.edition).risk({
    customerKind: requested.customerKind,
    handedOverAt: Temporal.Instant.from(dispatched!.handedOverAt),
    ...(receivedAt && { receivedAt: Temporal.Instant.from(receivedAt) }),
    at: Temporal.Instant.from(at),
  })
