import { randomUUID } from 'node:crypto'
import type { Books } from './books.ts'
import { brokenInvariants } from './invariants.ts'
import { type Ask, NO_CONTENT, type Reply, type Route, refuse, route } from './reply.ts'

/** How long an authorisation lasts; it ends at the midnight (UTC) that begins its last day. */
const AUTHORISATION_HOURS = 28 * 24
const MAX_AMOUNT = 200_000_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type Moved = { klarna_reference: string; description?: unknown; reference?: string; order_lines: unknown }
export type Capture = Moved & {
  capture_id: string
  captured_amount: number
  captured_at: string
  refunded_amount: number
  shipping_info: unknown
}
export type Refund = Moved & { refund_id: string; refunded_amount: number; refunded_at: string }

/** An order as Klarna's order management tells it. */
export type Order = {
  order_id: string
  status: 'AUTHORIZED' | 'PART_CAPTURED' | 'CAPTURED' | 'CANCELLED' | 'EXPIRED'
  fraud_status: FraudStatus
  order_amount: number
  original_order_amount: number
  captured_amount: number
  refunded_amount: number
  remaining_authorized_amount: number
  purchase_currency: string
  purchase_country: string
  locale: string
  klarna_reference: string
  merchant_reference1: string
  merchant_reference2: string
  order_lines: unknown
  billing_address: unknown
  created_at: string
  expires_at: string
  captures: Capture[]
  refunds: Refund[]
}
export type FraudStatus = 'ACCEPTED' | 'PENDING' | 'REJECTED'

/**
 * Klarna's order management (v1), in memory. Where Klarna's documents are silent it assumes: a released or wholly
 * refunded order is CAPTURED, an order expires when it is next touched after `expires_at`, and amounts that break a
 * rule of the schema are refused with 422.
 */
export function createOrderManagement({
  now,
  note,
  books: { orders, acknowledged },
}: {
  now(): Temporal.Instant
  note(violation: string): void
  books: Books
}) {
  function find(id: string) {
    const order = orders.get(id)
    const over = order !== undefined && Temporal.Instant.compare(now(), Temporal.Instant.from(order.expires_at)) > 0
    if (over && (order.status === 'AUTHORIZED' || order.status === 'PART_CAPTURED')) {
      order.status = 'EXPIRED'
      order.remaining_authorized_amount = 0
    }
    return order
  }

  const onOrder = (method: string, rest: string, answer: (order: Order, body: Ask['body']) => Reply): Route =>
    route(method, `/ordermanagement/v1/orders/:id${rest}`, ({ ids: [id = ''], body }) => {
      if (!UUID.test(id)) return refuse(400, 'INVALID_ORDER_ID', 'Order ID must be a valid UUID.')
      const order = find(id)
      if (order === undefined) return refuse(404, 'NO_SUCH_ORDER', `No order with id ${id}.`)
      const reply = answer(order, body)
      brokenInvariants(order).forEach(note)
      return reply
    })

  const acknowledge = ({ order_id }: Order) => {
    acknowledged.add(order_id)
    return NO_CONTENT
  }

  const routes = [
    onOrder('GET', '', (order) => ({ status: 200, body: order })),
    onOrder('POST', '/acknowledge', acknowledge),
    onOrder('PATCH', '/merchant-references', name),
    onOrder('GET', '/captures', ({ captures }) => ({ status: 200, body: captures })),
    onOrder('POST', '/captures', (order, body) => {
      const reply = capture(order, body, now())
      if (reply.status === 201) acknowledge(order)
      return reply
    }),
    onOrder('POST', '/refunds', (order, body) => refund(order, body, now())),
    onOrder('POST', '/cancel', cancel),
    onOrder('POST', '/release-remaining-authorization', release),
  ]

  function place(order: Order) {
    orders.set(order.order_id, order)
    return order
  }
  return { routes, place, orders: () => [...orders.values()], isAcknowledged: (id: string) => acknowledged.has(id) }
}
export type OrderManagement = ReturnType<typeof createOrderManagement>

/** The order that Klarna places when the customer approves a payment session. */
export function newOrder(session: Record<string, unknown>, fraudStatus: FraudStatus, now: Temporal.Instant): Order {
  const amount = Number(session.order_amount)
  return {
    order_id: randomUUID(),
    status: 'AUTHORIZED',
    fraud_status: fraudStatus,
    order_amount: amount,
    original_order_amount: amount,
    captured_amount: 0,
    refunded_amount: 0,
    remaining_authorized_amount: amount,
    purchase_currency: String(session.purchase_currency),
    purchase_country: String(session.purchase_country),
    locale: String(session.locale ?? 'en-NO'),
    klarna_reference: klarnaReference(),
    merchant_reference1: String(session.merchant_reference1 ?? ''),
    merchant_reference2: String(session.merchant_reference2 ?? ''),
    order_lines: session.order_lines,
    billing_address: session.billing_address,
    created_at: now.toString(),
    expires_at: now.add({ hours: AUTHORISATION_HOURS }).toZonedDateTimeISO('UTC').startOfDay().toInstant().toString(),
    captures: [],
    refunds: [],
  }
}

