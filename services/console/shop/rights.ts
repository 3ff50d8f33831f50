import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { citesOf, money } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Quote } from './buying.ts'
import { labelOf, noticeOf } from './guarantee-notice.ts'
import { shopWords } from './words.ts'

const ask = ({ orders }: Clients, id: string) => orders.GET('/quotes/{id}/information', { params: { path: { id } } })
/** What the orders service says must be told before buying. */
export type Told = NonNullable<Awaited<ReturnType<typeof ask>>['data']>

type Given = { guarantor?: string; years: number; durability?: object }

/** A guarantee that goods are sold with, and whether it is one of durability. */
export function guaranteeTold(view: View, { guarantor, years, durability }: Given, covers: string): string {
  const say = shopWords(view.language)
  const told = say('guarantee', { by: guarantor ?? say('seller'), years, covers })
  return durability ? `${told} ${say('durability')}` : told
}

type Large = { bulky?: { returnCostNok?: number; returnCostEur?: number }; shown?: { currency: 'NOK' | 'EUR' } }

/**
 * That the post does not take goods, and what sending one back costs at most, where that is told in the currency that the price is shown in. Who
 * pays it is told with the offer.
 */
export function bulkyTold(view: View, { bulky, shown }: Large): string[] {
  if (bulky === undefined) return []
  const say = shopWords(view.language)
  const cost = shown && { NOK: bulky.returnCostNok, EUR: bulky.returnCostEur }[shown.currency]
  const told = cost === undefined ? [] : [say('bulkyCost', { cost: money(view, cost, shown!.currency) })]
  return [[say('bulky'), ...told].join(' ')]
}

/** The rights that somebody is told of before buying, per line, with what each rests on. */
export function rightsTold(view: View, quote: Quote, { lines, returnCost, guaranteeNotice }: Told): Html {
  const say = shopWords(view.language)
  const nameOf = (lineId: string) => quote.lines.find((line) => line.lineId === lineId)!.name
  return html`<ul class="list">
${lines.map(
  ({ lineId, withdrawal: { outcome, reasons }, returnCost: own, durabilityLabel }) =>
    html`<li><strong>${nameOf(lineId)}</strong>: ${say(`withdrawal_${outcome}`)}${citesOf(view, reasons)}
${own && html`<p>${say(`bulky_${own.bearer}`, { cost: money(view, own.amount ?? 0, quote.currency) })}</p>${citesOf(view, own.reasons)}`}
${durabilityLabel && labelOf(view, durabilityLabel)}</li>`,
)}</ul>
${returnCost && html`<p>${say(`return_${returnCost.bearer}`)}</p>${citesOf(view, returnCost.reasons)}`}
<p>${say('withdrawWhere')} <a class="ds-link" href="/customer/withdraw">${say('withdrawLink')}</a>.</p>
${quote.lines.flatMap(({ name, guarantee, digital }) => [
  guarantee && html`<p><strong>${name}</strong>: ${guaranteeTold(view, guarantee, guarantee.covers)}</p>`,
  digital && html`<p><strong>${name}</strong>: ${say('digital', { months: digital.months })}</p>`,
])}
${guaranteeNotice && noticeOf(view, guaranteeNotice)}`
}
