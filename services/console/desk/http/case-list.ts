import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { pageFault } from '../../pages/faults.ts'
import { page } from '../../pages/layout.ts'
import { show } from '../../pages/show.ts'
import { byLastDay, type CaseItem, caseTable } from '../case-table.ts'
import { en } from '../words/en.ts'
import { deskWords, tagWords, workWords } from '../words.ts'

type Asked = { Querystring: { kind?: string; refund?: string; mine?: string; tag?: string; after?: string } }
const SHOWN = 50
const isKind = (kind: string): kind is CaseItem['kind'] => Object.hasOwn(en, `kind_${kind}`)

/** All open cases of a kind, or all refunds to be paid, a page at a time; `mine` for those that whoever is signed in works on. */
export function caseList(server: FastifyInstance) {
  const config = { access: 'staff' as const }
  server.get<Asked>('/desk/cases', { config }, async ({ view, query: { kind, refund, mine, tag, after } }, reply) => {
    if (kind !== undefined && !isKind(kind)) throw pageFault(400)
    const unpaid = refund === undefined ? undefined : ('unpaid' as const)
    const assignee = mine === undefined ? undefined : view.person?.subject
    const query = { kind, refund: unpaid, status: 'open' as const, assignee, tag, after, limit: SHOWN }
    const { items, next } = await answered(view.clients.returns.GET('/returns', { params: { query } }))
    const say = workWords(view.language)
    const onward = new URLSearchParams({
      ...(kind && { kind }),
      ...(refund && { refund }),
      ...(mine && { mine }),
      ...(tag && { tag }),
    })
    if (next !== undefined) onward.set('after', next)
    const title = kind !== undefined ? deskWords(view.language)(`kind_${kind}`) : say(unpaid ? 'refunds' : 'openCases')
    const main = html`<p class="ways"><a class="ds-link" href="/desk/work?${new URLSearchParams({ ...(mine && { mine: 'yes' }), ...(tag && { tag }) })}">${deskWords(view.language)('work')}</a></p>
${tag && html`<p>${tagWords(view.language)('withTag', { word: tag })}</p>`}
${items.length === 0 ? html`<p class="quiet">${deskWords(view.language)('noCases')}</p>` : caseTable(view, unpaid ? byLastDay(items) : items)}
${next !== undefined && html`<p><a class="ds-link" href="/desk/cases?${onward}">${say('nextPage')}</a></p>`}`
    return show(reply, page(view, { title, main }))
  })
}
