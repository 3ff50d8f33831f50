import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { facts, money, section, table, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { type Order, statusOf } from './order-table.ts'
import { deskWords } from './words.ts'

const listShipments = (clients: Clients) => clients.shipping.GET('/shipments', {})
/** A shipment as the shipping service lists it. */
export type Shipment = NonNullable<Awaited<ReturnType<typeof listShipments>>['data']>['items'][number]

export type OrderSeen = {
  order: Order
  shipments: readonly Shipment[]
  /** What could not be read, in words. */
  missing: Html
}

/** What the services say of one order. */
export const orderPage = (view: View, { order, shipments, missing }: OrderSeen): Html => html`${missing}
<div class="columns">
${aboutOrder(view, order)}
${moneyOf(view, order)}
</div>
${goodsOf(view, order)}
${shipmentsOf(view, shipments)}`

function aboutOrder(view: View, order: Order) {
  const say = deskWords(view.language)
  const { customer, shippingAddress: to } = order
  return section(
    'about',
    say('orderHead'),
    facts([
      [say('status'), statusOf(view, order.status)],
      [say('customer'), html`${customer.name} <span class="quiet">${say(customer.kind)}</span>`],
      [say('organisation'), customer.organisationNumber],
      [say('email'), customer.email],
      [say('address'), `${to.name}, ${to.street}, ${to.postalCode} ${to.city}, ${to.country}`],
      [say('placed'), timeOf(view, order.placedAt)],
      [say('formed'), order.formedAt && timeOf(view, order.formedAt)],
      [say('delivery'), order.delivery.name],
      [say('terms'), order.terms.edition],
    ]),
  )
}

function moneyOf(view: View, { payment, currency, totals }: Order) {
  const say = deskWords(view.language)
  const sum = (amount: number) => html`<span class="amount">${money(view, amount, currency)}</span>`
  return section(
    'money',
    say('money'),
    facts([
      [say('inAll'), sum(totals.total)],
      [say('authorised'), sum(payment.authorised)],
      [say('captured'), sum(payment.captured)],
      [say('released'), view.say(payment.released ? 'yes' : 'no')],
      [say('refunded'), sum(payment.refunded)],
    ]),
  )
}

function goodsOf(view: View, { lines, currency }: Order) {
  const say = deskWords(view.language)
  return section(
    'goods',
    say('goods'),
    table(
      say('goods'),
      [say('line'), say('units'), say('price'), say('vat')],
      lines.map(({ name, sku, quantity, total, vat }) => [
        html`${name} <span class="quiet">${sku}</span>`,
        quantity,
        html`<span class="amount">${money(view, total, currency)}</span>`,
        html`<span class="amount">${money(view, vat, currency)}</span>`,
      ]),
    ),
  )
}

function shipmentsOf(view: View, shipments: readonly Shipment[]) {
  const say = deskWords(view.language)
  return section(
    'shipments',
    say('shipments'),
    shipments.length === 0
      ? html`<p class="quiet">${say('noShipments')}</p>`
      : html`<ul class="list">${shipments.map(({ status }) => html`<li>${status}</li>`)}</ul>`,
  )
}
