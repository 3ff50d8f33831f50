import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { config, showShop } from '../shop.ts'
import { shopWords } from '../words.ts'

/** The terms that an order would be placed under, to read and to print. */
export function terms(server: FastifyInstance) {
  server.get<{ Params: { seller: string; date: string } }>(
    '/shop/terms/:seller/:date',
    { config },
    async (request, reply) => {
      const { view, params } = request
      const say = shopWords(view.language)
      const edition = await answered(
        view.clients.orders.GET('/terms/{seller}/{date}', {
          params: { path: params, query: { locale: view.language, format: 'json' } },
        }),
      )
      if (typeof edition === 'string') throw new TypeError('The terms were asked for as JSON.')
      const main = html`<div class="ds-card terms"><p>${edition.introduction}</p>
${edition.clauses.map(
  ({
    number,
    title,
    sentences,
  }) => html`<section aria-labelledby="c${number}"><h2 class="ds-heading" data-size="xs" id="c${number}">${number}. ${title}</h2>
${sentences.map((sentence) => html`<p id="c${sentence.number}"><span class="quiet">${sentence.number}</span> ${sentence.text}</p>`)}</section>`,
)}
<section aria-labelledby="form"><h2 class="ds-heading" data-size="xs" id="form">${say('withdrawalForm')}</h2><pre>${edition.withdrawalForm}</pre></section></div>`
      return showShop(request as never, reply, { title: edition.title, main })
    },
  )
}
