import { declined, doubted, earlierSuccess, ok, replied, whyNoRefund } from '../answer.ts'
import { uuidV5 } from '../idempotency-key.ts'
import type {
  AcknowledgeInput,
  CaptureInput,
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
import type { Klarna } from './context.ts'
import { klarnaLine, problemWith } from './lines.ts'
import { badResponse, failure } from './outcome.ts'
import { reconciled } from './reconcile.ts'
import { snapshotOf } from './snapshot.ts'

const REVIEW_CHECK_MINUTES = 10
/** Klarna's limit for a text that only people read: cut, for money must not wait for a long name. */
const MAX_CARRIER = 100

export async function read(klarna: Klarna, paymentId: string, signal?: AbortSignal): Promise<Result<Snapshot>> {
  const readAt = klarna.now()
  const answer = await klarna.send({ method: 'GET', path: orderPath(paymentId), signal })
  const reply = replied(answer, 200)
  if (reply === null) return failure(answer, klarna.now())
  const snapshot = snapshotOf(reply.body, readAt)
  return snapshot === null ? badResponse(answer) : ok(snapshot)
}

/** Two calls under two keys, since Klarna does not say whether a key counts per call or for all of them. */
export async function acknowledge(klarna: Klarna, input: AcknowledgeInput): Promise<Result<object>> {
  const { paymentId, intent, orderNumber, signal } = input
  const path = orderPath(paymentId)
  const key = intent.idempotencyKey
  const answer = await klarna.send({ method: 'POST', path: `${path}/acknowledge`, key, signal })
  if (replied(answer, 204) === null) return failure(answer, klarna.now())
  const named = await klarna.send({
    method: 'PATCH',
    path: `${path}/merchant-references`,
    key: uuidV5(key, 'merchant-references'),
    body: { merchant_reference1: orderNumber },
    signal,
  })
  return replied(named, 204) === null ? failure(named, klarna.now()) : ok({})
}

type Way = {
  call: 'captures' | 'refunds'
  amountField: string
  idHeader: string
  /** Why Klarna says no, told from its books. */
  reason(snapshot: Snapshot, amount: number): DeclineReason | null
}

const CAPTURE: Way = {
  call: 'captures',
  amountField: 'captured_amount',
  idHeader: 'capture-id',
  reason(snapshot, amount) {
    if (snapshot.state === 'cancelled') return 'authorisation_cancelled'
    if (snapshot.state === 'expired') return 'authorisation_expired'
    return amount > snapshot.capturable ? 'exceeds_authorisation' : null
  },
}

const REFUND: Way = {
  call: 'refunds',
  amountField: 'refunded_amount',
  idHeader: 'refund-id',
  reason: whyNoRefund,
}

export const capture = (klarna: Klarna, { shipment, ...input }: CaptureInput) =>
  move(klarna, CAPTURE, input, {
    shipping_info: shipment && [
      {
        shipping_company: shipment.carrier?.slice(0, MAX_CARRIER),
        tracking_number: shipment.trackingNumber,
      },
    ],
  })

export const refund = (klarna: Klarna, input: MoveInput) => move(klarna, REFUND, input, {})

async function move(klarna: Klarna, way: Way, input: MoveInput, extra: object): Promise<Result<Moved>> {
  const { paymentId, intent, amount, lines, signal } = input
  const problem = problemWith({ total: amount, lines })
  if (problem !== null) return doubted(intent, declined('invalid_request', problem))
  const answer = await klarna.send({
    method: 'POST',
    path: `${orderPath(paymentId)}/${way.call}`,
    key: intent.idempotencyKey,
    money: true,
    body: {
      [way.amountField]: amount.amount,
      reference: intent.intentId,
      order_lines: lines.map(klarnaLine),
      ...extra,
    },
    signal,
  })
  const id = replied(answer, 201)?.headers[way.idHeader]
  if (typeof id === 'string') return ok({ providerId: id })
  const failed = failure(answer, klarna.now())
  const refused = failed.kind === 'declined' && failed.reason === 'not_allowed'
  return doubted(intent, refused ? await explained(klarna, way, input, failed) : failed)
}

/** Klarna refuses in words for people. The books say why, and whether it is our own earlier success that is in the way. */
async function explained(klarna: Klarna, way: Way, input: MoveInput, refused: Failure): Promise<Result<Moved>> {
  const books = await read(klarna, input.paymentId, input.signal)
  if (books.kind !== 'ok') return refused
  const snapshot = books.value
  const own = snapshot[way.call].find((movement) => movement.reference === input.intent.intentId)
  if (own !== undefined) return earlierSuccess(own, input.amount, refused)
  if (snapshot.review === 'pending') {
    return { kind: 'pending', reason: 'fraud_review', checkAfter: klarna.now().add({ minutes: REVIEW_CHECK_MINUTES }) }
  }
  const reason = way.reason(snapshot, input.amount.amount)
  return reason === null ? refused : { kind: 'declined', reason, error: refused.error }
}

export async function release(klarna: Klarna, input: ReleaseInput): Promise<Result<Released>> {
  const { paymentId, intent, signal } = input
  const books = await read(klarna, paymentId, signal)
  if (books.kind !== 'ok') return doubted(intent, books)
  const { captured, capturable } = books.value
  if (nothingLeft(books.value)) return ok({ released: 0 })

  const call = captured === 0 ? 'cancel' : 'release-remaining-authorization'
  const path = `${orderPath(paymentId)}/${call}`
  const answer = await klarna.send({ method: 'POST', path, key: intent.idempotencyKey, money: true, signal })
  if (replied(answer, 204) !== null) return ok({ released: capturable })
  const failed = failure(answer, klarna.now())
  if (failed.kind !== 'declined') return failed
  const again = await read(klarna, paymentId, signal)
  return again.kind === 'ok' && nothingLeft(again.value) ? ok({ released: 0 }) : doubted(intent, failed)
}

const nothingLeft = ({ state, capturable }: Snapshot) => state === 'cancelled' || capturable === 0

export async function reconcile(klarna: Klarna, input: ReconcileInput): Promise<Result<Reconciled>> {
  const books = await read(klarna, input.paymentId, input.signal)
  return books.kind === 'ok' ? reconciled(input, books.value, klarna.graceMs) : books
}

export const orderPath = (paymentId: string) => `/ordermanagement/v1/orders/${encodeURIComponent(paymentId)}`
