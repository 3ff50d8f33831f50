import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { money, table, tag, timeOf } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import type { Hit } from './find.ts'
import { deskWords } from './words.ts'

/** Asks for one order. */
export const readOrder = (clients: Clients, id: string) =>
  clients.orders.GET('/orders/{id}', { params: { path: { id } } })
/** An order as the orders service answers it. */
export type Order = NonNullable<Awaited<ReturnType<typeof readOrder>>['data']>

const COLORS: Partial<Record<Order['status'], 'success' | 'warning' | 'danger'>> = {
  delivered: 'success',
  unformed: 'danger',
  cancelling: 'warning',
}
export const statusOf = (view: View, status: Order['status']) =>
  tag(COLORS[status] ?? 'neutral', deskWords(view.language)(`status_${status}`))

const heads = ['orderHead', 'customer', 'placed', 'status', 'total'] as const

function cellsOf(view: View, { id, number, customer, placedAt, status, totals, currency }: Order) {
  return [
    html`<a class="ds-link nowrap" href="/desk/orders/${id}">${number}</a>`,
    html`${customer.name} <span class="quiet">${deskWords(view.language)(customer.kind)}</span>`,
    timeOf(view, placedAt),
    statusOf(view, status),
    html`<span class="amount">${money(view, totals.total, currency)}</span>`,
  ]
}

/** Orders, each with a link to its page. */
export function orderTable(view: View, orders: readonly Order[]) {
  const say = deskWords(view.language)
  return table(
    say('orders'),
    heads.map((head) => say(head)),
    orders.map((order) => cellsOf(view, order)),
  )
}

/** Orders that were found, each with by what. */
export function hitTable(view: View, hits: readonly Hit[]) {
  const say = deskWords(view.language)
  return table(
    say('orders'),
    [...heads.map((head) => say(head)), say('foundBy')],
    hits.map(({ order, why }) => [...cellsOf(view, order), why.map((each) => say(`by_${each}`)).join(', ')]),
  )
}
