import type { AuthorisationExpired, OrderEvent } from '@vilkar/contracts/orders.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import { resolveAlarm } from './alarms/alarms.ts'
import type { OperationDetail } from './database.ts'
import type { Deps, Trx } from './deps.ts'
import { untoldOf } from './money/operation-parts.ts'
import { shareOf, untaken, wholeOf } from './money/portions.ts'
import type { StoredOrder } from './order/handle.ts'
import { termsFor } from './order/order-decisions.ts'
import { insteadOf } from './order/payment.ts'

/**
 * What is to be done outward when something happened to an order: mails, captures, releases, refunds. The errands are stored in
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
      case 'ContractFormed':
        await takeEarly(trx, jobs, stored)
        break
      case 'OrderDispatched':
        if (data.captureAmount > 0)
          await settle(trx, jobs, stored, {
            kind: 'capture',
            cause: data.shipmentId,
            amount: data.captureAmount,
            detail: {
              portion: { lines: data.lines, deliveryAmount: data.deliveryAmount },
              parcel: { carrier: data.carrier, trackingNumber: data.trackingNumber },
            },
          })
        break
      case 'OrderCancelled':
        await restock(trx, stored)
        await calm(trx, stored.id, 'The order was cancelled.', at)
        if (stored.state.payment) await giveBack(trx, jobs, stored)
        // A page that is still open, the first or the one to pay again, is closed.
        if (stored.state.payment === undefined || stored.state.payment.expiredAt !== undefined)
          await jobs.enqueue(trx, 'check-payment', [{ data: { orderId: stored.id } }])
        break
      case 'PaymentCaptured':
        // An early capture was on its way when the order was cancelled: what it took goes back at once.
        if (stored.state.status === 'cancelled') await refundAll(trx, jobs, stored)
        break
      case 'AuthorisationExpired':
        await askAgain(trx, jobs, stored, data)
        await queueMail(trx, jobs, { aboutId: stored.id, kind: 'pay-again', recipient: stored.personal.email, at })
        break
      case 'PaymentReauthorised':
        await calm(trx, stored.id, 'The customer paid again.', at)
        break
    }
  }
}

/** Takes the whole at formation, if that was stated at checkout and kept with the order (clause 6.2). Else nothing. */
async function takeEarly(trx: Trx, jobs: Deps['jobs'], stored: StoredOrder) {
  const { placed, payment, captured } = stored.state
  const { amount } = termsFor(stored.state).capture({
    customerKind: placed.customerKind,
    authorised: payment!.amount,
    alreadyCaptured: captured,
    confirmedTotal: placed.totals.total,
    shipped: 'none',
    earlyCaptureStated: placed.disclosures.earlyCapture,
  })
  if (amount !== placed.totals.total) return
  await settle(trx, jobs, stored, { kind: 'capture', cause: stored.id, amount, detail: { portion: wholeOf(placed) } })
}

/** The order ended before its goods left: what is held is let go, and what was taken early is paid back. */
async function giveBack(trx: Trx, jobs: Deps['jobs'], stored: StoredOrder) {
  const { captured, refunded, placed } = stored.state
  if (captured > refunded) await refundAll(trx, jobs, stored)
  if (captured >= placed.totals.total) return
  const notNeeded = { kind: 'declined', reason: 'order_cancelled' }
  await trx
    .updateTable('payment_operation')
    .set({ status: 'declined', last_result: JSON.stringify(notNeeded) })
    .where('order_id', '=', stored.id)
    .where('kind', 'in', ['capture', 'extend'])
    .where('status', '=', 'planned')
    .where('first_sent_at', 'is', null)
    .execute()
  await settle(trx, jobs, stored, { kind: 'release', cause: stored.state.payment!.paymentId, amount: 0 })
}

/** Pays back what was taken and is neither back nor asked for yet: of an early capture all of the order, else a share of it. */
async function refundAll(trx: Trx, jobs: Deps['jobs'], stored: StoredOrder) {
  const { captured, refunded, placed } = stored.state
  const refunds = await trx
    .selectFrom('payment_operation')
    .select(['cause', 'status', 'amount'])
    .where('order_id', '=', stored.id)
    .where('kind', '=', 'refund')
    .execute()
  const amount = captured - refunded - untoldOf(refunds)
  if (amount <= 0) return
  const portion = amount === placed.totals.total ? wholeOf(placed) : shareOf(placed, amount)
  // More may be taken after the first of it went back, such as by hand: that is a refund of its own.
  const cause = refunds.some((refund) => refund.cause === stored.id) ? crypto.randomUUID() : stored.id
  await settle(trx, jobs, stored, { kind: 'refund', cause, amount, detail: { portion } })
}

const calm = (trx: Trx, orderId: string, resolution: string, at: string) =>
  resolveAlarm(trx, { orderId, kind: 'authorisation-expired', resolution, at })

/** Stores another payment session for what is not held any more, named for the payment that ran out. */
async function askAgain(
  trx: Trx,
  jobs: Deps['jobs'],
  { id, state }: StoredOrder,
  { paymentId, amount, currency }: AuthorisationExpired['data'],
) {
  const operationId = crypto.randomUUID()
  await trx
    .insertInto('payment_operation')
    .values({
      id: operationId,
      order_id: id,
      kind: 'start',
      cause: insteadOf(paymentId),
      amount,
      currency,
      detail: JSON.stringify({ portion: untaken(state) } satisfies OperationDetail),
    })
    .execute()
  await jobs.enqueue(trx, 'start-payment', [{ data: { operationId } }])
}

type NewOperation = {
  kind: 'capture' | 'refund' | 'release' | 'extend'
  cause: string
  amount: number
  detail?: OperationDetail
}

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
