import type { Job } from '@vilkar/server/jobs.ts'
import { transact } from '@vilkar/server/transact.ts'
import { raiseAlarm } from '../../alarms/alarms.ts'
import type { Deps, Trx } from '../../deps.ts'
import { pendingChange } from '../../order/address.ts'
import { lockOrder } from '../../order/handle.ts'
import type { StoredOrder } from '../../order/state.ts'
import { allocateRefund, refundable } from '../allocate-refund.ts'
import { callProvider, type Outcome, type Sending } from '../call-provider.ts'
import { creditUnpaid } from '../claim.ts'
import { providerOf } from '../ledger.ts'
import { isOpen, type Operation } from '../operation.ts'
import { changeOperation, lockOperation, operationsOf } from '../operation-store.ts'
import {
  breaksAConstraint,
  brokenConstraint,
  type Execution,
  type Locked,
  paymentOf,
  recordExecuted,
  recordRefused,
  recordUnsettled,
  recordWaiting,
  tellOrder,
} from '../outcome.ts'
import { less, totalOf } from '../portions.ts'

/**
 * Carries out one stored money operation. One of an order is in flight at a time. After an unknown outcome the
 * provider's truth is read before anything is sent again, so that money never moves twice. The queue keeps the name that
 * it had: jobs of an earlier version may wait in it.
 */
export const sendOperation = (deps: Deps): Job<{ operationId: string }> => ({
  name: 'settle-payment',
  concurrency: 4,
  async run({ operationId }) {
    const claimed = await claim(deps, operationId)
    if (claimed === undefined) return
    if (claimed === 'waiting-for-capture') throw new Error('The refund waits for the capture that it gives back.')
    const { operation, wasSent } = claimed
    const outcome = await callProvider(deps, claimed)
    const { paymentId } = operation
    if (outcome.kind === 'ok') return recordOrAlarm(deps, operation, { ...outcome.value, paymentId })
    await recordFailure(deps, operation, outcome, wasSent)
    if (outcome.kind !== 'ambiguous' && outcome.kind !== 'declined')
      throw new Error(`The ${operation.kind} is not settled yet: ${outcome.kind}`, { cause: outcome })
  },
})

/**
 * Marks the operation as sent before anything is sent. Undefined when its outcome is known, `waiting-for-capture` when
 * there is nothing yet that it could give back; throws when another is in flight.
 */
const claim = (deps: Deps, operationId: string) =>
  deps.db.transaction().execute(async (trx): Promise<Sending | undefined | 'waiting-for-capture'> => {
    const { order_id } = await trx
      .selectFrom('money_operation')
      .select('order_id')
      .where('id', '=', operationId)
      .executeTakeFirstOrThrow()
    const order = (await lockOrder(trx, order_id))!
    const operations = await operationsOf(trx, order_id)
    const found = operations.find(({ id }) => id === operationId)!
    if (!isOpen(found)) return
    if (found.kind === 'refund' && nothingWasTaken(order, operations)) {
      await changeOperation(trx, found, { type: 'DropOperation', data: { because: 'nothing_taken' } })
      return
    }
    if (found.kind === 'capture' && found.purpose.kind === 'shipment' && pendingChange(order.state))
      throw new Error(
        'Whether the goods went elsewhere is not answered yet, and the invoice is to say where they went.',
      )
    if (operations.some(({ inFlight }) => inFlight))
      throw new Error('Another money operation of this order is in flight.')
    if (operations.some((other) => goesBefore(other, found)))
      throw new Error('An earlier money operation of this order has no outcome yet.')
    const allocated = await allocate(trx, deps, order, found, operations)
    if (allocated === undefined) return 'waiting-for-capture'
    if (allocated === 'nothing-taken') return
    return send(trx, deps, order, allocated)
  })

/**
 * A refund says first to which payment it goes back. Undefined: less was captured than it gives back, so it waits. What was
 * captured in the end may be less than was decided: what was claimed of the rest is credited, a person sees that, and when nothing
 * was captured the return hears so.
 */
