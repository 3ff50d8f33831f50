import type { DeliveryFailed, DeliveryFailureEnded } from '@vilkar/contracts/shipping-failed.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/** A parcel of the order, or one that was sent for a complaint about it, does not arrive: its customer is written. */
export async function onDeliveryFailed(
  trx: Trx,
  deps: Deps,
  { orderId, shipmentId, failure, lines, cure, failedAt, toldAt: at, reasons }: DeliveryFailed['data'],
) {
  const data = { orderId, at, shipmentId, failure, lines, ...(cure && { cure }), failedAt, reasons }
  await handle(trx, { type: 'FailDelivery', data }, deps)
}

/** It calls for nobody any more. */
export async function onDeliveryFailureEnded(
  trx: Trx,
  deps: Deps,
  { orderId, shipmentId, outcome, endedAt: at }: DeliveryFailureEnded['data'],
) {
  await handle(trx, { type: 'EndDeliveryFailure', data: { orderId, at, shipmentId, outcome } }, deps)
}
