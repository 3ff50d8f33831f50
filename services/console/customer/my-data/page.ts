import { html } from 'hono/html'
import { citesOf, dayOf, facts, notice, section, tag, timeOf } from '../../pages/parts.ts'
import { called } from '../../pages/privacy-codes.ts'
import type { Html } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { pathBy } from '../linked.ts'
import type { Order } from '../order-reading.ts'
import { consentSection } from './consents.ts'
import { type Export, exportSection, exportTag } from './export-part.ts'
import { heldTable } from './held.ts'
import type { Data, Request, Whom } from './reading.ts'
import { KINDS } from './rights.ts'
import { dataWords } from './words.ts'

type Seen = { link: string; order: Order; whom: Whom; data: Data; exports: readonly Export[]; said?: string }

/** What a shop holds of a person, until when and why; what they consented to; what they asked for, and what they may ask. */
export function dataPage(view: View, { link, order, whom, data, exports, said }: Seen): Html {
  const say = dataWords(view.language)
  const { name, contact, authorities, id } = whom.policy
  return html`<p class="lead">${say('lead', { seller: name, email: order.customer.email })}</p>
${heldSection(view, data, order)}
${consentSection(view, data, { link, seller: name, said })}
${requestSection(view, data, exports, link)}
${section('rights', say('rights'), html`<p class="quiet">${say('rightsHelp')}</p><ul class="list">${KINDS.map((kind) => html`<li class="ruling"><p><a class="ds-link" href="${pathBy(link, `/data/ask/${kind}`)}">${say(`ask_${kind}`)}</a> <span class="quiet">${called(view, 'article', kind)}</span></p></li>`)}</ul>`)}
${section(
  'whom',
  say('whom'),
  facts([
    [say('seller'), name],
    [say('contact'), contact],
    [say('policy'), id],
    [say('complain'), authorities.join(', ')],
  ]),
)}
<p><a class="ds-link" href="${pathBy(link)}">${say('toOrder')}</a></p>`
}

const heldSection = (view: View, { held }: Data, order: Order): Html => {
  const say = dataWords(view.language)
  return section(
    'held',
    say('held'),
    held.length === 0
      ? html`<p class="quiet">${say('nothingHeld')}</p>`
      : html`${heldTable(view, held, order)}<p class="quiet">${say('heldHelp')}</p>`,
  )
}

const COLORS: Partial<Record<Request['status'], 'info' | 'success' | 'warning'>> = {
  open: 'info',
  answered: 'success',
  'waiting-for-identity': 'warning',
}
const statusTag = (view: View, { status }: Request) => tag(COLORS[status] ?? 'neutral', called(view, 'status', status))

function requestSection(view: View, { requests }: Data, exports: readonly Export[], link: string): Html {
  const say = dataWords(view.language)
  const ready = new Map(exports.filter(({ status }) => status === 'ready').map((each) => [each.id, each]))
  const readyTag = (id: string) => {
    const { status, until } = ready.get(id) ?? {}
    return (
      status &&
      until &&
      html` ${exportTag(view, status)} <span class="quiet">${say('exportUntil')} ${timeOf(view, until)}</span>`
    )
  }
  if (requests.length === 0) return html``
  return section(
    'requests',
    say('requests'),
    html`<ul class="list">${requests.map((request) => html`<li class="ruling"><p><a class="ds-link" href="${pathBy(link, `/data/requests/${request.id}`)}">${called(view, 'kind', request.kind)}, ${dayOf(view, request.receivedOn)}</a> ${statusTag(view, request)}${request.answeredAt === undefined && request.dueOn !== undefined && html` <span class="quiet">${say('answerBy')} ${dayOf(view, request.dueOn)}</span>`}${readyTag(request.id)}</p></li>`)}</ul>`,
  )
}

type Asked = { link: string; exported: Export | undefined; sent: boolean; isMailed: boolean }

/** What somebody asked for: how it stands, by when it is answered, the answer, and what stays and why. */
export function requestPage(view: View, request: Request, { link, exported, sent, isMailed }: Asked): Html {
  const say = dataWords(view.language)
  const { kind, receivedOn, dueOn, extended, answeredAt, words, answer, kept, complainTo, reasons } = request
  return html`${sent && notice('success', html`<p>${say('sent')}</p>`)}
${request.status === 'waiting-for-identity' && notice('info', html`<p>${say('proveByMail')}</p>`)}
${section(
  'about',
  called(view, 'kind', kind),
  html`${facts([
    [say('status'), statusTag(view, request)],
    [say('received'), dayOf(view, receivedOn)],
    [say('answerBy'), answeredAt === undefined && dueOn !== undefined ? dayOf(view, dueOn) : undefined],
    [say('extended'), extended ? view.say('yes') : undefined],
    [say('answeredOn'), answeredAt && timeOf(view, answeredAt)],
    [say('complain'), complainTo.join(', ')],
  ])}${words && html`<p>${say('yourWords')}</p><blockquote>${words}</blockquote>`}
${answer && html`<p>${say('answer')}</p><blockquote>${answer}</blockquote>`}${citesOf(view, reasons)}`,
)}
${exported && exportSection(view, exported, link, isMailed)}
${kept && kept.length > 0 && section('kept', say('stays'), html`<ul class="list">${kept.map(({ until, holds, reasons: why }) => html`<li class="ruling"><p>${holds.map((hold) => called(view, 'hold', hold)).join(', ') || say('duty')}${until && html`, ${say('until')} ${dayOf(view, until)}`}</p>${citesOf(view, why)}</li>`)}</ul>`)}
<p><a class="ds-link" href="${pathBy(link, '/data')}">${say('toData')}</a></p>`
}
