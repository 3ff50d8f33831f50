import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { page } from '../../pages/layout.ts'
import { createReading } from '../../pages/reading.ts'
import { show } from '../../pages/show.ts'
import { deskWords, workWords } from '../words.ts'
import { countOf, wholeOf } from '../work-list.ts'
import { type Begin, readWhole } from '../work-wholes.ts'

type Asked = { Params: { list: string }; Querystring: Begin }

/** A list of what waits alone, a page at a time. */
export function workWhole(server: FastifyInstance) {
  const config = { access: 'staff' as const }
  server.get<Asked>('/desk/work/lists/:list', { config }, async ({ view, params: { list: name }, query }, reply) => {
    const reading = createReading()
    const found = await readWhole(view, reading, name, query)
    if (found === undefined) return reply.callNotFound()
    const { list, next, isCut } = found
    const [say, work] = [deskWords(view.language), workWords(view.language)]
    const shown = list.count === 0 ? html`<p class="quiet">${work('nothingWaits')}</p>` : list.content
    const main = html`${reading.notice(view)}
<p class="ways"><a class="ds-link" href="/desk/work">${say('work')}</a></p>
${list.count === undefined ? html`<p class="quiet">${countOf(view, list)}</p>` : shown}
${isCut && html`<p class="quiet">${work('firstOnly')}</p>`}
${next.map(({ after, service }) => html`<p><a class="ds-link" href="${wholeOf(name)}?${new URLSearchParams({ after, ...(service && { service }) })}">${work('nextPage')}${service && html` – ${view.say(`service_${service}`)}`}</a></p>`)}`
    return show(reply, page(view, { title: list.title, main }))
  })
}
