import type { Result } from '@vilkar/payments/port.ts'
import type { Job } from '@vilkar/server/jobs.ts'
import { type Deps, transact } from '../deps.ts'
import { settle } from '../errands.ts'
import { handle } from '../handle.ts'

/**
 * Reads the provider's truth about an order's payment and lets the order take note. Asked for by the provider's
 * notifications (which are hints, never believed), by the deadline for paying, and by a cancellation.
 */
export const checkPayment = (deps: Deps): Job<{ orderId: string }> => ({
  name: 'check-payment',
  concurrency: 4,
  async run({ orderId }) {
    const { db, provider, clock } = deps
    const { state: order } = await db
      .selectFrom('orders')
      .select('state')
      .where('id', '=', orderId)
      .executeTakeFirstOrThrow()
    if (order.status !== 'awaiting-payment' && order.status !== 'cancelled') return
    const start = await db
      .selectFrom('payment_operation')
      .select(['id', 'detail'])
      .where('order_id', '=', orderId)
      .where('kind', '=', 'start')
      .executeTakeFirstOrThrow()
    const over = order.status === 'cancelled' || Temporal.Instant.compare(clock.now(), order.placed.paymentDueAt) >= 0
    const { session } = start.detail
    if (session === undefined) return over ? fail(deps, orderId, 'payment-abandoned') : undefined

    const seen = okOrThrow(await provider.readSession(session.id), 'The payment session could not be read')
    if (seen.state === 'completed') return authorise(deps, orderId, start.id, seen.paymentId)
    if (seen.state !== 'declined' && seen.state !== 'expired' && !over) return

    // Nobody may pay for an order that is over. Who does so at this very moment wins: closing is refused, and we read again.
    if (seen.state !== 'expired')
      okOrThrow(await provider.closeSession(session.id), 'The payment session could not be closed')
    await fail(deps, orderId, seen.state === 'declined' ? 'payment-declined' : 'payment-abandoned')
  },
})

async function authorise(deps: Deps, orderId: string, startId: string, paymentId: string) {
  const { provider, clock } = deps
  const {
    authorised: amount,
    currency,
    expiresAt,
  } = okOrThrow(await provider.read(paymentId), 'The payment could not be read')
  const { stored } = await transact(deps, async (trx) => {
    const at = clock.now().toString()
    const data = {
      orderId,
      at,
      provider: provider.name,
      paymentId,
      amount,
      currency,
      ...(expiresAt && { expiresAt: expiresAt.toString() }),
    }
    const handled = await handle(trx, { type: 'AuthorisePayment', data }, deps)
    if (handled.refusal)
      deps.log.error({ orderId, refusal: handled.refusal }, 'a payment does not fit its order: a person must look')
    // The customer paid after the order had ended: the money is theirs again at once.
    if (handled.stored?.state.status === 'cancelled') {
      await settle(trx, deps.jobs, handled.stored, {
        kind: 'release',
        cause: paymentId,
        amount: 0,
        detail: { paymentId },
      })
    }
    return handled
  })
  const intent = { intentId: startId, attempt: 1, idempotencyKey: startId, firstSentAt: null }
  const acknowledged = await provider.acknowledge({ paymentId, orderNumber: stored!.state.placed.number, intent })
  if (acknowledged.kind !== 'ok')
    deps.log.warn({ orderId, acknowledged }, 'a payment could not be acknowledged; the provider will remind us')
}

const fail = (deps: Deps, orderId: string, cause: 'payment-declined' | 'payment-abandoned') =>
  transact(deps, async (trx) => {
    await handle(trx, { type: 'FailPayment', data: { orderId, at: deps.clock.now().toString(), cause } }, deps)
  })

/** The value of a call that worked; anything else is thrown, and the job tries again. */
export function okOrThrow<T>(result: Result<T>, failure: string): T {
  if (result.kind === 'ok') return result.value
  throw new Error(`${failure}: ${result.kind}`, { cause: result })
}
