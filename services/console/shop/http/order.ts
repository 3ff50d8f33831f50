import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { citesOf, facts, money, timeOf } from '../../pages/parts.ts'
import type { Html } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { boughtOf } from '../buying.ts'
import { config, type Shop, showShop } from '../shop.ts'
import { shopWords } from '../words.ts'

type At = { Params: { number: string } }
type Where = 'pay' | 'paid' | 'unpaid'

/**
 * Before the payment page, and where it leads back to. Whoever placed the order in this browser sees it; to anybody else nothing is told,
 * not even whether there is one: the confirmation comes by mail.
 */
export function orderPages(server: FastifyInstance, { clients }: Shop) {
  for (const where of ['pay', 'paid', 'unpaid'] as const)
    server.get<At>(`/shop/orders/:number/${where}`, { config }, async (request, reply) => {
      const { view, params } = request
      const say = shopWords(view.language)
      const bought = boughtOf(request as never, params.number)
      if (bought === undefined) {
        const main = html`<p class="lead">${say('elsewhereText')}</p>`
        return showShop(request as never, reply, { title: say(`title_${where}`), main })
      }
      const order = await answered(
        (await clients()).orders.GET('/orders/{id}', { params: { path: { id: bought.id } } }),
      )
      const main = html`${told(view, where, order.status, bought.payAt)}
<div class="ds-card">${facts([
        [say('orderNumber'), order.number],
        [
          say('goods'),
          html`<ul class="list">${order.lines.map(({ name, quantity }) => html`<li>${quantity} × ${name}</li>`)}</ul>`,
        ],
        [say('inAll'), html`<span class="amount">${money(view, order.totals.total, order.currency)}</span>`],
        [say('confirmedTo'), order.customer.email],
        [say('formedAt'), order.formedAt && timeOf(view, order.formedAt)],
        [
          say('keptUntil'),
          order.status === 'awaiting-payment' && order.payment.reservedUntil
            ? timeOf(view, order.payment.reservedUntil)
            : undefined,
        ],
      ])}${citesOf(view, order.deliveryPromise?.reasons)}</div>
<p class="quiet">${say('withdrawWhere')} <a class="ds-link" href="/customer/withdraw">${say('withdrawLink')}</a>.</p>`
      return showShop(request as never, reply, { title: say(`title_${order.formedAt ? 'formed' : where}`), main })
    })
}

/** Where the order stands, and what there is to do. */
function told(view: View, where: Where, status: string, payAt: string): Html {
  const say = shopWords(view.language)
  const pay = payAt !== '' && html`<p><a class="ds-button" href="${payAt}">${say('goAndPay')}</a></p>`
  if (status === 'awaiting-payment')
    return where === 'paid'
      ? html`<p class="lead">${say('checking')}</p><p class="ways"><a class="ds-link" href="">${say('lookAgain')}</a></p>`
      : html`<p class="lead">${say(where === 'unpaid' ? 'unpaidText' : 'payText')}</p>${pay}`
  if (status === 'cancelled') return html`<p class="lead">${say('cancelled')}</p>`
  return html`<p class="lead">${say(status === 'awaiting-confirmation' ? 'confirming' : 'formed')}</p>`
}
