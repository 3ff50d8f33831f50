import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { pageFault } from '../../pages/faults.ts'
import { page } from '../../pages/layout.ts'
import { table } from '../../pages/parts.ts'
import { createReading } from '../../pages/reading.ts'
import { show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { claimHeads, claimRow, damagePage } from '../damage.ts'
import { choosing, claiming } from '../damage-deeds.ts'
import { readDamage } from '../damage-reading.ts'
import { damageWords, deskWords, workWords } from '../words.ts'
import { deskDeeds } from './deeds.ts'

const config = { access: 'staff' as const }
const PAGE = '/desk/orders/:id/damage/:report'
const SHOWN = 50
type At = { Params: { id: string; report: string } }

/** What was damaged or lost on its way: all that carriers are to be told of, and each with its page, its pictures and what is done about it. */
export function damagePages(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  claimList(server)
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
  ] as const)
    deskDeeds(server, deps, `${PAGE}/${name}`, async ({ view, params: { id = '', report = '' } }) => {
      const seen = await readDamage(view, createReading(), { id, report })
      return seen && deed(view, seen)
    })
  picture(server)
}

/** All that carriers are to be told of, a page at a time. */
const claimList = (server: FastifyInstance) =>
  server.get<{ Querystring: { after?: string } }>('/desk/claims', { config }, async ({ view, query }, reply) => {
    const asked = { params: { query: { claim: 'open' as const, after: query.after, limit: SHOWN } } }
    const { items, next } = await answered(view.clients.shipping.GET('/damage-reports', asked))
    const [say, work] = [damageWords(view.language), workWords(view.language)]
    const rows = items.map((report) => claimRow(view, report))
    const main = html`<p class="ways"><a class="ds-link" href="/desk/work">${deskWords(view.language)('work')}</a></p>
<p>${say('claimsLead')}</p>
${rows.length === 0 ? html`<p class="quiet">${say('noClaims')}</p>` : table(say('claims'), claimHeads(view), rows)}
${next !== undefined && html`<p><a class="ds-link" href="/desk/claims?${new URLSearchParams({ after: next })}">${work('nextPage')}</a></p>`}`
    return show(reply, page(view, { title: say('claims'), main }))
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
