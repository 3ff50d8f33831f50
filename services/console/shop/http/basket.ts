import { answered, isProblemError } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { form, input, readForm } from '../../pages/forms.ts'
import { money, table } from '../../pages/parts.ts'
import { leadTo } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { basketOf, type Chosen, setInBasket } from '../basket.ts'
import { config, showShop } from '../shop.ts'
import { shopWords } from '../words.ts'

/** What was chosen, as it may still be changed. What it comes to with delivery is said once it is known where it goes. */
export function basket(server: FastifyInstance) {
  server.get('/shop/basket', { config }, async (request, reply) => {
    const { view } = request
    const say = shopWords(view.language)
    const chosen = basketOf(request)
    const goods = await Promise.all(chosen.map((each) => describe(view, each)))
    const main =
      chosen.length === 0
        ? html`<p>${say('basketEmpty')}</p><p><a class="ds-link" href="/shop">${say('toCatalogue')}</a></p>`
        : html`<div class="ds-card">${form(
            view,
            { action: '/shop/basket', submit: say('change'), quiet: true },
            table(
              say('basket'),
              [say('goods'), say('each'), say('units')],
              goods.map(({ sku, name, price, quantity }) => [
                name,
                price === undefined ? '–' : html`<span class="amount">${money(view, price, 'NOK')}</span>`,
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

/** What a product is called and costs now; one that is gone keeps its number, and orders refuses it. */
async function describe({ clients, language }: View, { sku, quantity }: Chosen) {
  try {
    const { name, priceNok } = await answered(clients.orders.GET('/products/{sku}', { params: { path: { sku } } }))
    return { sku, name: name[language], price: priceNok, quantity }
  } catch (error) {
    if (isProblemError(error) && error.problem.status === 404) return { sku, name: sku, price: undefined, quantity }
    throw error
  }
}
