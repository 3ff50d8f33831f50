import { html } from 'hono/html'
import { citesOf, facts, inARow, section, timeOf } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import { codeWords } from './codes.ts'
import { failureFacts, openPartsOf, shipmentWays, unitsOfShipment } from './failed.ts'
import type { OrderSeen } from './order-reading.ts'
import { deskWords, shippingWords } from './words.ts'

/** The shipments of an order: how each stands, who bears the risk of it, how its delivery failed, and what can be done about it. */
export function shipmentsOf(view: View, { shipments }: OrderSeen) {
  const say = deskWords(view.language)
  if (shipments.length === 0)
    return section('shipments', say('shipments'), html`<p class="quiet">${say('noShipments')}</p>`)
  const content = shipments.map(({ shipment, risk }) => {
    const { status, dispatched, lines, receivedAt, receivedBy, held, joinedTo } = shipment
    return html`<li class="ruling">${facts([
      [
        say('status'),
        joinedTo === undefined
          ? say(`parcel_${status}`)
          : shippingWords(view.language)('joined', { id: joinedTo.slice(0, 8) }),
      ],
      [
        say('goods'),
        inARow(
          view,
          lines.map(({ name, quantity }) => `${quantity} × ${name}`),
        ),
      ],
      [
        shippingWords(view.language)('partsOut'),
        openPartsOf(shipment)
          .map(({ partId, lines: units }) => `${unitsOfShipment(shipment, units)} (${partId.slice(0, 8)})`)
          .join('; '),
      ],
      [
        say('held'),
        held &&
          html`${held.waitsFor.map((each) => codeWords(view)(`hold_${each}`)).join(', ')} ${timeOf(view, held.at)}`,
      ],
      [say('carrier'), dispatched && `${dispatched.carrier} ${dispatched.trackingNumber}`],
      [say('handedOver'), dispatched && timeOf(view, dispatched.handedOverAt)],
      ...failureFacts(view, shipment),
      [say('received'), receivedAt && html`${timeOf(view, receivedAt)} ${receivedBy ?? ''}`],
      [
        say('risk'),
        risk &&
          html`${say(`bearer_${risk.bearer}`)}${risk.since && html` ${say('since')} ${timeOf(view, risk.since)}`}${risk.toBeJudged && html` <span class="quiet">${say('toBeJudged')}</span>`}`,
      ],
    ])}${risk && citesOf(view, risk.reasons)}${shipmentWays(view, shipment)}</li>`
  })
  return section('shipments', say('shipments'), html`<ul class="list">${content}</ul>`)
}
