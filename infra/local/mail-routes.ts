import type { Mailbox, ReceivedMail } from '@vilkar/testing/mailbox.ts'
import type { FastifyInstance } from 'fastify'
import { missing, type Show, sendHtml, wantsPage } from './answer.ts'
import { html } from './html.ts'
import { MAIL_POLICY } from './layout.ts'
import { mailPage, mailTable } from './mail-page.ts'

const GONE = 'There is no such mail here. Mails are kept for as long as the stack runs.'

/** A mail as JSON holds it: the bytes of its attachments in Base64. */
const inJson = ({ attachments, ...mail }: ReceivedMail) => ({
  ...mail,
  attachments: attachments.map(({ bytes, ...rest }) => ({ ...rest, base64: Buffer.from(bytes).toString('base64') })),
})

/** The mailbox: a list, each mail, and its body alone for the frame that shows it. */
export function mailRoutes(server: FastifyInstance, show: Show, mailbox: Pick<Mailbox, 'mails' | 'to'>) {
  const mailOf = (id: string) => mailbox.mails().find(({ messageId }) => messageId === id)

  server.get<{ Querystring: { to?: string } }>('/mails', async (request, reply) => {
    const { to } = request.query
    const items = to === undefined ? mailbox.mails() : mailbox.to(to)
    if (!wantsPage(request)) return { items: items.map(inJson) }
    return show(reply, 'Mailbox', html`<section><h1>Mailbox</h1>${mailTable([...items].reverse())}</section>`)
  })
  server.get<{ Params: { id: string } }>('/mails/:id', async (request, reply) => {
    const mail = mailOf(request.params.id)
    if (mail === undefined) return missing(request, reply, show, GONE)
    return wantsPage(request) ? show(reply, mail.subject, mailPage(mail)) : inJson(mail)
  })
  server.get<{ Params: { id: string } }>('/mails/:id/body', async (request, reply) => {
    const mail = mailOf(request.params.id)
    if (mail === undefined) return missing(request, reply, show, GONE)
    return sendHtml(reply, MAIL_POLICY, mail.html === '' ? html`<pre>${mail.text}</pre>`.markup : mail.html)
  })
}
