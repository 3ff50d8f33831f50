import type { Failure, Pending } from '@vilkar/payments/port.ts'
import { type Selectable, sql } from 'kysely'
import { raiseAlarm, resolveAlarm } from '../alarms/alarms.ts'
import type { Database } from '../database.ts'
import type { Deps, Trx } from '../deps.ts'
import { handle, lockOrder, type StoredOrder } from '../order/handle.ts'
import { book, providerOf } from './ledger.ts'
import { completedBy, purposeOf } from './operation-parts.ts'
import { issueDocument } from './sales-documents.ts'
import type { EntryKind } from './tables.ts'

/** A stored money operation: what was asked of the provider, for which order, and how far it has come. */
export type Operation = Selectable<Database['payment_operation']>

/**
 * What the provider did: the name of its movement if it has one, how much it let go (minor units) of a release, and the
 * new end of an extended authorisation.
 */
export type Settlement = { providerId: string | null; released?: number; expiresAt?: Temporal.Instant }

/** How long an operation may stay without an answer before a person is told; it is tried further all the same. */
const UNSETTLED_AFTER = 'PT1H'

const ENTRY_OF: Record<Exclude<Operation['kind'], 'start'>, EntryKind> = {
  capture: 'captured',
  refund: 'refunded',
  release: 'released',
  extend: 'extended',
}

/** Whether PostgreSQL refused it since it breaks a constraint (SQLSTATE class 23), such as more captured than is authorised. */
export const breaksAConstraint = (error: unknown) => /^23/.test((error as { code?: string }).code ?? '')

/** Of which payment an operation is: the order's own, unless it says another. */
export const paymentOf = ({ detail }: Operation, { state }: StoredOrder) => detail.paymentId ?? state.payment!.paymentId

/**
 * Records that an operation was carried out: the order's event, the ledger's entry, the sales document and the
 * operation itself, all in this transaction. An operation that is recorded already stays as it is.
 */
export async function recordSettled(
  trx: Trx,
  deps: Deps,
  operationId: string,
  { providerId, released = 0, expiresAt }: Settlement,
) {
  const operation = await lockOperation(trx, operationId)
  if (operation.status === 'done' || operation.kind === 'start') return
  const { order_id: orderId, kind } = operation
  const stored = (await lockOrder(trx, orderId))!
  const paymentId = paymentOf(operation, stored)
  const at = deps.clock.now().toString()
  const amount = kind === 'release' ? released : kind === 'extend' ? 0 : operation.amount

  await tellOrder(trx, deps, operation, providerId, at)
  const entryId =
    (kind === 'release' && amount === 0) || (kind === 'extend' && expiresAt === undefined)
      ? undefined
      : await book(trx, {
          orderId,
          kind: ENTRY_OF[kind],
          amount,
          currency: await currencyOf(trx, operation, paymentId),
          provider: await providerOf(trx, orderId, paymentId),
          paymentId,
          providerId,
          operationId,
          expiresAt,
          at,
        })
  await trx
    .updateTable('payment_operation')
    .set({ status: 'done', provider_id: providerId, claimed_until: null })
    .where('id', '=', operationId)
    .execute()
  await resolveIfSettled(trx, orderId, at)
  if (entryId === undefined || (kind !== 'capture' && kind !== 'refund')) return
  const series = kind === 'capture' ? 'invoice' : 'credit-note'
  const { placed } = stored.state
  await issueDocument(trx, { series, orderId, entryId, amount, placed, portion: operation.detail.portion!, at })
}

/** That of the payment, which may not be the order's: such a payment is only ever let go. */
async function currencyOf(trx: Trx, { order_id, currency }: Operation, paymentId: string) {
  const account = await trx
    .selectFrom('payment_account')
    .select('currency')
    .where('order_id', '=', order_id)
    .where('payment_id', '=', paymentId)
    .executeTakeFirst()
  return account?.currency ?? currency
}

/** Once nothing of the order is refused or unanswered any more, nobody needs to look. */
export async function resolveIfSettled(trx: Trx, orderId: string, at: string) {
  const open = await trx
    .selectFrom('payment_operation')
    .select('id')
    .where('order_id', '=', orderId)
    .where((eb) => eb.or([eb('status', 'in', ['sent', 'declined', 'stuck']), waits]))
    .executeTakeFirst()
  if (open !== undefined) return
  for (const kind of ['payment-declined-operation', 'payment-stuck-operation'] as const)
    await resolveAlarm(trx, { orderId, kind, resolution: 'The operation was carried out.', at })
}

