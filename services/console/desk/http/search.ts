import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { input } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { createReading, type Reading } from '../../pages/reading.ts'
import { leadTo, show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { caseTable } from '../case-table.ts'
import { type Found, find, findTagged, newest } from '../find.ts'
import { hitTable, orderTable } from '../order-table.ts'
import { deskWords, tagWords, workWords } from '../words.ts'

const NEWEST = 15
const MAX_LENGTH = 200

/** The desk's first page: a field to search by, and the newest orders until something was searched for. */
export function search(server: FastifyInstance) {
  const config = { access: 'staff' as const }
  server.get('/', { config: { access: 'public' } }, async (_request, reply) => leadTo(reply, '/desk'))
  server.get<{ Querystring: { q?: string; tag?: string } }>('/desk', { config }, async (request, reply) => {
    const { view, query } = request
    const say = deskWords(view.language)
    const ofTags = tagWords(view.language)
    const q = [query.q ?? ''].flat()[0]!.trim().slice(0, MAX_LENGTH)
    const reading = createReading()
    const tag = [query.tag ?? ''].flat()[0]!
    const hits = await hitsOf(view, reading, { q, tag })
    // Whoever searches for somebody looks at them.
    if (hits !== undefined) request.found = { what: 'search', orderIds: ordersIn(hits) }
    const results = hits === undefined ? await newestOrders(view) : found(view, hits)
    const main = html`<form class="form inline" role="search" action="/desk">
${input({ name: 'q', label: say('searchLabel'), help: say('searchHelp'), value: q, type: 'search' })}
<button class="ds-button" type="submit">${say('find')}</button>
</form>
${reading.notice(view)}
${q === '' && tag !== '' && html`<p class="ways"><strong>${ofTags('withTag', { word: tag })}</strong> <a class="ds-link" href="/desk">${ofTags('withoutTag')}</a></p>`}
<div id="results" aria-live="polite" class="stack">${results}</div>`
    return show(reply, page(view, { title: say('desk'), main }))
  })
}

/** What was searched for: words come before a tag; undefined where nothing was. */
async function hitsOf(view: View, reading: Reading, { q, tag }: { q: string; tag: string }) {
  if (q !== '') return find(view, reading, q)
  return tag === '' ? undefined : findTagged(view, reading, tag)
}

/** The orders that were found, and those of the cases that were, which may not have been read. */
const ordersIn = ({ hits, cases }: Found) => [
  ...new Set([...hits.map(({ order }) => order.id), ...cases.map(({ orderId }) => orderId)]),
]

const newestOrders = async (view: View) => html`
<h2 class="ds-heading" data-size="xs">${deskWords(view.language)('newest')}</h2>
${orderTable(view, await newest(view, NEWEST))}`

function found(view: View, { hits, cases, more }: Found) {
  const say = deskWords(view.language)
  return html`<h2 class="ds-heading" data-size="xs">${say('found', { count: hits.length })}</h2>
${more && html`<p class="quiet">${workWords(view.language)('firstOnly')}</p>`}
${hits.length > 0 && hitTable(view, hits)}
${cases.length > 0 && html`<h2 class="ds-heading" data-size="xs">${say('cases')}</h2>${caseTable(view, cases)}`}`
}
