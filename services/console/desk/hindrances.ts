import { answered, type Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { input, type SentForm, select, textarea } from '../pages/forms.ts'
import { citesOf, dayOf, facts, moment, section, table, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { dueOf } from './case-table.ts'
import type { Order } from './order-table.ts'
import { deskWords, shippingWords } from './words.ts'
import { orderLink } from './work-list.ts'

const readHindrances = ({ orders }: Clients) => orders.GET('/hindrances', {})
/** What keeps us from delivering an order, as the orders service lists it. */
type Open = NonNullable<Awaited<ReturnType<typeof readHindrances>>['data']>['items'][number]
type OfOrder = NonNullable<Order['hindrances']>[number]

const pathOf = (orderId: string, { hindranceId }: Pick<OfOrder, 'hindranceId'>) =>
  `/desk/orders/${orderId}/hindrances/${hindranceId}/end`
const pageOf = ({ id }: Pick<Order, 'id'>) => `/desk/orders/${id}#hindrances`
const button = (href: string, title: string): Html =>
  html`<a class="ds-button" data-variant="secondary" data-size="sm" href="${href}">${title}</a>`

/** The columns of what keeps us from delivering, and what stands in them of one order. */
export function hindranceHeads(view: View) {
  const say = shippingWords(view.language)
  return [
    ...[deskWords(view.language)('orderHead'), say('hindrance'), say('hinderedAt'), say('expectedBy')],
    ...[say('awaited'), say('exempt'), say('doHindranceEnd')],
  ]
}
export function hindranceRow(view: View, each: Open): (Html | string | number)[] {
  const say = shippingWords(view.language)
  const { orderId, number, what, hinderedAt, expectedBy, exempt, unsent, underway } = each
  const units = [...unsent, ...underway].reduce((sum, { quantity }) => sum + quantity, 0)
  return [
    orderLink(orderId, number),
    what,
    timeOf(view, hinderedAt),
    expectedBy === undefined ? say('expectedUnknown') : dueOf(view, expectedBy),
    units,
    say(exempt ? 'exempt_yes' : 'exempt_no'),
    button(pathOf(orderId, each), say('doHindranceEnd')),
  ]
}

/** What kept us from delivering an order, as its customer was told, on its page; what can be said of it. */
export function hindrancesOf(view: View, order: Order): Html {
  const say = shippingWords(view.language)
  const { id, hindrances = [], status, formedAt } = order
  const mayTell = formedAt !== undefined && status !== 'cancelled' && status !== 'delivered'
  if (hindrances.length === 0 && !mayTell) return html``
  const rows = hindrances.map((each) => [
    each.what,
    timeOf(view, each.hinderedAt),
    each.expectedBy === undefined ? say('expectedUnknown') : dayOf(view, each.expectedBy),
    say(each.exempt ? 'exempt_yes' : 'exempt_no'),
    each.endedAt === undefined
      ? button(pathOf(id, each), say('doHindranceEnd'))
      : say('hindranceEnded', { moment: moment(view, each.endedAt) }),
  ])
  const heads = [say('hindrance'), say('hinderedAt'), say('expectedBy'), say('exempt'), say('doHindranceEnd')]
  return section(
    'hindrances',
    say('hindrancesOf'),
    html`${rows.length > 0 && table(say('hindrancesOf'), heads, rows)}
${mayTell && html`<p>${button(`/desk/orders/${id}/hindrances/new`, say('doHindrance'))}</p>`}`,
  )
}

const JUDGED = { yes: true, no: false, unsaid: undefined } as const
const judgedOf = (sent: SentForm, name: string) => JUDGED[sent.text(name) as keyof typeof JUDGED]

type Foreseen = { mail: boolean; unsent: { quantity: number }[]; underway: { quantity: number }[] }
function mailOf(view: View, { mail, unsent, underway }: Foreseen): Html {
  const say = shippingWords(view.language)
  const units = [...unsent, ...underway].reduce((sum, { quantity }) => sum + quantity, 0)
  return html`${facts([[say('awaited'), units]])}<p>${say(mail ? 'hindranceMail' : 'hindranceNoMail')}</p>`
}
const leadOf = (view: View, order: Order, lead: string, more: readonly (readonly [string, string])[] = []): Html =>
  html`<p>${lead}</p>${facts([
    [deskWords(view.language)('orderHead'), order.number],
    [deskWords(view.language)('customer'), order.customer.name],
    ...more,
  ])}`

/** Somebody tells a customer what keeps us from delivering, after a look at what it frees from and by which section. */
export function hindering(view: View, order: Order): Deed {
  const say = shippingWords(view.language)
  const { orders } = view.clients
  const asked = (sent: SentForm) => {
    const [foreseeable, avoidable] = [judgedOf(sent, 'foreseeable'), judgedOf(sent, 'avoidable')]
    const expectedBy = sent.text('expectedBy')
    return {
      params: { path: { id: order.id, hindranceId: sent.id } },
      body: {
        ...{ event: sent.text('event') ?? '', what: sent.text('what') ?? '' },
        ...(foreseeable !== undefined && { foreseeable }),
        ...(avoidable !== undefined && { avoidable }),
        ...(expectedBy && { expectedBy }),
      },
    }
  }
  const judging = (typed: SentForm, name: 'foreseeable' | 'avoidable', label: string) =>
    select(
      { name, label, value: typed.text(name) ?? 'unsaid' },
      (['unsaid', 'yes', 'no'] as const).map((each) => [each, say(`judged_${each}`)] as const),
    )
  return {
    title: say('doHindrance'),
    lead: leadOf(view, order, say('hindranceLead')),
    fields: (
      typed,
    ) => html`${input({ name: 'event', label: say('hindranceEvent'), help: say('hindranceEventHelp'), value: typed.text('event'), required: true })}
${textarea({ name: 'what', label: say('hindranceWhat'), value: typed.text('what'), required: true })}
${judging(typed, 'foreseeable', say('hindranceForeseeable'))}${judging(typed, 'avoidable', say('hindranceAvoidable'))}
${input({ name: 'expectedBy', label: say('hindranceExpected'), help: say('hindranceExpectedHelp'), value: typed.text('expectedBy'), type: 'date' })}`,
    async consequences(sent) {
      const foreseen = await answered(orders.POST('/orders/{id}/hindrances/{hindranceId}/preview', asked(sent)))
      if (!foreseen.changes) return html`<p>${say('hindranceOver')}</p>`
      return html`<p>${say(foreseen.exempt ? 'hindranceFollows_yes' : 'hindranceFollows_no')}</p>${mailOf(view, foreseen)}
<blockquote>${sent.text('what') ?? ''}</blockquote>${citesOf(view, foreseen.reasons)}`
    },
    act: (sent) => answered(orders.PUT('/orders/{id}/hindrances/{hindranceId}', asked(sent))),
    after: () => pageOf(order),
    back: pageOf(order),
  }
}

/** Somebody says that what kept us from delivering is over; undefined where nothing of it was told. */
export function endingHindrance(view: View, order: Order, hindranceId: string): Deed | undefined {
  const say = shippingWords(view.language)
  const told = order.hindrances?.find((each) => each.hindranceId === hindranceId)
  if (told === undefined) return undefined
  const { orders } = view.clients
  const asked = (sent: SentForm) => {
    const expectedBy = sent.text('expectedBy')
    return { params: { path: { id: order.id, hindranceId } }, body: { ...(expectedBy && { expectedBy }) } }
  }
  return {
    title: say('doHindranceEnd'),
    lead: leadOf(view, order, say('hindranceEndLead'), [
      [say('hindrance'), told.what],
      [say('hinderedAt'), moment(view, told.hinderedAt)],
    ]),
    fields: (
      typed,
    ) => html`${input({ name: 'expectedBy', label: say('hindranceExpected'), help: say('hindranceExpectedHelp'), value: typed.text('expectedBy'), type: 'date' })}
${textarea({ name: 'why', label: say('hindranceEndWhy'), value: typed.text('why'), required: true })}`,
    async consequences(sent) {
      const foreseen = await answered(orders.POST('/orders/{id}/hindrances/{hindranceId}/end/preview', asked(sent)))
      if (!foreseen.changes) return html`<p>${say('hindranceOver')}</p>`
      return html`<p>${say('hindranceEndFollows')}</p>${mailOf(view, foreseen)}
<blockquote>${sent.text('why') ?? ''}</blockquote>${citesOf(view, foreseen.reasons)}`
    },
    act: (sent) => {
      const { params, body } = asked(sent)
      const why = sent.text('why') ?? ''
      return answered(orders.PUT('/orders/{id}/hindrances/{hindranceId}/end', { params, body: { ...body, why } }))
    },
    after: () => pageOf(order),
    back: pageOf(order),
  }
}
