import type { DeliveryCorrected, ShipmentDelivered, ShippingEvent } from '@vilkar/contracts/shipping.ts'
import type { DeliveryDoubted } from '@vilkar/contracts/shipping-failed.ts'
import { hasItForCustomer } from '@vilkar/contracts/shipping-parcel.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { CommandData } from './commands.ts'
import { doubtsOf } from './doubt.ts'
import { momentOf, report, reportedOf, reportOfTaker } from './report.ts'
import type { RequestedShipment } from './state.ts'

/**
 * Somebody took the parcel; it cannot be before it left, nor later than now. Only if that is the customer, or whom they named, it is
 * delivered and periods begin; whoever else has it, the customer has not (angrerettloven § 21, forbrukerkjøpsloven § 14). Where it was told
 * before that it did not arrive, then or later, a person hears of the doubt.
 */
export function deliver(
  { shipmentId, at, receivedAt: stated, receivedBy, takenBy }: CommandData<'DeliverShipment'>,
  state: RequestedShipment,
) {
  const elsewhere = reportOfTaker(takenBy)
  if (elsewhere !== undefined) {
    const said = { report: elsewhere, takenBy, occurredAt: stated, personal: { receivedBy } }
    return report({ shipmentId, at, ...said }, state)
  }
  if (state.receivedAt !== undefined) {
    const same = Temporal.Instant.compare(state.receivedAt, stated) === 0 && (state.takenBy ?? 'customer') === takenBy
    if (same) return accept()
    return refuse({
      code: 'shipment-delivered',
      detail: `It was received at ${state.receivedAt} already; periods run from then. What was told wrongly is corrected by PUT /shipments/{id}/delivery/correction.`,
    })
  }
  const { moment: receivedAt, wrong } = momentOf(stated, at, state)
  if (wrong) return refuse(wrong)
  const { reasons } = riskAt(receivedAt, state, receivedAt)
  const data = { ...idsOf(shipmentId, state), receivedAt, takenBy, reasons, personal: { receivedBy } }
  const since = (state.reports ?? []).filter((each) => Temporal.Instant.compare(each.occurredAt, receivedAt) >= 0)
  return accept<ShipmentDelivered | DeliveryDoubted>(
    { type: 'ShipmentDelivered', data },
    ...doubtsOf(shipmentId, at, state, since),
  )
}

/**
 * A person of the seller's corrects what was told of a delivery: the customer got it at another moment, somebody else took
 * it, or nobody has it yet. Periods and risk are counted from the corrected fact; what was decided by the wrong one stays.
 */
export function correctDelivery(
  { shipmentId, at, delivered, wasReceivedBy, by, why }: CommandData<'CorrectDelivery'>,
  state: RequestedShipment,
) {
  const { receivedAt: was, takenBy: wasTakenBy = 'customer' } = state
  const elsewhere = delivered && reportOfTaker(delivered.takenBy)
  if (was === undefined) {
    if (delivered === undefined && state.deliveryWithdrawn) return accept()
    return refuse({
      code: 'shipment-not-delivered',
      detail: 'No delivery of it stands that could be corrected. A delivery is told by PUT /shipments/{id}/delivery.',
    })
  }
  const { receivedBy, takenBy } = delivered ?? {}
  const { moment, wrong } = delivered ? momentOf(delivered.receivedAt, at, state) : {}
  if (wrong) return refuse(wrong)
  const isSame = moment !== undefined && Temporal.Instant.compare(moment, was) === 0 && receivedBy === wasReceivedBy
  if (isSame && takenBy === wasTakenBy) return accept()
  const receivedAt = takenBy && hasItForCustomer(takenBy) ? moment : undefined
  const { reasons } = riskAt(receivedAt ?? at, state, receivedAt)
  const who = { ...(wasReceivedBy && { wasReceivedBy }), ...(receivedBy && { receivedBy }), by, why }
  const ids = idsOf(shipmentId, state)
  const now = { ...(receivedAt && { receivedAt }), ...(takenBy && { takenBy }) }
  const data = { ...ids, was, ...now, correctedAt: at, reasons, personal: who }
  const corrected = { type: 'DeliveryCorrected', data } satisfies DeliveryCorrected
  if (elsewhere === undefined) return accept(corrected)
  const said = { report: elsewhere, takenBy: delivered!.takenBy, occurredAt: moment! }
  return accept<Extract<ShippingEvent, { type: 'DeliveryCorrected' | 'ParcelReported' }>>(
    corrected,
    reportedOf(shipmentId, state, said, { receivedBy: receivedBy! }),
  )
}

const riskAt = (at: string, { dispatched, requested }: RequestedShipment, receivedAt?: string) =>
  termsOf(requested.terms.edition).risk({
    customerKind: requested.customerKind,
    handedOverAt: Temporal.Instant.from(dispatched!.handedOverAt),
    ...(receivedAt && { receivedAt: Temporal.Instant.from(receivedAt) }),
    at: Temporal.Instant.from(at),
  })

/** What names the shipment, and the one that it is sent instead of. */
export const idsOf = (shipmentId: string, { requested: { orderId, originalShipmentId, cure } }: RequestedShipment) => ({
  ...{ shipmentId, orderId },
  ...(originalShipmentId && { originalShipmentId }),
  ...(cure && { cure }),
})
