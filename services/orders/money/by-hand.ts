import { httpError } from '@vilkar/server/problems.ts'
import { sql } from 'kysely'
import { resolveMoneyAlarms } from '../alarms/alarms.ts'
import type { Deps, Trx } from '../deps.ts'
import type { StoredOrder } from '../order/state.ts'
import { keepDecision, keepRetryOfSession, type Statement, wasSaid } from './decisions.ts'
import type { Drift, Finding } from './finding.ts'
import { hasRunOut } from './ledger.ts'
import { isHeldUp, type Operation } from './operation.ts'
import { changeOperation, insertOperation, operationsOf } from './operation-store.ts'
import { type Locked, recordExecuted, tellOrder } from './outcome.ts'
import { enqueueOperation } from './plan.ts'
import { lessShare, shareOf } from './portions.ts'
import { WHAT_HAPPENS } from './said.ts'
import { isSessionPayable, type PaymentSession } from './session.ts'
import { changeSession, lockSession } from './session-store.ts'

/** Has an operation tried again. Refused with 409 for what is done, ambiguous, or of no use to a cancelled order. */
export async function retryOperation(trx: Trx, deps: Deps, { order, operation }: Locked, said: Statement) {
  refuseUseless(order, operation)
  const { operation: after, refusal } = await changeOperation(trx, operation, { type: 'RetryOperation', data: {} })
  if (refusal) throw httpError(409, refusal.code, refusal.detail)
  await keepDecision(trx, deps, operation, 'retry', said)
  await enqueueOperation(trx, deps, operation.id)
  return after
}

/** Has a payment page that could not be opened tried again, while there is something to pay by it. */
export async function retrySession(
  trx: Trx,
  deps: Deps,
  found: PaymentSession,
  said: Statement,
): Promise<PaymentSession> {
  const { order, session } = await lockSession(trx, found)
  if (!isSessionPayable(session, order.state))
    throw httpError(409, 'payment-over', `There is nothing to pay: the order is ${order.state.status}.`)
  await keepRetryOfSession(trx, deps, session, said)
  await deps.jobs.enqueue(trx, 'start-payment', [{ data: { operationId: session.id } }])
  return (await changeSession(trx, session, { type: 'RetrySession', data: {} })).session
}

/**
 * Records what a person found out about an operation: that it was executed or was not, or of one that is held up, which
 * movement made by hand is a part of it. Said twice it happens once.
 */
export async function recordVerdict(
  trx: Trx,
  deps: Deps,
  { order, operation }: Locked,
  verdict: 'executed' | 'not-executed',
  said: Statement,
): Promise<Operation> {
  const happens = WHAT_HAPPENS[operation.status][verdict]
  if (happens !== 'record' && happens !== 'new-attempt') {
    if (await wasSaid(trx, operation.id, verdict, said.providerId)) return operation
    if (happens === 'part-by-hand' && isHeldUp(operation)) return takeByHand(trx, deps, { order, operation }, said)
    throw notAmbiguous(await changeOperation(trx, operation, { type: 'DenyOperation', data: {} }))
  }
  if (happens === 'record') {
    await checkMovement(trx, operation, said.providerId)
    await keepDecision(trx, deps, operation, verdict, said)
    return recordExecuted(trx, deps, { order, operation }, { providerId: said.providerId ?? null })
  }
  await keepDecision(trx, deps, operation, verdict, said)
  const denied = await changeOperation(trx, operation, { type: 'DenyOperation', data: {} })
  await enqueueOperation(trx, deps, operation.id)
  return denied.operation
}

/**
 * Takes a movement that was made elsewhere, such as in the provider's portal, into the ledger: as the operation of ours that
 * was refused and asked for as much, or else for itself. It is known from the comparison with the provider's books, never
 * from what the caller says. Said twice it happens once.
 */
export async function adoptMovement(
  trx: Trx,
  deps: Deps,
  order: StoredOrder,
  said: Statement & { providerId: string },
) {
  const { providerId } = said
  const operations = await operationsOf(trx, order.id)
  const booked = await bookedAs(trx, order.id, providerId)
  if (booked !== undefined) return operations.find(({ id }) => id === booked.operation_id)!
  const { paymentId, movement } = await shownMovement(trx, order.id, providerId)
  const operation = await operationFor(trx, order, operations, paymentId, movement)
  await keepDecision(trx, deps, operation, 'executed', said)
  const done = await recordExecuted(trx, deps, { order, operation }, { providerId, paymentId })
  // An authorisation that has run out waits for what was captured of it to be known.
  if (await hasRunOut(trx, order.id, paymentId, deps.clock.now()))
    await deps.jobs.enqueue(trx, 'expire-authorisation', [{ data: { orderId: order.id, paymentId } }])
  return done
}

function refuseUseless({ state }: StoredOrder, { kind, status }: Operation) {
  if (status === 'done' || status === 'ambiguous') return
  if (state.status === 'cancelled' && (kind === 'capture' || kind === 'extend'))
    throw httpError(409, 'order-cancelled', 'The order is cancelled: nothing of its payment is to be taken.')
}

const notAmbiguous = ({ refusal }: Awaited<ReturnType<typeof changeOperation>>) =>
  httpError(409, refusal!.code, refusal!.detail)

