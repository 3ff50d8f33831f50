import type { Deps, Trx } from '../deps.ts'
import { dueFor } from '../order/payment.ts'
import type { Portion, StoredOrder } from '../order/state.ts'
import type { Operation, OperationKind, Purpose } from './operation.ts'
import { changeOperation, insertOperation, operationsOf } from './operation-store.ts'
import { shareOf, totalOf, untaken, without } from './portions.ts'
import { insertSession } from './session-store.ts'

/** How the room of money is told what to do. Everything is stored in the caller's transaction, which has the order locked. */

type Jobs = Pick<Deps, 'jobs'>
type Plan = {
  kind: OperationKind
  purpose: Purpose
  /** Minor units of the order's currency. */
  amount: number
  portion?: Portion
  parcel?: Operation['parcel']
  paymentId?: string
}

/** Stores what is to be asked of the payment provider, once per purpose, and the job that asks it. */
export async function planOperation(trx: Trx, { jobs }: Jobs, { id: orderId, state }: StoredOrder, plan: Plan) {
  const { currency } = state.placed
  const data = { id: crypto.randomUUID(), orderId, part: 1, currency, ...plan }
  const operation = await insertOperation(trx, { type: 'PlanOperation', data })
  if (operation) await enqueueOperation(trx, { jobs }, operation.id)
}

/** Has a stored operation carried out, or looked at again. */
export const enqueueOperation = (trx: Trx, { jobs }: Jobs, operationId: string) =>
  jobs.enqueue(trx, 'settle-payment', [{ data: { operationId } }])

/**
 * Has what waits for its turn tried at once, now that what it waited for has an outcome (`endedId`: an operation): its own next try may
 * be minutes away. `operations` are all of the order.
 */
export const enqueueWaiting = (trx: Trx, { jobs }: Jobs, operations: readonly Operation[], endedId?: string) =>
  jobs.enqueue(
    trx,
    'settle-payment',
    operations
      .filter(({ id, status }) => id !== endedId && (status === 'planned' || status === 'waiting-for-capture'))
      .map(({ id }) => ({ data: { operationId: id } })),
  )

/** Lets go of all that is held of a payment. The provider says how much that is. */
export const planRelease = (trx: Trx, deps: Jobs, order: StoredOrder, paymentId: string) =>
  planOperation(trx, deps, order, {
    kind: 'release',
    purpose: { kind: 'payment', id: paymentId },
    amount: 0,
    paymentId,
  })

/** Has another payment session opened, for what is not held any more since the authorisation of a payment ran out. */
export async function openSession(
  trx: Trx,
  { jobs }: Jobs,
  { id: orderId, state }: StoredOrder,
  replacesPaymentId: string,
) {
  const { currency } = state.placed
  const data = { orderId, replacesPaymentId, amount: dueFor(state), currency, portion: untaken(state) }
  const id = crypto.randomUUID()
  await insertSession(trx, { type: 'PlanSession', data: { id, ...data } })
  await jobs.enqueue(trx, 'start-payment', [{ data: { operationId: id } }])
}

/** Captures that a payment refused which is not the order's any more, since it ran out, are asked of the one that took over. */
export async function planCapturesAgain(trx: Trx, deps: Jobs, order: StoredOrder) {
  const current = order.state.payment!.paymentId
  for (const operation of await operationsOf(trx, order.id))
    if (operation.kind === 'capture' && operation.status === 'declined' && operation.paymentId !== current) {
      await changeOperation(trx, operation, { type: 'RetryOperation', data: {} })
      await enqueueOperation(trx, deps, operation.id)
    }
}

/** The order ended before its goods left: what was taken is paid back, what is held is let go, what was not sent is dropped. */
export async function planEnd(trx: Trx, deps: Jobs, order: StoredOrder) {
  const { captured, refunded, placed, payment } = order.state
  if (captured > refunded) await planRefundOfAll(trx, deps, order)
  if (captured >= placed.totals.total) return
  for (const operation of await operationsOf(trx, order.id))
    if (operation.kind === 'capture' || operation.kind === 'extend')
      await changeOperation(trx, operation, { type: 'DropOperation', data: { because: 'order_cancelled' } })
  await planRelease(trx, deps, order, payment!.paymentId)
}

