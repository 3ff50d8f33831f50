import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { input, momentSaid, oneOf, type SentForm, select, sumInput, textarea } from '../pages/forms.ts'
import { ruling } from '../pages/ruling.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { complaint } from './complaining.ts'
import { type Action, CHANNELS, channelField, chosenUnits, rulingsOf, unitFields } from './fields.ts'
import { address, cancelOrder, override } from './further-actions.ts'
import { goodwillFollows } from './goodwill.ts'
import { offerPrice } from './offer-price.ts'
import type { Order } from './order-table.ts'
import { deskWords } from './words.ts'

const REASONS = ['customer-wish', 'stock', 'pricing-error', 'technical-mistake'] as const
const BY = ['customer', 'seller'] as const
const withdrawal: Action = {
  ofUnits: true,
  fields: (view, seen, typed) => html`${unitFields(view, seen, typed)}${channelField(view, typed)}
${input({ name: 'receivedAt', value: typed.text('receivedAt'), label: deskWords(view.language)('receivedAt'), help: deskWords(view.language)('receivedAtHelp'), type: 'datetime-local' })}
${textarea({ name: 'words', value: typed.text('words'), label: deskWords(view.language)('theirWords') })}`,
  // What is withdrawn from counts by when it reached the shop.
  consequences: async (asked) => {
    const at = momentSaid(asked.sent.text('receivedAt'))
    if (at === undefined) return rulingsOf(asked, 'withdrawal')
    const { view, seen } = asked
    const then = { params: { path: { id: seen.order.id }, query: { at } } }
    const entitlements = await answered(view.clients.returns.GET('/orders/{id}/entitlements', then))
    return rulingsOf({ ...asked, seen: { ...seen, entitlements } }, 'withdrawal')
  },
  act: ({ view, seen, sent }) =>
    answered(
      view.clients.returns.POST('/orders/{id}/withdrawals', {
        params: { path: { id: seen.order.id } },
        body: {
          lines: chosenUnits(seen, sent),
          channel: oneOf(CHANNELS, sent.text('channel')),
          receivedAt: momentSaid(sent.text('receivedAt')),
          statement: sent.text('words'),
        },
      }),
    ),
}

const cancelLine: Action = {
  danger: true,
  fields: (view, { order }, typed) => {
    const say = deskWords(view.language)
    return html`${select(
      { name: 'line', value: typed.text('line'), label: say('line') },
      order.lines.map(({ lineId, name, quantity }) => [lineId, `${name} (${quantity})`]),
    )}
${input({ name: 'quantity', value: typed.text('quantity'), label: say('inAllCancelled'), help: say('inAllCancelledHelp'), type: 'number', required: true })}
${select(
  { name: 'by', value: typed.text('by'), label: say('whoCancels') },
  BY.map((by) => [by, say(`bearer_${by}`)]),
)}
${select(
  { name: 'reason', value: typed.text('reason'), label: say('reason') },
  REASONS.map((reason) => [reason, say(`reason_${reason}`)]),
)}`
  },
  consequences: ({ view, seen, sent }) => {
    const say = deskWords(view.language)
    const line = seen.entitlements?.lines.find(({ lineId }) => lineId === sent.text('line'))
    if (line === undefined) return html`<p>${say('noRights')}</p>`
    return html`<ul class="list">${ruling(view, say('right_cancel'), line.cancel)}</ul>`
  },
  act: ({ view, seen, sent }) =>
    answered(
      view.clients.orders.PUT('/orders/{id}/lines/{lineId}/cancellation', {
        params: { path: { id: seen.order.id, lineId: sent.text('line') ?? '' } },
        body: {
          quantity: sent.number('quantity') ?? 0,
          by: oneOf(BY, sent.text('by')) ?? 'customer',
          reason: oneOf(REASONS, sent.text('reason')),
        },
      }),
    ),
}

const goodwill: Action = {
  fields: (view, { order }, typed) => {
    const say = deskWords(view.language)
    return html`${sumInput({ name: 'amount', value: typed.text('amount'), label: say('amountIn', { currency: order.currency }), help: say('amountHelp'), required: true })}
${textarea({ name: 'why', value: typed.text('why'), label: say('why'), required: true })}`
  },
  consequences: async ({ view, seen: { order }, sent }) => {
    const asked = { params: { path: { id: order.id } }, body: goodwillIn(sent) }
    return goodwillFollows(view, await answered(view.clients.returns.POST('/orders/{id}/goodwill/preview', asked)))
  },
  act: ({ view, seen, sent }) =>
    answered(
      view.clients.returns.PUT('/orders/{id}/goodwill/{payoutId}', {
        params: { path: { id: seen.order.id, payoutId: sent.id } },
        body: goodwillIn(sent),
      }),
    ),
}
const goodwillIn = (sent: SentForm) => ({ amount: sent.sum('amount') ?? 0, why: sent.text('why') ?? '' })

const email: Action = {
  fields: (view, { order }, typed) => {
    const say = deskWords(view.language)
    return html`${input({ name: 'email', label: say('email'), value: typed.text('email') ?? order.customer.email, type: 'email', required: true })}
${textarea({ name: 'why', value: typed.text('why'), label: say('why'), help: say('emailWhyHelp') })}`
  },
  consequences: ({ view, seen: { order }, sent }) => {
    const say = deskWords(view.language)
    return html`<p>${say('addressFrom')}: ${order.customer.email}</p>
<p>${say('addressTo')}: <strong>${sent.text('email') ?? ''}</strong></p><p>${say('emailFollows')}</p>`
  },
  act: ({ view, seen, sent }) =>
    answered(
      view.clients.orders.PUT('/orders/{id}/email', {
        params: { path: { id: seen.order.id } },
        body: { email: sent.text('email') ?? '', why: sent.text('why') },
      }),
    ),
}

/** What staff can do about an order, by the name that stands in the address. */
export const actions = {
  withdrawal,
  complaint,
  'cancel-line': cancelLine,
  'cancel-order': cancelOrder,
  address,
  email,
  goodwill,
  'offer-price': offerPrice,
  override,
} satisfies Record<string, Action>
export type ActionName = keyof typeof actions
export const isAction = (name: string): name is ActionName => Object.hasOwn(actions, name)

/** What is about units that have not left. */
const OF_UNSENT: readonly ActionName[] = ['cancel-line', 'cancel-order', 'address']

/**
 * What can be done about an order: of one that is cancelled, or of which all has left, nothing is left to cancel or to send elsewhere, and the
 * services would refuse it. While shipping is asked what it could stop, and where nobody says what may be cancelled, all is offered.
 */
export function actionsOf({ order: { status }, entitlements }: Offered): ActionName[] {
  const allLeft = status !== 'cancelling' && entitlements?.lines.every(({ cancellable }) => cancellable === 0) === true
  return (Object.keys(actions) as ActionName[]).filter(
    (name) => !OF_UNSENT.includes(name) || !(status === 'cancelled' || allLeft),
  )
}
type Offered = {
  order: Pick<Order, 'id' | 'status'>
  entitlements?: { lines: readonly { cancellable: number }[] }
}

/** Links to what can be done about an order. */
export function actionLinks(view: View, seen: Offered): Html {
  const say = deskWords(view.language)
  return html`<nav aria-label="${say('actions')}"><ul class="ways">
${actionsOf(seen).map((name) => html`<li><a class="ds-button" data-variant="secondary" data-size="sm" href="/desk/orders/${seen.order.id}/do/${name}">${say(`do_${name}`)}</a></li>`)}
</ul></nav>`
}
