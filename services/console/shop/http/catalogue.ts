import { answered, type Clients } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { form, input, readForm, select } from '../../pages/forms.ts'
import { once } from '../../pages/once.ts'
import { citesOf, dateOf, dayOf, money } from '../../pages/parts.ts'
import { type Html, leadTo } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { addToBasket } from '../basket.ts'
import { smallLabelOf } from '../guarantee-notice.ts'
import { bulkyTold, guaranteeTold } from '../rights.ts'
import { config, type Shop, showShop } from '../shop.ts'
import { countries, goTo, whereOf } from '../where.ts'
import { shopWords } from '../words.ts'

const PAGE_SIZE = 24

const list = ({ orders }: Clients, { country, after }: { country: string; after?: string }) =>
  orders.GET('/products', { params: { query: { limit: PAGE_SIZE, country, ...(after && { after }) } } })
type Product = NonNullable<Awaited<ReturnType<typeof list>>['data']>['items'][number]

/** What is sold, with what it costs, and a form beside each to put it in the basket. */
export function catalogue(server: FastifyInstance, { deps }: Shop) {
  server.get<{ Querystring: { after?: string } }>('/shop', { config }, async (request, reply) => {
    const { view, query } = request
    const say = shopWords(view.language)
    const country = whereOf(request)
    const { items, next } = await answered(list(view.clients, { country, after: query.after }))
    const shown = items.filter((product) => product.shown !== undefined)
    const main = html`<p class="lead">${say('lead')}</p>
${citesOf(view, shown[0]?.shown?.reasons)}
${form(view, { action: '/shop/country', submit: say('showPrices'), quiet: true }, select({ name: 'country', label: say('goesTo'), value: country }, countries(view.language)))}
${shown.length === 0 ? html`<p>${say('empty')}</p>` : html`<ul class="goods">${shown.map((product) => card(view, product))}</ul>`}
${next && html`<p><a class="ds-link" href="/shop?after=${encodeURIComponent(next)}">${say('more')}</a></p>`}`
    return showShop(request, reply, { title: say('place'), main })
  })

  server.post('/shop/country', { config }, async (request, reply) => {
    goTo(request, readForm(request.body).text('country'))
    return leadTo(reply, '/shop')
  })
  // Whoever chooses another language there is led to the goods.
  server.get('/shop/country', { config }, async (_request, reply) => leadTo(reply, '/shop'))

  server.post('/shop/basket/goods', { config }, async (request, reply) => {
    const sent = readForm(request.body)
    const sku = sent.text('sku')
    const quantity = sent.number('quantity') ?? 1
    if (sku !== undefined)
      await once(deps, sent.id, async () => {
        const path = { path: { sku } }
        const { seller = '' } = await answered(request.view.clients.orders.GET('/products/{sku}', { params: path }))
        addToBasket(request, { sku, seller, quantity })
      })
    return leadTo(reply, '/shop/basket')
  })
}

/** A product as somebody who looks sees it. */
function card(view: View, product: Product): Html {
  const say = shopWords(view.language)
  const { sku, name, stock, guarantee, digital, traits, manual, durabilityLabel } = product
  const manualUrl = manual?.[view.language]
  return html`<li class="ds-card"><h2 class="ds-heading" data-size="xs">${name[view.language]}</h2>
${priceOf(view, product)}
<ul class="told">
<li>${say(stock > 0 ? 'inStock' : 'soldOut')}</li>
${traits.madeToOrder && html`<li>${say('madeToOrder')}</li>`}
${traits.hygieneSealed && html`<li>${say('hygieneSealed')}</li>`}
${bulkyTold(view, product).map((told) => html`<li>${told}</li>`)}
${guarantee && html`<li>${guaranteeTold(view, guarantee, guarantee.covers[view.language])}</li>`}
${digital && html`<li>${say('digital', { months: digital.months })}</li>`}
${manualUrl && html`<li><a class="ds-link" href="${manualUrl}">${say('manual')}</a></li>`}
</ul>
${durabilityLabel && smallLabelOf(view, durabilityLabel)}
${
  stock > 0 &&
  form(
    view,
    { action: '/shop/basket/goods', submit: say('add') },
    html`<input type="hidden" name="sku" value="${sku}">
${input({ name: 'quantity', label: say('units'), value: '1', type: 'number', prefix: sku, required: true, min: 1 })}`,
  )
}</li>`
}

/** What it costs where the goods go, and where it was lowered, what it stands beside and why. */
function priceOf(view: View, { shown, lowered }: Product): Html {
  const say = shopWords(view.language)
  const { price, currency, lowestBefore, label } = shown!
  const before = lowered?.[currency]
  return html`<p class="price"><strong>${money(view, price, currency)}</strong> <span class="quiet">${label[view.language]}</span></p>
${
  before &&
  lowestBefore !== undefined &&
  html`<p>${say('loweredFrom', { amount: money(view, lowestBefore, currency), percent: Math.floor(before.percent) })}
<span class="quiet">${say('loweredOn')} ${dayOf(view, dateOf(before.since))}</span></p>${citesOf(view, before.reasons)}`
}`
}
