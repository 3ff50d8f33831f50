import { html } from 'hono/html'
import { citesOf, facts, money, section, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Seen } from './order-reading.ts'
import { customerWords } from './words.ts'

/** What was offered to this customer at a price of their own: the goods, until when, and how it is taken; nothing where nothing was. */
export function offersOf(view: View, { offers }: Pick<Seen, 'offers'>, withShop: boolean): Html {
  const say = customerWords(view.language)
  if (offers.length === 0) return html``
  const items = offers.map(({ offerId, lines, currency, label, until, status, reasons }) => {
    const sum = (amount: number) => money(view, amount, currency)
    const goods = lines.map(({ name, quantity, unitPrice, cataloguePrice }) =>
      say('offerEach', {
        ...{ name: name[view.language], quantity, price: sum(unitPrice), catalogue: sum(cataloguePrice) },
      }),
    )
    return html`<li class="ruling"><p>${tag(status === 'open' ? 'success' : 'neutral', say(`offer_${status}`))}</p>
${goods.map((each) => html`<p>${each} <span class="quiet">${label[view.language]}</span></p>`)}
${facts([[say('offerUntil'), timeOf(view, until)]])}
${status === 'open' && html`<p>${say('offerHow', { id: offerId })}</p>${withShop && html`<p><a class="ds-link" href="/shop">${say('toShop')}</a></p>`}`}${citesOf(view, reasons)}</li>`
  })
  return section('offers', say('offers'), html`<ul class="list">${items}</ul>`)
}
