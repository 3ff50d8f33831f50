import { answered, type Problem } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { html } from 'hono/html'
import { attempt, refusalOf, refusedWith } from '../../pages/attempt.ts'
import { readForm } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { notice } from '../../pages/parts.ts'
import { createReading } from '../../pages/reading.ts'
import { leadTo, show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { pathOf, readShipment } from '../shipment.ts'
import { shipmentPage } from '../shipment-page.ts'
import { unitsSaid } from '../units.ts'
import { warehouseWords } from '../words.ts'

type Of = { Params: { id: string } }
const config = { access: 'shipments:write' as const }

/** One shipment: what it is, and what the warehouse tells of it. */
export function shipment(server: FastifyInstance) {
  server.get<Of & { Querystring: { done?: string } }>('/warehouse/shipments/:id', { config }, (request, reply) =>
    showShipment(request.view, reply, request.params.id, { done: request.query.done }),
  )

  server.post<Of>('/warehouse/shipments/:id/acceptance', { config }, async ({ view, params: { id } }, reply) => {
    const path = { id }
    const { refused } = await attempt(view.clients.shipping.PUT('/shipments/{id}/acceptance', { params: { path } }))
    return refused ? showShipment(view, reply, id, { refused }) : leadTo(reply, `${pathOf(path)}?done=accepted`)
  })

  server.post<Of>('/warehouse/shipments/:id/dispatch', { config }, async ({ view, params: { id }, body }, reply) => {
    const sent = readForm(body)
    const { refused } = await attempt(
      view.clients.shipping.PUT('/shipments/{id}/dispatch', {
        params: { path: { id } },
        body: {
          carrier: sent.text('carrier') ?? '',
          trackingNumber: sent.text('trackingNumber') ?? '',
          lines: unitsSaid(sent),
        },
      }),
    )
    return refused ? showShipment(view, reply, id, { refused }) : leadTo(reply, `${pathOf({ id })}?done=dispatched`)
  })

  server.post<Of>('/warehouse/shipments/:id/return', { config }, async ({ view, params: { id } }, reply) => {
    const body = { report: 'returned' as const }
    const { refused } = await attempt(
      view.clients.shipping.PUT('/shipments/{id}/whereabouts', { params: { path: { id } }, body }),
    )
    return refused ? showShipment(view, reply, id, { refused }) : leadTo(reply, `${pathOf({ id })}?done=returned`)
  })

  server.post<Of>('/warehouse/shipments/:id/damage', { config }, async ({ view, params: { id }, body }, reply) => {
    const sent = readForm(body)
    const { refused } = await attempt(
      view.clients.shipping.PUT('/damage-reports/{id}', {
        params: { path: { id: sent.id } },
        body: {
          shipmentId: id,
          kind: sent.text('kind') as 'damaged',
          reportedBy: sent.text('reportedBy') as 'carrier',
          what: sent.text('what') ?? '',
          lines: unitsSaid(sent),
        },
      }),
    )
    return refused ? showShipment(view, reply, id, { refused }) : leadTo(reply, `${pathOf({ id })}?done=reported`)
  })
}

const DONE = ['accepted', 'packed', 'dispatched', 'returned', 'reported'] as const
type Told = { done?: string; refused?: Problem }

/** The page, with what was just done or refused above it. */
async function showShipment(view: View, reply: FastifyReply, id: string, { done, refused }: Told) {
  const say = warehouseWords(view.language)
  const found = await answered(readShipment(view.clients, id))
  const reading = createReading()
  const carriers = await reading.of('shipping', view.clients.shipping.GET('/carriers', {}))
  const key = DONE.find((each) => each === done)
  const main = html`<p class="ways"><a class="ds-link" href="/warehouse?status=${found.status}">${say('toList')}</a></p>
${refused && refusalOf(view, refused)}${key && notice('success', say(`done_${key}`))}
${shipmentPage(view, found, carriers?.items.map(({ carrier }) => carrier) ?? [])}`
  if (refused) refusedWith(reply, refused)
  return show(reply, page(view, { title: say('shipmentOf', { number: found.orderNumber }), main }))
}
