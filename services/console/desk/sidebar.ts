import { html } from 'hono/html'
import { dateOf, day, money } from '../pages/parts.ts'
import type { Reading } from '../pages/reading.ts'
import { ruling } from '../pages/ruling.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { type CaseItem, dueOf } from './case-table.ts'
import type { Entitlements, LineRights } from './order-reading.ts'
import { type Order, statusOf } from './order-table.ts'
import { deskWords, sidebarWords } from './words.ts'

/** So many orders are shown, and of the newest of them what may go back. */
const ORDERS_SHOWN = 8
const ASKED_OF = 4
const RIGHTS = ['withdrawal', 'voluntaryReturn', 'complaint'] as const

/** What the services know of who has an address: orders, what may go back of the newest, and cases that are open. */
export async function readPerson(view: View, reading: Reading, email: string) {
  const { orders, returns } = view.clients
  const [found, cases] = await Promise.all([
    reading.of('orders', orders.GET('/orders', { params: { query: { email, limit: ORDERS_SHOWN } } })),
    reading.of('returns', returns.GET('/returns', { params: { query: { q: email, status: 'open' } } })),
  ])
  const rights = await Promise.all(
    (found?.items ?? []).map(({ id }, i) =>
      i < ASKED_OF
        ? reading.of('returns', returns.GET('/orders/{id}/entitlements', { params: { path: { id }, query: {} } }))
        : undefined,
    ),
  )
  return { orders: found, rights, cases: cases?.items }
}
export type PersonSeen = Awaited<ReturnType<typeof readPerson>>

/** A link that leaves the frame. */
export const out = (view: View, href: string, text: string): Html =>
  html`<a class="ds-link" href="${href}" target="_blank" rel="noopener">${text}<span class="ds-sr-only"> (${sidebarWords(view.language)('newWindow')})</span></a>`

/** What stands beside a help desk of whoever writes there. */
export function sidebar(view: View, email: string, { orders, rights, cases }: PersonSeen): Html {
  const say = sidebarWords(view.language)
  const desk = `/desk?q=${encodeURIComponent(email)}`
  return html`<p class="ways">${out(view, desk, say('toDesk'))}</p>
${orders?.items.length === 0 && html`<p>${say('notFound', { email })}</p>`}
${cases && html`<section aria-labelledby="cases"><h2 class="ds-heading" data-size="2xs" id="cases">${say('openCases')}</h2>${casesOf(view, cases)}</section>`}
${
  orders &&
  orders.items.length > 0 &&
  html`<section aria-labelledby="orders"><h2 class="ds-heading" data-size="2xs" id="orders">${say('orders')}</h2>
${orders.items.map((order, i) => orderOf(view, order, rights[i], i < ASKED_OF))}
${orders.next !== undefined && html`<p>${out(view, desk, say('moreOrders'))}</p>`}</section>`
}`
}

function casesOf(view: View, cases: readonly CaseItem[]): Html {
  const say = sidebarWords(view.language)
  if (cases.length === 0) return html`<p class="quiet">${say('noCases')}</p>`
  return html`<ul class="list">${cases.map(
    ({ id, kind, number, dueOn }) =>
      html`<li class="ruling"><p>${out(view, `/desk/cases/${id}`, deskWords(view.language)(`kind_${kind}`))} <span class="quiet">${number}</span></p>
${dueOn !== undefined && html`<p>${say('due')} ${dueOf(view, dueOn)}</p>`}</li>`,
  )}</ul>`
}

function orderOf(view: View, order: Order, rights: Entitlements | undefined, wasAsked: boolean): Html {
  const say = sidebarWords(view.language)
  const { id, number, placedAt, status, totals, currency } = order
  const lines = rights?.lines.flatMap((line) => lineOf(view, line, order)) ?? []
  return html`<article class="line"><h3 class="ds-heading" data-size="2xs">${out(view, `/desk/orders/${id}`, number)}</h3>
<p>${statusOf(view, status)} <span class="quiet">${say('placed', { day: day(view, dateOf(placedAt)) })}, ${money(view, totals.total, currency)}</span></p>
${lines.length > 0 ? lines : wasAsked && html`<p class="quiet">${say(rights === undefined ? 'unread' : 'nothing')}</p>`}</article>`
}

/** What may go back of a line, until when and by which clause; nothing where the services refuse all of it. */
function lineOf(view: View, line: LineRights, order: Order): Html[] {
  const open = RIGHTS.filter((right) => line[right].outcome !== 'refused')
  if (open.length === 0) return []
  const name = order.lines.find(({ lineId }) => lineId === line.lineId)?.name ?? line.sku
  const { returnable, quantity } = line
  return [
    html`<p><strong>${name}</strong> <span class="quiet">${sidebarWords(view.language)('ofUnits', { returnable, quantity })}</span></p>
<ul class="list">${open.map((right) => ruling(view, deskWords(view.language)(`right_${right}`), line[right]))}</ul>`,
  ]
}
