import { html } from 'hono/html'
import { dateOf, dayOf, facts, money, section, table, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { OrderSeen } from './order-reading.ts'
import { deskWords } from './words.ts'

/** What was authorised, taken, let go and given back, entry by entry, and the documents about it. */
export function moneyOf(view: View, { order, payments, documents }: OrderSeen): Html {
  const say = deskWords(view.language)
  const sum = (amount: number, currency: string = order.currency) =>
    html`<span class="amount">${money(view, amount, currency)}</span>`
  const accounts = payments?.accounts ?? []
  const entries = payments?.entries ?? []
  const items = documents?.items ?? []
  return section(
    'money',
    say('money'),
    html`${facts([
      [say('inAll'), sum(order.totals.total)],
      [say('authorised'), sum(order.payment.authorised)],
      [say('captured'), sum(order.payment.captured)],
      [say('refunded'), sum(order.payment.refunded)],
    ])}
${accounts.map(({ provider, paymentId, authorised, captured, released, refunded, currency, expiresAt }) =>
  facts([
    [say('provider'), html`${provider} <span class="quiet">${paymentId}</span>`],
    [say('authorised'), sum(authorised, currency)],
    [say('captured'), sum(captured, currency)],
    [say('released'), sum(released, currency)],
    [say('refunded'), sum(refunded, currency)],
    [say('expires'), expiresAt === null || captured + released >= authorised ? undefined : timeOf(view, expiresAt)],
  ]),
)}
${
  entries.length > 0 &&
  html`<details><summary>${say('entries', { count: entries.length })}</summary>${table(
    say('money'),
    [say('what'), say('total'), say('day')],
    entries.map(({ kind, amount, currency, at }) => [kind, sum(amount, currency), timeOf(view, at)]),
  )}</details>`
}
${
  items.length > 0 &&
  table(
    say('documents'),
    [say('document'), say('total'), say('day')],
    items.map(({ id, series, number, amount, currency, issuedAt }) => [
      html`<a class="ds-link" href="/desk/orders/${order.id}/documents/${id}">${say(series)} ${number}</a>`,
      sum(amount, currency),
      dayOf(view, dateOf(issuedAt)),
    ]),
  )
}`,
  )
}
