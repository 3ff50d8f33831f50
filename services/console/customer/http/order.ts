import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { pageFault } from '../../pages/faults.ts'
import { createReading } from '../../pages/reading.ts'
import { calendarOf } from '../calendar.ts'
import { showCustomer, visitorOf } from '../customer-page.ts'
import { type ByLink, linkOf, linkUnknown } from '../linked.ts'
import { orderPage } from '../order-page.ts'
import { parcelsBy, readLinked, readOrder, readTerms } from '../order-reading.ts'
import { spansIn } from '../rights.ts'
import { termsPage } from '../terms-page.ts'
import { customerWords } from '../words.ts'

const config = { access: 'public' as const }
const DATE = /^\d{4}-\d\d-\d\d$/

/** A day as the field of a form gives it; undefined for none, and for what is no day. */
function dayAsked(at: unknown) {
  if (typeof at !== 'string' || !DATE.test(at)) return undefined
  try {
    return Temporal.PlainDate.from(at, { overflow: 'reject' }).toString()
  } catch {
    return undefined
  }
}

/** The order of a link, for its customer: how it stands, what is open until when, and what can be kept of it. */
export function order(
  server: FastifyInstance,
  { config: { PRIVACY_URL, MY_DATA_CLIENT_ID, SHOP_CLIENT_ID } }: Pick<Deps, 'config'>,
) {
  const withData = PRIVACY_URL !== undefined && MY_DATA_CLIENT_ID !== undefined
  const withShop = SHOP_CLIENT_ID !== undefined
  server.get<ByLink>('/customer/order', { config }, async (request, reply) => {
    const { view, query } = request
    const reading = createReading()
    const [seen, parcels] = await Promise.all([
      readLinked(request, reading, dayAsked(query.at)),
      parcelsBy(request, reading),
    ])
    if (seen === undefined) return linkUnknown(request, reply)
    const withdrawLabel = seen.labels?.[view.language]?.withdraw ?? customerWords(view.language)('way_withdraw')
    const told = {
      missing: reading.notice(view),
      withdrawLabel,
      parcels,
      sent: query.sent !== undefined,
      withData,
      withShop,
    }
    const title = customerWords(view.language)('order', { number: seen.order.number })
    return showCustomer(request, reply, { title, main: orderPage(view, seen, told) })
  })

  server.get<ByLink>('/customer/order/terms', { config }, async (request, reply) => {
    const order = await readOrder(request)
    if (order === undefined) return linkUnknown(request, reply)
    const edition = await readTerms(request, order)
    if (typeof edition === 'string') throw pageFault(503)
    const main = termsPage(request.view, { order, link: linkOf(request) }, edition)
    return showCustomer(request, reply, { title: customerWords(request.view.language)('terms'), main })
  })

  server.get<ByLink>('/customer/order/calendar', { config }, async (request, reply) => {
    const reading = createReading()
    const seen = await readLinked(request, reading)
    if (seen === undefined) return linkUnknown(request, reply)
    if (seen.rights === undefined) throw pageFault(503)
    const { order, rights } = seen
    const text = await calendarOf(request.view, order, spansIn(request.view, seen), rights.at)
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', `attachment; filename="${order.number}.ics"`)
      .send(text)
  })

  server.get<ByLink & { Params: { document: string } }>(
    '/customer/order/documents/:document',
    { config },
    async (request, reply) => {
      const { data, response } = await request.view.clients.orders.GET('/linked-order/documents/{document}/pdf', {
        params: { path: request.params, query: { link: linkOf(request) } },
        headers: visitorOf(request),
        parseAs: 'arrayBuffer',
      })
      if (response.status === 409) throw pageFault(409)
      if (response.status >= 500 || response.status === 429) throw pageFault(response.status === 429 ? 429 : 503)
      if (!response.ok || data === undefined) return linkUnknown(request, reply)
      return reply
        .type('application/pdf')
        .header('content-disposition', response.headers.get('content-disposition') ?? 'inline')
        .send(Buffer.from(data as unknown as ArrayBuffer))
    },
  )
}
