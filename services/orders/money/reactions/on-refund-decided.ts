import type { RefundDecided } from '@vilkar/contracts/returns.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle, lockOrder } from '../../order/handle.ts'
import { planOperation } from '../plan.ts'

/** A refund was decided: it goes back the way the payment came, once per return, and once for a delivery that goes back later. Nothing to pay back is paid at once. */
export async function onRefundDecided(trx: Trx, deps: Deps, decided: RefundDecided['data']) {
  const { orderId, deliveryRefundId, overrideId, amount, deliveryAmount, reduction, decidedAt: at } = decided
  // For a lower price, and for what was deducted, no unit goes back: each can still be paid back for what is left of its price.
  const lines = decided.lines.map((line) => (reduction || overrideId ? { ...line, quantity: 0 } : line))
  const returnId = overrideId ?? deliveryRefundId ?? decided.returnId
  if (amount === 0) {
    await handle(trx, { type: 'RecordRefund', data: { orderId, at, returnId, amount, refundId: returnId } }, deps)
    return
  }
  const order = (await lockOrder(trx, orderId))!
  const purpose = { kind: 'return', id: returnId } as const
  await planOperation(trx, deps, order, { kind: 'refund', purpose, amount, portion: { lines, deliveryAmount } })
}
