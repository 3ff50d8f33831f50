import { html } from 'hono/html'
import { countryOf, dateOf, dayOf, facts, money, notice, section, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { pathBy } from './linked.ts'
import { offersOf } from './offers.ts'
import type { CaseItem, LinkedParcel, Order, Seen } from './order-reading.ts'
import { parcelsOf } from './parcels.ts'
import { openLines, rightsOf, WAYS } from './rights.ts'
import { customerWords } from './words.ts'

type Told = {
  missing: Html
  withdrawLabel: string
  parcels: LinkedParcel[]
  sent: boolean
  withData: boolean
  withShop: boolean
}

/** All that whoever has an order's link sees of it; `missing` is what could not be read, in words. */
export function orderPage(
  view: View,
  seen: Seen,
  { missing, withdrawLabel, parcels, sent, withData, withShop }: Told,
): Html {
  const say = customerWords(view.language)
  return html`${sent && notice('success', html`<p>${say('sentOnce')}</p>`)}${missing}
${toPay(view, seen.order)}
${waysOf(view, seen, withdrawLabel)}
<div class="columns">
${aboutOrder(view, seen)}
${goodsOf(view, seen.order)}
</div>
${parcelsOf(view, seen, parcels)}
${offersOf(view, seen, withShop)}
${casesOf(view, seen)}
${rightsOf(view, seen)}
${papersOf(view, seen)}
${withData && html`<p><a class="ds-link" href="${pathBy(seen.link, '/data')}">${say('myData')}</a></p>`}`
}

/** Where it is paid, or paid again, for as long as there is something to pay. */
function toPay(view: View, { payment, totals, currency }: Order): Html {
  const say = customerWords(view.language)
  if (payment.url === undefined) return html``
  return html`<div class="ds-alert" data-color="warning" role="status"><p>${say(payment.expiredAt === undefined ? 'toPay' : 'payAgain')}</p>
<p><a class="ds-button" href="${payment.url}">${payment.expiredAt === undefined ? say('pay', { amount: money(view, totals.total, currency) }) : say('payRest')}</a></p></div>`
}

function waysOf(view: View, seen: Seen, withdrawLabel: string): Html {
  const say = customerWords(view.language)
  const open = WAYS.filter((way) => openLines(way, { rights: seen.now }).length > 0)
  const canExchange = seen.cases.some(isExchangeable)
  if (open.length === 0 && !canExchange)
    return seen.now === undefined ? html`` : html`<p class="quiet">${say('noWays')}</p>`
  return html`<nav aria-label="${say('ways')}"><ul class="ways">
${open.map((way, n) => html`<li><a class="ds-button"${n > 0 && html` data-variant="secondary"`} href="${pathBy(seen.link, `/${way}`)}">${way === 'withdraw' ? withdrawLabel : say(`way_${way}`)}</a></li>`)}
${canExchange && html`<li><a class="ds-button" data-variant="secondary" href="${pathBy(seen.link, '/exchange')}">${say('way_exchange')}</a></li>`}
</ul></nav>`
}

/** A case in which goods go back and are not paid back yet: for those others may be had instead. */
export const isExchangeable = ({ kind, closedAt }: CaseItem) =>
  (kind === 'withdrawal' || kind === 'voluntary-return') && closedAt === undefined

const COLORS: Partial<Record<Order['status'], 'success' | 'warning'>> = { delivered: 'success', unformed: 'warning' }

function aboutOrder(view: View, { order }: Seen): Html {
  const say = customerWords(view.language)
  const { shippingAddress: to, payment, currency } = order
  const sum = (amount: number) =>
    amount === 0 ? undefined : html`<span class="amount">${money(view, amount, currency)}</span>`
  return section(
    'about',
    say('about'),
    facts([
      [say('status'), tag(COLORS[order.status] ?? 'neutral', say(`status_${order.status}`))],
      [say('placed'), timeOf(view, order.placedAt)],
      [say('formed'), order.formedAt && timeOf(view, order.formedAt)],
      [say('deliveredTo'), `${to.name}, ${to.street}, ${to.postalCode} ${to.city}, ${countryOf(view, to.country)}`],
      [say('delivery'), order.delivery.name],
      [say('parcels'), parcelsIn(view, order)],
      [say('paid'), sum(payment.captured)],
      [say('reserved'), payment.captured === 0 && !payment.released ? sum(payment.authorised) : undefined],
      [say('paidBack'), sum(payment.refunded)],
    ]),
  )
}

function parcelsIn(view: View, { shipments }: Order): Html | undefined {
  const say = customerWords(view.language)
  if (shipments.length === 0) return undefined
  return html`<ul class="list">${shipments.map(
    ({ dispatchedAt, deliveredAt, carrier, trackingNumber }) =>
      html`<li>${say(deliveredAt === undefined ? 'sent' : 'delivered')} ${dayOf(view, dateOf(deliveredAt ?? dispatchedAt))} <span class="quiet">${carrier ?? ''} ${trackingNumber ?? ''}</span></li>`,
  )}</ul>`
}

/** More goods than these are a list that opens. */
const MOST_GOODS = 12

function goodsOf(view: View, { lines, delivery, totals, currency }: Order): Html {
  const say = customerWords(view.language)
  const sum = (amount: number) => html`<span class="amount">${money(view, amount, currency)}</span>`
  const lineOf = ({ name, quantity, total }: Order['lines'][number]) =>
    html`<li><span>${quantity} × ${name}</span>${sum(total)}</li>`
  return section(
    'goods',
    say('goods'),
    html`${lines.length > MOST_GOODS && html`<details class="part"><summary>${view.say('eachOf', { count: lines.length })}</summary><ul class="list bill">${lines.map(lineOf)}</ul></details>`}
<ul class="list bill">
${lines.length <= MOST_GOODS && lines.map(lineOf)}
<li><span>${delivery.name}</span>${sum(delivery.price)}</li>
<li><strong>${say('total')}</strong><strong>${sum(totals.total)}</strong></li>
</ul>`,
  )
}

function casesOf(view: View, { cases, link }: Seen): Html {
  const say = customerWords(view.language)
  if (cases.length === 0) return html``
  return section(
    'cases',
    say('cases'),
    html`<ul class="list">${cases.map(
      ({ id, kind, openedAt, closedAt, answer, dueOn, owed, currency }) =>
        html`<li class="ruling"><p><a class="ds-link" href="${pathBy(link, `/cases/${id}`)}">${say(`kind_${kind}`)}, ${dayOf(view, dateOf(openedAt))}</a> ${tag(closedAt === undefined ? 'info' : 'neutral', say(closedAt === undefined ? 'open' : 'closed'))}
${owed !== undefined && currency !== undefined && html`<span>${say(closedAt === undefined ? 'owed' : 'wasPaidBack', { amount: money(view, owed, currency) })}</span>`}${dueOn !== undefined && closedAt === undefined && html` <span class="quiet">${say('dueOn')} ${dayOf(view, dueOn)}</span>`}</p>
${answer && !(closedAt !== undefined && owed !== undefined) && html`<p class="quiet">${answer[view.language]}</p>`}</li>`,
    )}</ul>`,
  )
}

/** What can be kept or printed: terms as they were accepted, invoices and credit notes. */
function papersOf(view: View, { order, documents, link }: Seen): Html {
  const say = customerWords(view.language)
  return section(
    'papers',
    say('papers'),
    html`<ul class="list">
<li><a class="ds-link" href="${pathBy(link, '/terms')}">${say('terms')}</a> <span class="quiet">${order.terms.edition}</span></li>
${documents.map(({ id, series, number, amount, currency, issuedAt }) => html`<li><a class="ds-link" href="${pathBy(link, `/documents/${id}`)}">${say(series)} ${number}</a>, ${dayOf(view, dateOf(issuedAt))}, <span class="amount">${money(view, amount, currency)}</span></li>`)}
</ul>${documents.length === 0 && html`<p class="quiet">${say('noDocuments')}</p>`}`,
  )
}
