import { html } from 'hono/html'
import { checkbox, form } from '../pages/forms.ts'
import { citesOf, countryOf, dayOf, facts, money, section } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Buying, Quote } from './buying.ts'
import { rightsTold, type Told } from './rights.ts'
import { shopWords } from './words.ts'

type Offered = { id: string; buying: Buying; told: Told }

/**
 * What is offered, in the order in which it has to be told: the goods and what they come to, delivery, payment, rights, who sells, what was
 * written, the terms; and nothing after the button (angrerettloven §§ 8, 9 and 16; e-handelsloven § 11).
 */
export function offer(view: View, { id, buying: { typed, quote }, told }: Offered): Html {
  const say = shopWords(view.language)
  const { seller } = told
  const [who, date] = quote.terms.edition.split('/')
  return html`<p class="quiet">${say('step2')}</p>
${section('goods', say('goods'), goods(view, quote))}
${section('delivery', say('delivery'), delivery(view, id, quote))}
${section('sums', say('sums'), sums(view, quote))}
${section('payment', say('payment'), html`<p>${say(`capture_${quote.capture.timing}`)}</p>${citesOf(view, quote.capture.reasons)}`)}
${section('rights', say('rights'), rightsTold(view, quote, told))}
${section(
  'seller',
  say('seller'),
  facts([
    [say('name'), seller.name],
    [say('organisationNumber'), seller.organisationNumber],
    [
      say('address'),
      `${seller.address.street}, ${seller.address.postalCode} ${seller.address.city}, ${countryOf(view, seller.address.country)}`,
    ],
    [say('email'), seller.email],
    [say('phone'), seller.phone],
  ]),
)}
${section(
  'you',
  say('you'),
  html`${facts([
    [say('name'), typed.name],
    [say('organisationNumber'), typed.organisationNumber],
    [say('email'), typed.email],
    [say('address'), `${typed.street}, ${typed.postalCode} ${typed.city}, ${countryOf(view, typed.country!)}`],
  ])}<p><a class="ds-link" href="/shop/checkout?change=${id}">${say('changeAddress')}</a></p>`,
)}
${section(
  'order',
  say('order'),
  html`<p>${say('orderText')}</p>
<p><a class="ds-link" href="/shop/terms/${who}/${date}">${say('readTerms')}</a></p>
${form(
  view,
  { action: `/shop/checkout/${id}`, submit: told.button.label },
  html`${checkbox({ name: 'accepted', label: say('accept'), value: 'yes', required: true })}
<p class="total">${say('toPay')} <strong>${money(view, quote.totals.total, quote.currency)}</strong></p>`,
)}`,
)}`
}

const amount = (view: View, minor: number, { currency }: Quote) =>
  html`<span class="amount">${money(view, minor, currency)}</span>`

function goods(view: View, quote: Quote): Html {
  const say = shopWords(view.language)
  const short = quote.lines.filter(({ available, quantity }) => available < quantity)
  const each = ({ unitPrice, total }: Quote['lines'][number]['shown'], quantity: number) =>
    html`${quantity} × ${amount(view, unitPrice, quote)} = <strong>${amount(view, total, quote)}</strong>`
  return html`<ul class="list">${quote.lines.map(({ name, quantity, shown, withoutOffer }) => html`<li>${name}<br>${each(shown, quantity)} <span class="quiet">${quote.priceDisplay.label}</span>${withoutOffer !== undefined && html`<br><span class="quiet">${say('byOffer', { price: money(view, withoutOffer, quote.currency) })}</span>`}</li>`)}</ul>
${short.map(({ name, available }) => html`<p class="ds-alert" data-color="warning">${say('short', { name, available })}</p>`)}
<p><a class="ds-link" href="/shop/basket">${say('changeGoods')}</a></p>`
}

/** The ways of delivery with what each costs, and when the goods are expected. */
function delivery(view: View, id: string, quote: Quote): Html {
  const say = shopWords(view.language)
  const { deliveryPromise, deliveryOptions, delivery: chosen } = quote
  const options = html`<fieldset class="ds-fieldset"><legend class="ds-label">${say('ways')}</legend>
${deliveryOptions.map(
  (
    option,
  ) => html`<div class="ds-field tick"><input class="ds-input" type="radio" name="option" id="option-${option.id}" value="${option.id}"${option.id === chosen.option && html` checked`}>
<label class="ds-label" data-weight="regular" for="option-${option.id}">${option.name}: ${money(view, option.shown, quote.currency)}</label></div>`,
)}</fieldset>`
  return html`${form(view, { action: `/shop/checkout/${id}/delivery`, submit: say('chooseDelivery'), quiet: true }, options)}
${facts([
  [say('expected'), deliveryPromise && html`${dayOf(view, deliveryPromise.from)} – ${dayOf(view, deliveryPromise.to)}`],
  [say('lateAfter'), deliveryPromise?.lastDay && dayOf(view, deliveryPromise.lastDay)],
])}${citesOf(view, deliveryPromise?.reasons)}`
}

/** What it comes to: the whole price, with delivery and the VAT in it. */
function sums(view: View, quote: Quote): Html {
  const say = shopWords(view.language)
  const { totals, delivery: chosen, vat } = quote
  return html`${facts([
    [say('sumGoods'), amount(view, totals.goods, quote)],
    [`${say('delivery')} (${chosen.name})`, amount(view, totals.delivery, quote)],
    ...(vat.exported ? [] : vat.rates).map(
      ({ rate, vat: part }) => [say('vatOf', { rate: rate / 100 }), amount(view, part, quote)] as const,
    ),
    [say(vat.exported ? 'inAllExported' : 'inAll'), html`<strong>${amount(view, totals.total, quote)}</strong>`],
  ])}${citesOf(view, [...quote.priceDisplay.reasons, ...vat.reasons])}`
}
