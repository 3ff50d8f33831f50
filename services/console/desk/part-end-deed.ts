import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { type SentForm, select, textarea } from '../pages/forms.ts'
import { citesOf } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import { leadOfShipment, openPartsOf, unitsOfShipment } from './failed.ts'
import { shipmentsPage } from './failed-deeds.ts'
import type { ShipmentSeen } from './shipment-reading.ts'
import { shippingWords } from './words.ts'

/** Somebody ends an agreed part, which leaves with the rest after all, after a look at what would leave together. */
export function endingPart(view: View, seen: ShipmentSeen): Deed {
  const say = shippingWords(view.language)
  const { order, shipment } = seen
  const { shipping } = view.clients
  const parts = openPartsOf(shipment)
  const nameOf = ({ partId, lines }: (typeof parts)[number]) =>
    say('endPartName', { units: unitsOfShipment(shipment, lines), id: partId.slice(0, 8) })
  // What is none of them is the service's to refuse.
  const path = (sent: SentForm) => ({ params: { path: { id: shipment.id, partId: sent.text('part') ?? '-' } } })
  return {
    title: say('doEndPart'),
    lead: html`<p>${say('endPartLead')}</p>${leadOfShipment(view, order, shipment)}`,
    fields: (typed) => html`${select(
      {
        ...{ name: 'part', label: say('endPartWhich'), required: true },
        value: typed.text('part') ?? (parts.length === 1 ? parts[0]!.partId : undefined),
      },
      [['', say('endPartUnsaid')], ...parts.map((part) => [part.partId, nameOf(part)] as const)],
    )}
${textarea({ name: 'why', label: say('endPartWhy'), value: typed.text('why'), required: true })}`,
    async consequences(sent) {
      const asked = shipping.POST('/shipments/{id}/parts/{partId}/end/preview', path(sent))
      const { changes, part, together, opened, reasons } = await answered(asked)
      if (!changes) return html`<p>${say('endPartOver')}</p>`
      return html`<p>${say('endPartFollows', { units: unitsOfShipment(shipment, part) })}</p>
<p>${say('endPartTogether', { units: unitsOfShipment(shipment, together) })}</p>
${opened && html`<p>${say('endPartOpened')}</p>`}<p>${say('endPartMail')}</p>
<blockquote>${sent.text('why') ?? ''}</blockquote>${citesOf(view, reasons)}`
    },
    act: (sent) =>
      answered(
        shipping.PUT('/shipments/{id}/parts/{partId}/end', { ...path(sent), body: { why: sent.text('why') ?? '' } }),
      ),
    after: () => shipmentsPage(seen),
    back: shipmentsPage(seen),
  }
}