/**
 * Refunds captured − refunded − pending refunds, of each line what is left of it; where nobody knows that, since some was moved
 * by hand, a share of each.
 */
export async function planRefundOfAll(trx: Trx, deps: Jobs, order: StoredOrder) {
  const { captured, refunded, placed } = order.state
  const operations = await operationsOf(trx, order.id)
  const refunds = operations.filter(({ kind }) => kind === 'refund')
  const amount = captured - refunded - pendingRefundTotal(refunds)
  if (amount <= 0) return
  const left = leftOf(operations)
  const portion = totalOf(left) === amount ? left : shareOf(placed, amount)
  // More may be taken after the first of it went back, such as by hand: that is a refund of its own.
  const first = !refunds.some(({ purpose }) => purpose.kind === 'whole-order')
  const purpose: Purpose = { kind: 'whole-order', id: first ? order.id : crypto.randomUUID() }
  await planOperation(trx, deps, order, { kind: 'refund', purpose, amount, portion })
}

/** Line by line what these operations have taken, less what they give back, done or not. */
function leftOf(operations: Operation[]): Portion {
  const portionsOf = (some: Operation[]) => some.map(({ portion }) => portion ?? { lines: [], deliveryAmount: 0 })
  const taken = portionsOf(operations.filter(({ kind, status }) => kind === 'capture' && status === 'done'))
  const back = portionsOf(operations.filter(({ kind }) => kind === 'refund'))
  const delivery = (some: Portion[]) => some.reduce((sum, { deliveryAmount }) => sum + deliveryAmount, 0)
  const all = Map.groupBy(
    taken.flatMap(({ lines }) => lines),
    ({ lineId }) => lineId,
  )
  const lines = [...all].map(([lineId, units]) => ({
    lineId,
    quantity: units.reduce((sum, { quantity }) => sum + quantity, 0),
    amount: sumOf(units),
  }))
  const { lines: left } = without(
    { lines, deliveryAmount: 0 },
    back.flatMap((each) => each.lines),
  )
  return { lines: left.filter((each) => each.amount > 0), deliveryAmount: delivery(taken) - delivery(back) }
}

/**
 * Units never leave that were paid for before shipment, as was stated: what they cost goes back. What is not taken yet is
 * taken less them.
 */
export async function planRefundOfStopped(trx: Trx, deps: Jobs, order: StoredOrder, { requestId, stopped }: Stopped) {
  const amount = sumOf(stopped)
  const operations = await operationsOf(trx, order.id)
  const early = operations.some(({ kind, purpose }) => kind === 'capture' && purpose.kind === 'whole-order')
  if (amount === 0 || !early) return
  const portion = { lines: stopped.filter((each) => each.amount > 0), deliveryAmount: 0 }
  await planOperation(trx, deps, order, { kind: 'refund', purpose: { kind: 'stop', id: requestId }, amount, portion })
}
type Stopped = { requestId: string; stopped: Portion['lines'] }

const sumOf = (amounts: { amount: number }[]) => amounts.reduce((sum, { amount }) => sum + amount, 0)
const nameOf = ({ purpose }: Pick<Operation, 'purpose'>) => `${purpose.kind} ${purpose.id}`

/** How much of these refunds, in minor units, the order has not heard of: those that are not done, with all their parts. */
export function pendingRefundTotal(refunds: Operation[]) {
  const pending = new Set(refunds.filter(({ status }) => status !== 'done').map(nameOf))
  return sumOf(refunds.filter((refund) => pending.has(nameOf(refund))))
}

/** The operations that are for the same as this one, which may be among them. */
export const partsOf = (operations: Operation[], operation: Operation) =>
  operations.filter((other) => other.kind === operation.kind && nameOf(other) === nameOf(operation))

/**
 * The whole that this part completes, in minor units, and how much of it an earlier event has recorded; undefined while
 * other parts are not done. The order and the return hear of a refund once, when all of it is back.
 */
export function completedBy(operations: Operation[], operation: Operation) {
  const parts = partsOf(operations, operation).filter(({ id }) => id !== operation.id)
  if (parts.some(({ status }) => status !== 'done')) return undefined
  const all = [...parts, operation]
  const alreadyRecordedAmount = sumOf(all.flatMap(({ byHand }) => byHand))
  return { amount: sumOf(all) + alreadyRecordedAmount, alreadyRecordedAmount }
}
