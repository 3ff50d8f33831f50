import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { OperationDetail } from './database.ts'
import type { Deps, Trx } from './deps.ts'
import type { StoredOrder } from './handle.ts'

/**
 * What is to be done outward when something happened to an order: mails, captures, releases. The errands are stored in
 * the same transaction as the events, and run after it by the jobs.
 */
export async function runErrands(
  trx: Trx,
  { jobs }: Pick<Deps, 'jobs'>,
  stored: StoredOrder,
  events: OrderEvent[],
  at: string,
) {
  for (const { type, data } of events) {
    switch (type) {
      case 'PaymentAuthorised':
      case 'EmailCorrected':
        if (stored.state.status === 'awaiting-confirmation')
          await queueMail(trx, jobs, { aboutId: stored.id, kind: 'confirmation', recipient: stored.personal.email, at })
        break
      case 'OrderDispatched':
        if (data.captureAmount > 0)
          await settle(trx, jobs, stored, {
            kind: 'capture',
            cause: data.shipmentId,
            amount: data.captureAmount,
            detail: { portion: { lines: data.lines, deliveryAmount: data.deliveryAmount } },
          })
        break
      case 'OrderCancelled':
        await restock(trx, stored)
        if (stored.state.payment)
          await settle(trx, jobs, stored, { kind: 'release', cause: stored.state.payment.paymentId, amount: 0 })
        else await jobs.enqueue(trx, 'check-payment', [{ data: { orderId: stored.id } }])
        break
    }
  }
}

type NewOperation = { kind: 'capture' | 'refund' | 'release'; cause: string; amount: number; detail?: OperationDetail }

/** Stores what is asked of the payment provider, once per purpose, and the job that asks it. */
export async function settle(
  trx: Trx,
  jobs: Deps['jobs'],
  { id, state }: StoredOrder,
  { kind, cause, amount, detail = {} }: NewOperation,
) {
  const operation = await trx
    .insertInto('payment_operation')
    .values({
      id: crypto.randomUUID(),
      order_id: id,
      kind,
      cause,
      amount,
      currency: state.placed.currency,
      detail: JSON.stringify(detail),
    })
    .onConflict((conflict) => conflict.columns(['order_id', 'kind', 'cause']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (operation) await jobs.enqueue(trx, 'settle-payment', [{ data: { operationId: operation.id } }])
}

/** Gives the reserved units back, in the order of SKUs so that two cancellations cannot wait for each other. */
async function restock(trx: Trx, { state }: StoredOrder) {
  const lines = [...state.placed.lines].sort((a, b) => (a.sku < b.sku ? -1 : 1))
  for (const { sku, quantity } of lines) {
    await trx
      .updateTable('product')
      .set((eb) => ({ stock: eb('stock', '+', quantity) }))
      .where('sku', '=', sku)
      .execute()
  }
}
