import { idempotencyKey } from '@vilkar/payments/idempotency-key.ts'
import type { Intent, PaymentProvider, Reconciled, Result } from '@vilkar/payments/port.ts'
import type { Job } from '@vilkar/server/jobs.ts'
import { sql } from 'kysely'
import { type Deps, type Trx, transact } from '../../deps.ts'
import { lockOrder, type StoredOrder } from '../../order/handle.ts'
import { assignRefund } from '../allocate-refund.ts'
import { newlyReleased, providerOf, sumsOfPayment } from '../ledger.ts'
import {
  breaksAConstraint,
  lockOperation,
  type Operation,
  paymentOf,
  recordRefused,
  recordSettled,
  recordUnsettled,
  recordWaiting,
  type Settlement,
} from '../outcome.ts'
import { portionLines } from '../portions.ts'

type Settled = Result<Settlement>
type Ambiguous = { kind: 'ambiguous'; candidates: object[] }
/** A claimed operation, its order as it was then, and the provider that holds its payment. */
type Sending = { operation: Operation; stored: StoredOrder; provider: PaymentProvider }

/** Longer than a call may take, the wait for a token before it included, so that a claim outlives the call that it is for. */
const CLAIM_SECONDS = 100
const CLAIM_END = sql<string>`now() + make_interval(secs => ${CLAIM_SECONDS})`

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
    if (claimed === 'waits') throw new Error('The refund waits for the capture that it gives back.')
    const { sentBefore, triedBefore, ...sending } = claimed
    const { operation } = sending
    const again = sentBefore ? reconcileThenSend : sendThenReconcile
    const result = triedBefore ? await again(deps, sending) : await send(deps, sending)
    const { kind } = operation
    if (result.kind === 'ok') return bookOrCall(deps, operation, result.value)
    await transact(deps, (trx) => {
      if (result.kind === 'ambiguous') return recordRefused(trx, deps, operation, 'stuck', result)
      if (result.kind === 'declined') return recordRefused(trx, deps, operation, 'declined', result)
      const unsent = result.kind === 'not_sent' && !sentBefore
      return recordUnsettled(trx, deps, operation, unsent ? 'planned' : 'sent', result)
    })
    if (result.kind === 'pending' || result.kind === 'not_sent' || result.kind === 'unknown')
      throw new Error(`The ${kind} is not settled yet: ${result.kind}`, { cause: result })
  },
})

/**
 * Books what the provider did. What does not fit the ledger is not booked, and not forgotten either: a person is called,
 * who finds the provider's movement with the operation.
 */
async function bookOrCall(deps: Deps, operation: Operation, settlement: Settlement) {
  try {
    await transact(deps, (trx) => recordSettled(trx, deps, operation.id, settlement))
  } catch (error) {
    if (!breaksAConstraint(error)) throw error
    deps.log.error({ err: error, operation: operation.id }, 'what the provider did does not fit the ledger')
    const { providerId } = settlement
    const candidates = providerId === null ? [] : [{ providerId, amount: operation.amount }]
    await transact(deps, (trx) => recordRefused(trx, deps, operation, 'stuck', { kind: 'does_not_fit', candidates }))
  }
}

/**
 * Asks once more for what the provider declined, as a new attempt under a new key. What was not declined is looked at
 * again under its own. Only for a person to decide.
 */
export async function retryOperation(trx: Trx, { jobs }: Pick<Deps, 'jobs'>, operationId: string) {
  const { status, attempt, kind, detail } = await lockOperation(trx, operationId)
  await jobs.enqueue(trx, kind === 'start' ? 'start-payment' : 'settle-payment', [{ data: { operationId } }])
  if (status !== 'declined') return
  // A capture that was refused since its authorisation had run out is asked of the payment that took over, and a refund
  // of whichever payment has that much to give back by now.
  const { paymentId: _, ...rest } = detail
  await trx
    .updateTable('payment_operation')
    .set({
      status: 'planned',
      attempt: attempt + 1,
      detail: JSON.stringify(kind === 'capture' || kind === 'refund' ? rest : detail),
      first_sent_at: null,
      last_sent_at: null,
      claimed_until: null,
    })
    .where('id', '=', operationId)
    .execute()
}

