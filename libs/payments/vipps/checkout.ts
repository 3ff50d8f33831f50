import { randomUUID } from 'node:crypto'
import { declined, field, ok, replied } from '../answer.ts'
import { whyNotTaken } from '../coverage.ts'
import type { Result, Session, Started, StartInput } from '../port.ts'
import { problemWithAmount } from './amount.ts'
import type { Vipps } from './context.ts'
import type { Answer } from './outcome.ts'
import { badResponse, failure } from './outcome.ts'
import { isReference, paymentPath } from './reference.ts'
import { amountsOf } from './snapshot.ts'

const MAX_DESCRIPTION = 100
/** How long a customer has to approve a payment of the flow WEB_REDIRECT; answers do not name the end. */
const APPROVE_WITHIN_MINUTES = 10

/**
 * Creates a payment and gives the address where the customer approves it. Its reference is the intent's key, so that a
 * repeat after a lost answer speaks of the same payment and gets the same address. Vipps takes no order lines, and
 * sends the customer back to one address, whatever they chose: the shop's page there asks how it went.
 */
export async function start(vipps: Vipps, input: StartInput): Promise<Result<Started>> {
  const { intent, total, signal } = input
  const problem = problemWithAmount(total) ?? whyNotTaken('vipps', { ...total, country: input.country })
  if (problem !== null) return declined('invalid_request', problem)
  const reference = intent.idempotencyKey
  if (!isReference(reference)) return declined('invalid_request', 'The key is not one that Vipps takes as a reference.')

  const body = paymentOf(input, reference)
  const answer = await vipps.send({ method: 'POST', path: '/epayment/v1/payments', key: reference, body, signal })
  const created = replied(answer, 201)
  if (created !== null) return startedFrom(vipps, created.body, reference) ?? badResponse(answer)
  const failed = failure(answer, vipps.now())
  if (failed.kind !== 'unknown' || failed.cause !== 'conflict') return failed
  // The reference is taken. If it is by this very order, still to be approved, an earlier try of ours went well.
  const earlier = await vipps.send({ method: 'GET', path: paymentPath(reference), signal })
  const found = replied(earlier, 200)?.body
  const isOurs =
    field(found, 'state') === 'CREATED' &&
    field(field(found, 'metadata'), 'orderId') === input.orderId &&
    field(field(found, 'amount'), 'value') === total.amount &&
    field(field(found, 'amount'), 'currency') === total.currency
  return (isOurs && startedFrom(vipps, found, reference)) || failed
}

const paymentOf = ({ total, orderId, orderNumber, language, urls }: StartInput, reference: string) => ({
  amount: { value: total.amount, currency: total.currency },
  paymentMethod: { type: 'WALLET' },
  reference,
  userFlow: 'WEB_REDIRECT',
  returnUrl: urls.success,
  paymentDescription: `${language === 'nb' ? 'Ordre' : 'Order'} ${orderNumber}`.slice(0, MAX_DESCRIPTION),
  metadata: { orderNumber, orderId },
})

function startedFrom({ now }: Vipps, body: unknown, reference: string): Result<Started> | null {
  const url = field(body, 'redirectUrl')
  if (field(body, 'reference') !== reference || typeof url !== 'string') return null
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return null
  return ok({ sessionId: reference, url, expiresAt: now().add({ minutes: APPROVE_WITHIN_MINUTES }) })
}

/** What each state of a payment means. All but CREATED are final: an aborted payment is not taken up again. */
const STATES: Record<string, Exclude<Session['state'], 'completed'>> = {
  CREATED: 'waiting',
  ABORTED: 'declined',
  EXPIRED: 'expired',
  TERMINATED: 'expired',
}

export async function readSession(vipps: Vipps, sessionId: string, signal?: AbortSignal): Promise<Result<Session>> {
  const answer = await vipps.send({ method: 'GET', path: paymentPath(sessionId), signal })
  const payment = replied(answer, 200)
  if (payment === null) return failure(answer, vipps.now())
  const status = field(payment.body, 'state')
  if (status === 'AUTHORIZED') return ok({ state: 'completed', paymentId: sessionId })
  const state = STATES[String(status)]
  return state === undefined ? badResponse(answer) : ok({ state })
}

/**
 * Terminates a payment that nobody has approved. `cancelTransactionOnly` keeps Vipps from letting an approved one's
 * money go when the customer is faster. It is once and for all, so that each try may have a key of its own: under the
 * same key Vipps would repeat an old refusal.
 */
export async function closeSession(vipps: Vipps, sessionId: string, signal?: AbortSignal): Promise<Result<object>> {
  const path = `${paymentPath(sessionId)}/cancel`
  const body = { cancelTransactionOnly: true }
  const answer = await vipps.send({ method: 'POST', path, key: randomUUID(), body, signal })
  if (isOver(answer)) return ok({})
  const failed = replied(answer, 200) === null ? failure(answer, vipps.now()) : badResponse(answer)
  if (failed.kind !== 'declined' && failed.error.httpStatus !== 200) return failed
  const session = await readSession(vipps, sessionId, signal)
  if (session.kind !== 'ok' || session.value.state === 'waiting') return failed
  if (session.value.state !== 'completed') return ok({})
  return { kind: 'declined', reason: 'already_paid', error: failed.error }
}

/** Whether nobody can pay any more, as an answer to a cancellation tells it. */
function isOver(answer: Answer) {
  const body = replied(answer, 200)?.body
  if (field(body, 'state') === 'TERMINATED') return true
  if (field(body, 'state') !== 'AUTHORIZED') return false
  try {
    const { authorised, cancelled } = amountsOf(body)
    return authorised === cancelled
  } catch {
    return false
  }
}
