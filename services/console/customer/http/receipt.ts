import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import { facts, secondOf } from '../../pages/parts.ts'
import { showCustomer, visitorOf } from '../customer-page.ts'
import { isOwnReceipt } from '../drafts.ts'
import { pathBy, readOr404 } from '../linked.ts'
import { nameIn, readOrder } from '../order-reading.ts'
import { customerWords } from '../words.ts'

const config = { access: 'public' as const }
type Asked = { Params: { id: string }; Querystring: { link?: string; order?: string } }

/** A receipt as it is kept, for whoever has its link: when it came, what was said, and the file. */
export function receipt(server: FastifyInstance) {
  server.get<Asked>('/customer/receipts/:id', { config }, async (request, reply) => {
    const { view, params, query } = request
    const say = customerWords(view.language)
    const kept = await readOr404(() =>
      answered(view.clients.returns.GET('/receipts/{id}', { ...askedBy(request), headers: visitorOf(request) })),
    )
    if (kept === undefined) return unknown(request, reply)
    const { id, receivedAt, sentAt, orderNumber, name, words, lines } = kept
    const isNew = isOwnReceipt(request, params.id)
    const order = typeof query.order === 'string' ? await readOrder(request, query.order) : undefined
    const nameOf = order ? nameIn(order) : ({ lineId }: { lineId: string }) => lineId
    const concerns = lines?.map((line) => `${line.quantity} × ${nameOf(line)}`).join(', ')
    const main = html`<div class="ds-alert" data-color="success" role="status"><p>${say(isNew ? 'receivedText' : 'receiptText')}</p></div>
<div class="ds-card">${facts([
      [say('receivedAt'), secondOf(view, receivedAt)],
      [say('sentAt'), sentAt && secondOf(view, sentAt)],
      [say('orderNumber'), orderNumber ?? order?.number],
      [say('name'), name],
      [say('concerns'), concerns ?? (words === undefined ? say('everything') : undefined)],
      [say('yourWords'), words],
      [say('receiptNumber'), id],
    ])}</div>
<p class="ways"><a class="ds-button" href="/customer/receipts/${id}/pdf?link=${encodeURIComponent(query.link!)}">${say('pdf')}</a>${order && html` <a class="ds-link" href="${pathBy(query.order!)}">${say('toOrder')}</a>`}</p>
<p class="quiet">${say('print')}</p>`
    return showCustomer(request, reply, { title: say(isNew ? 'received' : 'receipt'), main })
  })

  server.get<Asked>('/customer/receipts/:id/pdf', { config }, async (request, reply) => {
    const { clients } = request.view
    const file = await readOr404(async () => {
      const asked = { ...askedBy(request), parseAs: 'arrayBuffer' as const, headers: visitorOf(request) }
      const call = clients.returns.GET('/receipts/{id}/pdf', asked)
      return { bytes: await answered(call as never), name: (await call).response.headers.get('content-disposition') }
    })
    if (file === undefined) return unknown(request, reply)
    return reply
      .type('application/pdf')
      .header('content-disposition', file.name ?? 'inline')
      .send(Buffer.from(file.bytes as ArrayBuffer))
  })
}

const askedBy = ({ params: { id }, query: { link = '' } }: FastifyRequest<Asked>) => ({
  params: { path: { id }, query: { link } },
})

function unknown(request: FastifyRequest<Asked>, reply: FastifyReply) {
  const say = customerWords(request.view.language)
  const main = html`<div class="ds-alert" data-color="warning" role="alert"><p>${say('noReceiptText')}</p></div>`
  return showCustomer(request, reply.status(404), { title: say('noReceipt'), main })
}
