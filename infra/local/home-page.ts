import type { ReceivedMail } from '@vilkar/testing/mailbox.ts'
import type { Happened } from './events.ts'
import { faultSection } from './fault-routes.ts'
import type { FaultSwitches } from './faults.ts'
import { type Html, html } from './html.ts'
import { eventSection } from './live.ts'
import { mailTable } from './mail-page.ts'
import type { ListedOrder } from './order-page.ts'
import type { Urls } from './shopper.ts'
import { type StoryBook, storySection } from './story-book.ts'
import type { LocalWarehouse } from './warehouse.ts'
import { warehouseSection } from './warehouse-routes.ts'
import { moment, money } from './words.ts'

const MOVES = { PT1H: '+ 1 hour', P1D: '+ 1 day', P7D: '+ 7 days', P14D: '+ 14 days', P30D: '+ 30 days' }
const WHAT: Record<string, string> = {
  orders: 'quotes, orders, contracts, payments',
  shipping: 'shipments and who bears the risk',
  returns: 'what may go back, withdrawals, refunds',
  privacy: 'what the privacy policies promise, and how it is kept',
}

type Home = {
  urls: Urls
  /** What else runs, and where: names and addresses. */
  others: Record<string, string>
  now: string
  roles: string[]
  /** Newest first. */
  orders: ListedOrder[]
  mails: readonly ReceivedMail[]
  warehouse: ReturnType<LocalWarehouse['status']>
  faults: ReturnType<FaultSwitches['status']>
  happened: readonly Happened[]
  steps: ReturnType<StoryBook['steps']>
}

export const homePage = (home: Home): Html => html`
${places(home.urls)}
${clockAndTokens(home)}
${eventSection(home.happened)}
${storySection(home.steps, home.urls.console)}
<section><h2>Orders</h2>
${home.orders.length === 0 ? html`<p class="quiet">There are none yet.</p>` : orderTable(home.orders, home.urls)}
</section>
${warehouseSection(home.warehouse)}
${faultSection(home.faults)}
<section id="mailbox"><h2>Mailbox</h2>
${home.mails.length === 0 ? html`<p class="quiet">No mail was sent since the start.</p>` : mailTable(home.mails)}
</section>
${whatRuns(home)}`

const places = ({ console }: Urls) => html`
<section><h2>Where to go</h2><ul class="places">
<li><a href="${console}/shop">Shop<span class="quiet">buy something, as a customer</span></a></li>
<li><a href="${console}/desk">Support desk<span class="quiet">sign in as support or manager, without a password</span></a></li>
<li><a href="${console}/privacy">Privacy desk<span class="quiet">what people ask about their data; sign in as support</span></a></li>
<li><a href="${console}/warehouse">Warehouse<span class="quiet">pick, pack, hand over, take back</span></a></li>
<li><a href="${console}/customer/withdraw">Withdrawal function<span class="quiet">for customers, without an account</span></a></li>
<li><a href="#mailbox">Mailbox<span class="quiet">every mail that was sent, with its links</span></a></li>
<li><a href="/api">API reference<span class="quiet">every door of every service</span></a></li>
</ul></section>`

const clockAndTokens = ({ urls, now, roles }: Home) => html`
<section class="half"><h2>Clock</h2>
<p class="now"><time>${moment(now)}</time></p>
<p>Periods and deadlines go by this clock. It only moves forward.</p>
${Object.entries(MOVES).map(
  ([duration, label]) =>
    html`<form method="post" action="/clock"><input type="hidden" name="advance" value="${duration}"><button>${label}</button></form>`,
)}
<form method="post" action="/clock"><input name="advance" value="P2DT6H" aria-label="Duration (ISO 8601)"><button>Move</button></form>
</section>
<section class="half"><h2>Tokens</h2>
<p>Every call needs a bearer token. These are good for 30 days, on this machine only.</p>
${roles.map((role) => html`<form action="/tokens/${role}"><button>${role}</button></form>`)}
<pre>curl -s ${urls.control}/tokens/support</pre>
</section>`

const whatRuns = ({ urls, others }: Home) => html`
<section><h2>What runs</h2>
<div class="scroll"><table>
${Object.entries(WHAT).map(
  ([name, what]) =>
    html`<tr><td><a href="${urls[name as 'orders']}/docs">${name}</a> <span class="quiet">${what}</span></td><td class="nowrap">${urls[name as 'orders']}</td></tr>`,
)}
<tr><td><a href="${urls.console}">console</a> <span class="quiet">pages for people: the support desk</span></td><td class="nowrap">${urls.console}</td></tr>
<tr><td>Klarna <span class="quiet">a simulator of the payment provider</span></td><td class="nowrap">${urls.klarna}</td></tr>
<tr><td>Carriers <span class="quiet">a simulator of Bring, UPS and DHL</span></td><td class="nowrap">${urls.carriers}</td></tr>
${Object.entries(others).map(([name, url]) => html`<tr><td>${name}</td><td class="url">${url}</td></tr>`)}
</table></div>
<p class="quiet">Each service describes its HTTP API under its name above.</p>
</section>`

const orderTable = (orders: ListedOrder[], urls: Urls) => html`<div class="scroll"><table>
<tr><th>Order</th><th>Customer</th><th>Placed</th><th>Status</th><th class="amount">Total</th><th>Read</th></tr>
${orders.map(
  ({ id, number, status, placedAt, customer, currency, terms, totals }) => html`<tr>
<td class="nowrap"><a href="/orders/${id}">${number}</a></td>
<td>${customer.name} <span class="quiet">${customer.kind}</span></td>
<td class="nowrap">${moment(placedAt)}</td>
<td class="nowrap">${status}</td>
<td class="amount">${money(totals.total, currency)}</td>
<td><a href="${urls.orders}/terms/${terms.edition}?locale=en&amp;format=html">terms</a> · <a href="/orders/${id}#eligibility">eligibility</a> · <a href="${urls.orders}/payments/${id}">payment</a> · <a href="/orders/${id}#shipments">shipments</a></td>
</tr>`,
)}
</table></div>`