async function tellOrder(trx: Trx, deps: Deps, operation: Operation, providerId: string | null, at: string) {
  const { order_id: orderId, kind } = operation
  if (kind === 'release') return handle(trx, { type: 'RecordRelease', data: { orderId, at } }, deps)
  if (kind !== 'capture' && kind !== 'refund') return
  const whole = await completedBy(trx, operation)
  if (whole === undefined) return
  const moved = { orderId, at, ...whole }
  const purpose = purposeOf(operation)
  if (kind === 'capture') {
    const data = { ...moved, shipmentId: purpose, captureId: providerId! }
    return handle(trx, { type: 'RecordCapture', data }, deps)
  }
  return handle(trx, { type: 'RecordRefund', data: { ...moved, returnId: purpose, refundId: providerId! } }, deps)
}

/** A definite no, or books that can be read in two ways: a person decides, and is called in the same transaction. */
export async function recordRefused(
  trx: Trx,
  deps: Deps,
  operation: Operation,
  status: 'declined' | 'stuck',
  result: object,
) {
  const { id, order_id: orderId, kind, amount, currency } = operation
  if (!(await unclaim(trx, operation, status, result))) return
  const refused = status === 'declined' ? 'payment-declined-operation' : 'payment-stuck-operation'
  const alarm = kind === 'extend' ? 'authorisation-expiring' : refused
  const reason = 'reason' in result ? { reason: result.reason } : {}
  const detail = { operationId: id, operation: kind, amount, currency, ...reason }
  await raiseAlarm(trx, { orderId, kind: alarm, detail, at: deps.clock.now().toString() }, deps.log)
}

/** No answer to build on yet. What was turned away at the door was not sent; anything else may have been. */
export async function recordUnsettled(
  trx: Trx,
  deps: Deps,
  operation: Operation,
  status: 'planned' | 'sent',
  result: Failure | Pending,
) {
  if (!(await unclaim(trx, operation, status, result))) return
  if (operation.first_sent_at !== null) await callIfLong(trx, deps, operation, operation.first_sent_at, result.kind)
}

/** Calls for a person about an operation that has had no outcome for too long; `last` is what was last heard of it. */
export async function callIfLong(
  trx: Trx,
  deps: Deps,
  { id, order_id: orderId, kind, amount, currency }: Operation,
  since: string,
  last?: string,
) {
  const now = deps.clock.now()
  if (Temporal.Instant.compare(now.subtract(UNSETTLED_AFTER), since) < 0) return
  const detail = { operationId: id, operation: kind, amount, currency, since, ...(last && { last }) }
  await raiseAlarm(trx, { orderId, kind: 'payment-stuck-operation', detail, at: now.toString() }, deps.log)
}

/** A refund that was never sent since less was taken than it gives back. */
export const waits = sql<boolean>`(status = 'planned' and coalesce(last_result ->> 'kind' = 'waits', false))`
type Waiting = { kind: 'waits'; since: string }
export const isWaiting = ({ status, last_result }: Operation) =>
  status === 'planned' && (last_result as Partial<Waiting> | null)?.kind === 'waits'

/** Less was taken than is to be given back: the capture may still be heard of; if it is not, a person is called. */
export async function recordWaiting(trx: Trx, deps: Deps, operation: Operation) {
  const now = deps.clock.now()
  const since = isWaiting(operation) ? (operation.last_result as Waiting).since : now.toString()
  await unclaim(trx, operation, 'planned', { kind: 'waits', since } satisfies Waiting)
  await callIfLong(trx, deps, operation, since, 'waits')
}

/**
 * Records an operation of which nothing is left to send: all of it was moved by hand, and is in the ledger already.
 * `providerId` is the last movement.
 */
export async function recordMovedByHand(trx: Trx, deps: Deps, operation: Operation, providerId: string) {
  const at = deps.clock.now().toString()
  await tellOrder(trx, deps, operation, providerId, at)
  await trx
    .updateTable('payment_operation')
    .set({ status: 'done', provider_id: providerId })
    .where('id', '=', operation.id)
    .execute()
  await resolveIfSettled(trx, operation.order_id, at)
}

/** Whether it was still about this attempt, and open: what is heard late of an earlier one says nothing of the next. */
async function unclaim(trx: Trx, { id, order_id, attempt }: Operation, status: Operation['status'], result: object) {
  await lockOrder(trx, order_id)
  const { numUpdatedRows } = await trx
    .updateTable('payment_operation')
    .set({ status, claimed_until: null, last_result: JSON.stringify(result) })
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('status', 'in', ['planned', 'sent'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The operation, locked after its order, as everybody locks them. */
export async function lockOperation(trx: Trx, operationId: string): Promise<Operation> {
  const { order_id } = await trx
    .selectFrom('payment_operation')
    .select('order_id')
    .where('id', '=', operationId)
    .executeTakeFirstOrThrow()
  await lockOrder(trx, order_id)
  return trx
    .selectFrom('payment_operation')
    .selectAll()
    .where('id', '=', operationId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}
