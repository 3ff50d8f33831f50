import { completeMail, queueMail } from '@vilkar/mail/outgoing.ts'
import type { Failure, Pending } from '@vilkar/payments/port.ts'
import { type Alarm, raiseAlarm, resolveMoneyAlarms } from '../alarms/alarms.ts'
import type { Deps, Trx } from '../deps.ts'
import { handle } from '../order/handle.ts'
import type { StoredOrder } from '../order/state.ts'
import { bookEntry, currencyOf, providerOf } from './ledger.ts'
import type { LastResult, Operation, OperationKind } from './operation.ts'
import { changeOperation, operationsOf } from './operation-store.ts'
import { completedBy, enqueueWaiting, planCapturesAgain } from './plan.ts'
import { claimedBefore, issueDocument } from './sales-documents.ts'
import type { EntryKind, SalesSeries } from './tables.ts'

/**
 * What came of a money operation is recorded here: the operation, the order's event, the ledger's entry, the sales document
 * and the alarms, all in the caller's transaction, which has order and operation locked.
 */
export type Locked = { order: StoredOrder; operation: Operation }

/**
 * What the provider did: the name of its movement if it has one, how much it let go (minor units) of a release, and the
 * new end of an extended authorisation. `paymentId`: of which payment it was asked, if it was we who asked.
 */
export type Execution = {
  providerId: string | null
  released?: number
  expiresAt?: Temporal.Instant
  paymentId?: string
}

/** How long an operation may stay without an answer before a person is called; it is tried further all the same. */
const ALARM_AFTER = 'PT1H'

const ENTRY_OF: Record<OperationKind, EntryKind> = {
  capture: 'captured',
  refund: 'refunded',
  release: 'released',
  extend: 'extended',
}

/** Whether PostgreSQL refused it since it breaks a constraint (SQLSTATE class 23), such as more captured than is authorised. */
export const breaksAConstraint = (error: unknown) => /^23/.test((error as { code?: string }).code ?? '')

/** The name of the constraint that it breaks, or else PostgreSQL's code of the kind of constraint. */
export const brokenConstraint = (error: unknown) => {
  const { constraint, code } = error as { constraint?: string; code: string }
  return constraint ?? code
}

/** Of which payment an operation is: the order's own, unless it names another. */
export const paymentOf = ({ paymentId }: Operation, { state }: StoredOrder) => paymentId ?? state.payment!.paymentId

/** Records that an operation was carried out. One that is recorded already stays as it is. */
export async function recordExecuted(
  trx: Trx,
  deps: Deps,
  { order, operation }: Locked,
  execution: Execution,
): Promise<Operation> {
  if (operation.status === 'done') return operation
  const { id: operationId, kind } = operation
  const { providerId, released = 0, expiresAt, paymentId = paymentOf(operation, order) } = execution
  const at = deps.clock.now().toString()
  const amount = kind === 'release' ? released : kind === 'extend' ? 0 : operation.amount

  const done = await changeOperation(trx, operation, { type: 'RecordExecuted', data: { providerId, paymentId } })
  const operations = await operationsOf(trx, order.id)
  await tellOrder(trx, deps, { order, operation }, operations, providerId, at)
  await enqueueWaiting(trx, deps, operations, operationId)
  const movesNothing = (kind === 'release' && amount === 0) || (kind === 'extend' && expiresAt === undefined)
  const entryId = movesNothing
    ? undefined
    : await bookEntry(trx, {
        orderId: order.id,
        kind: ENTRY_OF[kind],
        amount,
        currency: await currencyOf(trx, order.id, paymentId, operation.currency),
        provider: await providerOf(trx, order.id, paymentId),
        ...{ paymentId, providerId, operationId, expiresAt, at },
      })
  await resolveMoneyAlarms(trx, order.id, at)
  if (entryId !== undefined && (kind === 'capture' || kind === 'refund'))
    await document(trx, deps, { order, operation }, { entryId, amount, at })
  return done.operation
}

/** The document of what was captured or refunded. A claim that was paid after all has its invoice. */
async function document(
  trx: Trx,
  deps: Deps,
  { order, operation }: Locked,
  { entryId, amount, at }: { entryId: number; amount: number; at: string },
) {
  const { id, kind, purpose, portion, currency } = operation
  const claim = await claimedBefore(trx, id)
  if (claim !== undefined) {
    if (claim.credited === 0) return
    const detail = { returnId: purpose.id, decided: claim.credited, captured: 0, currency }
    return raiseAlarm(trx, { orderId: order.id, kind: 'refund-less-than-decided', detail, at }, deps.log)
  }
  const series = kind === 'capture' ? 'invoice' : 'credit-note'
  const shipmentId = purpose.kind === 'shipment' ? purpose.id : undefined
  await sendDocument(trx, deps, order, { kind: series, detail: { entryId } }, shipmentId, at)
  await issueDocument(trx, { series, order, restsOn: { entryId }, amount, portion: portion!, shipmentId, at })
}

