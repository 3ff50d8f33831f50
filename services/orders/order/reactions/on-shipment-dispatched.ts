import type { ShipmentDispatched } from '@vilkar/contracts/shipping.ts'
import { raiseAlarm } from '../../alarms/alarms.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/**
 * The goods left: the payment of the shipped lines is due (clause 6). What is sent instead of lost or defective units is not paid for once more.
 */
export async function onShipmentDispatched(
  trx: Trx,
  deps: Deps,
  { orderId, shipmentId, handedOverAt, lines, carrier, trackingNumber, replaces, cure }: ShipmentDispatched['data'],
) {
  if (replaces !== undefined || cure !== undefined) return
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
