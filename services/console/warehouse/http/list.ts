import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { page } from '../../pages/layout.ts'
import { table, timeOf } from '../../pages/parts.ts'
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
<section aria-labelledby="list-title"><h2 class="ds-heading sentence" data-size="xs" id="list-title">${say(`status_${status}`)}</h2>
${items.length === 0 ? html`<p class="quiet">${say('nothing')}</p>` : shipmentTable(view, items)}
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

function shipmentTable(view: View, shipments: readonly Shipment[]) {
  const say = warehouseWords(view.language)
  return table(
    say('shipments'),
    [say('order'), say('goods')],
    shipments.map((shipment) => [
      html`<a class="ds-link nowrap" href="${pathOf(shipment)}">${shipment.orderNumber}</a>
<div class="quiet">${shipment.address.postalCode} ${shipment.address.city}<br>${timeOf(view, shipment.requestedAt)}</div>`,
      html`${shipment.lines.map(({ quantity, name }) => html`<div>${quantity} × ${name}</div>`)}`,
    ]),
  )
}
