import { declined, doubted, earlierSuccess, field, ok, replied, whyNoRefund } from '../answer.ts'
import type { Reply } from '../exchange.ts'
import type {
  DeclineReason,
  Failure,
  Moved,
  MoveInput,
  Reconciled,
  ReconcileInput,
  Released,
  ReleaseInput,
  Result,
  Snapshot,
} from '../port.ts'
import { problemWithAmount } from './amount.ts'
import type { Vipps } from './context.ts'
import { badResponse, failure } from './outcome.ts'
import { reconciled } from './reconcile.ts'
import { paymentPath } from './reference.ts'
import { amountsOf, snapshotOf } from './snapshot.ts'

/** The payment first and its events after, so that the log is never older than the totals it explains. */
export async function read(vipps: Vipps, paymentId: string, signal?: AbortSignal): Promise<Result<Snapshot>> {
  const readAt = vipps.now()
  const path = paymentPath(paymentId)
  const payment = await vipps.send({ method: 'GET', path, signal })
  const body = replied(payment, 200)?.body
  if (body === undefined) return failure(payment, vipps.now())
  const log = await vipps.send({ method: 'GET', path: `${path}/events`, signal })
  const events = replied(log, 200)?.body
  if (events === undefined) return failure(log, vipps.now())
  const snapshot = snapshotOf(body, events, { readAt, reservationDays: vipps.reservationDays })
  return snapshot?.paymentId === paymentId ? ok(snapshot) : badResponse(payment)
}

type Way = {
  call: 'capture' | 'refund'
  movements: 'captures' | 'refunds'
  total: 'captured' | 'refunded'
  /** Why Vipps says no, told from its books. */
  reason(snapshot: Snapshot, amount: number): DeclineReason | null
}

const CAPTURE: Way = {
  call: 'capture',
  movements: 'captures',
  total: 'captured',
  reason(snapshot, amount) {
    if (hasRunOut(snapshot)) return 'authorisation_expired'
    if (snapshot.state === 'cancelled') return 'authorisation_cancelled'
    return amount > snapshot.capturable ? 'exceeds_authorisation' : null
  },
}

const REFUND: Way = {
  call: 'refund',
  movements: 'refunds',
  total: 'refunded',
  reason: whyNoRefund,
}

const hasRunOut = ({ state, expiresAt, readAt }: Snapshot) =>
  state === 'expired' || (expiresAt !== null && Temporal.Instant.compare(readAt, expiresAt) >= 0)

export const capture = (vipps: Vipps, input: MoveInput) => move(vipps, CAPTURE, input)

export const refund = (vipps: Vipps, input: MoveInput) => move(vipps, REFUND, input)

async function move(vipps: Vipps, way: Way, input: MoveInput): Promise<Result<Moved>> {
  const { paymentId, intent, amount, signal } = input
  const problem = problemWithAmount(amount)
  if (problem !== null) return doubted(intent, declined('invalid_request', problem))
  const answer = await vipps.send({
    method: 'POST',
    path: `${paymentPath(paymentId)}/${way.call}`,
    key: intent.idempotencyKey,
    money: true,
    body: { modificationAmount: { value: amount.amount, currency: amount.currency } },
    signal,
  })
  const reply = replied(answer, 200)
  if (reply !== null) {
    return shows(reply, way, input) ? ok({ providerId: intent.idempotencyKey }) : badResponse(answer)
  }
  const failed = failure(answer, vipps.now())
  const refused = failed.kind === 'declined' && failed.reason !== 'not_found'
  return doubted(intent, refused ? await explained(vipps, way, input, failed) : failed)
}

/** Whether the answer speaks of this payment and its totals hold what was asked for. */
function shows({ body }: Reply, { total }: Way, { paymentId, amount }: MoveInput) {
  try {
    return field(body, 'reference') === paymentId && amountsOf(body)[total] >= amount.amount
  } catch {
    return false
  }
}

/** Vipps refuses in words for people. The books say why, and whether it is our own earlier success that is in the way. */
async function explained(vipps: Vipps, way: Way, input: MoveInput, refused: Failure): Promise<Result<Moved>> {
  const books = await read(vipps, input.paymentId, input.signal)
  if (books.kind !== 'ok') return refused
  const snapshot = books.value
  const own = snapshot[way.movements].find(({ providerId }) => providerId === input.intent.idempotencyKey)
  if (own !== undefined) return earlierSuccess(own, input.amount, refused)
  const reason = way.reason(snapshot, input.amount.amount)
  return reason === null ? refused : { kind: 'declined', reason, error: refused.error }
}

/** Vipps' one cancellation lets all go that was not captured, whether something was or not. */
export async function release(vipps: Vipps, input: ReleaseInput): Promise<Result<Released>> {
  const { paymentId, intent, signal } = input
  const books = await read(vipps, paymentId, signal)
  if (books.kind !== 'ok') return doubted(intent, books)
  const { capturable } = books.value
  if (capturable === 0) return ok({ released: 0 })

  const path = `${paymentPath(paymentId)}/cancel`
  const answer = await vipps.send({ method: 'POST', path, key: intent.idempotencyKey, money: true, signal })
  const reply = replied(answer, 200)
  if (reply !== null) return letGo(reply, paymentId) ? ok({ released: capturable }) : badResponse(answer)
  const failed = failure(answer, vipps.now())
  if (failed.kind !== 'declined') return failed
  const again = await read(vipps, paymentId, signal)
  if (again.kind !== 'ok') return doubted(intent, failed)
  if (again.value.capturable === 0) return ok({ released: 0 })
  return doubted(intent, hasRunOut(again.value) ? { ...failed, reason: 'authorisation_expired' } : failed)
}

function letGo({ body }: Reply, paymentId: string) {
  try {
    const { authorised, captured, cancelled } = amountsOf(body)
    return field(body, 'reference') === paymentId && authorised === captured + cancelled
  } catch {
    return false
  }
}

export async function reconcile(vipps: Vipps, input: ReconcileInput): Promise<Result<Reconciled>> {
  const books = await read(vipps, input.paymentId, input.signal)
  return books.kind === 'ok' ? reconciled(input, books.value, vipps.graceMs) : books
}
