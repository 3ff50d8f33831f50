import type { PaymentRefunded } from '@vilkar/contracts/orders-payment.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import { readVoluntaryReturn } from '../store.ts'

/** The money is back with the customer: a voluntary return is over. What is paid back for anything else is for none. */
export async function onVoluntaryReturnRefunded(
  trx: Transaction<Database>,
  deps: Deps,
  { returnId, amount, refundedAt: at }: PaymentRefunded['data'],
) {
  if ((await readVoluntaryReturn(trx, returnId)) === undefined) return
  await handle(trx, { type: 'CloseReturn', data: { returnId, at, amount } }, deps)
}
