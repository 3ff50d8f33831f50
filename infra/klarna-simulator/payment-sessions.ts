import { randomUUID } from 'node:crypto'
import { NO_CONTENT, type Reply } from '@vilkar/simulator/reply.ts'
import { wrongCartField } from './cart-check.ts'
import { newOrder } from './order-changes.ts'
import type { OrderManagement } from './order-management.ts'
import type { Books, FraudStatus, HostedSession, PaymentSession } from './records.ts'
import { type Route, refuse, route } from './reply.ts'

const SESSION_HOURS = 48

type Deps = {
  now(): Temporal.Instant
  books: Books
  /** Where a browser finds the pages. */
  publicUrl: string
  place: OrderManagement['place']
  /** A hosted session came into another state. */
  changed(session: HostedSession): void
}

/** Klarna Payments sessions and the hosted payment pages (v1) over them. All pages place the order themselves. */
export function createPaymentSessions({ now, publicUrl, place, changed, books }: Deps) {
  const { hosted } = books
  const isOver = ({ expires_at }: HostedSession) =>
    Temporal.Instant.compare(now(), Temporal.Instant.from(expires_at)) >= 0

  function find(id: string) {
    const session = hosted.get(id)
    return session === undefined || isOver(session) ? undefined : session
  }

  function becomes(session: HostedSession, status: HostedSession['status'], order_id?: string) {
    Object.assign(session, { status, updated_at: now().toString(), ...(order_id && { order_id }) })
    changed(session)
    return session
  }

  const onPage = (method: string, answer: (session: HostedSession) => Reply): Route =>
    route(method, '/hpp/v1/sessions/:id', ({ ids: [id = ''] }) => {
      const session = find(id)
      return session === undefined ? refuse(404, 'NOT_FOUND', 'There is no such session.') : answer(session)
    })

  const routes = [
    route('POST', '/payments/v1/sessions', ({ body }) => openPayment(books, body, now())),
    route('POST', '/hpp/v1/sessions', ({ body }) => openPage({ books, publicUrl }, body, now())),
    onPage('GET', (session) => ({ status: 200, body: readModel(session) })),
    onPage('DELETE', (session) => {
      if (session.status === 'COMPLETED') return refuse(400, 'BAD_VALUE', 'The session is completed.')
      becomes(session, 'DISABLED')
      return NO_CONTENT
    }),
  ]

  /** The session, if its customer can still do something. Throws when not: that is its caller's mistake. */
  function open(id: string) {
    const session = find(id)
    if (session === undefined) throw new RangeError(`There is no open session ${id}.`)
    if (session.status !== 'WAITING' && session.status !== 'IN_PROGRESS') {
      throw new RangeError(`Session ${id} is ${session.status}.`)
    }
    return session
  }

  return {
    routes,
    find,
    enter: (id: string) => becomes(open(id), 'IN_PROGRESS'),
    decline: (id: string) => becomes(open(id), 'FAILED'),
    close: (id: string) => becomes(open(id), 'CANCELLED'),
    approve(id: string, fraudStatus: FraudStatus = 'ACCEPTED') {
      const session = open(id)
      const { push, notification } = session.payment.merchant_urls ?? {}
      const { order_id } = place(newOrder(session.payment, fraudStatus, now()), { push, notification })
      return becomes(session, 'COMPLETED', order_id)
    },
  }
}
export type PaymentSessions = ReturnType<typeof createPaymentSessions>

const expiry = (now: Temporal.Instant) => now.add({ hours: SESSION_HOURS }).toString()

function openPayment({ payments, widgets }: Books, body: Record<string, unknown>, now: Temporal.Instant): Reply {
  const bad = wrongCartField(body)
  if (bad !== null) return refuse(400, 'BAD_VALUE', `Bad value: ${bad}`)
  const session_id = randomUUID()
  payments.set(session_id, body as PaymentSession)
  widgets.set(session_id, { expires_at: expiry(now), complete: false })
  const payment_method_categories = [{ identifier: 'klarna', name: 'Pay with Klarna', asset_urls: {} }]
  return { status: 200, body: { session_id, client_token: `simulated-${session_id}`, payment_method_categories } }
}

function openPage(
  { books, publicUrl }: Pick<Deps, 'books' | 'publicUrl'>,
  body: Record<string, unknown>,
  now: Temporal.Instant,
): Reply {
  const payment = books.payments.get(String(body.payment_session_url).split('/').at(-1) ?? '')
  if (payment === undefined) return refuse(404, 'NOT_FOUND', 'There is no such payment session.')
  const options = body.options as { place_order_mode?: unknown } | undefined
  if (options?.place_order_mode !== 'PLACE_ORDER') {
    return refuse(400, 'BAD_VALUE', 'Bad value: options.place_order_mode (only PLACE_ORDER is simulated)')
  }
  const urls = (body.merchant_urls ?? {}) as Record<string, string>
  const bad = Object.entries(urls).find(([, url]) => !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
  if (bad !== undefined) return refuse(400, 'BAD_VALUE', `Bad value: merchant_urls.${bad[0]}`)

  const session_id = randomUUID()
  const [expires_at, updated_at] = [expiry(now), now.toString()]
  books.hosted.set(session_id, { session_id, status: 'WAITING', expires_at, updated_at, payment, urls })
  const session_url = `${publicUrl}/hpp/v1/sessions/${session_id}`
  return {
    status: 201,
    body: { session_id, redirect_url: `${publicUrl}/pay/${session_id}`, session_url, expires_at },
  }
}

/** A hosted session as Klarna tells it. */
export const readModel = ({ session_id, status, order_id, expires_at, updated_at }: HostedSession) => ({
  session_id,
  status,
  ...(order_id && { order_id }),
  expires_at,
  updated_at,
})
