import { randomUUID } from 'node:crypto'
import type { Reply } from '@vilkar/simulator/reply.ts'
import { wrongCartField } from './cart-check.ts'
import { newOrder } from './order-changes.ts'
import type { OrderManagement } from './order-management.ts'
import type { Books, Checkout, FraudStatus } from './records.ts'
import { type Route, refuse, route } from './reply.ts'

const CHECKOUT_HOURS = 48
const REQUIRED = ['locale', 'order_tax_amount'] as const
const REQUIRED_URLS = ['terms', 'checkout', 'confirmation', 'push'] as const
const READ_ONLY = ['order_id', 'status', 'html_snippet', 'started_at', 'completed_at', 'last_modified_at']

type Deps = {
  now(): Temporal.Instant
  books: Books
  place: OrderManagement['place']
}

/**
 * Kustom's checkout orders (v3). Where the documents are silent it assumes that an aborted order is gone like one that
 * was forgotten: 404 without a body.
 */
export function createCheckoutOrders({ now, books: { checkouts }, place }: Deps) {
  function find(id: string) {
    const checkout = checkouts.get(id)
    const last = checkout && Temporal.Instant.from(checkout.last_modified_at).add({ hours: CHECKOUT_HOURS })
    return last && Temporal.Instant.compare(now(), last) < 0 ? checkout : undefined
  }

  function written(body: Record<string, unknown>): Checkout | string {
    const bad = badCheckout(body)
    if (bad !== null) return bad
    const order_id = randomUUID()
    const own = Object.fromEntries(Object.entries(body).filter(([name]) => !READ_ONLY.includes(name)))
    const checkout: Checkout = {
      ...own,
      order_id,
      status: 'checkout_incomplete',
      html_snippet: `<div id="klarna-checkout-container">Simulated checkout ${order_id}</div>`,
      started_at: now().toString(),
      last_modified_at: now().toString(),
      merchant_urls: body.merchant_urls as Record<string, string>,
    }
    checkouts.set(order_id, checkout)
    return checkout
  }

  const onCheckout = (method: string, rest: string, answer: (checkout: Checkout) => Reply): Route =>
    route(method, `/checkout/v3/orders/:id${rest}`, ({ ids: [id = ''] }) => {
      const checkout = find(id)
      return checkout === undefined ? { status: 404 } : answer(checkout)
    })
  const readOnly = () => refuse(403, 'READ_ONLY_ORDER', 'Resource is read-only')

  const routes = [
    route('POST', '/checkout/v3/orders', ({ body }) => {
      const checkout = written(body)
      if (typeof checkout === 'string') return refuse(400, 'BAD_VALUE', `Bad value: ${checkout}`)
      const Location = `/checkout/v3/orders/${checkout.order_id}`
      return { status: 201, headers: { Location }, body: checkout }
    }),
    onCheckout('GET', '', (checkout) => ({ status: 200, body: checkout })),
    onCheckout('POST', '/abort', (checkout) => {
      if (checkout.status === 'checkout_complete') return readOnly()
      checkouts.delete(checkout.order_id)
      return { status: 200, body: {} }
    }),
  ]

  return {
    routes,
    /** The customer pays. */
    complete(id: string, fraudStatus: FraudStatus = 'ACCEPTED') {
      const checkout = find(id)
      if (checkout?.status !== 'checkout_incomplete') throw new RangeError(`There is no open checkout ${id}.`)
      Object.assign(checkout, { status: 'checkout_complete', completed_at: now().toString() })
      const { push, notification } = checkout.merchant_urls
      place(newOrder(checkout, fraudStatus, now(), id), { push, notification })
      return checkout
    },
  }
}

/** The first field that Kustom would refuse: it wants more than Klarna Payments does. */
function badCheckout(body: Record<string, unknown>): string | null {
  const missing = REQUIRED.find((name) => body[name] === undefined)
  if (missing !== undefined) return missing
  const urls = (body.merchant_urls ?? {}) as Record<string, unknown>
  const url = REQUIRED_URLS.find((name) => typeof urls[name] !== 'string' || String(urls[name]).length > 2_000)
  if (url !== undefined) return `merchant_urls.${url}`
  const bad = wrongCartField(body, 'kustom')
  if (bad !== null) return bad
  const untaxed = (body.order_lines as Record<string, unknown>[]).findIndex(
    (line) => line.tax_rate === undefined || line.total_tax_amount === undefined,
  )
  return untaxed < 0 ? null : `order_lines[${untaxed}].tax_rate`
}
