import type { ShipmentDelivered } from '@vilkar/contracts/shipping.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import { changeFacts } from '../../withdrawal/handle.ts'

/** The customer has the parcel: periods run from the last of them. */
export const onShipmentDelivered = (
  trx: Transaction<Database>,
  { orderId, shipmentId, receivedAt }: ShipmentDelivered['data'],
) =>
  changeFacts(trx, orderId, (facts) => ({
    ...facts,
    parcels: facts.parcels.map((parcel) => (parcel.shipmentId === shipmentId ? { ...parcel, receivedAt } : parcel)),
  }))
