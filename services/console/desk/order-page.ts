import { html } from 'hono/html'
import { citesOf, countryOf, facts, money, section, table, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { actionLinks } from './actions.ts'
import { approval } from './approval.ts'
import { caseTable } from './case-table.ts'
import { codeWords, eventOf, wasRefused } from './codes.ts'
import { damagesOf } from './damage.ts'
import { hindrancesOf } from './hindrances.ts'
import { mailsOf } from './mails.ts'
import { moneyOf } from './money.ts'
import { offersOf } from './offer-price.ts'
import type { OrderSeen } from './order-reading.ts'
import { type Order, statusOf } from './order-table.ts'
import { rights } from './rights.ts'
import { shipmentsOf } from './shipments.ts'
import { tagsSection } from './tags.ts'
import { timeline } from './timeline.ts'
import { deskWords, offerWords } from './words.ts'

/** What the services say of one order; `missing` is what could not be read, in words. */
export const orderPage = (view: View, seen: OrderSeen, missing: Html): Html => html`${missing}
${actionLinks(view, seen)}
<div class="columns">
${aboutOrder(view, seen.order)}
${moneyOf(view, seen)}
</div>
${timeline(view, seen)}
${goodsOf(view, seen.order)}
${rights(view, seen)}
<div class="columns">
${shipmentsOf(view, seen)}
${saidOf(view, seen)}
</div>
${damagesOf(view, seen.order, seen.damages)}
${hindrancesOf(view, seen.order)}
${casesOf(view, seen)}
${seen.tags && tagsSection(view, { what: 'orders', id: seen.order.id }, { words: seen.tags.map(({ word }) => word) })}
${mailsOf(view, seen.order, seen.mails)}
${historyOf(view, seen)}`

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
      [say('address'), `${to.name}, ${to.street}, ${to.postalCode} ${to.city}, ${countryOf(view, to.country)}`],
      [say('placed'), timeOf(view, order.placedAt)],
      [say('formed'), order.formedAt && timeOf(view, order.formedAt)],
      [say('delivery'), order.delivery.name],
      [offerWords(view.language)('pricedBy'), order.priceOffer],
      [say('terms'), order.terms.edition],
    ]),
  )
}

/** More goods than these are a table that opens. */
const MOST_GOODS = 20

function goodsOf(view: View, { lines, currency, cancellations }: Order) {
  const say = deskWords(view.language)
  const goods = table(
    say('goods'),
    [say('line'), say('units'), say('price'), say('vat')],
    lines.map(({ name, sku, quantity, total, vat }) => [
      html`${name} <span class="quiet">${sku}</span>`,
      quantity,
      html`<span class="amount">${money(view, total, currency)}</span>`,
      html`<span class="amount">${money(view, vat, currency)}</span>`,
    ]),
  )
  return section(
    'goods',
    say('goods'),
    html`${lines.length <= MOST_GOODS ? goods : html`<details><summary>${view.say('eachOf', { count: lines.length })}</summary>${goods}</details>`}${cancellations.length > 0 && html`<p class="quiet">${say('cancellations', { count: cancellations.length })}</p>`}`,
  )
}

/** What the customer said, and what was promised, given or decided besides. */
function saidOf(view: View, { statements, payouts, overrides, agreements, offers, order }: OrderSeen) {
  const say = deskWords(view.language)
  const nothing = [statements, payouts, overrides, agreements, offers].every(({ length }) => length === 0)
  if (nothing) return section('said', say('said'), html`<p class="quiet">${say('nothingSaid')}</p>`)
  const sum = (amount: number) => html`<span class="amount">${money(view, amount, order.currency)}</span>`
  return section(
    'said',
    say('said'),
    html`<ul class="list">
${statements.map(({ status, receivedAt, words, channel, refusal }) => html`<li class="ruling"><p><strong>${say('statement')}</strong> ${codeWords(view)(`said_${status}`)} ${timeOf(view, receivedAt)} <span class="quiet">${channel && codeWords(view)(`channel_${channel}`)}</span></p>${words && html`<blockquote>${words}</blockquote>`}${refusal && html`<p>${refusal.detail}</p>${citesOf(view, refusal.reasons)}`}</li>`)}
${payouts.map(({ id, kind, status, amount, why, proposedBy, needs, reasons }) => html`<li class="ruling"><p><strong>${say(`payout_${kind}`)}</strong> ${sum(amount)} ${say(`status_${status}`)}${needs && html`, ${say(`needs_${needs}`)}`}</p>${why && html`<p class="quiet">${why} – ${say('proposedBy')} ${proposedBy ?? ''}</p>`}${citesOf(view, reasons)}${needs === 'second-person' && approval(view, { what: 'payout', id, orderId: order.id })}</li>`)}
${overrides.map(({ id, about, status, amount, why, proposedBy, needs, ruled }) => html`<li class="ruling"><p><strong>${say('override')}</strong> ${say(`about_${about}`)} ${sum(amount)} ${say(`status_${status}`)}${needs && html`, ${say(`needs_${needs}`)}`}</p><p class="quiet">${why} – ${say('proposedBy')} ${proposedBy}</p>${citesOf(view, ruled)}${needs && approval(view, { what: 'override', id, orderId: order.id })}</li>`)}
${agreements.map(({ text, agreedAt, reasons }) => html`<li class="ruling"><p><strong>${say('agreement')}</strong> ${timeOf(view, agreedAt)}</p><blockquote>${text}</blockquote>${citesOf(view, reasons)}</li>`)}
${offersOf(view, offers)}
</ul>`,
  )
}

function casesOf(view: View, { cases }: OrderSeen) {
  const say = deskWords(view.language)
  return section(
    'cases',
    say('cases'),
    cases.length === 0 ? html`<p class="quiet">${say('noCases')}</p>` : caseTable(view, cases),
  )
}

function historyOf(view: View, { history }: OrderSeen) {
  const say = deskWords(view.language)
  return section(
    'history',
    say('history'),
    html`<ol class="list">${history.map(({ type, at, reasons, data }) => html`<li class="ruling"><p>${timeOf(view, at)} <strong>${eventOf(view, type)}</strong></p>${wasRefused(type) && html`<p class="quiet" lang="en">${data.detail}</p>`}${citesOf(view, reasons)}</li>`)}</ol>`,
  )
}
