import { answered, type Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { input, momentOf, type SentForm, sumInput, textarea } from '../pages/forms.ts'
import { citesOf, facts, money, table, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Action } from './fields.ts'
import type { Order } from './order-table.ts'
import { offerWords } from './words.ts'

/** So many products are offered by one form. */
const ROWS = [1, 2, 3] as const

/** Goods are offered to the customer of an order below the catalogue's price, after a look at what that gives and who may give it. */
export const offerPrice: Action = {
  fields: (view, { order: { currency } }, typed) => {
    const say = offerWords(view.language)
    return html`${ROWS.map(
      (row) => html`<fieldset class="ds-fieldset"><legend class="ds-label">${say('product', { row })}</legend>
${input({ name: `sku-${row}`, label: say('sku'), value: typed.text(`sku-${row}`), required: row === 1 })}
${input({ name: `units-${row}`, label: say('units'), value: typed.text(`units-${row}`) ?? (row === 1 ? '1' : undefined), type: 'number', min: 1, required: row === 1 })}
${sumInput({ name: `price-${row}`, label: say('unitPrice', { currency }), help: row === 1 ? say('unitPriceHelp') : undefined, value: typed.text(`price-${row}`), required: row === 1 })}
</fieldset>`,
    )}
${input({ name: 'until', label: say('until'), help: say('untilHelp'), value: typed.text('until'), type: 'datetime-local', required: true })}
${textarea({ name: 'reason', label: say('reason'), help: say('reasonHelp'), value: typed.text('reason'), required: true })}`
  },
  consequences: async ({ view, seen: { order }, sent }) => {
    const asked = { params: { path: { id: order.id } }, body: offerIn(order, sent) }
    return follows(view, await answered(view.clients.orders.POST('/orders/{id}/price-offers/preview', asked)))
  },
  act: ({ view, seen: { order }, sent }) =>
    answered(
      view.clients.orders.PUT('/orders/{id}/price-offers/{offerId}', {
        params: { path: { id: order.id, offerId: sent.id } },
        body: offerIn(order, sent),
      }),
    ),
}

/** What a form offers; a row of which nothing is written is none. */
const offerIn = ({ currency }: Order, sent: SentForm) => ({
  lines: ROWS.filter((row) => ['sku', 'price'].some((name) => sent.text(`${name}-${row}`) !== undefined)).map(
    (row) => ({
      sku: sent.text(`sku-${row}`) ?? '',
      quantity: sent.number(`units-${row}`) ?? 0,
      unitPrice: sent.sum(`price-${row}`) ?? 0,
    }),
  ),
  currency,
  until: momentOf(sent.text('until')) ?? '',
  reason: sent.text('reason') ?? '',
})

const see = (clients: Clients, id: string, body: ReturnType<typeof offerIn>) =>
  clients.orders.POST('/orders/{id}/price-offers/preview', { params: { path: { id } }, body })
/** What would follow of an offer, as the orders service foresees it. */
type Foreseen = NonNullable<Awaited<ReturnType<typeof see>>['data']>

function follows(view: View, then: Foreseen): Html {
  const say = offerWords(view.language)
  const sum = (amount: number) => html`<span class="amount">${money(view, amount, then.currency)}</span>`
  return html`${table(
    say('offered'),
    [say('sku'), say('units'), say('each'), say('catalogue')],
    then.lines.map((line) => [line.sku, line.quantity, sum(line.unitPrice), sum(line.cataloguePrice)]),
  )}
${facts([
  [say('until'), timeOf(view, then.until)],
  [say('given'), sum(then.given)],
  [say('givenBefore'), sum(then.givenBefore)],
  [say('anybody'), sum(then.anybody)],
  [say('approvers'), sum(then.approvers)],
])}
<p><strong>${say('binds')}</strong></p>
<p>${say('told')}</p>
<p>${say('once')}</p>
${citesOf(view, then.reasons)}`
}

export const readOffers = (clients: Clients, id: string) =>
  clients.orders.GET('/orders/{id}/price-offers', { params: { path: { id } } })
export type Offers = NonNullable<Awaited<ReturnType<typeof readOffers>>['data']>['items']

/** What was offered to the customer of an order, as items of a list: the goods, until when, and the order that took it. */
export function offersOf(view: View, offers: Offers): Html {
  const say = offerWords(view.language)
  return html`${offers.map(({ lines, currency, until, status, usedBy, reason, offeredBy, reasons }) => {
    const sum = (amount: number) => money(view, amount, currency)
    const goods = lines.map(({ sku, quantity, unitPrice, cataloguePrice }) =>
      say('line', { quantity, sku, price: sum(unitPrice), catalogue: sum(cataloguePrice) }),
    )
    return html`<li class="ruling"><p><strong>${say('title')}</strong> ${goods.join(', ')} ${say(`status_${status}`)}${usedBy && html` <a class="ds-link" href="/desk/orders/${usedBy}">${say('usedBy')}</a>`}</p>
<p>${say('until')}: ${timeOf(view, until)}</p>
<p class="quiet">${reason} – ${say('offeredBy', { by: offeredBy })}</p>${citesOf(view, reasons)}</li>`
  })}`
}
