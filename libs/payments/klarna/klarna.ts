import { declined, field } from '../answer.ts'
import { whyNotTaken } from '../coverage.ts'
import type { Timeouts } from '../exchange.ts'
import { parsedJson } from '../notification.ts'
import type { PaymentProvider } from '../port.ts'
import type { FrontEnd, Klarna } from './context.ts'
import { extend } from './extend.ts'
import { hostedPage } from './hosted-page.ts'
import type { Limits } from './hosts.ts'
import { createSender } from './http.ts'
import { kustomCheckout } from './kustom.ts'
import { problemWith } from './lines.ts'
import { acknowledge, capture, read, reconcile, refund, release } from './orders.ts'
import { klarnaPayments } from './payments.ts'
import { redirect } from './redirect.ts'
import { purchaseOf } from './session.ts'

/** Klarna may work on a request for 59 s; what is not in its books a little later will not come. */
const GRACE_MS = 65_000
const TOKEN = /^[\w-]{1,255}$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const FRONT_ENDS = { 'hosted-page': hostedPage, payments: klarnaPayments, kustom: kustomCheckout }
/** Sessions of one front end mean nothing to another, so each is a provider of its own name. */
const NAMES = { 'hosted-page': 'klarna', payments: 'klarna-payments', kustom: 'kustom' } as const

export type KlarnaOptions = {
  /** Live, playground or simulator, of Klarna or of Kustom: see `hosts.ts`. */
  baseUrl: string
  /** The hosted payment page unless given. */
  frontEnd?: keyof typeof FRONT_ENDS
  username: string
  password: string
  now(): Temporal.Instant
  timeouts?: Timeouts
  limits?: Limits
  /** How long after a request was sent its absence from Klarna's books means that it did not happen. */
  graceMs?: number
}

export type KlarnaProvider = PaymentProvider & { close(): Promise<void> }

/**
 * Klarna: a front end, by default the hosted payment page (v1) with PLACE_ORDER over a Klarna Payments session (v1), and
 * order management (v1). Close it when nothing is under way any more.
 */
export function createKlarna(options: KlarnaOptions): KlarnaProvider {
  const { username, password, now, timeouts, limits, frontEnd = 'hosted-page', graceMs = GRACE_MS } = options
  const front: FrontEnd = FRONT_ENDS[frontEnd]
  const baseUrl = options.baseUrl.replace(/\/+$/, '')
  const { send, close } = createSender({ baseUrl, username, password, timeouts, limits })
  const name = NAMES[frontEnd]
  const klarna: Klarna = { name, send, now, baseUrl, graceMs }
  return {
    name,
    placedBy: front.placedBy,
    authorise: (input) => front.authorise(klarna, input),
    async start(input) {
      const problem = problemWith(input) ?? whyNotTaken(name, purchaseOf(input))
      return problem === null ? front.start(klarna, input) : declined('invalid_request', problem)
    },
    readSession: (sessionId, signal) => front.readSession(klarna, sessionId, signal),
    closeSession: (sessionId, signal) => front.closeSession(klarna, sessionId, signal),
    read: (paymentId, signal) => read(klarna, paymentId, signal),
    acknowledge: (input) => acknowledge(klarna, input),
    capture: (input) => capture(klarna, input),
    refund: (input) => refund(klarna, input),
    release: (input) => release(klarna, input),
    extend: (input) => extend(klarna, input),
    redirect: (input) => redirect(klarna, input),
    reconcile: (input) => reconcile(klarna, input),
    parseNotification,
    close,
  }
}

/**
 * Four kinds of callback: the hosted page tells of its session, Klarna Payments of an approval, the push of an order (its
 * body is empty), the fraud review of an order that was decided on. None of them is signed: all are hints.
 */
const parseNotification: PaymentProvider['parseNotification'] = ({ url, body: text }) => {
  const body = parsedJson(text)
  const query = URL.parse(url)?.searchParams
  const named = (name: string) =>
    firstUuid(field(field(body, 'session'), name), field(body, name), ...(query?.getAll(name) ?? []))
  const sessionId = named('session_id')
  const paymentId = named('order_id')
  if (sessionId === undefined && paymentId === undefined) return null
  const token = field(body, 'authorization_token')
  const approvalToken = typeof token === 'string' && TOKEN.test(token) ? token : undefined
  return { ...(sessionId && { sessionId }), ...(paymentId && { paymentId }), ...(approvalToken && { approvalToken }) }
}

const firstUuid = (...values: unknown[]) =>
  values.find((value): value is string => typeof value === 'string' && UUID.test(value))
