import { randomUUID } from 'node:crypto'
import type { LifeOf } from '@vilkar/simulator/authorisation-life.ts'
import { NO_CONTENT, type Reply } from '@vilkar/simulator/reply.ts'
import { createInvariants } from './invariants.ts'
import { wrongMovementField } from './movement-check.ts'
import { EXTENSIBLE_HOURS, extend, redirect } from './order-changes.ts'
import type { Books, CallbackUrls, Moved, Order } from './records.ts'
import { type Ask, type Route, refuse, route } from './reply.ts'

const MAX_REFERENCE = 255
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type Deps = {
  now(): Temporal.Instant
  note(violation: string): void
  placed(order: Order): void
  lifeOf?: LifeOf
  books: Books
}

/**
 * Klarna's order management (v1), in memory. Where Klarna's documents are silent it assumes: a released or wholly
 * refunded order is CAPTURED, an order expires when it is next touched after `expires_at`, and amounts that break a
 * rule of the schema are refused with 422.
 */
export function createOrderManagement({ now, note, placed, books, lifeOf }: Deps) {
  const { orders, acknowledged, callbacks } = books
  const broken = createInvariants()
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
      broken(order).forEach(note)
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
    onOrder('PATCH', '/customer-details', redirect),
    onOrder('GET', '/captures', ({ captures }) => ({ status: 200, body: captures })),
    onOrder('POST', '/captures', (order, body) => {
      const reply = capture(order, body, now())
      if (reply.status === 201) acknowledge(order)
      return reply
    }),
    onOrder('POST', '/refunds', (order, body) => refund(order, body, now())),
    onOrder('POST', '/cancel', cancel),
    onOrder('POST', '/release-remaining-authorization', release),
    onOrder('POST', '/extend-authorization-time', (order) => extend(order, now())),
  ]

  return {
    routes,
    place(order: Order, urls: CallbackUrls = {}) {
      const life = lifeOf?.(order.merchant_reference2)
      if (life !== undefined) order.expires_at = now().add({ minutes: life.minutes }).toString()
      if (life?.extensible === false)
        order.created_at = now().subtract({ hours: EXTENSIBLE_HOURS, minutes: 1 }).toString()
      orders.set(order.order_id, order)
      callbacks.set(order.order_id, urls)
      placed(order)
      return order
    },
    orders: () => [...orders.values()],
    isAcknowledged: (id: string) => acknowledged.has(id),
    /** Lets somebody in Klarna's portal, or Klarna itself, do something with an order. Throws when there is no such order. */
    change<Result>(id: string, work: (order: Order) => Result) {
      const order = find(id)
      if (order === undefined) throw new RangeError(`There is no order ${id}.`)
      const result = work(order)
      broken(order).forEach(note)
      return result
    },
  }
}
export type OrderManagement = ReturnType<typeof createOrderManagement>

/** Takes part of what is authorised, as the shop asks or as somebody in the portal does. */
export function capture(order: Order, body: Ask['body'], now: Temporal.Instant): Reply {
  const bad = wrongMovementField(body, 'captured_amount')
  if (bad !== null) return refuse(422, 'UNPROCESSABLE_ENTITY', bad)
  const amount = Number(body.captured_amount)
  const no = (message: string) => refuse(403, 'CAPTURE_NOT_ALLOWED', message)
  if (order.status === 'CANCELLED') return no('The order is cancelled.')
  if (order.status === 'EXPIRED') return no('The authorization has run out.')
  if (order.fraud_status !== 'ACCEPTED') return no('The order has not been accepted.')
  if (amount > order.remaining_authorized_amount) return no('The amount exceeds what remains authorized.')

  const capture_id = randomUUID()
  order.captures.push({
    capture_id,
    klarna_reference: `${order.klarna_reference}-${order.captures.length + 1}`,
    ...moved(body),
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

/** Gives back part of what was captured. */
export function refund(order: Order, body: Ask['body'], now: Temporal.Instant): Reply {
  const bad = wrongMovementField(body, 'refunded_amount')
  if (bad !== null) return refuse(422, 'UNPROCESSABLE_ENTITY', bad)
  const amount = Number(body.refunded_amount)
  if (order.captured_amount === 0) return refuse(403, 'REFUND_NOT_ALLOWED', 'Nothing has been captured.')
  if (amount > order.captured_amount - order.refunded_amount) {
    return refuse(403, 'REFUND_NOT_ALLOWED', 'The amount exceeds what was captured and not refunded.')
  }
  const refund_id = randomUUID()
  order.refunds.push({
    refund_id,
    ...moved(body),
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

const moved = ({ description, reference, order_lines }: Ask['body']): Moved => ({
  description,
  ...(typeof reference === 'string' && { reference }),
  order_lines: order_lines ?? [],
})

/** Lets an order go of which nothing was captured. */
export function cancel(order: Order): Reply {
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
  const tooLong = [merchant_reference1, merchant_reference2].some((text) => String(text ?? '').length > MAX_REFERENCE)
  if (tooLong) return refuse(422, 'UNPROCESSABLE_ENTITY', 'A reference must be a text of 255 at most')
  if (typeof merchant_reference1 === 'string') order.merchant_reference1 = merchant_reference1
  if (typeof merchant_reference2 === 'string') order.merchant_reference2 = merchant_reference2
  return NO_CONTENT
}

const pathOf = ({ order_id }: Order) => `/ordermanagement/v1/orders/${order_id}`
