import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { moveClaimDays } from '../damage/move-claim-days.ts'
import { follow } from '../damage/store.ts'
import type { Database } from '../database.ts'
import { allWithdrawn } from '../inbound/withdrawn.ts'
import { riskOfShipment } from '../risk/timeline.ts'
import { failureOf } from '../shipment/failed.ts'
import { handle } from '../shipment/handle.ts'
import { whereaboutsOf } from '../shipment/state.ts'
import { lockShipmentsOf, readLongLived, setFailureTold } from '../shipment/store.ts'

type Trx = Transaction<Database>

/**
 * Tells what is new of the deliveries of an order that failed, under its lock: once for each failure, whatever was told in between. What was to
 * leave instead of goods that arrived after all is stopped, if it is still here, and carriers are told of damage by the day of the receipt as it is
 * known by now.
 */
export async function tellFailuresOf(trx: Trx, orderId: string, now: Temporal.Instant) {
  const { order, shipments } = await lockShipmentsOf(trx, orderId)
  if (order === undefined) return
  const at = now.toString()
  const states = shipments.map(({ state }) => state)
  const withdrawn = await allWithdrawn(trx, orderId, shipments)
  const here = new Set(shipments.filter(({ state }) => whereaboutsOf(state) === 'here').map(({ id }) => id))
  for (const { id: shipmentId, state } of shipments) {
    if (state.dispatched === undefined) continue
    const hasFailed = failureOf(state) !== undefined
    const longLived = hasFailed && (await readLongLived(trx, shipmentId))
    const risk = hasFailed ? riskOfShipment(order.facts, states, state, now).units[0]!.reasons : []
    const data = { shipmentId, at, withdrawn, risk, reportId: uuidv7(), longLived, stoppable: [...here] }
    const { events, stored } = await handle(trx, { type: 'TellFailure', data })
    await follow(trx, events)
    for (const event of events)
      if ((event.type === 'DamageReportEnded' || event.type === 'DeliveryFailureEnded') && event.data.stopped)
        await handle(trx, { type: 'CancelShipment', data: { shipmentId: event.data.stopped, at } })
    await moveClaimDays(trx, stored!)
    await setFailureTold(trx, shipmentId, stored!.version)
  }
}
