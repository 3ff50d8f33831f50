import type { ShipmentDispatched } from '@vilkar/contracts/shipping.ts'
import type { Deps, Trx } from '../deps.ts'
import { handle } from '../handle.ts'

/** The goods left: the payment of the shipped lines is due (clause 6). */
export async function onShipmentDispatched(
  trx: Trx,
  deps: Deps,
  { orderId, shipmentId, handedOverAt, lines }: ShipmentDispatched['data'],
) {
  const { refusal } = await handle(
    trx,
    {
      type: 'RecordDispatch',
      data: { orderId, shipmentId, at: handedOverAt, lines },
    },
    deps,
  )
  if (refusal) deps.log.error({ orderId, shipmentId, refusal }, 'goods left that should not have: a person must look')
}
