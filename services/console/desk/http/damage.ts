import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { pageFault } from '../../pages/faults.ts'
import { page } from '../../pages/layout.ts'
import { table } from '../../pages/parts.ts'
import { createReading } from '../../pages/reading.ts'
import { type Html, show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { answering, arriving } from '../claim-deeds.ts'
import { claimHeads, claimRow, type Damage, damagePage, toldHeads, toldRow } from '../damage.ts'
import { choosing, claiming } from '../damage-deeds.ts'
import { readDamage } from '../damage-reading.ts'
import { damageWords, deskWords, workWords } from '../words.ts'
import { deskDeeds } from './deeds.ts'

const config = { access: 'staff' as const }
const PAGE = '/desk/orders/:id/damage/:report'
const SHOWN = 50
type At = { Params: { id: string; report: string } }

/** What was damaged or lost on its way: all that carriers are to be told of or to answer, and each with its page, its pictures and what is done about it. */
export function damagePages(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  claimLists(server)
  server.get<At>(PAGE, { config }, async ({ view, params }, reply) => {
    const reading = createReading()
    const seen = await readDamage(view, reading, params)
    if (seen === undefined) return reply.callNotFound()
    const title = damageWords(view.language)('title', { number: seen.order.number })
    return show(reply, page(view, { title, main: html`${reading.notice(view)}${damagePage(view, seen)}` }))
  })
  for (const [name, deed] of [
    ['claim', claiming],
    ['choice', choosing],
    ['answer', answering],
    ['arrival', arriving],
  ] as const)
    deskDeeds(server, deps, `${PAGE}/${name}`, async ({ view, params: { id = '', report = '' } }) => {
      const seen = await readDamage(view, createReading(), { id, report })
      return seen && deed(view, seen)
    })
  picture(server)
}

/** All that carriers are to be told of, and all that they were told of and are to answer or to pay, a page at a time. */
function claimLists(server: FastifyInstance) {
  claimList(server, '/desk/claims', {
    ...{ claim: 'open', words: { title: 'claims', lead: 'claimsLead', none: 'noClaims' } },
    ...{ heads: claimHeads, row: claimRow },
  })
  claimList(server, '/desk/claims/told', {
    ...{ claim: 'unsettled', words: { title: 'told', lead: 'toldLead', none: 'noTold' } },
    ...{ heads: toldHeads, row: toldRow },
  })
}

type Word = Parameters<ReturnType<typeof damageWords>>[0]
type Claims = {
  claim: 'open' | 'unsettled'
  words: Record<'title' | 'lead' | 'none', Word>
  heads: (view: View) => string[]
  row: (view: View, report: Damage) => (Html | string)[]
}
const claimList = (server: FastifyInstance, path: string, { claim, words, heads, row }: Claims) =>
  server.get<{ Querystring: { after?: string } }>(path, { config }, async ({ view, query }, reply) => {
    const asked = { params: { query: { claim, after: query.after, limit: SHOWN } } }
    const { items, next } = await answered(view.clients.shipping.GET('/damage-reports', asked))
    const [say, work] = [damageWords(view.language), workWords(view.language)]
    const title = say(words.title)
    const rows = items.map((report) => row(view, report))
    const main = html`<p class="ways"><a class="ds-link" href="/desk/work">${deskWords(view.language)('work')}</a></p>
<p>${say(words.lead)}</p>
${rows.length === 0 ? html`<p class="quiet">${say(words.none)}</p>` : table(title, heads(view), rows)}
${next !== undefined && html`<p><a class="ds-link" href="${path}?${new URLSearchParams({ after: next })}">${work('nextPage')}</a></p>`}`
    return show(reply, page(view, { title, main }))
  })

/** A picture of a report, which a page may show since it comes from where the page does. */
const picture = (server: FastifyInstance) =>
  server.get<{ Params: At['Params'] & { sha256: string } }>(
    `${PAGE}/photos/:sha256`,
    { config },
    async ({ view, params: { id, report, sha256 } }, reply) => {
      await ofOrder(view, { id, report })
      const { data, response } = await view.clients.shipping.GET('/damage-reports/{id}/photos/{sha256}', {
        params: { path: { id: report, sha256 } },
        parseAs: 'arrayBuffer',
      })
      if (!response.ok || data === undefined) throw pageFault(response.status >= 500 ? 503 : 404)
      return reply.type('image/jpeg').send(Buffer.from(data as unknown as ArrayBuffer))
    },
  )

/** Throws the page of what is not there where a report is about another order: who looks is written down by the order. */
async function ofOrder({ clients }: View, { id, report }: At['Params']) {
  const asked = clients.shipping.GET('/damage-reports/{id}', { params: { path: { id: report } } })
  if ((await answered(asked)).orderId !== id.toLowerCase()) throw pageFault(404)
}
