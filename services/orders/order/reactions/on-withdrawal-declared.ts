import type { WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import { v7 as uuidv7 } from 'uuid'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

type Withdrawn = Pick<WithdrawalDeclared['data'], 'orderId' | 'returnId' | 'declaredAt'> & {
  lines: { lineId: string; quantity: number; unsent?: number }[]
}

/**
 * Who withdraws ends the duties of both: what of it has not left is to be stopped (angrerettloven § 23). Returns of earlier
 * releases did not say how much that may be, so that shipping stops whatever it still has.
 */
export async function onWithdrawalDeclared(
  trx: Trx,
  deps: Deps,
  { orderId, returnId, declaredAt: at, lines }: Withdrawn,
) {
  const units = lines.map(({ lineId, quantity, unsent }) => ({
    ...{ lineId, quantity },
    ...(unsent !== undefined && { unsent }),
  }))
  const data = { orderId, at, requestId: uuidv7(), returnId, lines: units }
  await handle(trx, { type: 'StopWithdrawn', data }, deps)
}
