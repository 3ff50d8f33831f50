import { html } from 'hono/html'
import { alike } from '../pages/alike.ts'
import { copyFields } from '../pages/copy.ts'
import { citesOf, dateOf, day, dayOf, money, section } from '../pages/parts.ts'
import { estimatedBy, ruling } from '../pages/ruling.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { AlikeRights, OrderSeen } from './order-reading.ts'
import { deskWords } from './words.ts'

/** So many days after an order can be dragged to; any other is typed. */
const DRAGGED_DAYS = 90

/** The day as a knob on the days after the order. With JavaScript what holds then takes the place of what stood there as it is let go. */
function dragOver(view: View, { order, date }: Pick<OrderSeen, 'order' | 'date'>): Html {
  const say = deskWords(view.language)
  const from = dateOf(order.placedAt)
  const { days } = Temporal.PlainDate.from(from).until(date ?? view.today)
  const value = Math.min(Math.max(days, 0), DRAGGED_DAYS)
  const path = `/desk/orders/${order.id}`
  return html`<form class="form inline" action="${path}#rights" hx-get="${path}" hx-trigger="change, submit" hx-target="main" hx-select="main" hx-swap="outerHTML">
<input type="hidden" name="from" value="${from}">
<div class="ds-field"><label class="ds-label" for="days">${say('dragDay', { day: day(view, from) })}</label><input type="range" id="days" name="days" min="0" max="${DRAGGED_DAYS}" value="${value}"></div>
<button class="ds-button" data-variant="secondary" type="submit">${say('ask')}</button>
</form>`
}

/** What is open, until when, why, and who bears what: once for lines of which the same holds. */
export function rights(view: View, seen: OrderSeen): Html {
  const { entitlements, alike: groups, order, date } = seen
  const say = deskWords(view.language)
  const asked = html`<form class="form inline" action="/desk/orders/${order.id}#rights">
<div class="ds-field"><label class="ds-label" for="at">${say('whatIf')}</label><input class="ds-input" id="at" name="at" type="date" value="${date ?? view.today}" required></div>
<button class="ds-button" data-variant="secondary" type="submit">${say('ask')}</button>
${date !== undefined && html`<a class="ds-link" href="/desk/orders/${order.id}#rights">${say('asToday')}</a>`}
</form>`
  const dragged = dragOver(view, { order, date })
  const content =
    entitlements === undefined || groups === undefined
      ? html`<p class="quiet">${say('noRights')}</p>`
      : html`${groups.map((group) => groupOf({ ...view, today: date ?? view.today }, group, seen))}
${seen.inWords?.next !== undefined && html`<p><a class="ds-link" href="${wordsOf(order.id, date, seen.inWords.next)}">${say('restToCopy')}</a></p>`}
<ul class="list">${ruling(view, say('right_cancelAll'), entitlements.cancel)}</ul>`
  const title = date === undefined ? say('rights') : `${say('rightsOn')} ${day(view, date)}`
  return section('rights', title, html`${asked}${dragged}${content}`)
}

/** Where the sentences of an order of many lines are read on, behind one of its lines. */
export const wordsOf = (id: string, date: string | undefined, after: string) =>
  `/desk/orders/${id}/words?${new URLSearchParams({ after, ...(date !== undefined && { at: date }) })}`

type InWords = OrderSeen['inWords']

/** What holds for a line in sentences, to be pasted into an answer; closed until somebody wants them. */
function toCopy(view: View, inWords: InWords, lineId: string): Html {
  const texts = inWords?.items.find((each) => each.lineId === lineId)
  if (inWords === undefined || texts === undefined) return html``
  return html`<details class="part"><summary>${deskWords(view.language)('toCopy')}</summary>
<div class="stack">${copyFields(view, { id: `answer-${lineId}`, texts, first: inWords.locale })}</div></details>`
}

/** A page of what holds for the lines of an order in sentences, to be pasted into answers. */
export function wordsPage(
  view: View,
  inWords: NonNullable<InWords>,
  { order, date }: Pick<OrderSeen, 'order' | 'date'>,
): Html {
  const say = deskWords(view.language)
  const { items, next, locale } = inWords
  const nameOf = namesOf(order)
  return html`${items.map(
    ({
      lineId,
      ...texts
    }) => html`<section class="ds-card" aria-labelledby="line-${lineId}"><h2 class="ds-heading" data-size="xs" id="line-${lineId}">${nameOf(lineId) ?? lineId}</h2>
<div class="stack">${copyFields(view, { id: `answer-${lineId}`, texts, first: locale })}</div></section>`,
  )}
<p class="ways">${next !== undefined && html`<a class="ds-link" href="${wordsOf(order.id, date, next)}">${say('restToCopy')}</a> `}<a class="ds-link" href="/desk/orders/${order.id}#rights">${say('toOrderOf', { number: order.number })}</a></p>`
}

function namesOf({ lines }: OrderSeen['order']) {
  const names = new Map(lines.map(({ lineId, name }) => [lineId, name]))
  return (lineId: string) => names.get(lineId)
}

function groupOf(view: View, { lines, ...rulings }: AlikeRights, { order, inWords }: OrderSeen): Html {
  const say = deskWords(view.language)
  const { complaint, returnCost, risk } = rulings
  const by = estimatedBy({ ...rulings, returnable: lines[0]?.returnable ?? 0 })
  const only = lines.length === 1
  const estimateOf = ({ refundEstimate: { amount, currency } }: AlikeRights['lines'][number]) =>
    say('estimate', { amount: money(view, amount, currency) })
  const back = (right: typeof by) => only && right === by && html`<p class="quiet">${estimateOf(lines[0]!)}</p>`
  const open = complaint.outcome !== 'refused'
  const nameOf = namesOf(order)
  const said = html`<ul class="list">
${ruling(view, say('right_cancel'), rulings.cancel)}
${ruling(view, say('right_withdrawal'), rulings.withdrawal, back('withdrawal'))}
${ruling(view, say('right_voluntaryReturn'), rulings.voluntaryReturn, back('voluntaryReturn'))}
${ruling(
  view,
  say('right_complaint'),
  complaint,
  html`${open && complaint.presumedUntil !== undefined && html`<p class="quiet">${say('presumedUntil')} ${dayOf(view, complaint.presumedUntil.slice(0, 10))}</p>`}${
    open &&
    complaint.neverLateUntil !== undefined &&
    html`<p class="quiet">${say('neverLateUntil')} ${dayOf(view, complaint.neverLateUntil.slice(0, 10))}</p>`
  }`,
)}
${by !== undefined && html`<li class="ruling"><p><strong>${say('returnCost')}</strong> ${say(`bearer_${returnCost.bearer}`)}</p>${citesOf(view, returnCost.reasons)}</li>`}
<li class="ruling"><p><strong>${say('risk')}</strong> ${say(`bearer_${risk.bearer}`)}${risk.since !== undefined && html` ${say('since')} ${dayOf(view, dateOf(risk.since))}`}</p>${citesOf(view, risk.reasons)}</li>
</ul>`
  const each = lines.map((line) => ({
    name: nameOf(line.lineId) ?? line.sku,
    units: say('ofUnits', { returnable: line.returnable, quantity: line.quantity }),
    own: html`${!only && by !== undefined && html` <span class="quiet">${estimateOf(line)}</span>`}${toCopy(view, inWords, line.lineId)}`,
  }))
  return alike(view, each, said)
}
