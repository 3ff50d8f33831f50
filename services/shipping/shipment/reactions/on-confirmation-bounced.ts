import type { ConfirmationBounced } from '@vilkar/contracts/orders-contract.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { ofOrder } from '../cure.ts'
import { handle } from '../handle.ts'
import { lockShipmentsOf } from '../store.ts'

/** The contract is not formed after all: what has not left waits. */
export async function onConfirmationBounced(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, bouncedAt: at, cause: why }: ConfirmationBounced['data'],
) {
  const cause = `the order confirmation bounced (${why})`
  for (const { id: shipmentId } of ofOrder((await lockShipmentsOf(trx, orderId)).shipments))
    await handle(trx, { type: 'HoldShipment', data: { shipmentId, at, waitsFor: 'confirmation', cause } })
}
