import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { citesOf, dayOf, facts, inARow, money } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { type Visit, visitorOf } from './customer-page.ts'
import { linkOf } from './linked.ts'
import { nameIn, type Order } from './order-reading.ts'
import type { Report } from './parcels.ts'
import type { Units } from './units.ts'
import { previewWords } from './words.ts'

export const REMEDIES = ['repair', 'replacement', 'price-reduction', 'rescission'] as const
export type Remedy = (typeof REMEDIES)[number]
export const LOSS_CHOICES = ['replacement', 'refund'] as const
export type LossChoice = (typeof LOSS_CHOICES)[number]

const goodsOf = (view: View, order: Order, lines: readonly Units[]) =>
  inARow(
    view,
    lines.map((line) => `${line.quantity} × ${nameIn(order)(line)}`),
  )
const sumOf = (view: View, amount: number | undefined, currency: string) =>
  amount === undefined ? undefined : html`<span class="amount">${money(view, amount, currency)}</span>`

/** What follows of a choice of what is to become of defective goods (forbrukerkjøpsloven §§ 29–32). Throws what the choice would be refused with. */
export async function remedyFollows(request: Visit, { id, order }: { id: string; order: Order }, remedy: Remedy) {
  const { view } = request
  const say = previewWords(view.language)
  const foreseen = await answered(
    view.clients.returns.POST('/linked-order/complaints/{id}/choice/preview', {
      params: { path: { id } },
      body: { link: linkOf(request), remedy },
      headers: visitorOf(request),
    }),
  )
  const { lines, currency, doneBy, amount, most, dueOn, sendsBack, reasons } = foreseen
  return html`<p>${say(`remedy_${remedy}`)}</p>
${facts([
  [say('concerns'), goodsOf(view, order, lines)],
  [say('doneBy'), doneBy && dayOf(view, doneBy)],
  [say('amount'), sumOf(view, amount, currency)],
  [say('most'), sumOf(view, most, currency)],
  [say('dueOn'), dueOn && dayOf(view, dueOn)],
  [say('wayBack'), sendsBack ? say('wayBackOurs') : undefined],
])}${citesOf(view, reasons)}`
}

/** What follows of a choice of goods that were lost: others, or the money. Throws what the choice would be refused with. */
export async function lossFollows(request: Visit, { order, report, shipmentId }: Lost, choice: LossChoice) {
  const { view } = request
  const say = previewWords(view.language)
  const [link, headers] = [linkOf(request), visitorOf(request)]
  const { lines, reasons } = await answered(
    view.clients.shipping.POST('/linked-order/damage-reports/{id}/choice/preview', {
      params: { path: { id: report.id } },
      body: { link, choice },
      headers,
    }),
  )
  const refund =
    choice === 'refund'
      ? await answered(
          view.clients.returns.POST('/linked-order/losses/preview', {
            body: { link, reportId: report.id, shipmentId, lines: lines.map(unitsIn) },
            headers,
          }),
        )
      : undefined
  return html`<p>${say(`loss_${choice}`)}</p>
${facts([
  [say('concerns'), goodsOf(view, order, lines)],
  [say('amount'), refund && sumOf(view, refund.amount, refund.currency)],
  [say('ofDelivery'), refund?.deliveryAmount ? sumOf(view, refund.deliveryAmount, refund.currency) : undefined],
  [say('dueOn'), refund && dayOf(view, refund.dueOn)],
  [say('costsYou'), choice === 'replacement' ? say('costsNothing') : undefined],
])}<p>${say('chosenOnce')}</p>${citesOf(view, [...(refund?.reasons ?? []), ...reasons])}`
}
type Lost = { order: Order; report: Report; shipmentId: string }
const unitsIn = ({ lineId, quantity }: Units) => ({ lineId, quantity })

/** What follows of sending goods back by the offer of the terms (clause 9). Throws what the request would be refused with. */
export async function returnFollows(request: Visit, order: Order, lines: Units[]): Promise<Html> {
  const { view } = request
  const say = previewWords(view.language)
  const { link, headers } = { link: linkOf(request), headers: visitorOf(request) }
  const foreseen = await answered(
    view.clients.returns.POST('/linked-order/voluntary-returns/preview', { body: { link, lines }, headers }),
  )
  const { refused = [], refundEstimate, currency, sendBackBy, returnCostBearer, reasons } = foreseen
  return html`<p>${say('returnText')}</p>
${facts([
  [say('concerns'), goodsOf(view, order, foreseen.lines)],
  [say('sendBackBy'), dayOf(view, sendBackBy)],
  [say('wayBack'), say(returnCostBearer === 'seller' ? 'wayBackOurs' : 'wayBackYours')],
  [say('estimate'), sumOf(view, refundEstimate, currency)],
])}${citesOf(view, reasons)}
${refused.map((part) => html`<p>${say('staysYours', { goods: `${part.quantity} × ${nameIn(order)(part)}` })}</p>${citesOf(view, part.reasons)}`)}`
}

/** What follows of having what goes back and a newer order be one exchange. Throws what it would be refused with. */
export async function exchangeFollows(request: Visit, { returnId, newLink }: { returnId: string; newLink: string }) {
  const { view } = request
  const say = previewWords(view.language)
  const { refundEstimate, newTotal, difference, currency, reasons } = await answered(
    view.clients.returns.POST('/linked-order/exchanges/preview', {
      body: { link: linkOf(request), returnId, newLink },
      headers: visitorOf(request),
    }),
  )
  return html`<p>${say('exchangeText')}</p>
${facts([
  [say('comesBack'), sumOf(view, refundEstimate, currency)],
  [say('newCosts'), sumOf(view, newTotal, currency)],
  [
    say(difference < 0 ? 'inYourFavour' : 'toPayMore'),
    difference === 0 ? say('nothing') : sumOf(view, Math.abs(difference), currency),
  ],
])}${citesOf(view, reasons)}`
}
