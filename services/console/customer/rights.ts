import { html } from 'hono/html'
import { alike, fewOf } from '../pages/alike.ts'
import { citesOf, day, dayOf, money, section } from '../pages/parts.ts'
import { estimatedBy, ruling } from '../pages/ruling.ts'
import type { Html } from '../pages/show.ts'
import { type Mark, type Span, spansOf, timeline } from '../pages/timeline.ts'
import type { View } from '../pages/view.ts'
import { pathBy } from './linked.ts'
import { type AlikeRights, type LineRights, nameIn, type Order, type Seen } from './order-reading.ts'
import { customerWords } from './words.ts'

/** What may be asked for by a page, in the order in which the law gives more. */
export const WAYS = ['withdraw', 'send-back', 'complain'] as const
export type Way = (typeof WAYS)[number]
const RIGHT_OF = { withdraw: 'withdrawal', 'send-back': 'voluntaryReturn', complain: 'complaint' } as const
/** What a service rules of a way, of a line. */
export const rulingOf = (way: Way, line: LineRights) => line[RIGHT_OF[way]]

const isOpen = (way: Way, line: LineRights) => rulingOf(way, line).outcome !== 'refused'

/**
 * Lines of which something may be asked, each with of how many units (`returnable`): there are some, and a service does not refuse it today. What
 * has not left is withdrawn from, and neither complained of nor sent back. What can be withdrawn from is not sent back by the offer,
 * since the law gives more.
 */
export const openLines = (way: Way, { rights }: Pick<Seen, 'rights'>) =>
  (rights?.lines ?? [])
    .map((line) => (way === 'withdraw' ? line : { ...line, returnable: line.returnable - line.cancellable }))
    .filter((line) => line.returnable > 0 && isOpen(way, line) && !(way === 'send-back' && isOpen('withdraw', line)))

/** Until when each right lasts. */
export const spansIn = (view: View, { rights, order, date }: Pick<Seen, 'rights' | 'order' | 'date'>): Span[] =>
  spansOf(rights?.lines ?? [], {
    right: (right) => customerWords(view.language)(`right_${right}`),
    nameOf: nameIn(order),
    named: (all) => fewOf(view, all),
    on: date ?? view.today,
  })

function marksOf(view: View, { order }: Seen): Mark[] {
  const say = customerWords(view.language)
  return [
    { label: say('placed'), at: order.placedAt },
    ...(order.formedAt === undefined ? [] : [{ label: say('formed'), at: order.formedAt }]),
    ...order.shipments.flatMap(({ dispatchedAt, deliveredAt }) => [
      { label: say('sent'), at: dispatchedAt },
      ...(deliveredAt === undefined ? [] : [{ label: say('delivered'), at: deliveredAt }]),
    ]),
  ]
}

/**
 * What happened, what is open until when and why, on the day that was asked about. With JavaScript another day is asked about as it is
 * chosen, and what holds then takes the place of what stood there; without, by the button.
 */
export function rightsOf(view: View, seen: Seen): Html {
  const say = customerWords(view.language)
  const { rights, date, link } = seen
  const title = date === undefined ? say('rights') : say('rightsOn', { day: day(view, date) })
  const spans = spansIn(view, seen)
  return html`<form class="form inline" action="/customer/order#dated" hx-get="/customer/order" hx-trigger="change, submit" hx-target="#dated" hx-select="#dated" hx-swap="outerHTML">
<input type="hidden" name="link" value="${link}">
<div class="ds-field"><label class="ds-label" for="at">${say('whatIf')}</label><input class="ds-input" id="at" name="at" type="date" value="${date ?? view.today}" required></div>
<button class="ds-button" data-variant="secondary" type="submit">${say('ask')}</button>
</form>
<div id="dated" class="stack" aria-live="polite">
${timeline(view, { marks: marksOf(view, seen), spans, date })}
${section(
  'rights',
  title,
  html`${date !== undefined && html`<p><a class="ds-link" href="${pathBy(link)}">${say('asToday')}</a></p>`}
${rights === undefined ? html`<p class="quiet">${say('noRights')}</p>` : rights.groups.map((group) => groupOf({ ...view, today: date ?? view.today }, group, seen.order))}
${spans.some(({ granted }) => granted) && html`<p class="ways"><a class="ds-link" href="${pathBy(link, '/calendar')}" download>${say('calendar')}</a></p>`}`,
)}</div>`
}

function groupOf(view: View, { lines, ...rulings }: AlikeRights, order: Order): Html {
  const say = customerWords(view.language)
  const { complaint, returnCost } = rulings
  const by = estimatedBy({ ...rulings, returnable: lines[0]?.returnable ?? 0 })
  const only = lines.length === 1
  const estimateOf = ({ refundEstimate: { amount, currency } }: AlikeRights['lines'][number]) =>
    say('estimate', { amount: money(view, amount, currency) })
  const back = (right: typeof by) => only && right === by && html`<p class="quiet">${estimateOf(lines[0]!)}</p>`
  const untilOf = (label: string, until: string | undefined) =>
    until !== undefined &&
    complaint.outcome !== 'refused' &&
    html`<p class="quiet">${label} ${dayOf(view, until.slice(0, 10))}</p>`
  const list = html`<ul class="list">
${ruling(view, say('right_cancel'), rulings.cancel)}
${ruling(view, say('right_withdrawal'), rulings.withdrawal, back('withdrawal'))}
${ruling(view, say('right_voluntaryReturn'), rulings.voluntaryReturn, back('voluntaryReturn'))}
${ruling(view, say('right_complaint'), complaint, html`${untilOf(say('presumedUntil'), complaint.presumedUntil)}${untilOf(say('neverLateUntil'), complaint.neverLateUntil)}`)}
${by !== undefined && html`<li class="ruling"><p><strong>${say('returnCost')}</strong> ${say(`bearer_${returnCost.bearer}`)}</p>${citesOf(view, returnCost.reasons)}</li>`}
</ul>`
  const over = [rulings.cancel, rulings.withdrawal, rulings.voluntaryReturn, complaint].every(
    ({ outcome }) => outcome === 'refused',
  )
  const nameOf = nameIn(order)
  const each = lines.map((line) => ({
    name: nameOf(line),
    units: say('ofUnits', { returnable: line.returnable, quantity: line.quantity }),
    own: !only && by !== undefined && html` <span class="quiet">${estimateOf(line)}</span>`,
  }))
  return alike(
    view,
    each,
    over ? html`<details class="part"><summary>${say('nothingOpen')}</summary>${list}</details>` : list,
  )
}
