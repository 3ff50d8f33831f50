import { type Html, html } from './html.ts'
import type { Urls } from './shopper.ts'
import { day, moment, money, nameOf, type Reason } from './words.ts'

/** An order as the list of the orders service gives it; only what the page shows. */
export type ListedOrder = {
  id: string
  number: string
  status: string
  placedAt: string
  customer: { kind: string; name: string }
  currency: string
  terms: { edition: string }
  totals: { total: number }
}

type Ruling = { outcome: string; until?: string; reasons: Reason[] }
/** What the three services say of one order; only what the page shows. */
export type OrderFacts = {
  order: ListedOrder & {
    formedAt?: string
    lines: { lineId: string; name: string; quantity: number; total: number }[]
    payment: { authorised: number; captured: number; refunded: number; url?: string }
  }
  history: { type: string; at: string; reasons?: Reason[] }[]
  shipments: {
    id: string
    status: string
    dispatched?: { carrier: string; trackingNumber?: string }
    risk?: { bearer: string; since?: string; reasons: Reason[] }
  }[]
  /** Undefined while the returns service has not heard of the order. */
  eligibility?: {
    lines: ({ lineId: string; sku: string } & Record<'withdrawal' | 'voluntaryReturn' | 'complaint', Ruling>)[]
  }
}

export const orderPage = ({ order, history, shipments, eligibility }: OrderFacts, urls: Urls): Html => html`
<section><h1>Order ${order.number}</h1>
<dl><dt>Customer</dt><dd>${order.customer.name}, ${order.customer.kind}</dd>
<dt>Status</dt><dd>${order.status}</dd>
<dt>Placed</dt><dd>${moment(order.placedAt)}</dd>
${order.formedAt && html`<dt>Contract formed</dt><dd>${moment(order.formedAt)}</dd>`}
<dt>Terms</dt><dd><a href="${urls.orders}/terms/${order.terms.edition}?locale=en&amp;format=html">${order.terms.edition}</a></dd></dl></section>
<section class="half"><h2>Goods</h2><div class="scroll"><table>
${order.lines.map(({ name, quantity, total }) => html`<tr><td>${quantity} × ${name}</td><td class="amount">${money(total, order.currency)}</td></tr>`)}
<tr><td>In all, with delivery</td><td class="amount">${money(order.totals.total, order.currency)}</td></tr></table></div></section>
<section class="half"><h2>Payment</h2><dl>
${(['authorised', 'captured', 'refunded'] as const).map((key) => html`<dt>${key}</dt><dd>${money(order.payment[key], order.currency)}</dd>`)}
</dl><p><a href="${urls.orders}/payments/${order.id}">The customer’s payment page</a></p></section>
<section id="shipments"><h2>Shipments</h2>
${shipments.length === 0 ? html`<p class="quiet">None was asked for yet.</p>` : shipments.map(shipmentOf)}</section>
<section id="eligibility"><h2>What may go back</h2>${eligibility ? eligibilityTable(eligibility, order) : html`<p class="quiet">The returns service has not heard of this order yet.</p>`}</section>
<section><h2>History</h2><div class="scroll"><table>
${history.map(({ type, at, reasons = [] }) => html`<tr><td class="nowrap">${moment(at)}</td><td>${type}</td><td>${because(reasons)}</td></tr>`)}
</table></div></section>
<section><h2>As JSON</h2><ul>
<li><a href="/orders/${order.id}/json">all of this, as the services answer it</a></li>
<li><code>curl -s ${urls.orders}/orders/${order.id} -H "authorization: Bearer $(curl -s ${urls.control}/tokens/support)"</code></li>
</ul></section>`

const shipmentOf = ({ status, dispatched, risk }: OrderFacts['shipments'][number]) => html`<p>${status}${
  dispatched && html`, with ${dispatched.carrier} ${dispatched.trackingNumber ?? ''}`
}. ${risk && html`What happens to the goods is the ${risk.bearer}’s risk${risk.since && html` since ${moment(risk.since)}`}.`}</p>
${risk && because(risk.reasons)}`

const eligibilityTable = (
  { lines }: NonNullable<OrderFacts['eligibility']>,
  order: OrderFacts['order'],
) => html`<div class="scroll"><table>
<tr><th>Line</th><th>Withdrawal</th><th>Voluntary return</th><th>Complaint</th></tr>
${lines.map(
  ({ lineId, sku, withdrawal, voluntaryReturn, complaint }) => html`<tr>
<td>${order.lines.find((line) => line.lineId === lineId)?.name ?? sku}</td>
${[withdrawal, voluntaryReturn, complaint].map((ruling) => html`<td>${ruling.outcome}${ruling.until && html` until ${day(ruling.until)}`}${because(ruling.reasons)}</td>`)}
</tr>`,
)}
</table></div>`

/** The sentences that something rests on, each once. */
function because(reasons: Reason[]) {
  const sentences = new Map(reasons.flatMap(({ cites }) => cites).map((cite) => [nameOf(cite), cite.text]))
  if (sentences.size === 0) return html``
  return html`<details><summary>${[...sentences.keys()].join(', ')}</summary><ul>${[...sentences].map(
    ([name, text]) => html`<li>${name}: ${text}</li>`,
  )}</ul></details>`
}