/** The movement must be one that the provider's books showed for this amount, and nobody else's. */
async function checkMovement(trx: Trx, { kind, amount, orderId, lastResult }: Operation, providerId?: string) {
  if (kind !== 'capture' && kind !== 'refund') return
  if (providerId === undefined)
    throw httpError(400, 'invalid-input', `body.providerId is required: which ${kind} of the provider's was it?`)
  const { candidates = [] } = lastResult ?? {}
  const movement = candidates.find((each) => each.providerId === providerId)
  if (movement === undefined || movement.amount !== amount)
    throw httpError(
      409,
      'movement-unknown',
      `The provider's books show no ${kind} ${providerId} of this amount, but: ${candidates.map((each) => each.providerId).join(', ')}.`,
    )
  if ((await bookedAs(trx, orderId, providerId)) !== undefined)
    throw httpError(409, 'movement-taken', `${providerId} is booked already, for another operation.`)
}

/** The ledger's entry of a capture or refund; undefined while it is not booked. */
const bookedAs = (trx: Trx, orderId: string, providerId: string) =>
  trx
    .selectFrom('ledger_entry')
    .select('operation_id')
    .where('order_id', '=', orderId)
    .where('provider_id', '=', providerId)
    .where('kind', 'in', ['captured', 'refunded'])
    .executeTakeFirst()

/** What was held up is, in part or as a whole, a movement that was made by hand: the rest of it is asked for. */
async function takeByHand(trx: Trx, deps: Deps, { order, operation }: Locked, said: Statement): Promise<Operation> {
  const { kind } = operation
  refuseUseless(order, operation)
  const movements = unassigned(await operationsOf(trx, order.id), operation)
  const movement = movements.find((each) => each.providerId === said.providerId)
  if (movement === undefined) {
    const names = movements.map((each) => each.providerId).join(', ') || 'none'
    throw httpError(
      409,
      'movement-unknown',
      said.providerId === undefined
        ? `Which ${kind} made by hand was it? Say so as providerId; the ledger has taken up: ${names}.`
        : `The ledger has taken up no ${kind} ${said.providerId} that was made by hand and is for nothing else. It has: ${names}.`,
    )
  }
  await keepDecision(trx, deps, operation, 'executed', said)
  const portion = lessShare(operation.portion!, Math.min(movement.amount, operation.amount))
  const taken = await changeOperation(trx, operation, { type: 'TakeByHand', data: { movement, portion } })
  if (taken.operation.status !== 'done') {
    await enqueueOperation(trx, deps, operation.id)
    return (await changeOperation(trx, taken.operation, { type: 'RetryOperation', data: {} })).operation
  }
  // Nothing is left to ask for: all of it was moved by hand, and is in the ledger already.
  const at = deps.clock.now().toString()
  const operations = await operationsOf(trx, order.id)
  await tellOrder(trx, deps, { order, operation: taken.operation }, operations, movement.providerId, at)
  await resolveMoneyAlarms(trx, order.id, at)
  return taken.operation
}

/** What was moved by hand, taken into the ledger since, and is not for anything yet: each with how much of it, in minor units. */
function unassigned(operations: Operation[], { kind, currency }: Operation) {
  const alike = operations.filter((each) => each.kind === kind && each.currency === currency)
  const used = alike.flatMap(({ byHand }) => byHand)
  return alike
    .filter(({ status, purpose }) => status === 'done' && purpose.kind === 'by-hand')
    .map(({ id, providerId, amount }) => ({
      ...{ operationId: id, providerId: providerId! },
      amount: used.reduce((left, part) => (part.operationId === id ? left - part.amount : left), amount),
    }))
    .filter(({ amount }) => amount > 0)
}

type Movement = Extract<Drift, { kind: 'movement-not-in-ledger' }>

/** The movement as the newest comparison that knows it has shown it. */
async function shownMovement(trx: Trx, orderId: string, providerId: string) {
  const { rows } = await sql<{ body: Finding }>`
    select body from reconciliation_finding finding join reconciliation_run run on run.id = finding.run_id
    where finding.order_id = ${orderId} and drift and body -> 'drift' @> ${JSON.stringify([{ kind: 'movement-not-in-ledger', providerId }])}::jsonb
    order by run.asked_at desc limit 1`.execute(trx)
  const movement = rows[0]?.body.drift.find(
    (each): each is Movement => each.kind === 'movement-not-in-ledger' && each.providerId === providerId,
  )
  if (movement === undefined)
    throw httpError(
      409,
      'movement-unknown',
      `No comparison with the provider's books has shown ${providerId} for this order. Have the day compared first: POST /payments/reconciliation.`,
    )
  return { paymentId: rows[0]!.body.paymentId, movement }
}

/** What the movement is booked for: our own operation that was refused, or one that is made for it. */
async function operationFor(
  trx: Trx,
  { id: orderId, state: { placed } }: StoredOrder,
  operations: Operation[],
  paymentId: string,
  { movement: kind, amount }: Movement,
): Promise<Operation> {
  const moving = operations.filter((each) => each.kind === 'capture' || each.kind === 'refund')
  if (moving.some(({ status }) => WHAT_HAPPENS[status].adopt === 'refused'))
    throw httpError(
      409,
      'operation-open',
      'A capture or refund of this order has no outcome yet, and the movement may be its own. Settle it first.',
    )
  const refused = moving.find(
    (each) =>
      WHAT_HAPPENS[each.status].adopt === 'record' &&
      each.kind === kind &&
      each.amount === amount &&
      each.paymentId === paymentId,
  )
  if (refused !== undefined) return refused
  const id = crypto.randomUUID()
  const purpose = { kind: 'by-hand', id } as const
  const share = { amount, portion: shareOf(placed, amount), currency: placed.currency }
  const data = { id, orderId, kind, purpose, part: 1, paymentId, ...share }
  return (await insertOperation(trx, { type: 'PlanOperation', data }))!
}
