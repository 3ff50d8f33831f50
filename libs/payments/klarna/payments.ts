import { declined, doubted, field, ok, replied } from '../answer.ts'
import type { Authorised, AuthoriseInput, Failure, Result, Session, Started, StartInput } from '../port.ts'
import type { FrontEnd, Klarna } from './context.ts'
import { badResponse, failure } from './outcome.ts'
import { orderRequest, withQuery } from './session.ts'
import { instant } from './snapshot.ts'

const REVIEW_CHECK_MINUTES = 10
/** A session lasts two days, as its `expires_at` says when it is read; the answer that opens it does not. */
const SESSION_HOURS = 48

/** Opens a Klarna Payments session, whose widget runs on our own checkout page. Until `authorise` nothing is bought. */
async function start(klarna: Klarna, input: StartInput): Promise<Result<Started>> {
  const { checkout, notification } = input.urls
  if (checkout === undefined) return declined('invalid_request', 'There is no checkout page of ours for the widget.')

  const order = orderRequest(klarna.name, input)
  // Klarna names the session in the body of the callback; the query names it when there is no body.
  const authorization = withQuery(notification, 'session_id={session.id}')
  const answer = await klarna.send({
    method: 'POST',
    path: '/payments/v1/sessions',
    body: { intent: 'buy', ...order, merchant_urls: { ...order.merchant_urls, authorization } },
    signal: input.signal,
  })
  const session = replied(answer, 200)
  if (session === null) return failure(answer, klarna.now())
  const sessionId = field(session.body, 'session_id')
  const token = field(session.body, 'client_token')
  if (typeof sessionId !== 'string' || typeof token !== 'string') return badResponse(answer)
  return ok({
    sessionId,
    url: checkout,
    expiresAt: klarna.now().add({ hours: SESSION_HOURS }),
    widget: { kind: 'client_token', value: token },
    request: JSON.stringify(order),
  })
}

/**
 * Places the order that the customer approved: POST /payments/v1/authorizations/{token}/order. Klarna places one order
 * per token and keeps its answer, refusals included: after an unknown the same bytes are sent again, and after a refusal
 * the customer has to approve anew.
 */
async function authorise(klarna: Klarna, input: AuthoriseInput): Promise<Result<Authorised>> {
  const { intent, approvalToken, request, signal } = input
  const path = `${tokenPath(approvalToken)}/order`
  const answer = await klarna.send({ method: 'POST', path, body: request, signal })
  const reply = replied(answer, 200)
  if (reply === null) return doubted(intent, refusal(failure(answer, klarna.now())))

  const paymentId = field(reply.body, 'order_id')
  if (typeof paymentId !== 'string' || paymentId === '') return badResponse(answer)
  if (field(reply.body, 'fraud_status') === 'PENDING') {
    const checkAfter = klarna.now().add({ minutes: REVIEW_CHECK_MINUTES })
    return { kind: 'pending', reason: 'fraud_review', checkAfter, paymentId }
  }
  return ok({ paymentId })
}

/** Why Klarna places no order, where its codes alone don't tell: docs.klarna.com, "Error codes for Klarna Payments". */
function refusal(failed: Failure): Failure {
  const { code, httpStatus, messages } = failed.error
  const declined = (reason: 'authorisation_expired' | 'already_paid' | 'invalid_request'): Failure => ({
    kind: 'declined',
    reason,
    error: failed.error,
  })
  if (httpStatus === 404 && code === 'NOT_FOUND') return declined('authorisation_expired')
  if (httpStatus === 404 && code === 'SESSION_COMPLETED') return declined('already_paid')
  if (httpStatus === 403 && code === 'INVALID_OPERATION') return declined('already_paid')
  // Any other conflict may mean that there is an order, only with another body: that is no refusal.
  if (httpStatus === 409 && messages.some((message) => /not matching/i.test(message)))
    return declined('invalid_request')
  return failed
}

/** Klarna Payments does not say which order a session became: the answer to `authorise`, or the push, does. */
async function readSession(klarna: Klarna, sessionId: string, signal?: AbortSignal): Promise<Result<Session>> {
  const answer = await klarna.send({ method: 'GET', path: sessionPath(sessionId), signal })
  if (replied(answer, 404)?.whole === true) return ok({ state: 'expired' })
  const session = replied(answer, 200)
  if (session === null) return failure(answer, klarna.now())

  const token = field(session.body, 'authorization_token')
  const approved = typeof token === 'string' ? { approvalToken: token } : {}
  const status = String(field(session.body, 'status')).toLowerCase()
  if (status === 'complete') return ok({ state: 'waiting', ...approved, placed: true })
  if (status !== 'incomplete') return badResponse(answer)
  const expiresAt = instant(field(session.body, 'expires_at'))
  const over = expiresAt !== null && Temporal.Instant.compare(expiresAt, klarna.now()) <= 0
  return ok(over ? { state: 'expired', placed: false } : { state: 'waiting', ...approved, placed: false })
}

/** Gives back an approval that was not used. Nobody but us can place the order, so nothing else has to be closed. */
async function closeSession(klarna: Klarna, sessionId: string, signal?: AbortSignal): Promise<Result<object>> {
  const answer = await klarna.send({ method: 'GET', path: sessionPath(sessionId), signal })
  if (replied(answer, 404)?.whole === true) return ok({})
  const session = replied(answer, 200)
  if (session === null) return failure(answer, klarna.now())
  if (String(field(session.body, 'status')).toLowerCase() === 'complete') {
    const error = { httpStatus: 200, code: null, messages: ['The session is complete.'], correlationId: null }
    return { kind: 'declined', reason: 'already_paid', error }
  }
  const token = field(session.body, 'authorization_token')
  if (typeof token !== 'string') return ok({})
  const gone = await klarna.send({ method: 'DELETE', path: tokenPath(token), signal })
  return replied(gone, 204) !== null || replied(gone, 404)?.whole === true ? ok({}) : failure(gone, klarna.now())
}

const sessionPath = (sessionId: string) => `/payments/v1/sessions/${encodeURIComponent(sessionId)}`
const tokenPath = (token: string) => `/payments/v1/authorizations/${encodeURIComponent(token)}`

/** Klarna Payments (v1) as the front end: its widget on our page, and the order placed by us. */
export const klarnaPayments: FrontEnd = {
  placedBy: 'shop',
  start,
  readSession,
  closeSession,
  authorise,
}
