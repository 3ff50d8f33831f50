import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { input, momentSaid, type SentForm, select, textarea } from '../pages/forms.ts'
import { citesOf, moment } from '../pages/parts.ts'
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

const TAKERS = [
  ...(['nobody', 'customer', 'named-by-customer', 'neighbour', 'carrier'] as const),
  ...(['left-with-leave', 'left-without-leave', 'unknown'] as const),
]

/** Somebody corrects what was told of a delivery: at another moment, taken by somebody else, or by nobody, after a look at from when periods count. */
export function correcting(view: View, seen: ShipmentSeen): Deed {
  const say = parcelWords(view.language)
  const { order, shipment } = seen
  const { shipping } = view.clients
  const asked = (sent: SentForm) => {
    const taker = sent.text('takenBy')
    const said = {
      // What is none of them, or no moment, is the service's to refuse.
      takenBy: taker as Exclude<(typeof TAKERS)[number], 'nobody'>,
      receivedAt: momentSaid(sent.text('receivedAt')) ?? '',
      receivedBy: sent.text('receivedBy') ?? '',
    }
    const body = { ...(taker !== 'nobody' && { delivered: said }), why: sent.text('why') ?? '' }
    return { params: { path: { id: shipment.id } }, body }
  }
  return {
    title: say('doCorrect'),
    lead: html`<p>${say('correctLead')}</p>${leadOfShipment(view, order, shipment)}`,
    fields: (typed) => html`${select(
      { name: 'takenBy', label: say('correctTaker'), value: typed.text('takenBy'), required: true },
      [['', say('correctUnsaid')], ...TAKERS.map((taker) => [taker, say(`taker_${taker}`)] as const)],
    )}
${input({ name: 'receivedAt', label: say('correctAt'), help: say('correctAtHelp'), value: typed.text('receivedAt'), type: 'datetime-local' })}
${input({ name: 'receivedBy', label: say('correctBy'), help: say('correctAtHelp'), value: typed.text('receivedBy') })}
${textarea({ name: 'why', label: say('correctWhy'), value: typed.text('why'), required: true })}`,
    async consequences(sent) {
      const foreseen = await answered(shipping.POST('/shipments/{id}/delivery/correction/preview', asked(sent)))
      const { changes, was, receivedAt, reasons } = foreseen
      if (!changes) return html`<p>${say('correctOver')}</p>`
      return html`${was !== undefined && html`<p>${say('correctWas', { moment: moment(view, was) })}</p>`}
<p>${receivedAt === undefined ? say('correctNone') : say('correctNow', { moment: moment(view, receivedAt) })}</p>
<p>${say('correctStays')}</p><blockquote>${sent.text('why') ?? ''}</blockquote>${citesOf(view, reasons)}`
    },
    act: (sent) => answered(shipping.PUT('/shipments/{id}/delivery/correction', asked(sent))),
    after: () => shipmentsPage(seen),
    back: shipmentsPage(seen),
    danger: true,
  }
}
