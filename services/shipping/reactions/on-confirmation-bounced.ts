import type { ConfirmationBounced } from '@vilkar/contracts/orders.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { handle } from '../handle.ts'

/** The contract is not formed after all: what has not left waits. */
export async function onConfirmationBounced(
  trx: Transaction<Database>,
  { orderId, bouncedAt, cause }: ConfirmationBounced['data'],
) {
  const known = await trx.selectFrom('shipment').select('id').where('order_id', '=', orderId).executeTakeFirst()
  if (known)
    await handle(trx, {
      type: 'HoldShipment',
      data: { shipmentId: known.id, at: bouncedAt, cause: `the order confirmation bounced (${cause})` },
    })
}
