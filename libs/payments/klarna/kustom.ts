import { declined, field, ok, replied } from '../answer.ts'
import type { Result, Session, Started, StartInput } from '../port.ts'
import type { FrontEnd, Klarna } from './context.ts'
import { badResponse, failure } from './outcome.ts'
import { checkoutRequest } from './session.ts'

/** Kustom forgets a checkout two days after its last change; its answers name no end. */
const SESSION_HOURS = 48

/**
 * Opens a checkout order, whose snippet runs on our own checkout page and on which the customer pays. The session is the
 * path in the answer's `Location`, for Kustom wants its address taken as it is and not put together.
 */
async function start(klarna: Klarna, input: StartInput): Promise<Result<Started>> {
  const { checkout, terms } = input.urls
  if (checkout === undefined || terms === undefined)
    return declined('invalid_request', 'The checkout or the terms have no page.')

  const body = checkoutRequest(klarna.name, input, { checkout, terms })
  const answer = await klarna.send({ method: 'POST', path: '/checkout/v3/orders', body, signal: input.signal })
  const order = replied(answer, 201)
  if (order === null) return failure(answer, klarna.now())
  const sessionId = atHome(klarna, order.headers.location)
  const snippet = field(order.body, 'html_snippet')
  if (sessionId === null || typeof snippet !== 'string') return badResponse(answer)
  const expiresAt = klarna.now().add({ hours: SESSION_HOURS })
  return ok({ sessionId, url: checkout, expiresAt, widget: { kind: 'html', value: snippet } })
}

/** The path of an address on Kustom's own host; null for any other host, which must not get our credentials. */
function atHome({ baseUrl }: Klarna, location: unknown) {
  if (typeof location !== 'string') return null
  const home = new URL(`${baseUrl}/`)
  const url = URL.parse(location, home)
  const root = home.pathname.replace(/\/$/, '')
  if (url === null || url.origin !== home.origin || !url.pathname.startsWith(`${root}/`)) return null
  return `${url.pathname.slice(root.length)}${url.search}`
}

/** A forgotten checkout is told by a 404 without a body. */
async function readSession(klarna: Klarna, sessionId: string, signal?: AbortSignal): Promise<Result<Session>> {
  if (!sessionId.startsWith('/')) return declined('invalid_request', 'This is no checkout order.')
  const answer = await klarna.send({ method: 'GET', path: sessionId, signal })
  if (replied(answer, 404)?.whole === true) return ok({ state: 'expired' })
  const order = replied(answer, 200)
  if (order === null) return failure(answer, klarna.now())
  const orderId = field(order.body, 'order_id')
  switch (String(field(order.body, 'status')).toLowerCase()) {
    case 'checkout_complete':
      return typeof orderId === 'string' ? ok({ state: 'completed', paymentId: orderId }) : badResponse(answer)
    case 'checkout_incomplete':
      return ok({ state: 'waiting' })
    default:
      return badResponse(answer)
  }
}

/** Takes the checkout from the customer: POST …/abort. Refused once it was paid, which is read and not guessed. */
async function closeSession(klarna: Klarna, sessionId: string, signal?: AbortSignal): Promise<Result<object>> {
  if (!sessionId.startsWith('/')) return declined('invalid_request', 'This is no checkout order.')
  const [path = '', query] = sessionId.split('?')
  const abort = `${path}/abort${query === undefined ? '' : `?${query}`}`
  const answer = await klarna.send({ method: 'POST', path: abort, signal })
  if (replied(answer, 200) !== null || replied(answer, 404)?.whole === true) return ok({})
  const refused = failure(answer, klarna.now())
  if (refused.kind !== 'declined') return refused
  const session = await readSession(klarna, sessionId, signal)
  if (session.kind !== 'ok' || session.value.state === 'waiting') return refused
  if (session.value.state === 'expired') return ok({})
  return { kind: 'declined', reason: 'already_paid', error: refused.error }
}

/** Kustom's checkout (v3), formerly Klarna Checkout, as the front end. It places the order itself. */
export const kustomCheckout: FrontEnd = {
  placedBy: 'provider',
  start,
  readSession,
  closeSession,
  authorise: async () => declined('not_supported', 'Kustom places the order itself.'),
}
