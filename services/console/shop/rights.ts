import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { citesOf, money } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Quote } from './buying.ts'
import { noticeOf } from './guarantee-notice.ts'
import { shopWords } from './words.ts'

const ask = ({ orders }: Clients, id: string) => orders.GET('/quotes/{id}/information', { params: { path: { id } } })
/** What the orders service says must be told before buying. */
export type Told = NonNullable<Awaited<ReturnType<typeof ask>>['data']>

/** The rights that somebody is told of before buying, per line, with what each rests on. */
export function rightsTold(view: View, quote: Quote, { lines, returnCost, guaranteeNotice }: Told): Html {
  const say = shopWords(view.language)
  const nameOf = (lineId: string) => quote.lines.find((line) => line.lineId === lineId)!.name
  return html`<ul class="list">
${lines.map(
  ({ lineId, withdrawal: { outcome, reasons }, returnCost: own }) =>
    html`<li><strong>${nameOf(lineId)}</strong>: ${say(`withdrawal_${outcome}`)}${citesOf(view, reasons)}
${own && html`<p>${say(`bulky_${own.bearer}`, { cost: money(view, own.amount ?? 0, quote.currency) })}</p>${citesOf(view, own.reasons)}`}</li>`,
)}</ul>
${returnCost && html`<p>${say(`return_${returnCost.bearer}`)}</p>${citesOf(view, returnCost.reasons)}`}
<p>${say('withdrawWhere')} <a class="ds-link" href="/customer/withdraw">${say('withdrawLink')}</a>.</p>
${quote.lines.flatMap(({ name, guarantee, digital }) => [
  guarantee &&
    html`<p><strong>${name}</strong>: ${say('guarantee', { by: guarantee.guarantor ?? say('seller'), years: guarantee.years, covers: guarantee.covers })}</p>`,
  digital && html`<p><strong>${name}</strong>: ${say('digital', { months: digital.months })}</p>`,
])}
${guaranteeNotice && noticeOf(view, guaranteeNotice)}`
}
