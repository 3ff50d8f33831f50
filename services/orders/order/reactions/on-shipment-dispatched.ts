import type { ShipmentDispatched } from '@vilkar/contracts/shipping.ts'
import { raiseAlarm } from '../../alarms/alarms.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/** The goods left: the payment of the shipped lines is due (clause 6). */
export async function onShipmentDispatched(
  trx: Trx,
  deps: Deps,
  { orderId, shipmentId, handedOverAt, lines, carrier, trackingNumber }: ShipmentDispatched['data'],
) {
  const { refusal } = await handle(
    trx,
    {
      type: 'RecordDispatch',
      data: { orderId, shipmentId, at: handedOverAt, lines, carrier, trackingNumber },
    },
    deps,
  )
  const detail = { shipmentId, refused: refusal?.code }
  if (refusal)
    await raiseAlarm(trx, { orderId, kind: 'shipped-although-cancelled', detail, at: handedOverAt }, deps.log)
}