const klarnaReference = () => randomUUID().slice(0, 8).toUpperCase()

function capture(order: Order, body: Ask['body'], now: Temporal.Instant): Reply {
  const amount = body.captured_amount
  if (!isAmount(amount)) return refuse(422, 'UNPROCESSABLE_ENTITY', 'captured_amount must be 1 to 200000000.')
  const no = (message: string) => refuse(403, 'CAPTURE_NOT_ALLOWED', message)
  if (order.status === 'CANCELLED') return no('The order is cancelled.')
  if (order.status === 'EXPIRED') return no('The authorization has run out.')
  if (order.fraud_status !== 'ACCEPTED') return no('The order has not been accepted.')
  if (amount > order.remaining_authorized_amount) return no('The amount exceeds what remains authorized.')

  const capture_id = randomUUID()
  order.captures.push({
    capture_id,
    ...moved(body, `${order.klarna_reference}-${order.captures.length + 1}`),
    captured_amount: amount,
    captured_at: now.toString(),
    refunded_amount: 0,
    shipping_info: body.shipping_info ?? [],
  })
  order.captured_amount += amount
  order.remaining_authorized_amount -= amount
  order.status = order.remaining_authorized_amount === 0 ? 'CAPTURED' : 'PART_CAPTURED'
  return { status: 201, headers: { 'Capture-Id': capture_id, Location: `${pathOf(order)}/captures/${capture_id}` } }
}

function refund(order: Order, body: Ask['body'], now: Temporal.Instant): Reply {
  const amount = body.refunded_amount
  if (!isAmount(amount)) return refuse(422, 'UNPROCESSABLE_ENTITY', 'refunded_amount must be 1 to 200000000.')
  if (order.captured_amount === 0) return refuse(403, 'REFUND_NOT_ALLOWED', 'Nothing has been captured.')
  if (amount > order.captured_amount - order.refunded_amount) {
    return refuse(403, 'REFUND_NOT_ALLOWED', 'The amount exceeds what was captured and not refunded.')
  }
  const refund_id = randomUUID()
  const klarna_reference = `${order.klarna_reference}-R${order.refunds.length + 1}`
  order.refunds.push({
    refund_id,
    ...moved(body, klarna_reference),
    refunded_amount: amount,
    refunded_at: now.toString(),
  })
  order.refunded_amount += amount
  // A refund is against the order; the oldest captures are given back first.
  let left = amount
  for (const captured of order.captures) {
    const part = Math.min(left, captured.captured_amount - captured.refunded_amount)
    captured.refunded_amount += part
    left -= part
  }
  return { status: 201, headers: { 'Refund-Id': refund_id, Location: `${pathOf(order)}/refunds/${refund_id}` } }
}

const moved = ({ description, reference, order_lines }: Ask['body'], klarna_reference: string): Moved => ({
  klarna_reference,
  description,
  ...(typeof reference === 'string' && { reference }),
  order_lines: order_lines ?? [],
})

function cancel(order: Order): Reply {
  if (order.captured_amount > 0) return refuse(403, 'CANCEL_NOT_ALLOWED', 'The order has captures.')
  if (order.status !== 'AUTHORIZED') return refuse(403, 'CANCEL_NOT_ALLOWED', 'The order is not authorized.')
  order.status = 'CANCELLED'
  order.remaining_authorized_amount = 0
  return NO_CONTENT
}

function release(order: Order): Reply {
  if (order.status === 'CANCELLED') return refuse(403, 'NOT_ALLOWED', 'The order is cancelled.')
  if (order.captured_amount === 0) return refuse(403, 'NOT_ALLOWED', 'The order has no captures.')
  if (order.remaining_authorized_amount === 0) return refuse(403, 'NOT_ALLOWED', 'Nothing remains authorized.')
  order.remaining_authorized_amount = 0
  order.status = 'CAPTURED'
  return NO_CONTENT
}

function name(order: Order, { merchant_reference1, merchant_reference2 }: Ask['body']): Reply {
  if (order.status === 'CANCELLED') return refuse(403, 'NOT_ALLOWED', 'The order is cancelled.')
  if (typeof merchant_reference1 === 'string') order.merchant_reference1 = merchant_reference1
  if (typeof merchant_reference2 === 'string') order.merchant_reference2 = merchant_reference2
  return NO_CONTENT
}

const pathOf = ({ order_id }: Order) => `/ordermanagement/v1/orders/${order_id}`
const isAmount = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) > 0 && (value as number) <= MAX_AMOUNT
