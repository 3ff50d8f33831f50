import type { ContractFormed } from '@vilkar/contracts/orders.ts'
import { uuidv7 } from '@vilkar/messaging/uuid.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { handle } from '../handle.ts'

/** The contract stands: the goods are to be sent. After a bounce that was mended, the held shipment goes on. */
export async function onContractFormed(trx: Transaction<Database>, { orderId, formedAt }: ContractFormed['data']) {
  const known = await trx.selectFrom('shipment').select('id').where('order_id', '=', orderId).executeTakeFirst()
  if (known) {
    await handle(trx, { type: 'ResumeShipment', data: { shipmentId: known.id, at: formedAt } })
    return
  }
  const { facts, personal } = await trx
    .selectFrom('order_to_ship')
    .select(['facts', 'personal'])
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow()
  const { number, customerKind, terms, deliveryOption, lines } = facts
  const data = {
    shipmentId: uuidv7(),
    orderId,
    at: formedAt,
    number,
    customerKind,
    terms,
    deliveryOption,
    lines,
    personal,
  }
  await handle(trx, { type: 'RequestShipment', data })
}
