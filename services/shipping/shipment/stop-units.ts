import type { StopRequested } from '@vilkar/contracts/orders-cancellation.ts'
import type { LossSettled } from '@vilkar/contracts/shipping-damage.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import { handle } from './handle.ts'
import { type RequestedShipment, whereaboutsOf } from './state.ts'
import { planStop } from './stop.ts'
import { answer } from './stops.ts'
import { lockShipmentsOf, lockStops, setOrderToShip } from './store.ts'
import { withoutUnits } from './units.ts'
import { type WaitingInstead, waitingInstead, withdrawnLost } from './withdraw-replacement.ts'

type Request = Pick<StopRequested['data'], 'orderId' | 'requestId' | 'returnId' | 'lines'> & { at: string }

/**
 * Stops what has not left of the units asked for and answers how many those were: here, under the lock of the order, the race
 * with the carrier is decided. Before there is a shipment, what will be asked for is less by them. Who withdraws is not sent others for lost
 * units either: what is told of those is answered.
 */
export async function stopUnits(
  trx: Transaction<Database>,
  { orderId, requestId, returnId, lines: asked, at }: Request,
): Promise<LossSettled[]> {
  const { order, shipments } = await lockShipmentsOf(trx, orderId)
  const answers = (await lockStops(trx, orderId))?.state.answers ?? []
  if (answers.some((given) => given.requestId === requestId)) return []
  const left = shipments.filter(({ state }) => state.dispatched !== undefined && isOfOrder(state))
  const sent = left.flatMap(({ state }) => state.dispatched!.lines)
  const claimed = answers.flatMap(({ returnId: claiming, lines }) =>
    claiming === undefined ? [] : lines.map((line) => ({ lineId: line.lineId, quantity: line.left })),
  )
  const before = { shipmentId: orderId, lines: order!.facts.lines }
  const waiting = !shipments.some(({ state }) => isOfOrder(state))
    ? [before]
    : shipments.filter(isWaiting).map(waitingOf)
  const known = [...claimed, ...withdrawnLost(shipments)]
  const again = returnId === undefined ? [] : waitingInstead(shipments)
  const { lines, taken, instead } = planStop(asked, waiting, sent, known, again)
  for (const { shipmentId, lines: units } of taken)
    if (shipmentId === orderId)
      await setOrderToShip(trx, orderId, { ...order!.facts, lines: withoutUnits(before.lines, units) })
    else await handle(trx, { type: 'StopUnits', data: { shipmentId, at, requestId, lines: units } })
  const settled: LossSettled[] = []
  for (const each of instead) settled.push(...(await stopReplacement(trx, { ...each, requestId, at })))
  const data = { orderId, requestId, ...(returnId && { returnId }), lines, shipmentIds: left.map(({ id }) => id), at }
  await answer(trx, { type: 'AnswerStop', data })
  return settled
}

/** These units are not sent instead of lost ones, which are paid back. */
async function stopReplacement(
  trx: Transaction<Database>,
  { shipmentId: stopped, lost, lines, requestId, at }: WaitingInstead & { requestId: string; at: string },
) {
  await handle(trx, { type: 'StopUnits', data: { shipmentId: stopped, at, requestId, lines } })
  const data = { ...lost, at, refundId: uuidv7(), stopped, lines, by: 'customer' }
  const { events } = await handle(trx, { type: 'WithdrawReplacement', data })
  return events.filter((event): event is LossSettled => event.type === 'LossSettled')
}

type Kept = { id: string; state: RequestedShipment }
/** What is sent instead of lost or defective units has been paid for with those: none of it is a unit that never left. */
const isWaiting = ({ state }: Kept) => whereaboutsOf(state) === 'here' && isOfOrder(state)
const isOfOrder = ({ requested: { replaces, cure } }: RequestedShipment) => replaces === undefined && cure === undefined
const waitingOf = ({ id, state }: Kept) => ({ shipmentId: id, lines: state.requested.lines })
