import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { page } from '../../pages/layout.ts'
import { table } from '../../pages/parts.ts'
import { show } from '../../pages/show.ts'
import { recording } from '../circumstances.ts'
import { failedHeads, failedRow } from '../failed.ts'
import { closing, correcting, sendingAgain } from '../failed-deeds.ts'
import { parting, reporting } from '../parcel-deeds.ts'
import { endingPart } from '../part-end-deed.ts'
import { readShipmentOf } from '../shipment-reading.ts'
import { deskWords, parcelWords, workWords } from '../words.ts'
import { deskDeeds } from './deeds.ts'

const SHOWN = 50
const deeds = {
  ...{ 'send-again': sendingAgain, close: closing, correction: correcting, part: parting, damage: reporting },
  ...{ 'end-part': endingPart, circumstance: recording },
}

/** Parcels that do not arrive, and what staff does about a shipment: sends it again, says how it was seen to, corrects a delivery, parts it, writes down what a customer says of it. */
export function parcelPages(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  failedList(server)
  for (const [name, deed] of Object.entries(deeds))
    deskDeeds(
      server,
      deps,
      `/desk/orders/:id/shipments/:shipment/${name}`,
      async ({ view, params: { id = '', shipment = '' } }) => {
        const seen = await readShipmentOf(view, { id, shipment })
        return seen && deed(view, seen)
      },
    )
}

/** All parcels that do not arrive, a page at a time. */
const failedList = (server: FastifyInstance) =>
  server.get<{ Querystring: { after?: string } }>(
    '/desk/failed',
    { config: { access: 'staff' } },
    async ({ view, query }, reply) => {
      const asked = { params: { query: { after: query.after, limit: SHOWN } } }
      const { items, next } = await answered(view.clients.shipping.GET('/failed-deliveries', asked))
      const [say, work] = [parcelWords(view.language), workWords(view.language)]
      const rows = items.map((shipment) => failedRow(view, shipment))
      const main = html`<p class="ways"><a class="ds-link" href="/desk/work">${deskWords(view.language)('work')}</a></p>
<p>${say('failedLead')}</p>
${rows.length === 0 ? html`<p class="quiet">${say('noFailed')}</p>` : table(say('failed'), failedHeads(view), rows)}
${next !== undefined && html`<p><a class="ds-link" href="/desk/failed?${new URLSearchParams({ after: next })}">${work('nextPage')}</a></p>`}`
      return show(reply, page(view, { title: say('failed'), main }))
    },
  )
