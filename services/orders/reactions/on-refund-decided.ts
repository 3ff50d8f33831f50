import type { RefundDecided } from '@vilkar/contracts/returns.ts'
import type { Deps, Trx } from '../deps.ts'
import { settle } from '../errands.ts'
import { lockOrder } from '../handle.ts'

/** A refund was decided: it goes back the way the payment came, once per return. */
export async function onRefundDecided(
  trx: Trx,
  deps: Deps,
  { orderId, returnId, amount, lines, deliveryAmount }: RefundDecided['data'],
) {
  if (amount === 0) return
  const stored = (await lockOrder(trx, orderId))!
  await settle(trx, deps.jobs, stored, {
    kind: 'refund',
    cause: returnId,
    amount,
    detail: { portion: { lines, deliveryAmount } },
  })
}
