import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { form } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { dateOf, dayOf, money, section, table, tag, timeOf } from '../../pages/parts.ts'
import { createReading, type Reading } from '../../pages/reading.ts'
import { type Html, show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { caseTable, dueOf } from '../case-table.ts'
import { deskWords } from '../words.ts'

const SERVICES = ['orders', 'shipping', 'returns'] as const
const ALARMS_SHOWN = 50
const UNFORMED_SHOWN = 50

/** What waits for a person, of every service, what is due first before all others. */
export function work(server: FastifyInstance) {
  const config = { access: 'staff' as const }
  server.get<{ Querystring: { mine?: string } }>('/desk/work', { config }, async ({ view, query: { mine } }, reply) => {
    const say = deskWords(view.language)
    const reading = createReading()
    const seen = await readWork(view, reading, mine === undefined ? undefined : view.person?.subject)
    const lists = [...casesIn(view, seen), ...othersIn(view, seen)]
    const main = html`${reading.notice(view)}
<p class="ways">${mine === undefined ? html`<a class="ds-link" href="/desk/work?mine=yes">${say('onlyMine')}</a>` : html`<a class="ds-link" href="/desk/work">${say('everybodys')}</a>`}</p>
<nav aria-label="${say('lists')}"><ul class="ways">${lists.map(({ id, title, count, overdue }) => html`<li><a class="ds-link" href="#${id}">${title} ${count}</a>${overdue > 0 && html` ${tag('danger', say('overdueCount', { count: overdue }))}`}</li>`)}</ul></nav>
${lists.filter(({ count }) => count > 0).map(({ id, title, count, content }) => section(id, `${title} (${count})`, content))}`
    return show(reply, page(view, { title: say('work'), main }))
  })
}

type List = { id: string; title: string; count: number; overdue: number; content: Html }

async function readWork(view: View, reading: Reading, assignee: string | undefined) {
  const { orders, shipping, returns } = view.clients
  const limit = ALARMS_SHOWN
  const [cases, pending, unclear, payouts, unformed, ofOrders, ofShipping, ofReturns, dead] = await Promise.all([
    reading.of('returns', returns.GET('/returns', { params: { query: { status: 'open', assignee } } })),
    reading.of('returns', returns.GET('/statements', { params: { query: { status: 'pending' } } })),
    reading.of('returns', returns.GET('/statements', { params: { query: { status: 'unclear' } } })),
    reading.of('orders', orders.GET('/payouts', { params: { query: { status: 'open' } } })),
    reading.of('orders', orders.GET('/orders', { params: { query: { status: 'unformed', limit: UNFORMED_SHOWN } } })),
    reading.of('orders', orders.GET('/alarms', { params: { query: { limit } } })),
    reading.of('shipping', shipping.GET('/alarms', { params: { query: { limit } } })),
    reading.of('returns', returns.GET('/alarms', { params: { query: { limit } } })),
    Promise.all([
      reading.of('orders', orders.GET('/dead-letters', {})),
      reading.of('shipping', shipping.GET('/dead-letters', {})),
      reading.of('returns', returns.GET('/dead-letters', {})),
    ]),
  ])
  const alarms = [
    ...(ofOrders?.items ?? []).map((alarm) => ({ ...alarm, service: 'orders' as const })),
    ...(ofShipping?.items ?? []).map((alarm) => ({ ...alarm, service: 'shipping' as const })),
    ...(ofReturns?.items ?? []).map((alarm) => ({ ...alarm, service: 'returns' as const })),
  ].filter(({ resolvedAt }) => resolvedAt === undefined)
  return {
    cases: cases?.items ?? [],
    statements: [...(pending?.items ?? []), ...(unclear?.items ?? [])],
    payouts: payouts?.items ?? [],
    unformed: unformed?.items ?? [],
    alarms,
    dead: dead.flatMap((each, i) => (each?.items ?? []).map((item) => ({ ...item, service: SERVICES[i]! }))),
  }
}
type Seen = Awaited<ReturnType<typeof readWork>>

/** Cases by what they wait for. */
const casesIn = (view: View, { cases }: Seen): List[] =>
  [...Map.groupBy(cases, ({ kind }) => kind)].map(([kind, items]) => ({
    id: `cases-${kind}`,
    title: deskWords(view.language)(`kind_${kind}`),
    count: items.length,
    overdue: items.filter(({ dueOn }) => dueOn !== undefined && dueOn < view.today).length,
    content: caseTable(view, items),
  }))

function othersIn(view: View, { statements, payouts, unformed, alarms, dead }: Seen): List[] {
  const say = deskWords(view.language)
  const order = (id: string | undefined, name?: string) =>
    id === undefined ? '–' : html`<a class="ds-link" href="/desk/orders/${id}">${name ?? id.slice(0, 8)}</a>`
  const list = (id: string, title: string, heads: string[], rows: (Html | string | number)[][], overdue = 0): List => ({
    ...{ id, title, count: rows.length, overdue, content: table(title, heads, rows) },
  })
  return [
    list(
      'statements',
      say('statements'),
      [say('orderHead'), say('status'), say('received'), say('customer')],
      statements.map(({ orderId, orderNumber, status, receivedAt, name, email }) => [
        order(orderId, orderNumber),
        status,
        timeOf(view, receivedAt),
        name ?? email ?? '–',
      ]),
    ),
    list(
      'payouts',
      say('payouts'),
      [say('orderHead'), say('owed'), say('due')],
      payouts.map(({ orderId, amount, currency, dueOn }) => [
        order(orderId),
        money(view, amount, currency),
        dueOf(view, dueOn),
      ]),
      payouts.filter(({ dueOn }) => dueOn !== undefined && dueOn < view.today).length,
    ),
    list(
      'unformed',
      say('unformed'),
      [say('orderHead'), say('customer'), say('email'), say('placed')],
      unformed.map(({ id, number, customer, placedAt }) => [
        order(id, number),
        customer.name,
        customer.email,
        dayOf(view, dateOf(placedAt)),
      ]),
    ),
    list(
      'alarms',
      say('alarms'),
      [say('alarm'), say('service'), say('orderHead'), say('raised')],
      alarms.map(({ kind, service, orderId, raisedAt }) => [
        kind,
        view.say(`service_${service}`),
        order(orderId),
        timeOf(view, raisedAt),
      ]),
    ),
    list(
      'dead',
      say('deadLetters'),
      [say('what'), say('service'), say('tries'), say('received'), say('tryAgain')],
      dead.map(({ type, service, aggregateId, attempts, receivedAt, error }) => [
        html`${type} <span class="quiet">${error ?? ''}</span>`,
        view.say(`service_${service}`),
        attempts,
        timeOf(view, receivedAt),
        form(
          view,
          { action: '/desk/work/failed-events', submit: say('tryAgain'), quiet: true },
          html`<input type="hidden" name="service" value="${service}"><input type="hidden" name="aggregate" value="${aggregateId}">`,
        ),
      ]),
    ),
  ]
}
