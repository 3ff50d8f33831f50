import type { PaymentRefunded } from '@vilkar/contracts/orders-payment.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import { readComplaint } from '../store.ts'

/** The money is back with the customer: a complaint is over. What is paid back for anything else is for none. */
export async function onComplaintRefunded(
  trx: Transaction<Database>,
  deps: Deps,
  { returnId, amount, refundedAt: at }: PaymentRefunded['data'],
) {
  if ((await readComplaint(trx, returnId)) === undefined) return
  await handle(trx, { type: 'CloseComplaint', data: { returnId, at, amount } }, deps)
}
