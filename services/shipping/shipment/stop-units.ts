import type { StopRequested } from '@vilkar/contracts/orders-cancellation.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { handle } from './handle.ts'
import { type RequestedShipment, whereaboutsOf } from './state.ts'
import { planStop } from './stop.ts'
import { answer } from './stops.ts'
import { lockShipmentsOf, lockStops, setOrderToShip } from './store.ts'
import { withoutUnits } from './units.ts'

type Request = Pick<StopRequested['data'], 'orderId' | 'requestId' | 'returnId' | 'lines'> & { at: string }

/**
 * Stops what has not left of the units asked for and answers how many those were: here, under the lock of the order, the race
 * with the carrier is decided. Before there is a shipment, what will be asked for is less by them.
 */
export async function stopUnits(
  trx: Transaction<Database>,
  { orderId, requestId, returnId, lines: asked, at }: Request,
) {
  const { order, shipments } = await lockShipmentsOf(trx, orderId)
  const answers = (await lockStops(trx, orderId))?.state.answers ?? []
  if (answers.some((given) => given.requestId === requestId)) return
  const left = shipments.filter(({ state }) => state.dispatched !== undefined && isOfOrder(state))
  const sent = left.flatMap(({ state }) => state.dispatched!.lines)
  const claimed = answers.flatMap(({ returnId: claiming, lines }) =>
    claiming === undefined ? [] : lines.map((line) => ({ lineId: line.lineId, quantity: line.left })),
  )
  const before = { shipmentId: orderId, lines: order!.facts.lines }
  const waiting = !shipments.some(({ state }) => isOfOrder(state))
    ? [before]
    : shipments.filter(isWaiting).map(waitingOf)
  const { lines, taken } = planStop(asked, waiting, sent, claimed)
  for (const { shipmentId, lines: units } of taken)
    if (shipmentId === orderId)
      await setOrderToShip(trx, orderId, { ...order!.facts, lines: withoutUnits(before.lines, units) })
    else await handle(trx, { type: 'StopUnits', data: { shipmentId, at, requestId, lines: units } })
  const data = { orderId, requestId, ...(returnId && { returnId }), lines, shipmentIds: left.map(({ id }) => id), at }
  await answer(trx, { type: 'AnswerStop', data })
}

type Kept = { id: string; state: RequestedShipment }
/** What is sent instead of lost or defective units has been paid for with those: it is not the order's to stop. */
const isWaiting = ({ state }: Kept) => whereaboutsOf(state) === 'here' && isOfOrder(state)
const isOfOrder = ({ requested: { replaces, cure } }: RequestedShipment) => replaces === undefined && cure === undefined
const waitingOf = ({ id, state }: Kept) => ({ shipmentId: id, lines: state.requested.lines })
