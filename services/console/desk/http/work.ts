import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { page } from '../../pages/layout.ts'
import { section, tag } from '../../pages/parts.ts'
import { createReading } from '../../pages/reading.ts'
import { show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { tagLinks } from '../tags.ts'
import { deskWords, figuresWords, shippingWords, tagWords, workWords } from '../words.ts'
import { countOf, type List, overdueOf } from '../work-list.ts'
import { caseLists, workLists } from '../work-lists.ts'
import { readCases, readWork } from '../work-reading.ts'

type Asked = { Querystring: { mine?: string; tag?: string } }

/** What waits for a person, of every service, what is due first before all others. */
export function work(server: FastifyInstance) {
  const config = { access: 'staff' as const }
  server.get<Asked>('/desk/work', { config }, async ({ view, query: { mine, tag } }, reply) => {
    const say = deskWords(view.language)
    const reading = createReading()
    const which = { assignee: mine === undefined ? undefined : view.person?.subject, tag }
    const { lists, inUse } =
      tag === undefined
        ? await readWork(view, reading, which).then((seen) => ({ ...seen, lists: workLists(view, seen) }))
        : await readCases(view, reading, which).then((seen) => ({ ...seen, lists: caseLists(view, seen) }))
    const main = html`${reading.notice(view)}
<p class="ways">${mine === undefined ? html`<a class="ds-link" href="/desk/work?mine=yes">${say('onlyMine')}</a>` : html`<a class="ds-link" href="/desk/work">${say('everybodys')}</a>`} <a class="ds-link" href="/desk/figures">${figuresWords(view.language)('figures')}</a> <a class="ds-link" href="/desk/circumstances">${shippingWords(view.language)('circumstances')}</a></p>
${tagsFilter(view, inUse, tag)}
<nav aria-label="${say('lists')}"><ul class="ways">${lists.map((list) => html`<li>${wayTo(view, list)}</li>`)}</ul></nav>
${lists.every(({ count }) => count === 0) && html`<p>${workWords(view.language)('nothingWaits')}</p>`}
${lists.filter(isShown).map((list) => section(list.id, `${list.title} (${countOf(view, list)})`, list.content))}`
    return show(reply, page(view, { title: say('work'), main }))
  })
}

const isShown = ({ count = 0 }: List) => count > 0

/** The tags by which cases can be looked through, or the one that is. */
function tagsFilter(view: View, inUse: readonly { word: string }[], tag: string | undefined) {
  const say = tagWords(view.language)
  if (tag !== undefined)
    return html`<p class="ways"><strong>${say('withTag', { word: tag })}</strong> <a class="ds-link" href="/desk/work">${say('withoutTag')}</a> <a class="ds-link" href="/desk?tag=${encodeURIComponent(tag)}">${deskWords(view.language)('desk')}</a></p>`
  const words = inUse.map(({ word }) => word)
  return words.length > 0 && html`<p>${say('inUse')}: ${tagLinks(words, '/desk/work')}</p>`
}

/** A list by its name and how many it has; what has none leads nowhere. */
function wayTo(view: View, list: List) {
  const { id, title, overdue } = list
  if (!isShown(list)) return html`<span class="quiet">${title} ${countOf(view, list)}</span>`
  return html`<a class="ds-link" href="#${id}">${title} ${countOf(view, list)}</a>${overdue > 0 && html` ${tag('danger', overdueOf(view, list))}`}`
}
