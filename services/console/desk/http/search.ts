import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { input } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { leadTo, show } from '../../pages/show.ts'
import { orderTable } from '../order-table.ts'
import { deskWords } from '../words.ts'

const NEWEST = 15
const MAX_LENGTH = 254

/** The desk's first page: a field to search by, and the newest orders until something was searched for. */
export function search(server: FastifyInstance) {
  const config = { access: 'staff' as const }
  server.get('/', { config: { access: 'public' } }, async (_request, reply) => leadTo(reply, '/desk'))
  server.get<{ Querystring: { q?: string } }>('/desk', { config }, async ({ view, query }, reply) => {
    const say = deskWords(view.language)
    const q = (query.q ?? '').trim().slice(0, MAX_LENGTH)
    const asked = q === '' ? { limit: NEWEST } : q.includes('@') ? { email: q } : { number: q.toUpperCase() }
    const { items } = await answered(view.clients.orders.GET('/orders', { params: { query: asked } }))
    const main = html`<form class="form inline" role="search" action="/desk">
${input({ name: 'q', label: say('searchLabel'), help: say('searchHelp'), value: q })}
<button class="ds-button" type="submit">${say('find')}</button>
</form>
<section id="results" aria-live="polite"><h2 class="ds-heading" data-size="xs">${q === '' ? say('newest') : say('found', { count: items.length })}</h2>
${items.length > 0 && orderTable(view, items)}
</section>`
    return show(reply, page(view, { title: say('desk'), main }))
  })
}
