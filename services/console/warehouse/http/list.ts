import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { page } from '../../pages/layout.ts'
import { timeOf } from '../../pages/parts.ts'
import { show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { isListed, listed, pathOf, type Shipment, type ShipmentStatus } from '../shipment.ts'
import { warehouseWords } from '../words.ts'

const PAGE_SIZE = 50
/** The statuses that always have a link; the others stand behind "more". */
const FIRST: readonly ShipmentStatus[] = ['requested', 'accepted', 'packed', 'held', 'dispatched']

/** What is to be sent, and what became of it: by status, oldest first. */
export function shipmentList(server: FastifyInstance) {
  const config = { access: 'shipments:write' as const }
  server.get<{ Querystring: { status?: string; after?: string } }>('/warehouse', { config }, async (request, reply) => {
    const { view, query: asked } = request
    const say = warehouseWords(view.language)
    const status = isListed(asked.status) ? asked.status : 'requested'
    const query = { status, limit: PAGE_SIZE, ...(asked.after && { after: asked.after }) }
    const { items, next } = await answered(view.clients.shipping.GET('/shipments', { params: { query } }))
    const main = html`<p class="ways"><a class="ds-link" href="/warehouse/inbound">${say('toInbound')}</a></p>
${tabs(view, status)}
<section class="stack" aria-labelledby="list-title"><h2 class="ds-heading sentence" data-size="xs" id="list-title">${say(`status_${status}`)}</h2>
${items.length === 0 ? html`<p class="quiet">${say('nothing')}</p>` : shipmentCards(view, items)}
${next && html`<p><a class="ds-link" href="/warehouse?status=${status}&after=${encodeURIComponent(next)}">${say('more')}</a></p>`}</section>`
    return show(reply, page(view, { title: say('warehouse'), main }))
  })
}

function tabs(view: View, current: ShipmentStatus) {
  const say = warehouseWords(view.language)
  const tab = (status: ShipmentStatus) =>
    html`<li><a class="ds-link" href="/warehouse?status=${status}"${status === current && html` aria-current="page"`}>${say(`status_${status}`)}</a></li>`
  const others = listed.filter((status) => !FIRST.includes(status))
  return html`<nav aria-label="${say('byStatus')}" class="tabs"><ul>${FIRST.map(tab)}</ul>
<details${others.includes(current as never) && html` open`}><summary>${say('otherStatuses')}</summary><ul>${others.map(tab)}</ul></details></nav>`
}

/** A card for each: what fits a telephone as well as a wide window. */
const shipmentCards = (view: View, shipments: readonly Shipment[]) => html`<ul class="list">
${shipments.map(
  (shipment) => html`<li class="ds-card"><a class="ds-link" href="${pathOf(shipment)}">${shipment.orderNumber}</a>
<div>${shipment.lines.map(({ quantity, name }) => html`<div>${quantity} × ${name}</div>`)}</div>
<div class="quiet">${shipment.address.postalCode} ${shipment.address.city}, ${timeOf(view, shipment.requestedAt)}</div></li>`,
)}
</ul>`
