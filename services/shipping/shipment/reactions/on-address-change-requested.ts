import type { AddressChangeRequested } from '@vilkar/contracts/orders-contract.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import { isAddressOpen } from '../prepare.ts'
import { whereaboutsOf } from '../state.ts'
import { answer } from '../stops.ts'
import { lockShipmentsOf, lockStops, setAddressToShip } from '../store.ts'

/**
 * The goods are to go elsewhere: what is not packed yet does, and so does what is asked for later. Here, under the lock of the
 * order, the race with the warehouse is decided; it is answered once, in every state.
 */
export async function onAddressChangeRequested(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, requestId, requestedAt: at, personal: { to: address } }: AddressChangeRequested['data'],
) {
  const { order, shipments } = await lockShipmentsOf(trx, orderId)
  if ((await lockStops(trx, orderId))?.state.readdressed?.includes(requestId)) return
  const open = shipments.filter(({ state }) => isAddressOpen(state))
  const left = shipments.filter(({ state }) => whereaboutsOf(state) !== 'stopped' && !isAddressOpen(state))
  const changed = open.length > 0 || shipments.length === 0
  if (changed) await setAddressToShip(trx, orderId, { ...order!.personal, address })
  for (const { id: shipmentId } of open)
    await handle(trx, { type: 'ReaddressShipment', data: { shipmentId, at, requestId, address } })
  await answer(trx, {
    type: 'AnswerAddressChange',
    data: { orderId, requestId, changed, left: left.map(({ id }) => id), at },
  })
}
