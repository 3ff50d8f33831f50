import type { PaymentRefunded } from '@vilkar/contracts/orders-payment.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import { readReturn } from '../store.ts'

/** The money is back with the customer: the return is over. What a cancelled order, or units that never left, give back is for no return. */
export async function onPaymentRefunded(
  trx: Transaction<Database>,
  deps: Deps,
  { orderId, returnId, amount, refundedAt }: PaymentRefunded['data'],
) {
  if (returnId === orderId || (await readReturn(trx, returnId)) === undefined) return
  await handle(trx, { type: 'CloseReturn', data: { returnId, at: refundedAt, outcome: 'refunded', amount } }, deps)
}
