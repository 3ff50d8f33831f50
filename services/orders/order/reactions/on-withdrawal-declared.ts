import type { WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/** Who withdraws from a whole order whose goods have not left cancels it: nothing is to be sent (angrerettloven § 23). */
export async function onWithdrawalDeclared(
  trx: Trx,
  deps: Deps,
  { orderId, declaredAt, wholeOrder, goodsSent }: WithdrawalDeclared['data'],
) {
  if (!wholeOrder || goodsSent) return
  await handle(
    trx,
    {
      type: 'CancelOrder',
      data: { orderId, at: declaredAt, by: 'customer', reason: 'customer-wish' },
    },
    deps,
  )
}
