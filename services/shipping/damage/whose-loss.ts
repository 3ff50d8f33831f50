import type { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Kysely } from 'kysely'
import type { Database, OrderToShip } from '../database.ts'
import { allWithdrawn } from '../inbound/withdrawn.ts'
import { riskOfShipment } from '../risk/timeline.ts'
import type { RequestedShipment } from '../shipment/state.ts'
import { countOf } from '../shipment/stop.ts'

/**
 * Whether units that were lost on their way were at the customer's risk, who owes their price then and has nothing to choose (kjøpsloven §§ 12 and
 * 13, forbrukerkjøpsloven § 14). Of a parcel that was received and came short nobody knows where they went.
 */
function isCustomersLoss(
  order: OrderToShip,
  shipments: readonly RequestedShipment[],
  state: RequestedShipment,
  lost: readonly UnitsSent[],
  at: Temporal.Instant,
) {
  if (state.receivedAt !== undefined) return false
  const sellers = riskOfShipment(order, shipments, state, at).units.filter(({ bearer }) => bearer === 'seller')
  return lost.some(({ lineId, quantity }) => countOf(sellers, lineId) < quantity)
}

type Known = { order: OrderToShip; shipments: readonly { state: RequestedShipment }[] }

/** What a choice of a loss hangs on, beside the shipment itself: what of the order was withdrawn from, and whether it was lost at the customer's risk. */
export async function choosingOf(db: Kysely<Database>, { order, shipments }: Known, now: Temporal.Instant) {
  const states = shipments.map(({ state }) => state)
  const withdrawn = await allWithdrawn(db, states[0]!.requested.orderId, shipments)
  return (state: RequestedShipment, lost: readonly UnitsSent[]) => ({
    ...{ at: now.toString(), withdrawn },
    customersRisk: isCustomersLoss(order, states, state, lost, now),
  })
}
export type Choosing = Awaited<ReturnType<typeof choosingOf>>
