import { html } from 'hono/html'
import { form, input, readForm } from '../../pages/forms.ts'
import type { Html } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import type { Visit } from '../customer-page.ts'
import { pathBy } from '../linked.ts'
import type { Order } from '../order-reading.ts'
import { toPutRight } from '../refused.ts'
import { dataWords } from './words.ts'

declare module 'fastify' {
  interface Session {
    /** Orders of which the address was written in this browser, each with that address. */
    addresses?: string[]
  }
}

const KEPT = 8
const written = ({ id, customer }: Order) => `${id} ${customer.email.toLowerCase()}`

/**
 * Whether whoever visits has written the address that the mails of an order go to. A link alone shows its order and no more of the person:
 * it may have been forwarded. Once the address of the order is another, it is to be written again.
 */
export const isKnown = ({ session }: Visit, order: Order) => session.addresses?.includes(written(order)) === true

/** Remembers in this browser that the address was written; answers false, and remembers nothing, where another was. */
export function takeAddress(request: Visit, order: Order): boolean {
  const said = readForm(request.body).text('email')?.toLowerCase()
  if (said !== order.customer.email.toLowerCase()) return false
  request.session.addresses = [...(request.session.addresses ?? []), written(order)].slice(-KEPT)
  return true
}

/** Asks for the address; `wrong` where another was written. It says nothing of the one that it is. */
export function gatePage(view: View, link: string, wrong: boolean): Html {
  const say = dataWords(view.language)
  return html`${wrong && toPutRight(say('wrongAddress'))}
<p class="lead">${say('gate')}</p>
<div class="ds-card">${form(
    view,
    { action: pathBy(link, '/data/address'), submit: say('goOn') },
    input({ name: 'email', label: say('address'), type: 'email', autocomplete: 'email', required: true }),
  )}</div>`
}
