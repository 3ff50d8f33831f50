import { idempotencyKey } from '@vilkar/payments/idempotency-key.ts'
import type { Intent, Result } from '@vilkar/payments/port.ts'
import type { Job } from '@vilkar/server/jobs.ts'
import { type Selectable, sql } from 'kysely'
import type { Database } from '../database.ts'
import { type Deps, transact } from '../deps.ts'
import { handle, lockOrder, type StoredOrder } from '../handle.ts'
import { portionLines } from '../payment-lines.ts'

type Operation = Selectable<Database['payment_operation']>
type Settled = Result<{ providerId: string | null }>

/** Longer than the provider's own limit for answering, so that a claim outlives the call that it is for. */
const CLAIM_SECONDS = 75

/**
 * Carries out one stored money operation. One of an order is in flight at a time. After an unknown outcome the
 * provider's truth is read before anything is sent again, so that money never moves twice.
 */
export const settlePayment = (deps: Deps): Job<{ operationId: string }> => ({
  name: 'settle-payment',
  concurrency: 4,
  async run({ operationId }) {
    const claimed = await claim(deps, operationId)
    if (claimed === undefined) return
    const { operation, stored, sentBefore } = claimed
    const result = sentBefore ? await reconcileThenSend(deps, operation, stored) : await send(deps, operation, stored)
    if (result === 'stuck') return
    await record(deps, operation, result, sentBefore)
  },
})

/** Marks the operation as sent before anything is sent. Undefined when it is settled; throws when another is in flight. */
const claim = (deps: Deps, operationId: string) =>
  deps.db.transaction().execute(async (trx) => {
    const { order_id } = await trx
      .selectFrom('payment_operation')
      .select('order_id')
      .where('id', '=', operationId)
      .executeTakeFirstOrThrow()
    const stored = (await lockOrder(trx, order_id))!
    const operations = await trx
      .selectFrom('payment_operation')
      .selectAll()
      .select(sql<boolean>`coalesce(claimed_until > now(), false)`.as('in_flight'))
      .where('order_id', '=', order_id)
      .execute()
    const operation = operations.find(({ id }) => id === operationId)!
    if (operation.status !== 'planned' && operation.status !== 'sent') return
    if (operations.some(({ in_flight }) => in_flight))
      throw new Error('Another money operation of this order is in flight.')
    const now = deps.clock.now().toString()
    const sent = { status: 'sent' as const, first_sent_at: operation.first_sent_at ?? now, last_sent_at: now }
    await trx
      .updateTable('payment_operation')
      .set({ ...sent, claimed_until: sql<string>`now() + make_interval(secs => ${CLAIM_SECONDS})` })
      .where('id', '=', operationId)
      .execute()
    return {
      operation: { ...operation, ...sent, last_sent_at: operation.last_sent_at },
      stored,
      sentBefore: operation.status === 'sent',
    }
  })

/** What every call to the provider is told about the operation. */
function askOf(operation: Operation, { state }: StoredOrder, earlierUnknown = false) {
  const { id, kind, amount, attempt, first_sent_at, detail, currency } = operation
  const intent: Intent = {
    intentId: id,
    attempt,
    idempotencyKey: idempotencyKey({ op: kind, intentId: id, amount, attempt }),
    firstSentAt: first_sent_at === null ? null : Temporal.Instant.from(first_sent_at),
    earlierUnknown,
  }
  return { intent, paymentId: detail.paymentId ?? state.payment!.paymentId, amount: { amount, currency } }
}

async function send(
  { provider }: Deps,
  operation: Operation,
  stored: StoredOrder,
  earlierUnknown = false,
): Promise<Settled> {
  const ask = askOf(operation, stored, earlierUnknown)
  switch (operation.kind) {
    case 'capture':
      return provider.capture({ ...ask, lines: portionLines(stored.state.placed, operation.detail.portion!) })
    case 'refund':
      return provider.refund({ ...ask, lines: portionLines(stored.state.placed, operation.detail.portion!) })
    case 'release': {
      const result = await provider.release(ask)
      return result.kind === 'ok' ? { kind: 'ok', value: { providerId: null } } : result
    }
    case 'start':
      throw new Error('A payment session is not a money operation.')
  }
}

async function reconcileThenSend(deps: Deps, operation: Operation, stored: StoredOrder): Promise<Settled | 'stuck'> {
  const others = await deps.db
    .selectFrom('payment_operation')
    .select('provider_id')
    .where('order_id', '=', stored.id)
    .where('provider_id', 'is not', null)
    .execute()
  const result = await deps.provider.reconcile({
    ...askOf(operation, stored),
    op: operation.kind as 'capture' | 'refund' | 'release',
    claimed: new Set(others.map(({ provider_id }) => provider_id!)),
    ...(operation.last_sent_at && { lastSentAt: Temporal.Instant.from(operation.last_sent_at) }),
  })
  if (result.kind !== 'ok') return result
  if (result.value.verdict === 'executed') return { kind: 'ok', value: { providerId: result.value.providerId } }
  if (result.value.verdict === 'not_executed') return send(deps, operation, stored, true)
  deps.log.error(
    { operation: operation.id, candidates: result.value.candidates },
    'a money operation cannot be told from another: a person decides',
  )
  await release(deps, operation.id, 'stuck', result)
  return 'stuck'
}

async function record(deps: Deps, operation: Operation, result: Settled, sentBefore: boolean) {
  const { id, order_id: orderId, kind, cause, amount } = operation
  if (result.kind === 'ok') {
    const { providerId } = result.value
    await transact(deps, async (trx) => {
      const at = deps.clock.now().toString()
      if (kind === 'capture')
        await handle(
          trx,
          {
            type: 'RecordCapture',
            data: { orderId, at, shipmentId: cause, amount, captureId: providerId! },
          },
          deps,
        )
      if (kind === 'refund')
        await handle(
          trx,
          {
            type: 'RecordRefund',
            data: { orderId, at, returnId: cause, amount, refundId: providerId! },
          },
          deps,
        )
      if (kind === 'release') await handle(trx, { type: 'RecordRelease', data: { orderId, at } }, deps)
      await trx
        .updateTable('payment_operation')
        .set({ status: 'done', provider_id: providerId, claimed_until: null })
        .where('id', '=', id)
        .execute()
    })
    return
  }
  if (result.kind === 'declined') {
    deps.log.error(
      { orderId, operation: id, kind, result },
      'the provider refused a money operation: a person must look',
    )
    return release(deps, id, 'declined', result)
  }
  await release(deps, id, result.kind === 'not_sent' && !sentBefore ? 'planned' : 'sent', result)
  throw new Error(`The ${kind} is not settled yet: ${result.kind}`, { cause: result })
}

const release = ({ db }: Deps, id: string, status: Operation['status'], result: object) =>
  db
    .updateTable('payment_operation')
    .set({ status, claimed_until: null, last_result: JSON.stringify(result) })
    .where('id', '=', id)
    .execute()
