import { html } from 'hono/html'
import { copyFields } from '../pages/copy.ts'
import { citesOf, dateOf, day, dayOf, money, section } from '../pages/parts.ts'
import { estimatedBy, ruling } from '../pages/ruling.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { LineRights, OrderSeen } from './order-reading.ts'
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

/** Per line: what is open, until when, why, and who bears what. */
export function rights(view: View, { entitlements, inWords, order, date }: OrderSeen): Html {
  const say = deskWords(view.language)
  const asked = html`<form class="form inline" action="/desk/orders/${order.id}#rights">
<div class="ds-field"><label class="ds-label" for="at">${say('whatIf')}</label><input class="ds-input" id="at" name="at" type="date" value="${date ?? view.today}" required></div>
<button class="ds-button" data-variant="secondary" type="submit">${say('ask')}</button>
${date !== undefined && html`<a class="ds-link" href="/desk/orders/${order.id}#rights">${say('asToday')}</a>`}
</form>`
  const dragged = dragOver(view, { order, date })
  const content =
    entitlements === undefined
      ? html`<p class="quiet">${say('noRights')}</p>`
      : html`${entitlements.lines.map((line) => html`${lineOf({ ...view, today: date ?? view.today }, line, order.lines.find(({ lineId }) => lineId === line.lineId)?.name)}${toCopy(view, inWords, line)}`)}
<ul class="list">${ruling(view, say('right_cancelAll'), entitlements.cancel)}</ul>`
  const title = date === undefined ? say('rights') : `${say('rightsOn')} ${day(view, date)}`
  return section('rights', title, html`${asked}${dragged}${content}`)
}

/** What holds for a line in sentences, to be pasted into an answer; closed until somebody wants them. */
function toCopy(view: View, inWords: OrderSeen['inWords'], { lineId }: LineRights): Html {
  const texts = inWords?.items.find((each) => each.lineId === lineId)
  if (inWords === undefined || texts === undefined) return html``
  return html`<details class="part"><summary>${deskWords(view.language)('toCopy')}</summary>
<div class="stack">${copyFields(view, { id: `answer-${lineId}`, texts, first: inWords.locale })}</div></details>`
}

function lineOf(view: View, line: LineRights, name: string | undefined): Html {
  const say = deskWords(view.language)
  const { complaint, returnCost, risk, refundEstimate } = line
  const amount = money(view, refundEstimate.amount, refundEstimate.currency)
  const by = estimatedBy(line)
  const back = (right: typeof by) => right === by && html`<p class="quiet">${say('estimate', { amount })}</p>`
  const open = complaint.outcome !== 'refused'
  return html`<article class="line"><h3 class="ds-heading" data-size="2xs">${name ?? line.sku} <span class="quiet">${say('ofUnits', { returnable: line.returnable, quantity: line.quantity })}</span></h3>
<ul class="list">
${ruling(view, say('right_cancel'), line.cancel)}
${ruling(view, say('right_withdrawal'), line.withdrawal, back('withdrawal'))}
${ruling(view, say('right_voluntaryReturn'), line.voluntaryReturn, back('voluntaryReturn'))}
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
</ul></article>`
}
