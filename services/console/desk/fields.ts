import { html } from 'hono/html'
import { input, type SentForm, select } from '../pages/forms.ts'
import { type Ruling, ruling } from '../pages/ruling.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { OrderSeen } from './order-reading.ts'
import { deskWords } from './words.ts'

/** What a form was sent for: the order as it is seen, and what stands in the form. */
export type Asked = { view: View; seen: OrderSeen; sent: SentForm }

/** All that a form, and the doing of what it says, need of an order. */
type Ordered = Pick<OrderSeen, 'order'>

/** Something that staff does about an order: its fields, what would follow and be cited, and the doing of it. */
export type Action = {
  fields: (view: View, seen: Ordered, typed: SentForm) => Html
  /** What the services rule today about what is meant to be done. Nothing is done by asking. */
  consequences: (asked: Asked) => Html | Promise<Html>
  act: (asked: Omit<Asked, 'seen'> & { seen: Ordered }) => Promise<unknown>
  danger?: true
  /** It is about units that are to be chosen: without any nothing follows. */
  ofUnits?: true
}

export const CHANNELS = ['phone', 'letter', 'email', 'chat', 'in-person', 'web-form'] as const

/** A field for the units of each line. */
export function unitFields(view: View, { order }: Ordered, typed: SentForm): Html {
  const say = deskWords(view.language)
  return html`<fieldset class="ds-fieldset"><legend class="ds-label">${say('whichUnits')}</legend>
${order.lines.map(({ lineId, name, quantity }) => input({ name: `units-${lineId}`, label: `${name} (${quantity})`, value: typed.text(`units-${lineId}`) ?? '0', type: 'number' }))}
</fieldset>`
}

/** The units that were chosen, as the services take them: what is no number of units is theirs to refuse. */
export const chosenUnits = ({ order }: Ordered, sent: SentForm) =>
  order.lines
    .map(({ lineId }) => ({ lineId, quantity: sent.number(`units-${lineId}`) ?? 0 }))
    .filter(({ quantity }) => quantity !== 0)

export const channelField = (view: View, typed: SentForm) => {
  const say = deskWords(view.language)
  return select(
    { name: 'channel', label: say('channel'), value: typed.text('channel') },
    CHANNELS.map((channel) => [channel, say(`channel_${channel}`)]),
  )
}

export type Right = 'withdrawal' | 'voluntaryReturn' | 'complaint' | 'cancel'
/** What is ruled of the chosen units today, line by line. */
export function rulingsOf({ view, seen, sent }: Asked, right: Right): Html {
  const say = deskWords(view.language)
  const chosen = chosenUnits(seen, sent)
  const lines = (seen.entitlements?.lines ?? []).filter(({ lineId }) => chosen.some((unit) => unit.lineId === lineId))
  if (chosen.length === 0) return html`<p>${say('noUnits')}</p>`
  if (seen.entitlements === undefined) return html`<p>${say('noRights')}</p>`
  return html`<ul class="list">${lines.map((line) => {
    const name = seen.order.lines.find(({ lineId }) => lineId === line.lineId)?.name ?? line.sku
    const { quantity } = chosen.find(({ lineId }) => lineId === line.lineId)!
    return ruling(view, `${quantity} × ${name}: ${say(`right_${right}`)}`, line[right] as Ruling)
  })}</ul>`
}
