import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { page } from '../../pages/layout.ts'
import { section, tag } from '../../pages/parts.ts'
import { createReading } from '../../pages/reading.ts'
import { show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { deskWords, figuresWords } from '../words.ts'
import { countOf, type List, overdueOf } from '../work-list.ts'
import { workLists } from '../work-lists.ts'
import { readWork } from '../work-reading.ts'

/** What waits for a person, of every service, what is due first before all others. */
export function work(server: FastifyInstance) {
  const config = { access: 'staff' as const }
  server.get<{ Querystring: { mine?: string } }>('/desk/work', { config }, async ({ view, query: { mine } }, reply) => {
    const say = deskWords(view.language)
    const reading = createReading()
    const seen = await readWork(view, reading, mine === undefined ? undefined : view.person?.subject)
    const lists = workLists(view, seen)
    const main = html`${reading.notice(view)}
<p class="ways">${mine === undefined ? html`<a class="ds-link" href="/desk/work?mine=yes">${say('onlyMine')}</a>` : html`<a class="ds-link" href="/desk/work">${say('everybodys')}</a>`} <a class="ds-link" href="/desk/figures">${figuresWords(view.language)('figures')}</a></p>
<nav aria-label="${say('lists')}"><ul class="ways">${lists.map((list) => html`<li>${wayTo(view, list)}</li>`)}</ul></nav>
${lists.filter(isShown).map((list) => section(list.id, `${list.title} (${countOf(view, list)})`, list.content))}`
    return show(reply, page(view, { title: say('work'), main }))
  })
}

const isShown = ({ count = 0 }: List) => count > 0

/** A list by its name and how many it has; what has none leads nowhere. */
function wayTo(view: View, list: List) {
  const { id, title, overdue } = list
  if (!isShown(list)) return html`<span class="quiet">${title} ${countOf(view, list)}</span>`
  return html`<a class="ds-link" href="#${id}">${title} ${countOf(view, list)}</a>${overdue > 0 && html` ${tag('danger', overdueOf(view, list))}`}`
}
