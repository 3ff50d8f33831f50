import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { money, table, tag, timeOf } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import { deskWords } from './words.ts'

/** An order as the orders service answers it. */
export type Order = NonNullable<Awaited<ReturnType<typeof readOrder>>['data']>

/** Asks for one order. */
export const readOrder = (clients: Clients, id: string) =>
  clients.orders.GET('/orders/{id}', { params: { path: { id } } })

const COLORS: Partial<Record<Order['status'], 'success' | 'warning' | 'danger'>> = {
  delivered: 'success',
  unformed: 'danger',
  cancelling: 'warning',
}
export const statusOf = (view: View, status: Order['status']) =>
  tag(COLORS[status] ?? 'neutral', deskWords(view.language)(`status_${status}`))

/** Orders, each with a link to its page. */
export function orderTable(view: View, orders: readonly Order[]) {
  const say = deskWords(view.language)
  return table(
    say('search'),
    [say('orderHead'), say('customer'), say('placed'), say('status'), say('total')],
    orders.map(({ id, number, customer, placedAt, status, totals, currency }) => [
      html`<a class="ds-link nowrap" href="/desk/orders/${id}">${number}</a>`,
      html`${customer.name} <span class="quiet">${say(customer.kind)}</span>`,
      timeOf(view, placedAt),
      statusOf(view, status),
      html`<span class="amount">${money(view, totals.total, currency)}</span>`,
    ]),
  )
}
