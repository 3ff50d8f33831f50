import { type Covered, localeAt, type Purchase } from '../coverage.ts'
import type { StartInput } from '../port.ts'
import { klarnaLine } from './lines.ts'

/** What is asked of a provider, as the table of what it takes wants it. */
export const purchaseOf = ({ country, total: { amount, currency }, lines }: StartInput): Purchase => ({
  country,
  currency,
  amount,
  lines: lines.map(({ total }) => total),
})

const cart = (name: Covered, input: StartInput) => ({
  purchase_country: input.country,
  purchase_currency: input.total.currency,
  locale: localeAt(name, input),
  order_amount: input.total.amount,
  order_tax_amount: input.tax,
  order_lines: input.lines.map(klarnaLine),
  merchant_reference1: input.orderNumber,
  merchant_reference2: input.orderId,
  billing_address: {
    country: input.country,
    email: input.customer.email,
  },
})

/** What is bought, in the words of Klarna Payments (v1). A session and the order placed from it are the same but for `intent`. */
export const orderRequest = (name: Covered, input: StartInput) => ({
  ...cart(name, input),
  merchant_urls: {
    confirmation: input.urls.success,
    notification: input.urls.notification,
    push: withQuery(input.urls.notification, 'order_id={order.id}'),
  },
})

/** What is bought, in the words of Klarna Checkout (v3), which is Kustom's now. It calls its order the checkout order. */
export const checkoutRequest = (name: Covered, input: StartInput, urls: { checkout: string; terms: string }) => ({
  ...cart(name, input),
  merchant_urls: {
    ...urls,
    confirmation: input.urls.success,
    notification: input.urls.notification,
    push: withQuery(input.urls.notification, 'order_id={checkout.order.id}'),
  },
})

/** The braces are Klarna's placeholders and must stay as they are, which `URL` would not let them. */
export const withQuery = (url: string, query: string) => `${url}${url.includes('?') ? '&' : '?'}${query}`
