import type { ShipmentDispatched } from '@vilkar/contracts/shipping.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import { changeFacts } from '../../withdrawal/handle.ts'

/** The parcel is on its way: it cannot be cancelled any more. */
export const onShipmentDispatched = (
  trx: Transaction<Database>,
  { orderId, shipmentId, handedOverAt, lines }: ShipmentDispatched['data'],
) =>
  changeFacts(trx, orderId, (facts) => ({
    ...facts,
    parcels: [
      ...facts.parcels,
      { shipmentId, lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })), handedOverAt },
    ],
  }))
