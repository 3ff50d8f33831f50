import { html } from 'hono/html'
import { input, type SentForm } from '../pages/forms.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { LineRights, Order } from './order-reading.ts'
import { nameIn } from './order-reading.ts'
import { customerWords } from './words.ts'

export type Units = { lineId: string; quantity: number }
const nameOf = (lineId: string) => `units-${lineId}`

type Choosing = {
  order: Order
  lines: readonly Pick<LineRights, 'lineId' | 'returnable'>[]
  filled: 'all' | 'none'
  /** What is asked; which units it is about, unless it is said otherwise. */
  legend?: string
}

/** A field for the units of each line of which some may be meant: `filled` in all of them, unless something was typed. */
export function unitFields(view: View, { order, lines, filled, legend }: Choosing, typed?: SentForm): Html {
  const say = customerWords(view.language)
  const only = lines.length === 1 && lines[0]!.returnable === 1
  return html`<fieldset class="ds-fieldset"><legend class="ds-label">${legend ?? say('whichUnits')}</legend>
${lines.map(({ lineId, returnable }) =>
  input({
    name: nameOf(lineId),
    label: say('unitsOf', { name: nameIn(order)({ lineId }), count: returnable }),
    value: typed?.text(nameOf(lineId)) ?? String(filled === 'all' || only ? returnable : 0),
    type: 'number',
    ...{ min: 0, max: returnable },
  }),
)}
</fieldset>`
}

/** The units that a form names, of lines that the order has; what is no whole number of one or more is none. */
export const unitsIn = ({ lines }: { lines: readonly { lineId: string }[] }, sent: SentForm): Units[] =>
  lines
    .map(({ lineId }) => ({ lineId, quantity: sent.number(nameOf(lineId)) ?? 0 }))
    .filter(({ quantity }) => Number.isInteger(quantity) && quantity > 0)

/** Bears chosen units on to the next form. */
export const hiddenUnits = (units: readonly Units[]): Html =>
  html`${units.map(({ lineId, quantity }) => html`<input type="hidden" name="${nameOf(lineId)}" value="${quantity}">`)}`
