import { answered, type Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { checkbox, input, momentSaid, oneOf, type SentForm, textarea } from '../pages/forms.ts'
import { citesOf, dayOf } from '../pages/parts.ts'
import { ruling } from '../pages/ruling.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { type Action, CHANNELS, channelField, chosenUnits, unitFields } from './fields.ts'
import type { Complaint } from './judging.ts'
import { deskWords, judgingWords } from './words.ts'

const MOMENTS = ['noticeSentAt', 'noticedAt', 'showedAt'] as const

const preview = ({ returns }: Clients, id: string, body: Omit<Told, 'defect'>) =>
  returns.POST('/orders/{id}/complaints/preview', { params: { path: { id } }, body })
type Told = {
  lines: { lineId: string; quantity: number }[]
  defect: string
  channel?: Complaint['channel']
  noticeSentAt?: string
  noticedAt?: string
  showedAt?: string
  sellerAtFault?: true
}
type Foreseen = NonNullable<Awaited<ReturnType<typeof preview>>['data']>

/** A complaint that somebody makes by telephone or letter is written down, after a look at what would come of it. */
export const complaint: Action = {
  ofUnits: true,
  fields: (view, seen, typed) => {
    const say = judgingWords(view.language)
    return html`${unitFields(view, seen, typed)}${channelField(view, typed)}
${textarea({ name: 'words', value: typed.text('words'), label: deskWords(view.language)('defect'), required: true })}
${MOMENTS.map((name) => input({ name, value: typed.text(name), label: say(name), help: say(`${name}Help`), type: 'datetime-local' }))}
${faultField(view, typed)}`
  },
  consequences: async ({ view, seen: { order }, sent }) => {
    const { defect: _, ...said } = toldIn({ order }, sent)
    const nameOf = (lineId: string) => order.lines.find((line) => line.lineId === lineId)?.name ?? lineId
    return foreseen(view, nameOf, await answered(preview(view.clients, order.id, said)))
  },
  act: ({ view, seen, sent }) => complain(view, seen.order.id, toldIn(seen, sent)),
}

const faultField = (view: View, typed: SentForm) => {
  const say = judgingWords(view.language)
  return html`${checkbox({ name: 'sellerAtFault', label: say('sellerAtFault'), checked: typed.text('sellerAtFault') === 'yes' })}
<p class="help">${say('sellerAtFaultHelp')}</p>`
}

const toldIn = (seen: Parameters<typeof chosenUnits>[0], sent: SentForm): Told => ({
  ...{ lines: chosenUnits(seen, sent), defect: sent.text('words') ?? '' },
  channel: oneOf(CHANNELS, sent.text('channel')),
  ...Object.fromEntries(MOMENTS.map((name) => [name, momentSaid(sent.text(name))])),
  ...(sent.text('sellerAtFault') === 'yes' && { sellerAtFault: true as const }),
})

const complain = ({ clients: { returns } }: View, id: string, body: Told) =>
  answered(returns.POST('/orders/{id}/complaints', { params: { path: { id } }, body }))

/** What would be ruled of each line, and what would follow. */
function foreseen(view: View, nameOf: (lineId: string) => string, { lines, refused = [], ...then }: Foreseen): Html {
  const say = judgingWords(view.language)
  return html`<ul class="list">
${lines.map(({ lineId, quantity, outcome, lastDay, reasons }) => ruling(view, `${quantity} × ${nameOf(lineId)}`, { outcome, until: lastDay, reasons }))}
${refused.map(({ lineId, quantity, reasons }) => ruling(view, `${quantity} × ${nameOf(lineId)}`, { outcome: 'refused', reasons }))}
</ul>
${then.rejected ? html`<p>${say('follow_tooLate')}</p>` : html`<p>${say('follow_received')} ${dayOf(view, then.answerBy!)}</p>`}`
}

/** Whether the rule found that all of a complaint came too late, so that there is nothing in it for a person to judge. */
export const cameTooLate = ({ assessment, lines }: Complaint) => assessment?.by === 'rule' && lines.length === 0

/** A complaint that came too late by the rule is made anew once a person finds that the seller is at fault (§ 27, kjl § 33). */
export function takingUp(view: View, { id, orderId, ...told }: Complaint): Deed {
  const say = judgingWords(view.language)
  const page = `/desk/cases/${id}`
  const lines = (told.refused ?? []).map(({ lineId, quantity }) => ({ lineId, quantity }))
  const said = (sent: SentForm): Told => ({
    ...{ lines, defect: told.defect ?? '–', noticeSentAt: told.noticeSentAt ?? told.receivedAt },
    ...{ channel: told.channel, noticedAt: told.noticedAt, showedAt: told.showedAt },
    ...(sent.text('sellerAtFault') === 'yes' && { sellerAtFault: true as const }),
  })
  return {
    title: say('takeUp'),
    lead: html`<p>${say('takeUpLead')}</p><blockquote>${told.defect ?? '–'}</blockquote>${citesOf(view, told.assessment!.reasons)}`,
    fields: (typed) => faultField(view, typed),
    consequences: async (sent) => {
      const { defect: _, ...asked } = said(sent)
      return foreseen(view, (lineId) => lineId, await answered(preview(view.clients, orderId, asked)))
    },
    act: (sent) => complain(view, orderId, said(sent)),
    after: () => `/desk/orders/${orderId}#cases`,
    back: page,
  }
}