async function allocate(trx: Trx, deps: Deps, order: StoredOrder, operation: Operation, operations: Operation[]) {
  if (operation.kind !== 'refund' || operation.paymentId !== undefined) return operation
  const given = await refundable(trx, operations, operation)
  const allocated = await allocateRefund(trx, deps, order, operation, operations)
  if (allocated === undefined) {
    await recordWaiting(trx, deps, operation)
    return undefined
  }
  const at = deps.clock.now().toString()
  const { orderId, purpose, amount: decided, currency } = operation
  const amount = totalOf(given)
  let after = order
  if (totalOf(operation.portion!) > amount && operation.byHand.length === 0) {
    const reduced = await creditUnpaid(trx, deps, order, less(operation.portion!, given))
    after = reduced.order
    const { credited } = reduced
    const detail = { returnId: purpose.id, decided, captured: amount, currency, ...(credited > 0 && { credited }) }
    await raiseAlarm(trx, { orderId, kind: 'refund-less-than-decided', detail, at }, deps.log)
  }
  if (allocated !== 'nothing-taken') return allocated
  const dropped = await changeOperation(trx, operation, { type: 'DropOperation', data: { because: 'nothing_taken' } })
  await tellOrder(
    trx,
    deps,
    { order: after, operation: { ...dropped.operation, amount: 0 } },
    operations,
    purpose.id,
    at,
  )
  return 'nothing-taken'
}

/** From now on it is about this payment, also when another one takes over before its outcome is known. */
async function send(trx: Trx, { clock, providers }: Deps, order: StoredOrder, before: Operation): Promise<Sending> {
  const paymentId = paymentOf(before, order)
  const provider = providers.named(await providerOf(trx, order.id, paymentId))
  const data = { at: clock.now().toString(), paymentId }
  const { operation } = await changeOperation(trx, before, { type: 'SendOperation', data }, { claims: true })
  const wasSent = before.status === 'sent'
  return { operation, order, provider, wasSent, wasTried: before.firstSentAt !== undefined }
}

/** The order ended before any money was taken, and what was held is let go: a refund that crossed that has nothing to give. */
const nothingWasTaken = ({ state }: StoredOrder, operations: readonly Operation[]) =>
  state.status === 'cancelled' &&
  state.captured === 0 &&
  !operations.some(({ kind, status }) => kind === 'capture' && status !== 'declined')

/**
 * Money operations of an order come one after the other. One whose outcome is open may have happened: a refund that
 * overtook the capture before it would fit the provider's books and not ours. `operations` come oldest first.
 */
function goesBefore(other: Operation, operation: Operation) {
  if (other.id === operation.id) return false
  if (other.status === 'sent') return operation.status !== 'sent' || other.firstSentAt! < operation.firstSentAt!
  return (
    other.status === 'planned' &&
    other.kind !== 'refund' &&
    operation.status !== 'sent' &&
    `${other.createdAt} ${other.id}` < `${operation.createdAt} ${operation.id}`
  )
}

async function recordFailure(
  deps: Deps,
  { id, attempt }: Operation,
  outcome: Exclude<Outcome, { kind: 'ok' }>,
  wasSent: boolean,
) {
  await transact(deps, async (trx) => {
    const locked = (await lockOperation(trx, id))!
    if (outcome.kind === 'ambiguous') return recordRefused(trx, deps, locked, attempt, 'RecordAmbiguous', outcome)
    if (outcome.kind === 'declined') return recordRefused(trx, deps, locked, attempt, 'RecordDeclined', outcome)
    const unsent = outcome.kind === 'not_sent' && !wasSent
    return recordUnsettled(trx, deps, locked, attempt, unsent ? 'RecordTurnedAway' : 'RecordUnanswered', outcome)
  })
}

/**
 * Records what the provider did. What does not fit the ledger, or is not what is asked for by now (this worker came back late,
 * and a part was moved by hand meanwhile), is not booked, and not forgotten either: a person is called, who finds the
 * provider's movement with the operation.
 */
async function recordOrAlarm(deps: Deps, { id, amount }: Operation, execution: Execution) {
  const doesNotFit = (trx: Trx, locked: Locked, reason: string) => {
    const { providerId } = execution
    const candidates = providerId === null ? [] : [{ providerId, amount }]
    const result = { kind: 'does_not_fit', reason, candidates }
    return recordRefused(trx, deps, locked, locked.operation.attempt, 'RecordAmbiguous', result)
  }
  try {
    await transact(deps, async (trx) => {
      const locked = (await lockOperation(trx, id))!
      if (locked.operation.amount !== amount) await doesNotFit(trx, locked, 'moved_by_hand_meanwhile')
      else await recordExecuted(trx, deps, locked, execution)
    })
  } catch (error) {
    if (!breaksAConstraint(error)) throw error
    const reason = brokenConstraint(error)
    deps.log.error({ err: error, operation: id, reason }, 'what the provider did does not fit the ledger')
    await transact(deps, async (trx) => doesNotFit(trx, (await lockOperation(trx, id))!, reason))
  }
}