/**
 * Marks the operation as sent before anything is sent. Undefined when it is settled, `waits` when there is nothing yet
 * that it could give back; throws when another is in flight.
 */
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
    const found = operations.find(({ id }) => id === operationId)!
    if (found.status !== 'planned' && found.status !== 'sent') return
    if (found.kind === 'refund' && nothingWasTaken(stored, operations)) {
      await trx
        .updateTable('payment_operation')
        .set({ status: 'done', last_result: JSON.stringify({ kind: 'nothing_taken' }) })
        .where('id', '=', operationId)
        .execute()
      return
    }
    if (operations.some(({ in_flight }) => in_flight))
      throw new Error('Another money operation of this order is in flight.')
    if (operations.some((other) => goesBefore(other, found)))
      throw new Error('An earlier money operation of this order has no outcome yet.')
    const now = deps.clock.now().toString()
    const unassigned = found.kind === 'refund' && found.detail.paymentId === undefined
    const operation = unassigned ? await assignRefund(trx, deps, found) : found
    if (operation === undefined) {
      await recordWaiting(trx, deps, found)
      return 'waits' as const
    }
    // From now on it is about this payment, also when another one takes over before its outcome is known.
    const paymentId = paymentOf(operation, stored)
    const provider = deps.providers.named(await providerOf(trx, order_id, paymentId))
    const detail = { ...operation.detail, paymentId }
    const sentBefore = operation.status === 'sent'
    // Asking what became of it is not sending: only what is sent anew is given the provider's time again.
    const sent = {
      status: 'sent' as const,
      first_sent_at: operation.first_sent_at ?? now,
      last_sent_at: sentBefore ? operation.last_sent_at : now,
    }
    await trx
      .updateTable('payment_operation')
      .set({
        ...sent,
        detail: JSON.stringify(detail),
        claimed_until: CLAIM_END,
      })
      .where('id', '=', operationId)
      .execute()
    return {
      operation: { ...operation, ...sent, detail },
      stored,
      provider,
      sentBefore,
      triedBefore: operation.first_sent_at !== null,
    }
  })

/** The order ended before any money was taken, and what was held is let go: a refund that crossed that has nothing to give. */
const nothingWasTaken = ({ state }: StoredOrder, operations: readonly Operation[]) =>
  state.status === 'cancelled' &&
  state.captured === 0 &&
  !operations.some(({ kind, status }) => kind === 'capture' && status !== 'declined')

/**
 * Money operations of an order come one after the other. One whose outcome is open may have happened: a refund that
 * overtook the capture before it would fit the provider's books and not ours.
 */
function goesBefore(other: Operation, operation: Operation) {
  if (other.id === operation.id || other.kind === 'start') return false
  if (other.status === 'sent') return operation.status !== 'sent' || other.first_sent_at! < operation.first_sent_at!
  return (
    other.status === 'planned' &&
    other.kind !== 'refund' &&
    operation.status === 'planned' &&
    `${other.created_at} ${other.id}` < `${operation.created_at} ${operation.id}`
  )
}

/** What every call to the provider is told about the operation. */
function askOf(operation: Operation, stored: StoredOrder) {
  const { id, kind, amount, attempt, first_sent_at, currency } = operation
  const intent: Intent = {
    intentId: id,
    attempt,
    idempotencyKey: idempotencyKey({ op: kind, intentId: id, amount, attempt }),
    firstSentAt: first_sent_at === null ? null : Temporal.Instant.from(first_sent_at),
  }
  return { intent, paymentId: paymentOf(operation, stored), amount: { amount, currency } }
}

