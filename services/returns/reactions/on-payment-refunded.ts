import type { PaymentRefunded } from '@vilkar/contracts/orders.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { handle } from '../handle.ts'

/** The money is back with the customer: the return is over. */
export async function onPaymentRefunded(
  trx: Transaction<Database>,
  { returnId, amount, refundedAt }: PaymentRefunded['data'],
) {
  await handle(trx, { type: 'CloseReturn', data: { returnId, at: refundedAt, outcome: 'refunded', amount } })
}
