import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { pageFault } from '../../pages/faults.ts'
import { oneOf } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { aboutOf, isAbout, mailPage, readMail, WRITERS } from '../mails.ts'
import { readOrder } from '../order-table.ts'
import { mailWords } from '../words.ts'

type At = { Params: { id: string; writer: string; mail: string } }
type Of = { Params: At['Params'] & { number: string } }
const PDF = 'application/pdf'

/** A mail about an order as it was sent, and what went with it as the files they are. */
export function mailPages(server: FastifyInstance) {
  const config = { access: 'staff' as const }
  server.get<At>('/desk/orders/:id/mails/:writer/:mail', { config }, async ({ view, params }, reply) => {
    const writer = await writerOf(view, params)
    const [order, mail] = await Promise.all([
      answered(readOrder(view.clients, params.id)),
      answered(readMail(view.clients, writer, params.mail)),
    ])
    const title = `${mailWords(view.language)('mail')}: ${aboutOf(view, mail)}`
    return show(reply, page(view, { title, main: mailPage(view, order, mail, writer) }))
  })

  server.get<Of>(
    '/desk/orders/:id/mails/:writer/:mail/attachments/:number',
    { config },
    async ({ view, params }, reply) => {
      const writer = await writerOf(view, params)
      const { clients } = view
      const asked = {
        params: { path: { id: params.mail, number: Number(params.number) } },
        parseAs: 'arrayBuffer' as const,
      }
      const path = '/mails/{id}/attachments/{number}'
      const { data, response } = await (writer === 'orders'
        ? clients.orders.GET(path, asked)
        : clients.returns.GET(path, asked))
      if (!response.ok || data === undefined) throw pageFault(response.status >= 500 ? 503 : 404)
      // A browser shows a document, and keeps whatever else came with a mail as a file.
      const type = response.headers.get('content-type') ?? 'application/octet-stream'
      const named = response.headers.get('content-disposition') ?? 'attachment'
      return reply
        .type(type)
        .header('content-disposition', type === PDF ? named.replace(/^attachment/, 'inline') : named)
        .send(Buffer.from(data as unknown as ArrayBuffer))
    },
  )
}

/** Who wrote a mail about an order. Throws the page of what is not there where nobody wrote it about that one. */
async function writerOf(view: View, { id: orderId, writer: named, mail }: At['Params']) {
  const writer = oneOf(WRITERS, named)
  if (writer === undefined || !(await isAbout(view, { orderId, writer, mail }))) throw pageFault(404)
  return writer
}