/** A document goes out with the mail about its parcel, if that still waits for it, and else in a mail of its own. */
async function sendDocument(
  trx: Trx,
  { jobs }: Pick<Deps, 'jobs'>,
  { id: aboutId, personal }: StoredOrder,
  mail: { kind: SalesSeries; detail: { entryId: number } },
  shipmentId: string | undefined,
  at: string,
) {
  const parcel = shipmentId !== undefined && { aboutId, kind: 'sent', detail: { shipmentId } }
  if (parcel && (await completeMail(trx, jobs, parcel, mail.detail))) return
  await queueMail(trx, jobs, { aboutId, recipient: personal.email, at, ...mail })
}

/** The order hears of a capture, a release, or a refund of which all parts are back. `operation` as it was asked for; `operations` are all of the order. */
export async function tellOrder(
  trx: Trx,
  deps: Deps,
  { order, operation }: Locked,
  operations: Operation[],
  providerId: string | null,
  at: string,
) {
  const { kind, purpose } = operation
  const orderId = order.id
  if (kind === 'release') return handle(trx, { type: 'RecordRelease', data: { orderId, at } }, deps, order)
  if (kind !== 'capture' && kind !== 'refund') return
  const whole = completedBy(operations, operation)
  if (whole === undefined) return
  const moved = { orderId, at, ...whole }
  if (kind === 'capture') {
    const data = { ...moved, shipmentId: purpose.id, captureId: providerId! }
    return handle(trx, { type: 'RecordCapture', data }, deps, order)
  }
  const data = { ...moved, returnId: purpose.id, refundId: providerId! }
  return handle(trx, { type: 'RecordRefund', data }, deps, order)
}

/** A definite no, or books that can be read in two ways: a person decides, and is called in the same transaction. */
export async function recordRefused(
  trx: Trx,
  deps: Deps,
  { order, operation }: Locked,
  attempt: number,
  type: 'RecordDeclined' | 'RecordAmbiguous',
  result: LastResult,
) {
  const { changed } = await changeOperation(trx, operation, { type, data: { attempt, result } })
  if (!changed) return
  const { id, orderId, kind, amount, currency } = operation
  await enqueueWaiting(trx, deps, await operationsOf(trx, orderId), id)
  if (kind === 'capture' && type === 'RecordDeclined' && order.state.status !== 'cancelled') {
    const { paymentId } = order.state.payment!
    // The customer has paid again meanwhile.
    if (operation.paymentId !== paymentId) return planCapturesAgain(trx, deps, order)
    if (result.reason === 'authorisation_expired')
      await deps.jobs.enqueue(trx, 'expire-authorisation', [{ data: { orderId, paymentId } }])
  }
  const refused = type === 'RecordDeclined' ? 'payment-declined-operation' : 'payment-stuck-operation'
  const alarm = kind === 'extend' ? 'authorisation-expiring' : refused
  const reason = result.reason === undefined ? {} : { reason: result.reason }
  const detail = { operationId: id, operation: kind, amount, currency, ...reason }
  await raiseAlarm(trx, { orderId, kind: alarm, detail, at: deps.clock.now().toString() }, deps.log)
}

/** No answer to build on yet. What was turned away at the door was not sent; anything else may have been. */
export async function recordUnsettled(
  trx: Trx,
  deps: Deps,
  { operation }: Locked,
  attempt: number,
  type: 'RecordTurnedAway' | 'RecordUnanswered',
  result: Failure | Pending,
) {
  const { changed } = await changeOperation(trx, operation, { type, data: { attempt, result } })
  if (changed && operation.firstSentAt !== undefined)
    await alarmIfOverdue(trx, deps, operation, operation.firstSentAt, result.kind)
}

/** Calls for a person about what has had no outcome for too long; `last` is what was last heard of it. */
export async function alarmIfOverdue(
  trx: Trx,
  { clock, log }: Pick<Deps, 'clock' | 'log'>,
  subject: { id: string; orderId: string; kind?: OperationKind; amount: number; currency: string },
  since: string,
  last?: string,
) {
  const now = clock.now()
  if (Temporal.Instant.compare(now.subtract(ALARM_AFTER), since) < 0) return
  const { id: operationId, orderId, kind: operation = 'start', amount, currency } = subject
  const detail = { operationId, operation, amount, currency, since, ...(last && { last }) }
  await raiseAlarm(trx, { orderId, kind: 'payment-stuck-operation', detail, at: now.toString() } satisfies Alarm, log)
}

/** Less was captured than is to be given back: the capture may still be heard of; if it is not, a person is called. */
export async function recordWaiting(trx: Trx, deps: Deps, refund: Operation) {
  const at = deps.clock.now().toString()
  const { operation } = await changeOperation(trx, refund, { type: 'WaitForCapture', data: { at } })
  await alarmIfOverdue(trx, deps, operation, operation.waitingSince!, 'waiting-for-capture')
}
