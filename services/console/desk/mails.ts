import { answered, type Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { facts, section, table, tag, timeOf } from '../pages/parts.ts'
import type { Reading } from '../pages/reading.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Order } from './order-table.ts'
import { mails as mailsEn } from './words/mails-en.ts'
import { mailWords } from './words.ts'

/** The services that write to customers about their orders, and keep what they wrote. */
export const WRITERS = ['orders', 'returns'] as const
export type Writer = (typeof WRITERS)[number]

const PAGE = 100
const list = (clients: Clients, writer: Writer, id: string, after: string | undefined) => {
  const asked = { params: { path: { id }, query: { limit: PAGE, after } } }
  return writer === 'orders'
    ? clients.orders.GET('/orders/{id}/mails', asked)
    : clients.returns.GET('/orders/{id}/mails', asked)
}
/** Asks for a mail as it was sent. */
export const readMail = (clients: Clients, writer: Writer, id: string) => {
  const asked = { params: { path: { id } } }
  return writer === 'orders' ? clients.orders.GET('/mails/{id}', asked) : clients.returns.GET('/mails/{id}', asked)
}
export type Mail = NonNullable<Awaited<ReturnType<typeof list>>['data']>['items'][number]
export type MailAsSent = NonNullable<Awaited<ReturnType<typeof readMail>>['data']>
export type MailOf = Mail & { writer: Writer }

type Pages = Record<Writer, { items: Mail[]; next?: string } | undefined>

/** Every mail that any service wrote about an order, whatever became of it, the oldest first; the first page of each was read. */
export async function restOfMails(
  { clients }: View,
  reading: Reading,
  orderId: string,
  pages: Pages,
): Promise<MailOf[]> {
  const found = await Promise.all(
    WRITERS.map(async (writer) => {
      const mails = [...(pages[writer]?.items ?? [])]
      for (let after = pages[writer]?.next; after !== undefined; ) {
        const page = await reading.of(writer, list(clients, writer, orderId, after))
        mails.push(...(page?.items ?? []))
        after = page?.next
      }
      return mails.map((mail) => ({ ...mail, writer }))
    }),
  )
  return found.flat().sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}

/**
 * Whether a service lists a mail among those about an order and its cases. Who looks is written down by the order, so that no mail of
 * another is shown under its address.
 */
export async function isAbout(
  { clients }: View,
  { orderId, writer, mail }: Record<'orderId' | 'mail', string> & { writer: Writer },
) {
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const { items, next } = await answered(list(clients, writer, orderId, after))
    if (items.some(({ id }) => id === mail.toLowerCase())) return true
    after = next
  }
  return false
}

/** What a mail is about, in words; a kind that the desk has no words for yet is named as the services name it. */
export function aboutOf({ language }: View, { kind }: Pick<Mail, 'kind'>): string {
  const key = `kind_${kind}`
  return Object.hasOwn(mailsEn, key) ? mailWords(language)(key as 'kind_sent') : kind
}

const COLORS = { queued: 'info', accepted: 'success', rejected: 'danger', bounced: 'danger' } as const
function stateOf(view: View, { status, waitsUntil }: Mail): Html {
  const say = mailWords(view.language)
  if (waitsUntil === undefined) return tag(COLORS[status], say(`state_${status}`))
  return html`${tag('info', say('state_waiting'))} ${timeOf(view, waitsUntil)}`
}
/** What became of what is not there to be read. */
const missing = ({ content, status }: Mail) => (content === 'unwritten' && status !== 'queued' ? 'never' : content)

/** The mails about an order, each with a link to it as it was sent. */
export function mailsOf(view: View, { id, locale }: Order, mails: readonly MailOf[]): Html {
  const say = mailWords(view.language)
  const subject = (mail: MailOf) => {
    const gone = missing(mail)
    return gone === 'kept' ? html`<span lang="${locale}">${mail.subject || '–'}</span>` : say(gone)
  }
  return section(
    'mails',
    say('mails'),
    mails.length === 0
      ? html`<p class="quiet">${say('noMails')}</p>`
      : table(
          say('mails'),
          [say('when'), say('about'), say('to'), say('subject'), say('state')],
          mails.map((mail) => [
            timeOf(view, mail.at),
            aboutOf(view, mail),
            mail.to ?? say('erased'),
            html`<a class="ds-link" href="/desk/orders/${id}/mails/${mail.writer}/${mail.id}">${subject(mail)}</a>`,
            stateOf(view, mail),
          ]),
        ),
  )
}

/** A mail as it was sent: what is known of it, its text word for word, and each thing that went with it as a file. */
export function mailPage(view: View, { id, number, locale }: Order, mail: MailAsSent, writer: Writer): Html {
  const say = mailWords(view.language)
  const gone = missing(mail)
  const file = ({ number, filename, bytes }: MailAsSent['attachments'][number]) =>
    html`<li><a class="ds-link" href="/desk/orders/${id}/mails/${writer}/${mail.id}/attachments/${number}">${filename}</a> <span class="quiet">${say('size', { kilobytes: Math.max(1, Math.round(bytes / 1_000)) })}</span></li>`
  return html`${section(
    'about',
    say('mail'),
    facts([
      [say('subject'), mail.subject && html`<span lang="${locale}">${mail.subject}</span>`],
      [say('about'), aboutOf(view, mail)],
      [say('to'), mail.to ?? say('erased')],
      [say('when'), mail.sentAt === undefined ? timeOf(view, mail.at) : undefined],
      [say('sentAt'), mail.sentAt && timeOf(view, mail.sentAt)],
      [say('state'), stateOf(view, mail)],
      [say('settled'), mail.settledAt && timeOf(view, mail.settledAt)],
      [say('server'), mail.response],
    ]),
  )}
${section('text', say('text'), gone === 'kept' ? html`<div class="verbatim" lang="${locale}">${mail.text ?? ''}</div>` : html`<p>${say(`content_${gone}`)}</p>`)}
${gone === 'kept' && section('attachments', say('attachments'), mail.attachments.length === 0 ? html`<p class="quiet">${say('noAttachments')}</p>` : html`<ul class="list">${mail.attachments.map(file)}</ul>`)}
<p><a class="ds-link" href="/desk/orders/${id}#mails">${say('toOrder')} ${number}</a></p>`
}
