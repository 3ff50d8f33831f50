import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { page } from '../../pages/layout.ts'
import { createReading } from '../../pages/reading.ts'
import { show } from '../../pages/show.ts'
import { orderPage } from '../order-page.ts'
import { readOrder } from '../order-table.ts'
import { deskWords } from '../words.ts'

/** An order, with all that the services say of it. */
export function orderPages(server: FastifyInstance) {
  const config = { access: 'staff' as const }
  server.get<{ Params: { id: string } }>('/desk/orders/:id', { config }, async ({ view, params: { id } }, reply) => {
    const order = await answered(readOrder(view.clients, id))
    const reading = createReading()
    const shipments = await reading.of(
      'shipping',
      view.clients.shipping.GET('/shipments', { params: { query: { orderId: id } } }),
    )
    const title = deskWords(view.language)('order', { number: order.number })
    const main = orderPage(view, { order, shipments: shipments?.items ?? [], missing: reading.notice(view) })
    return show(reply, page(view, { title, main }))
  })
}
