import type { OrderPlaced } from '@vilkar/contracts/orders.ts'
import type { StopConcluded } from '@vilkar/contracts/orders-cancellation.ts'
import type { PaymentRefunded } from '@vilkar/contracts/orders-payment.ts'
import type { LossSettled } from '@vilkar/contracts/shipping-damage.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { narrowOpenComplaints } from '../../complaint/narrow-open.ts'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { isUndecidedLoss, returnIdOfLoss } from '../../order-facts/lost.ts'
import { projectEvent } from '../../order-facts/project-event.ts'
import { lockOrder } from '../../order-facts/store.ts'
import { decideOpen } from '../decide-open.ts'
import { handle } from '../handle.ts'
import { lossesOf, openCase, readLoss } from '../store.ts'

/**
 * A customer chose their money for what was lost: it is owed from here, and decided as soon as the order is known. Where they chose others, nothing
 * is owed and they are waited for.
 */
export async function onLossSettled(trx: Transaction<Database>, deps: Deps, settled: LossSettled['data']) {
  const { orderId, reportId, settledAt } = settled
  const returnId = returnIdOfLoss(reportId)
  const { facts } = await projectEvent('LossSettled')(trx, deps, settled)
  if (settled.choice !== 'refund') return
  if (!facts.returns.some((each) => each.returnId === returnId && isUndecidedLoss(each))) return
  await openCase(trx, returnId, orderId, settledAt)
  await decideOpen(trx, deps, orderId)
  await narrowOpenComplaints(trx, deps, { orderId, at: deps.clock.now().toString() })
}

/** Shipping may have told of a loss before orders was heard. */
export async function onOrderPlaced(trx: Transaction<Database>, deps: Deps, placed: OrderPlaced['data']) {
  const { facts } = await projectEvent('OrderPlaced')(trx, deps, placed)
  if (facts.returns.some(isUndecidedLoss)) await decideOpen(trx, deps, placed.orderId)
}

/** The money is back with the customer: the loss is over. */
export async function onLossRefunded(
  trx: Transaction<Database>,
  deps: Deps,
  { returnId, amount, refundedAt: at }: PaymentRefunded['data'],
) {
  if ((await readLoss(trx, returnId)) === undefined) return
  await handle(trx, { type: 'CloseLoss', data: { returnId, at, amount } }, deps)
}

/** What had not left of an order was cancelled after the rest of it was lost: nothing of it comes, and the delivery goes back as well. */
export async function onRestStopped(
  trx: Transaction<Database>,
  deps: Deps,
  { orderId, concludedAt: at }: StopConcluded['data'],
) {
  const loss = (await lossesOf(trx, orderId)).at(-1)
  if (loss === undefined) return
  const { facts } = (await lockOrder(trx, orderId))!
  const data = { returnId: loss.id, at, facts, deliveryRefundId: uuidv7(), requestedAt: at }
  await handle(trx, { type: 'RefundDelivery', data }, deps)
}
