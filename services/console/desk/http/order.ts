import type { FastifyInstance } from 'fastify'
import { pageFault } from '../../pages/faults.ts'
import { page } from '../../pages/layout.ts'
import { createReading } from '../../pages/reading.ts'
import { show } from '../../pages/show.ts'
import { orderPage } from '../order-page.ts'
import { readAll, readWords } from '../order-reading.ts'
import { wordsPage } from '../rights.ts'
import { deskWords } from '../words.ts'

const DATE = /^\d{4}-\d\d-\d\d$/
type Asked = { Params: { id: string }; Querystring: { at?: string; from?: string; days?: string } }

/** A day as the field of a form gives it; undefined for none. Throws the page of a wrong request for what is no day. */
function dayAsked(at: string | undefined) {
  if (at === undefined || at === '') return undefined
  try {
    if (DATE.test(at)) return Temporal.PlainDate.from(at, { overflow: 'reject' }).toString()
  } catch {
    // No such day.
  }
  throw pageFault(400)
}

/** The day that was dragged to: so many days after another; undefined where nothing was. Throws the page of a wrong request for what is no such day. */
function dayDragged({ from, days }: Asked['Querystring']) {
  if (from === undefined || days === undefined) return undefined
  const first = dayAsked(from)
  if (first === undefined || !/^\d{1,4}$/.test(days)) throw pageFault(400)
  return Temporal.PlainDate.from(first)
    .add({ days: Number(days) })
    .toString()
}

/** An order, with all that the services say of it; `?at=2026-12-24` asks what holds on that day. Its documents as the files they are. */
export function orderPages(server: FastifyInstance) {
  const config = { access: 'staff' as const }
  server.get<Asked>('/desk/orders/:id', { config }, async ({ view, params: { id }, query }, reply) => {
    const reading = createReading()
    const seen = await readAll(view, reading, { id, date: dayDragged(query) ?? dayAsked(query.at) })
    const title = deskWords(view.language)('order', { number: seen.order.number })
    return show(reply, page(view, { title, main: orderPage(view, seen, reading.notice(view)) }))
  })

  server.get<Asked & { Querystring: { after?: string } }>(
    '/desk/orders/:id/words',
    { config },
    async ({ view, params: { id }, query: { at, after } }, reply) => {
      const date = dayAsked(at)
      const { order, inWords } = await readWords(view, { id, date, after })
      const title = deskWords(view.language)('toCopy')
      return show(reply, page(view, { title, main: wordsPage(view, inWords, { order, date }) }))
    },
  )

  server.get<{ Params: { id: string; document: string } }>(
    '/desk/orders/:id/documents/:document',
    { config },
    async ({ view, params: { id, document } }, reply) => {
      const { data, response } = await view.clients.orders.GET('/orders/{id}/documents/{document}/pdf', {
        params: { path: { id, document } },
        parseAs: 'arrayBuffer',
      })
      if (!response.ok || data === undefined) throw pageFault(response.status >= 500 ? 503 : 404)
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="${document}.pdf"`)
        .send(Buffer.from(data as unknown as ArrayBuffer))
    },
  )
}
