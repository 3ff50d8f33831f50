import { declined, field, ok, replied } from '../answer.ts'
import type { Result, Session, Started, StartInput } from '../port.ts'
import type { FrontEnd, Klarna } from './context.ts'
import { badResponse, failure } from './outcome.ts'
import { orderRequest, withQuery } from './session.ts'
import { instant } from './snapshot.ts'

/** What each status of a hosted payment page means. BACK and CANCELLED are the customer's doing, DISABLED is ours. */
const STATES: Record<string, Exclude<Session['state'], 'completed'>> = {
  WAITING: 'waiting',
  IN_PROGRESS: 'waiting',
  MANUAL_ID_CHECK: 'waiting',
  BACK: 'abandoned',
  CANCELLED: 'abandoned',
  FAILED: 'declined',
  ERROR: 'declined',
  DISABLED: 'expired',
}

/**
 * Opens a Klarna Payments session and a hosted payment page over it, on which Klarna itself places the order. So a
 * lost answer or a customer who never returns cannot lose the order: it is in the page's session. Klarna has no
 * idempotency for sessions and needs none, for a page whose address nobody got cannot be paid.
 */
async function start(klarna: Klarna, input: StartInput): Promise<Result<Started>> {
  const { signal, urls } = input
  const opened = await klarna.send({
    method: 'POST',
    path: '/payments/v1/sessions',
    body: { intent: 'buy', ...orderRequest(klarna.name, input) },
    signal,
  })
  const session = replied(opened, 200)
  if (session === null) return failure(opened, klarna.now())
  const paymentSessionId = field(session.body, 'session_id')
  if (typeof paymentSessionId !== 'string') return badResponse(opened)

  const { success, cancel } = urls
  const answer = await klarna.send({
    method: 'POST',
    path: '/hpp/v1/sessions',
    body: {
      payment_session_url: `${klarna.baseUrl}/payments/v1/sessions/${paymentSessionId}`,
      merchant_urls: {
        success,
        cancel,
        back: cancel,
        failure: cancel,
        error: cancel,
        status_update: withQuery(urls.notification, 'session_id={{session_id}}'),
      },
      options: { place_order_mode: 'PLACE_ORDER' },
    },
    signal,
  })
  const page = replied(answer, 201)
  if (page === null) return failure(answer, klarna.now())
  const sessionId = field(page.body, 'session_id')
  const url = field(page.body, 'redirect_url')
  if (typeof sessionId !== 'string' || typeof url !== 'string' || !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    return badResponse(answer)
  }
  return ok({ sessionId, url, expiresAt: instant(field(page.body, 'expires_at')) })
}

/**
 * Klarna forgets a page two days after it was opened, paid or not: ask before that. A forgotten one cannot be paid.
 */
async function readSession(klarna: Klarna, sessionId: string, signal?: AbortSignal): Promise<Result<Session>> {
  const answer = await klarna.send({ method: 'GET', path: sessionPath(sessionId), signal })
  if (replied(answer, 404)?.whole === true) return ok({ state: 'expired' })
  const page = replied(answer, 200)
  if (page === null) return failure(answer, klarna.now())

  const status = field(page.body, 'status')
  const orderId = field(page.body, 'order_id')
  // Completed but without its order is half the news: read again.
  if (status === 'COMPLETED') {
    return typeof orderId === 'string' ? ok({ state: 'completed', paymentId: orderId }) : badResponse(answer)
  }
  const state = STATES[String(status)]
  if (state === undefined) return badResponse(answer)
  const expiresAt = instant(field(page.body, 'expires_at'))
  const over = expiresAt !== null && Temporal.Instant.compare(expiresAt, klarna.now()) <= 0
  return ok({ state: over ? 'expired' : state })
}

async function closeSession(klarna: Klarna, sessionId: string, signal?: AbortSignal): Promise<Result<object>> {
  const answer = await klarna.send({ method: 'DELETE', path: sessionPath(sessionId), signal })
  if (replied(answer, 204) !== null || replied(answer, 404)?.whole === true) return ok({})
  const refused = failure(answer, klarna.now())
  if (refused.kind !== 'declined' && replied(answer, 400) === null) return refused
  // Klarna refuses to close a page that was paid. Whether it was is read, not guessed.
  const session = await readSession(klarna, sessionId, signal)
  if (session.kind !== 'ok') return refused
  if (session.value.state === 'expired') return ok({})
  if (session.value.state !== 'completed') return refused
  return { kind: 'declined', reason: 'already_paid', error: refused.error }
}

const sessionPath = (sessionId: string) => `/hpp/v1/sessions/${encodeURIComponent(sessionId)}`

/** The hosted payment page (v1) as the front end. */
export const hostedPage: FrontEnd = {
  placedBy: 'provider',
  start,
  readSession,
  closeSession,
  authorise: async () => declined('not_supported', 'Klarna places the order of a hosted payment page itself.'),
}
