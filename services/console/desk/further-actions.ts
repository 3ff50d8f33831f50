import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { input, oneOf, select, textarea } from '../pages/forms.ts'
import { ruling } from '../pages/ruling.ts'
import { type Action, chosenUnits, rulingsOf, unitFields } from './fields.ts'
import { deskWords } from './words.ts'

const REASONS = ['customer-wish', 'stock', 'pricing-error', 'technical-mistake'] as const
const BY = ['customer', 'seller'] as const

/** The whole order is cancelled, by the customer or by the seller; goods that have left are not. */
export const cancelOrder: Action = {
  danger: true,
  fields: (view, _, typed) => {
    const say = deskWords(view.language)
    return html`${select(
      { name: 'by', value: typed.text('by'), label: say('whoCancels') },
      BY.map((by) => [by, say(`bearer_${by}`)]),
    )}
${select(
  { name: 'reason', value: typed.text('reason'), label: say('reason') },
  REASONS.map((reason) => [reason, say(`reason_${reason}`)]),
)}`
  },
  consequences: ({ view, seen }) => {
    const say = deskWords(view.language)
    if (seen.entitlements === undefined) return html`<p>${say('noRights')}</p>`
    return html`<ul class="list">${ruling(view, say('right_cancelAll'), seen.entitlements.cancel)}</ul><p>${say('cancelFollows')}</p>`
  },
  act: ({ view, seen, sent }) =>
    answered(
      view.clients.orders.PUT('/orders/{id}/cancellation', {
        params: { path: { id: seen.order.id } },
        body: { by: oneOf(BY, sent.text('by')) ?? 'customer', reason: oneOf(REASONS, sent.text('reason')) },
      }),
    ),
}

const FIELDS = ['name', 'street', 'postalCode', 'city', 'country'] as const

/** Goods go elsewhere; nothing of what was agreed changes by it, else orders refuses. */
export const address: Action = {
  fields: (view, { order: { shippingAddress } }, typed) => {
    const say = deskWords(view.language)
    return html`${FIELDS.map((name) => input({ name, label: say(`address_${name}`), value: typed.text(name) ?? shippingAddress[name], required: true }))}
${textarea({ name: 'why', value: typed.text('why'), label: say('why'), required: true })}`
  },
  consequences: ({ view, seen: { order, shipments }, sent }) => {
    const say = deskWords(view.language)
    const left = shipments.filter(({ shipment }) => shipment.dispatched !== undefined).length
    const sameCountry = (sent.text('country') ?? '') === order.shippingAddress.country
    return html`<p>${say('addressFrom')}: ${FIELDS.map((name) => order.shippingAddress[name]).join(', ')}</p>
<p>${say('addressTo')}: <strong>${FIELDS.map((name) => sent.text(name) ?? '–').join(', ')}</strong></p>
<p>${say('addressFollows')}</p>
${left > 0 && html`<p>${say('addressLeft', { count: left })}</p>`}
${!sameCountry && html`<p>${say('addressAbroad')}</p>`}`
  },
  act: ({ view, seen, sent }) =>
    answered(
      view.clients.orders.PUT('/orders/{id}/shipping-address', {
        params: { path: { id: seen.order.id } },
        body: {
          shippingAddress: {
            name: sent.text('name') ?? '',
            street: sent.text('street') ?? '',
            postalCode: sent.text('postalCode') ?? '',
            city: sent.text('city') ?? '',
            country: sent.text('country') ?? '',
          },
          why: sent.text('why') ?? '',
        },
      }),
    ),
}

const ABOUT = ['withdrawal', 'voluntary-return', 'complaint'] as const
const RIGHTS = { withdrawal: 'withdrawal', 'voluntary-return': 'voluntaryReturn', complaint: 'complaint' } as const

/** What the rules refuse is taken all the same, in favour of the customer; what they said stays beside it. */
export const override: Action = {
  ofUnits: true,
  fields: (view, seen, typed) => {
    const say = deskWords(view.language)
    return html`${select(
      { name: 'about', value: typed.text('about'), label: say('overrideAbout') },
      ABOUT.map((about) => [about, say(`right_${RIGHTS[about]}`)]),
    )}
${unitFields(view, seen, typed)}
${textarea({ name: 'words', value: typed.text('words'), label: say('theirWords') })}
${input({ name: 'why', value: typed.text('why'), label: say('why'), required: true })}`
  },
  consequences: (asked) => {
    const say = deskWords(asked.view.language)
    const about = oneOf(ABOUT, asked.sent.text('about')) ?? 'withdrawal'
    return html`<p>${say('overrideRules')}</p>${rulingsOf(asked, RIGHTS[about])}<p>${say('overrideFollows')}</p>`
  },
  act: ({ view, seen, sent }) =>
    answered(
      view.clients.returns.PUT('/orders/{id}/overrides/{overrideId}', {
        params: { path: { id: seen.order.id, overrideId: sent.id } },
        body: {
          about: oneOf(ABOUT, sent.text('about')) ?? 'withdrawal',
          lines: chosenUnits(seen, sent),
          why: sent.text('why') ?? '',
          words: sent.text('words'),
        },
      }),
    ),
}
