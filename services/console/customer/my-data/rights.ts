import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { form, oneOf, type SentForm, select, textarea } from '../../pages/forms.ts'
import { section } from '../../pages/parts.ts'
import { called } from '../../pages/privacy-codes.ts'
import type { Html } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { type Visit, visitorOf } from '../customer-page.ts'
import { pathBy } from '../linked.ts'
import type { Order } from '../order-reading.ts'
import { heldTable } from './held.ts'
import type { Ask, Data, Whom } from './reading.ts'
import { dataWords } from './words.ts'

/** What a person may ask here. A consent is taken back with its own button. */
export const KINDS = ['access', 'portability', 'rectify', 'erase', 'restrict', 'object', 'human-review'] as const
export type Kind = (typeof KINDS)[number]
export const isKind = (name: string): name is Kind => (KINDS as readonly string[]).includes(name)
const AGAINST = ['direct-marketing', 'legitimate-interest'] as const

type Shown = { kind: Kind; link: string; order: Order; held: Data['held'] }

/** The form of a right: what would follow and by which article, what of it is held now, and the person's own words. */
export function rightPage(view: View, { kind, link, order, held }: Shown, typed: SentForm): Html {
  const say = dataWords(view.language)
  return html`<p class="lead">${say(`follows_${kind}`)}</p>
${kind === 'erase' && held.length > 0 && section('held', say('heldNow'), html`${heldTable(view, held, order)}<p class="quiet">${say('eraseHelp')}</p>`)}
<div class="ds-card">${form(
    view,
    { action: pathBy(link, `/data/ask/${kind}`), submit: say(`do_${kind}`), danger: kind === 'erase' },
    html`${
      kind === 'object' &&
      select(
        { name: 'purpose', label: say('against'), value: typed.text('purpose') },
        AGAINST.map((each) => [each, called(view, 'purpose', each)]),
      )
    }
${textarea({ name: 'words', label: say(`words_${kind === 'rectify' || kind === 'human-review' ? kind : 'any'}`), value: typed.text('words'), required: kind === 'rectify' })}`,
  )}</div>
<p class="quiet">${say('free', { email: order.customer.email })} ${called(view, 'article', kind)}</p>
<p><a class="ds-link" href="${pathBy(link, '/data')}">${say('toData')}</a></p>`
}

type Sent = { kind: Kind; order: Order; whom: Whom; sent: SentForm }

/**
 * How sure it is who asks. A link may have been passed on, to somebody who knows the address too: what cannot be undone waits until a link
 * in a mail to that address is followed (GDPR Art. 12(6)); the answer to all else goes to the address anyway.
 */
const channelOf = (kind: Kind) => (kind === 'erase' ? 'form' : 'link')

/** Makes the request by the link, of whoever the order is written to; the answer goes to that address. */
export async function makeRequest(request: Visit, ask: Ask, { kind, order, whom, sent }: Sent) {
  const { controller, email } = whom
  const privacy = await ask()
  return answered(
    privacy.PUT('/requests/{id}', {
      params: { path: { id: sent.id } },
      body: {
        ...{ controller, kind, channel: channelOf(kind), identifiers: [email], replyTo: email.value },
        words: sent.text('words'),
        ...(kind === 'object' && { purpose: oneOf(AGAINST, sent.text('purpose')) ?? 'direct-marketing' }),
        ...(kind === 'human-review' && { orderId: order.id }),
      },
      headers: visitorOf(request),
    }),
  )
}
