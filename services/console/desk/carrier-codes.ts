import { answered, type Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { type SentForm, select, textarea } from '../pages/forms.ts'
import { citesOf, facts, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { shippingWords } from './words.ts'

const readCodes = ({ shipping }: Clients) => shipping.GET('/carrier-codes', {})
/** A code of a carrier's that no table has, as the shipping service lists it. */
type Code = NonNullable<Awaited<ReturnType<typeof readCodes>>['data']>['items'][number]
type Meaning = NonNullable<Code['meaning']>

const MEANINGS = [
  ...(['nothing', 'in-transit', 'at-pickup-point', 'left-elsewhere', 'delivered'] as const),
  ...(['refused', 'uncollected', 'returned', 'lost', 'damaged'] as const),
] as const satisfies readonly Meaning[]

const pathOf = ({ carrier, code }: { carrier: string; code: string }) =>
  `/desk/carrier-codes/${encodeURIComponent(carrier)}/${encodeURIComponent(code)}`
const wayTo = (view: View, each: Code): Html =>
  html`<a class="ds-button" data-variant="secondary" data-size="sm" href="${pathOf(each)}">${shippingWords(view.language)('doCode')}</a>`

/** The columns of codes that nobody knows, and what stands in them of one. */
export function codeHeads(view: View) {
  const say = shippingWords(view.language)
  return [
    ...[say('carrier'), say('code'), say('events'), say('parcels'), say('first'), say('last'), say('detail')],
    say('doCode'),
  ]
}
export const codeRow = (view: View, each: Code): (Html | string | number)[] => [
  each.carrier,
  html`<code>${each.code}</code>`,
  each.events,
  each.parcels,
  timeOf(view, each.since),
  timeOf(view, each.last),
  each.detail ?? '–',
  wayTo(view, each),
]

/** The same of codes that somebody explained. */
export function explainedHeads(view: View) {
  const say = shippingWords(view.language)
  return [say('carrier'), say('code'), say('meaning'), say('codeWhy'), say('saidBy'), say('doCode')]
}
export const explainedRow = (view: View, each: Code): (Html | string)[] => [
  each.carrier,
  html`<code>${each.code}</code>`,
  each.meaning === undefined ? '–' : shippingWords(view.language)(`means_${each.meaning}`),
  each.why ?? '–',
  html`${each.by ?? ''} <span class="quiet">${timeOf(view, each.explainedAt)}</span>`,
  wayTo(view, each),
]

/** Somebody says what a code means, after a look at what becomes of the parcels that wait by it. */
export function explaining(view: View, { carrier, code }: { carrier: string; code: string }): Deed {
  const say = shippingWords(view.language)
  const { shipping } = view.clients
  const asked = (sent: SentForm) => ({
    params: { path: { carrier } },
    // What is none of them is the service's to refuse.
    body: { code, meaning: sent.text('meaning') as Meaning },
  })
  const about = facts([
    [say('carrier'), carrier],
    [say('code'), html`<code>${code}</code>`],
  ])
  return {
    title: say('doCode'),
    lead: html`<p>${say('codeLead')}</p>${about}`,
    fields: (typed) => html`${select(
      { name: 'meaning', label: say('codeMeaning'), value: typed.text('meaning'), required: true },
      [['', say('codeUnsaid')], ...MEANINGS.map((each) => [each, say(`means_${each}`)] as const)],
    )}
${textarea({ name: 'why', label: say('codeWhy'), value: typed.text('why'), required: true })}`,
    async consequences(sent) {
      const seen = await answered(shipping.POST('/carriers/{carrier}/codes/preview', asked(sent)))
      const { meaning } = asked(sent).body
      return html`${about}<p>${say('codeMeaning')} ${say(`means_${meaning}`)}.</p>
${seen.was && html`<p>${seen.changes ? say('codeWas', { meaning: say(`means_${seen.was}`) }) : say('codeOver')}</p>`}
<p>${say('codeFollows', { events: seen.events, applied: seen.applied })}</p>
${seen.refused > 0 && html`<p>${say('codeRefused', { count: seen.refused })}</p>`}
${seen.waiting > 0 && html`<p>${say('codeWaiting', { count: seen.waiting })}</p>`}
${meaning === 'delivered' && html`<p>${say('codeDelivered')}</p>`}
<blockquote>${sent.text('why') ?? ''}</blockquote>${citesOf(view, seen.reasons)}`
    },
    act: (sent) => {
      const { params, body } = asked(sent)
      const why = sent.text('why') ?? ''
      return answered(shipping.PUT('/carriers/{carrier}/codes', { params, body: { ...body, why } }))
    },
    after: () => '/desk/carrier-codes',
    back: '/desk/carrier-codes',
  }
}
