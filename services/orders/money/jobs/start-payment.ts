import { idempotencyKey } from '@vilkar/payments/idempotency-key.ts'
import type { Job } from '@vilkar/server/jobs.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Updateable } from 'kysely'
import { raiseAlarm } from '../../alarms/alarms.ts'
import type { Database } from '../../database.ts'
import { type Deps, type Trx, transact } from '../../deps.ts'
import { handle, lockOrder, readOrder } from '../../order/handle.ts'
import { isOpen } from '../../order/payment.ts'
import { type Operation, resolveIfSettled } from '../outcome.ts'
import { paymentLines, portionLines } from '../portions.ts'

/** Opens the provider's payment session of an order. Repeating it is harmless: an unused session just runs out. */
export const startPayment = (deps: Deps): Job<{ operationId: string }> => ({
  name: 'start-payment',
  concurrency: 4,
  mergeBy: ({ operationId }) => operationId,
  async run({ operationId }) {
    const { db, providers, settings, clock } = deps
    const operation = await db
      .selectFrom('payment_operation')
      .selectAll()
      .where('id', '=', operationId)
      .executeTakeFirstOrThrow()
    const stored = await readOrder(db, operation.order_id)
    const { state, personal } = stored
    if (operation.status !== 'planned' || !isOpen(operation, state)) return

    const { placed } = state
    const { number } = placed
    const provider = providers.currentFor(sellerOf(placed.terms.edition).id)
    const { portion } = operation.detail
    const lines = portion === undefined || state.captured === 0 ? paymentLines(placed) : portionLines(placed, portion)
    const firstSentAt = operation.first_sent_at === null ? null : Temporal.Instant.from(operation.first_sent_at)
    const result = await provider.start({
      intent: {
        intentId: operationId,
        attempt: operation.attempt,
        idempotencyKey: idempotencyKey({
          op: 'start',
          intentId: operationId,
          amount: operation.amount,
          attempt: operation.attempt,
        }),
        firstSentAt,
      },
      orderId: stored.id,
      orderNumber: number,
      total: { amount: operation.amount, currency: placed.currency },
      tax: lines.reduce((sum, { tax }) => sum + tax, 0),
      lines,
      country: placed.country,
      locale: placed.locale === 'nb' ? 'nb-NO' : 'en-NO',
      urls: {
        success: `${settings.storefrontUrl}/orders/${number}/paid`,
        cancel: `${settings.storefrontUrl}/orders/${number}/unpaid`,
        notification: `${settings.publicUrl}/payments/${provider.name}/notifications/${operationId}`,
        checkout: `${settings.storefrontUrl}/orders/${number}/pay`,
        terms: `${settings.publicUrl}/terms/${placed.terms.edition}?locale=${placed.locale}&format=html`,
      },
      customer: { email: personal.email },
    })
    if (result.kind === 'ok') {
      const { sessionId: id, url, expiresAt, widget, request = null } = result.value
      const session = { provider: provider.name, id, url, expiresAt: expiresAt?.toString() ?? null, widget }
      await transact(deps, async (trx) => {
        const opened = { status: 'done', detail: JSON.stringify({ ...operation.detail, session }), request } as const
        // A session that nobody needs any more was told to nobody: it runs out.
        if (await settleStart(trx, operation, opened)) await resolveIfSettled(trx, stored.id, clock.now().toString())
      })
      return
    }
    if (result.kind !== 'declined') throw new Error(`The payment session could not be opened: ${result.kind}`)
    // A refusal here is our own mistake in the cart; the customer must not wait for a page that never comes.
    deps.log.error({ orderId: stored.id, result }, 'the provider refused to open a payment session')
    await transact(deps, async (trx) => {
      const refused = { status: 'declined', last_result: JSON.stringify(result) } as const
      if (!(await settleStart(trx, operation, refused))) return
      const at = clock.now().toString()
      const data = { orderId: stored.id, at, cause: 'payment-failed' } as const
      const { events } = await handle(trx, { type: 'FailPayment', data }, deps)
      if (events.length > 0) return
      // An order that stands does not end by it: somebody must see to it that the customer can pay again.
      const { amount, currency } = operation
      const detail = { operationId, operation: 'start', amount, currency, reason: result.reason }
      await raiseAlarm(trx, { orderId: stored.id, kind: 'payment-declined-operation', detail, at }, deps.log)
    })
  },
})

/** Writes down what came of this attempt, while it is the one to be paid by; whether it is. */
async function settleStart(trx: Trx, operation: Operation, outcome: Updateable<Database['payment_operation']>) {
  const { state } = (await lockOrder(trx, operation.order_id))!
  if (!isOpen(operation, state)) return false
  const { numUpdatedRows } = await trx
    .updateTable('payment_operation')
    .set(outcome)
    .where('id', '=', operation.id)
    .where('status', '=', 'planned')
    .where('attempt', '=', operation.attempt)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