async function send({ db }: Deps, { operation, stored, provider }: Sending): Promise<Settled> {
  const ask = askOf(operation, stored)
  const { detail, kind } = operation
  switch (kind) {
    case 'capture':
      return provider.capture({
        ...ask,
        lines: portionLines(stored.state.placed, detail.portion!),
        shipment: detail.parcel,
      })
    case 'refund':
      return provider.refund({ ...ask, lines: portionLines(stored.state.placed, detail.portion!) })
    case 'release': {
      const result = await provider.release(ask)
      if (result.kind !== 'ok') return result
      // Nothing let go now may mean that it was let go before, by a call whose answer was lost: the books tell.
      const books = await provider.read(ask.paymentId)
      if (books.kind !== 'ok') return books
      const released = newlyReleased(books.value, await sumsOfPayment(db, stored.id, ask.paymentId))
      return { kind: 'ok', value: { providerId: null, released } }
    }
    case 'extend': {
      const result = await provider.extend(ask)
      return result.kind === 'ok'
        ? { kind: 'ok', value: { providerId: null, expiresAt: result.value.expiresAt } }
        : result
    }
    case 'start':
      throw new Error('A payment session is not a money operation.')
  }
}

/** Sends again only what the provider's books, read late enough, do not show. */
async function reconcileThenSend(deps: Deps, sending: Sending): Promise<Settled | Ambiguous> {
  const before = await reconcile(deps, sending)
  if (before !== 'not-executed') return before
  await noteSending(deps, sending.operation)
  return sendThenReconcile(deps, sending)
}

/**
 * Sends what was tried before. A refusal is believed only if the provider's books do not show it: an earlier try's own
 * success may have been in the way, whatever was answered to that, be it that we were to wait.
 */
async function sendThenReconcile(deps: Deps, sending: Sending): Promise<Settled | Ambiguous> {
  const result = await send(deps, sending)
  if (result.kind !== 'declined') return result
  const after = await reconcile(deps, { ...sending, operation: { ...sending.operation, last_sent_at: null } })
  return after === 'not-executed' ? result : after
}

/** Written down before it is sent once more. The claim lasts from here: reading the books has taken of it. */
const noteSending = ({ db, clock }: Deps, { id }: Operation) =>
  db
    .updateTable('payment_operation')
    .set({ last_sent_at: clock.now().toString(), claimed_until: CLAIM_END })
    .where('id', '=', id)
    .execute()

async function reconcile(
  deps: Deps,
  { operation, stored, provider }: Sending,
): Promise<Settled | Ambiguous | 'not-executed'> {
  const { db } = deps
  const ask = askOf(operation, stored)
  const others = await db
    .selectFrom('ledger_entry')
    .select('provider_id')
    .where('order_id', '=', stored.id)
    .where('provider_id', 'is not', null)
    .execute()
  const account = await db
    .selectFrom('payment_account')
    .select('expires_at')
    .where('order_id', '=', stored.id)
    .executeTakeFirst()
  const result = await provider.reconcile({
    ...ask,
    op: operation.kind as Exclude<Operation['kind'], 'start'>,
    claimed: new Set(others.map(({ provider_id }) => provider_id!)),
    ...(operation.last_sent_at && { lastSentAt: Temporal.Instant.from(operation.last_sent_at) }),
    ...(account?.expires_at && { expiresAt: Temporal.Instant.from(account.expires_at) }),
  })
  if (result.kind !== 'ok') return result
  const { value } = result
  if (value.verdict === 'not_executed') return 'not-executed'
  if (value.verdict === 'ambiguous') return { kind: 'ambiguous', candidates: value.candidates }
  return { kind: 'ok', value: await settlementOf(deps, ask.paymentId, stored.id, value) }
}

async function settlementOf(
  { db }: Deps,
  paymentId: string,
  orderId: string,
  { providerId, snapshot }: Reconciled & { verdict: 'executed' },
): Promise<Settlement> {
  const released = newlyReleased(snapshot, await sumsOfPayment(db, orderId, paymentId))
  return { providerId, released, ...(snapshot.expiresAt && { expiresAt: snapshot.expiresAt }) }
}
