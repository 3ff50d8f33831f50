import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { textarea } from '../pages/forms.ts'
import { citesOf } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import { leadOfShipment, unitsOfShipment } from './failed.ts'
import type { ShipmentSeen } from './shipment-reading.ts'
import { parcelWords } from './words.ts'

/** Where the shipments of an order are seen. */
export const shipmentsPage = ({ order }: Pick<ShipmentSeen, 'order'>) => `/desk/orders/${order.id}#shipments`

/** Somebody has goods that came back sent again, after a look at which, and at what holds of the purchase meanwhile. */
export function sendingAgain(view: View, seen: ShipmentSeen): Deed {
  const say = parcelWords(view.language)
  const { order, shipment } = seen
  const { shipping } = view.clients
  const path = { params: { path: { id: shipment.id } } }
  return {
    title: say('doSend'),
    lead: html`<p>${say('sendLead')}</p>${leadOfShipment(view, order, shipment)}`,
    fields: () => html``,
    async consequences() {
      const foreseen = await answered(shipping.POST('/shipments/{id}/failed-delivery/sending/preview', path))
      if (!foreseen.changes) return html`<p>${say('sendOver')}</p>`
      const units = unitsOfShipment(shipment, foreseen.lines)
      return html`<p>${say('sendFollows', { units })}</p><p>${say('sendMail')}</p>${citesOf(view, foreseen.reasons)}`
    },
    act: () => answered(shipping.PUT('/shipments/{id}/failed-delivery/sending', path)),
    after: () => shipmentsPage(seen),
    back: shipmentsPage(seen),
  }
}

/** Somebody says how a failed delivery was seen to, or that one stands which its carrier doubts. */
export function closing(view: View, seen: ShipmentSeen): Deed {
  const say = parcelWords(view.language)
  const { order, shipment } = seen
  const { shipping } = view.clients
  const path = { params: { path: { id: shipment.id } } }
  return {
    title: say('doClose'),
    lead: html`<p>${say('closeLead')}</p>${leadOfShipment(view, order, shipment)}`,
    fields: (typed) => textarea({ name: 'why', label: say('closeWhy'), value: typed.text('why'), required: true }),
    async consequences(sent) {
      const foreseen = await answered(shipping.POST('/shipments/{id}/failed-delivery/closing/preview', path))
      const quoted = html`<blockquote>${sent.text('why') ?? ''}</blockquote>`
      if (!foreseen.changes) return html`${quoted}<p>${say('closeOver')}</p>`
      const stands = shipment.receivedAt !== undefined
      const units = unitsOfShipment(shipment, foreseen.lines)
      return html`${quoted}<p>${stands ? say('closeStands') : say('closeFollows', { units })}</p>${citesOf(view, foreseen.reasons)}`
    },
    act: (sent) =>
      answered(
        shipping.PUT('/shipments/{id}/failed-delivery/closing', { ...path, body: { why: sent.text('why') ?? '' } }),
      ),
    after: () => shipmentsPage(seen),
    back: shipmentsPage(seen),
  }
}
