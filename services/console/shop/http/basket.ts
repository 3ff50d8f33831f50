import type { FastifyInstance, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import { form, input, readForm } from '../../pages/forms.ts'
import { money, table } from '../../pages/parts.ts'
import { leadTo } from '../../pages/show.ts'
import { basketOf, type Chosen, setInBasket } from '../basket.ts'
import { bulkyTold } from '../rights.ts'
import { config, showShop } from '../shop.ts'
import { readChosen, whereOf } from '../where.ts'
import { shopWords } from '../words.ts'

/** What was chosen, as it may still be changed. What it comes to with delivery is said once it is known where it goes. */
export function basket(server: FastifyInstance) {
  server.get('/shop/basket', { config }, async (request, reply) => {
    const { view } = request
    const say = shopWords(view.language)
    const chosen = basketOf(request)
    const goods = await describe(request, chosen)
    const main =
      chosen.length === 0
        ? html`<p>${say('basketEmpty')}</p><p><a class="ds-link" href="/shop">${say('toCatalogue')}</a></p>`
        : html`<div class="ds-card">${form(
            view,
            { action: '/shop/basket', submit: say('change'), quiet: true },
            table(
              say('basket'),
              [say('goods'), say('each'), say('units')],
              goods.map(({ sku, name, shown, quantity, large }) => [
                html`${name}${large.map((told) => html`<br><span class="quiet">${told}</span>`)}`,
                shown === undefined
                  ? '–'
                  : html`<span class="amount">${money(view, shown.price, shown.currency)}</span> <span class="quiet">${shown.label[view.language]}</span>`,
                input({
                  name: `units-${sku}`,
                  label: say('unitsOf', { name }),
                  value: String(quantity),
                  type: 'number',
                  hidden: true,
                }),
              ]),
            ),
          )}</div>
<p class="quiet">${say('deliveryLater')}</p>
<p><a class="ds-button" href="/shop/checkout">${say('toCheckout')}</a></p>`
    return showShop(request, reply, { title: say('basket'), main })
  })

  server.post('/shop/basket', { config }, async (request, reply) => {
    const sent = readForm(request.body)
    for (const each of basketOf(request))
      setInBasket(request, { ...each, quantity: sent.number(`units-${each.sku}`) ?? each.quantity })
    return leadTo(reply, '/shop/basket')
  })
}

/** What each of them is called and costs now, all asked for at once; one that is gone keeps its number, and orders refuses it. */
async function describe(request: FastifyRequest, chosen: readonly Chosen[]) {
  const { view } = request
  const { clients, language } = view
  const skus = chosen.map(({ sku }) => sku)
  const found = new Map(
    (await readChosen(clients, skus, { country: whereOf(request) })).map((each) => [each.sku, each]),
  )
  return chosen.map(({ sku, quantity }) => ({
    ...{ sku, quantity },
    name: found.get(sku)?.name[language] ?? sku,
    shown: found.get(sku)?.shown,
    large: bulkyTold(view, found.get(sku) ?? {}),
  }))
}
