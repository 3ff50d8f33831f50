import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { page } from '../../pages/layout.ts'
import { section, table } from '../../pages/parts.ts'
import { type Html, show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { codeHeads, codeRow, explainedHeads, explainedRow, explaining } from '../carrier-codes.ts'
import { circumstanceHeads, circumstanceRow } from '../circumstances.ts'
import { endingHindrance, hindering, hindranceHeads, hindranceRow } from '../hindrances.ts'
import { readOrder } from '../order-table.ts'
import { deskWords, shippingWords, workWords } from '../words.ts'
import { deskDeeds } from './deeds.ts'

const config = { access: 'staff' as const }
const SHOWN = 50
type Paged = { Querystring: { after?: string } }

/** What bears on the risk, what keeps us from delivering, and codes that nobody knows: each as a list, with what can be said of it. */
export function shippingPages(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  circumstanceList(server)
  hindranceList(server)
  codeList(server)
  deskDeeds(server, deps, '/desk/carrier-codes/:carrier/:code', async ({ view, params: { carrier = '', code = '' } }) =>
    explaining(view, { carrier, code }),
  )
  deskDeeds(server, deps, '/desk/orders/:id/hindrances/new', async ({ view, params: { id = '' } }) =>
    hindering(view, await answered(readOrder(view.clients, id))),
  )
  deskDeeds(
    server,
    deps,
    '/desk/orders/:id/hindrances/:hindrance/end',
    async ({ view, params: { id = '', hindrance = '' } }) =>
      endingHindrance(view, await answered(readOrder(view.clients, id)), hindrance),
  )
}

/** A list with what it is above it, and the way to the next page of it below. */
function listed(view: View, path: string, list: { lead: string; content: Html; next?: string }): Html {
  return html`<p class="ways"><a class="ds-link" href="/desk/work">${deskWords(view.language)('work')}</a></p>
<p>${list.lead}</p>${list.content}
${list.next !== undefined && html`<p><a class="ds-link" href="${path}?${new URLSearchParams({ after: list.next })}">${workWords(view.language)('nextPage')}</a></p>`}`
}
const orNone = (rows: readonly unknown[], none: string, content: () => Html): Html =>
  rows.length === 0 ? html`<p class="quiet">${none}</p>` : content()

const circumstanceList = (server: FastifyInstance) =>
  server.get<Paged>('/desk/circumstances', { config }, async ({ view, query: { after } }, reply) => {
    const say = shippingWords(view.language)
    const asked = { params: { query: { after, limit: SHOWN } } }
    const { items, next } = await answered(view.clients.shipping.GET('/circumstances', asked))
    const title = say('circumstances')
    const content = orNone(items, say('noCircumstances'), () =>
      table(
        title,
        circumstanceHeads(view),
        items.map((each) => circumstanceRow(view, each)),
      ),
    )
    const main = listed(view, '/desk/circumstances', { lead: say('circumstancesLead'), content, next })
    return show(reply, page(view, { title, main }))
  })

const hindranceList = (server: FastifyInstance) =>
  server.get<Paged>('/desk/hindrances', { config }, async ({ view, query: { after } }, reply) => {
    const say = shippingWords(view.language)
    const asked = { params: { query: { after, limit: SHOWN } } }
    const { items, next } = await answered(view.clients.orders.GET('/hindrances', asked))
    const title = say('hindrances')
    const content = orNone(items, say('noHindrances'), () =>
      table(
        title,
        hindranceHeads(view),
        items.map((each) => hindranceRow(view, each)),
      ),
    )
    const main = listed(view, '/desk/hindrances', { lead: say('hindrancesLead'), content, next })
    return show(reply, page(view, { title, main }))
  })

const codeList = (server: FastifyInstance) =>
  server.get('/desk/carrier-codes', { config }, async ({ view }, reply) => {
    const say = shippingWords(view.language)
    const { shipping } = view.clients
    const [unknown, explained] = await Promise.all(
      [false, true].map((each) => answered(shipping.GET('/carrier-codes', { params: { query: { explained: each } } }))),
    )
    const content = html`${orNone(unknown!.items, say('noCodes'), () =>
      table(
        say('codes'),
        codeHeads(view),
        unknown!.items.map((each) => codeRow(view, each)),
      ),
    )}${
      explained!.items.length > 0 &&
      section(
        'explained',
        say('explained'),
        table(
          say('explained'),
          explainedHeads(view),
          explained!.items.map((each) => explainedRow(view, each)),
        ),
      )
    }`
    const main = listed(view, '/desk/carrier-codes', { lead: say('codesLead'), content })
    return show(reply, page(view, { title: say('codes'), main }))
  })
