import type { DeliveryCorrected } from '@vilkar/contracts/shipping.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/** The customer got the goods at another moment than was told, or has not got them. */
export async function onDeliveryCorrected(
  trx: Trx,
  deps: Deps,
  {
    orderId,
    shipmentId,
    originalShipmentId,
    receivedAt: deliveredAt,
    correctedAt: at,
    cure,
  }: DeliveryCorrected['data'],
) {
  if (cure !== undefined) return
  const data = { orderId, shipmentId: originalShipmentId ?? shipmentId, at, ...(deliveredAt && { deliveredAt }) }
  await handle(trx, { type: 'CorrectDelivery', data }, deps)
}
