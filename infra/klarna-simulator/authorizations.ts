import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { NO_CONTENT, type Reply } from '@vilkar/simulator/reply.ts'
import { wrongCartField } from './cart-check.ts'
import { newOrder } from './order-changes.ts'
import type { OrderManagement } from './order-management.ts'
import type { Authorization, Books, PaymentSession, Verdict } from './records.ts'
import { refuse, route } from './reply.ts'

const TOKEN_MINUTES = 60
/** What of a cart must be the same when the order is placed as when its customer approved it. */
const MUST_MATCH = ['purchase_country', 'purchase_currency', 'order_amount', 'order_lines'] as const

type Deps = {
  now(): Temporal.Instant
  books: Books
  place: OrderManagement['place']
  call(url: string, body: object): void
}

/** The authorisations of Klarna Payments (v1): what comes of a customer's approval in the widget. */
export function createAuthorizations(deps: Deps) {
  const { now, books, call } = deps
  const { payments, widgets, authorizations } = books
  const isOver = (until: string) => Temporal.Instant.compare(now(), Temporal.Instant.from(until)) > 0

  function placeOrder(token: string, body: Record<string, unknown>): Reply {
    const authorization = authorizations.get(token)
    const cart = payments.get(authorization?.session_id ?? '')
    if (
      authorization === undefined ||
      cart === undefined ||
      (isOver(authorization.expires_at) && !authorization.used)
    ) {
      return refuse(404, 'NOT_FOUND', 'Invalid authorization token')
    }
    const { used } = authorization
    if (used === undefined) {
      const reply = settle(deps, { authorization, cart, body })
      authorization.used = structuredClone({ body, reply })
      return reply
    }
    if (used.reply.status !== 200 || isDeepStrictEqual(used.body, body)) return used.reply
    return refuse(409, 'BAD_VALUE', 'The order has been already completed with different request body')
  }

  const routes = [
    route('GET', '/payments/v1/sessions/:id', ({ ids: [id = ''] }) => {
      const widget = widgets.get(id)
      if (widget === undefined || isOver(widget.expires_at))
        return refuse(404, 'NOT_FOUND', 'There is no such session.')
      const { complete, ...rest } = widget
      return { status: 200, body: { ...payments.get(id), ...rest, status: complete ? 'complete' : 'incomplete' } }
    }),
    route('POST', '/payments/v1/authorizations/:token/order', ({ ids: [token = ''], body }) => placeOrder(token, body)),
    route('DELETE', '/payments/v1/authorizations/:token', ({ ids: [token = ''] }) => {
      const authorization = authorizations.get(token)
      if (authorization === undefined) return refuse(404, 'NOT_FOUND', 'Invalid authorization token')
      if (authorization.used?.reply.status === 200) {
        return refuse(403, 'INVALID_OPERATION', 'Authorization token already consumed')
      }
      authorizations.delete(token)
      delete widgets.get(authorization.session_id)?.authorization_token
      return NO_CONTENT
    }),
  ]

  return {
    routes,
    /** The customer approves in the widget. Gives the token that the browser gets; Klarna calls the shop with it, too. */
    authorize(session_id: string, verdict: Verdict = 'ACCEPTED') {
      const widget = widgets.get(session_id)
      if (widget === undefined || widget.complete || isOver(widget.expires_at)) {
        throw new RangeError(`There is no open payment session ${session_id}.`)
      }
      const authorization_token = randomUUID()
      const expires_at = now().add({ minutes: TOKEN_MINUTES }).toString()
      authorizations.set(authorization_token, { session_id, verdict, expires_at })
      widget.authorization_token = authorization_token
      const url = payments.get(session_id)?.merchant_urls?.authorization
      if (url) call(url.replaceAll('{session.id}', session_id), { authorization_token, session_id })
      return { authorization_token }
    },
  }
}

/** The first use of an approval: the order is placed if its cart is the one that was approved. */
function settle(
  { now, books: { widgets }, place }: Deps,
  { authorization, cart, body }: { authorization: Authorization; cart: PaymentSession; body: Record<string, unknown> },
): Reply {
  const bad = wrongCartField(body)
  if (bad !== null) return refuse(400, 'BAD_VALUE', `Bad value: ${bad}`)
  const other = MUST_MATCH.filter((name) => !isDeepStrictEqual(cart[name], body[name]))
  if (other.length > 0) return refuse(409, 'BAD_VALUE', `Not matching fields: ${other.join(', ')}`)
  if (authorization.verdict === 'REJECTED') return refuse(403, 'REJECTED', 'Rejected')

  const { push, notification } = (body.merchant_urls ?? {}) as Record<string, string>
  const fraud_status = authorization.verdict
  const { order_id } = place(newOrder(body, fraud_status, now()), { push, notification })
  widgets.get(authorization.session_id)!.complete = true
  const authorized_payment_method = { type: 'invoice' }
  return { status: 200, body: { order_id, fraud_status, authorized_payment_method } }
}
