import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { input, oneOf } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { section } from '../../pages/parts.ts'
import { createReading } from '../../pages/reading.ts'
import { show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { readOrder } from '../order-table.ts'
import { announcing, endingRecall, tellingOfRecall } from '../recall-deeds.ts'
import { aboutRecall, noticeTable, outcomes, pathOfRecall, type Recall, recallTable, serialTable } from '../recalls.ts'
import { deskWords, recallWords, workWords } from '../words.ts'
import { deskDeeds } from './deeds.ts'

const config = { access: 'staff' as const }
const readRecall = ({ clients }: View, id: string) =>
  answered(clients.shipping.GET('/recalls/{id}', { params: { path: { id } } }))

/** Recalls: all of them, whom a unit went to by its number, one with who was told, and the announcing, the end and the telling of one. */
export function recallPages(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  deskDeeds(server, deps, '/desk/recalls/new', async ({ view }) => announcing(view))
  list(server)
  one(server)
  deskDeeds(server, deps, '/desk/recalls/:id/end', async ({ view, params: { id = '' } }) =>
    endingRecall(view, await readRecall(view, id)),
  )
  deskDeeds(server, deps, '/desk/orders/:id/recalls/:recall', async ({ view, params: { id = '', recall = '' } }) => {
    const [order, found] = await Promise.all([answered(readOrder(view.clients, id)), readRecall(view, recall)])
    return tellingOfRecall(view, order, found)
  })
}

const list = (server: FastifyInstance) =>
  server.get<{ Querystring: { number?: string } }>('/desk/recalls', { config }, async ({ view, query }, reply) => {
    const say = recallWords(view.language)
    const { shipping } = view.clients
    const number = query.number?.trim()
    const reading = createReading()
    const [{ items }, found] = await Promise.all([
      answered(shipping.GET('/recalls', {})),
      number ? reading.of('shipping', shipping.GET('/serials/{number}', { params: { path: { number } } })) : undefined,
    ])
    const main = html`${reading.notice(view)}
<nav aria-label="${deskWords(view.language)('actions')}"><ul class="ways">
<li><a class="ds-link" href="/desk/work">${deskWords(view.language)('work')}</a></li>
<li><a class="ds-button" data-variant="secondary" data-size="sm" href="/desk/recalls/new">${say('doAnnounce')}</a></li>
</ul></nav>
<p>${say('recallsLead')}</p>
${recallTable(view, items)}
${section(
  'find',
  say('find'),
  html`<form class="form" method="get" action="/desk/recalls">
${input({ name: 'number', label: say('findNumber'), value: number, required: true })}
<p><button class="ds-button" type="submit" data-variant="secondary">${say('findIt')}</button></p></form>
${number && serialTable(view, number, found)}`,
)}`
    return show(reply, page(view, { title: say('recalls'), main }))
  })

type One = { Params: { id: string }; Querystring: { outcome?: string; after?: string } }
const one = (server: FastifyInstance) =>
  server.get<One>('/desk/recalls/:id', { config }, async ({ view, params: { id }, query }, reply) => {
    const say = recallWords(view.language)
    const outcome = oneOf(outcomes, query.outcome)
    const asked = { params: { path: { id }, query: { outcome, after: query.after } } }
    const [recall, { items, next }] = await Promise.all([
      readRecall(view, id),
      answered(view.clients.shipping.GET('/recalls/{id}/notices', asked)),
    ])
    const path = pathOfRecall(recall)
    const onward = new URLSearchParams({ ...(outcome && { outcome }), ...(next && { after: next }) })
    const main = html`<nav aria-label="${deskWords(view.language)('actions')}"><ul class="ways">
<li><a class="ds-link" href="/desk/recalls">${say('toAll')}</a></li>
${recall.endedAt === undefined && html`<li><a class="ds-button" data-variant="secondary" data-size="sm" href="${path}/end">${say('doEnd')}</a></li>`}
</ul></nav>
${aboutRecall(view, recall)}
${section(
  'notices',
  say('notices'),
  html`${filter(view, recall, outcome)}${noticeTable(view, recall, items)}
${next !== undefined && html`<p><a class="ds-link" href="${path}?${onward}#notices">${workWords(view.language)('nextPage')}</a></p>`}`,
)}`
    return show(reply, page(view, { title: say('title', { sku: recall.sku }), main }))
  })

/** Whom is shown of those who have units: all, or those with whom it stands in one way. */
function filter(view: View, recall: Recall, chosen: (typeof outcomes)[number] | undefined) {
  const say = recallWords(view.language)
  const path = pathOfRecall(recall)
  const way = (href: string, title: string, isChosen: boolean) =>
    isChosen ? html`<strong>${title}</strong>` : html`<a class="ds-link" href="${href}#notices">${title}</a>`
  return html`<ul class="ways"><li>${way(path, say('everybody'), chosen === undefined)}</li>
${outcomes.map((each) => html`<li>${way(`${path}?outcome=${each}`, say(`outcome_${each}`), chosen === each)}</li>`)}</ul>`
}
