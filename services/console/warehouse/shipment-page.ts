import { html } from 'hono/html'
import { form, input, select, textarea } from '../pages/forms.ts'
import { facts, notice, section, table, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { addressOf, pathOf, type Shipment, type ShipmentStatus, statusOf } from './shipment.ts'
import { warehouseWords } from './words.ts'

/** Still here: what may be done with it is taking it on, packing it and handing it over. */
const HERE: readonly ShipmentStatus[] = ['requested', 'accepted', 'packed']
/** With the carrier: it may be lost, damaged or come back. */
const AWAY: readonly ShipmentStatus[] = [
  ...(['dispatched', 'in-transit', 'at-pickup-point', 'left-elsewhere', 'refused', 'uncollected', 'lost'] as const),
  ...(['damaged', 'returned', 'delivered'] as const),
]

/** What a shipment is, and the forms of what may be told of it; `carriers` are proposed, any other name may be written. */
export const shipmentPage = (view: View, shipment: Shipment, carriers: readonly string[]): Html => html`
${shipment.held && notice('warning', html`${shipment.held.waitsFor.map((each) => html`<p>${warehouseWords(view.language)(`held_${each}`)}</p>`)}`)}
${shipment.status === 'cancelled' && notice('danger', warehouseWords(view.language)('cancelledText'))}
<div class="columns">
${about(view, shipment)}
${goods(view, shipment)}
</div>
${HERE.includes(shipment.status) && toDo(view, shipment, carriers)}
${AWAY.includes(shipment.status) && damage(view, shipment)}`

function about(view: View, shipment: Shipment) {
  const say = warehouseWords(view.language)
  const { dispatched } = shipment
  return section(
    'about',
    say('shipment'),
    facts([
      [say('status'), statusOf(view, shipment.status)],
      [say('order'), shipment.orderNumber],
      [say('to'), addressOf(shipment.address)],
      [say('phone'), shipment.address.phone],
      [say('delivery'), shipment.deliveryOption],
      [say('requested'), timeOf(view, shipment.requestedAt)],
      [say('carrier'), dispatched && `${dispatched.carrier}, ${dispatched.trackingNumber}`],
      [say('handedOver'), dispatched && timeOf(view, dispatched.handedOverAt)],
      [say('received'), shipment.receivedAt && timeOf(view, shipment.receivedAt)],
      [say('restOf'), shipment.restOf && link(say('otherShipment'), shipment.restOf)],
      [say('restId'), shipment.restId && link(say('otherShipment'), shipment.restId)],
      [say('papers'), !['held', 'cancelled'].includes(shipment.status) ? papers(view, shipment) : undefined],
    ]),
  )
}

const papers = (view: View, shipment: Shipment) => {
  const say = warehouseWords(view.language)
  return html`<span class="ways"><a class="ds-link" href="${pathOf(shipment)}/packing-slip">${say('slip')}</a>
<a class="ds-link" href="${pathOf(shipment)}/label">${say('label')}</a></span>`
}
const link = (text: string, id: string) => html`<a class="ds-link" href="${pathOf({ id })}">${text}</a>`

function goods(view: View, { lines, stopped = [] }: Shipment) {
  const say = warehouseWords(view.language)
  const named = new Map(lines.map(({ lineId, name }) => [lineId, name]))
  const rows = lines.map(({ sku, name, quantity }) => [
    html`${name}<br><span class="quiet">${sku}</span>`,
    html`<strong>${quantity}</strong>`,
  ])
  return section(
    'goods',
    say('goods'),
    html`${rows.length > 0 && table(say('goods'), [say('product'), say('units')], rows)}
${
  stopped.length > 0 &&
  notice(
    'warning',
    html`<p>${say('stopped')}</p><ul>${stopped.map(({ lineId, quantity }) => html`<li>${say('stoppedUnits', { quantity, name: named.get(lineId) ?? lineId })}</li>`)}</ul>`,
  )
}`,
  )
}

function toDo(view: View, shipment: Shipment, carriers: readonly string[]) {
  const say = warehouseWords(view.language)
  const path = pathOf(shipment)
  const packing = html`<p><a class="ds-button" href="${path}/packing"${shipment.status === 'packed' && html` data-variant="secondary"`}>${say(shipment.status === 'packed' ? 'packAgain' : 'pack')}</a></p>`
  return html`${
    shipment.status !== 'packed' &&
    section(
      'next',
      say('next'),
      html`${shipment.status === 'requested' && form(view, { action: `${path}/acceptance`, submit: say('accept'), quiet: true }, html`<p>${say('acceptHelp')}</p>`)}${packing}`,
    )
  }
${section('dispatch', say('dispatch'), html`${shipment.status !== 'packed' && html`<p class="quiet">${say('notPackedYet')}</p>`}${dispatchForm(view, shipment, carriers)}${shipment.status === 'packed' && packing}`)}`
}

function dispatchForm(view: View, shipment: Shipment, carriers: readonly string[]) {
  const say = warehouseWords(view.language)
  const quantities = shipment.lines.map(({ lineId, name, sku, quantity }) =>
    input({
      name: `units-${lineId}`,
      label: say('unitsOf', { name, sku }),
      type: 'number',
      value: String(quantity),
      help: say('ofSo', { quantity }),
    }),
  )
  return form(
    view,
    { action: `${pathOf(shipment)}/dispatch`, submit: say('dispatchSubmit') },
    html`<div class="ds-field"><label class="ds-label" for="field-carrier">${say('carrier')}</label>
<input class="ds-input" id="field-carrier" name="carrier" list="carriers" maxlength="100" required autocomplete="off" value="${carriers.length === 1 ? carriers[0] : ''}">
<datalist id="carriers">${carriers.map((carrier) => html`<option value="${carrier}"></option>`)}</datalist></div>
${input({ name: 'trackingNumber', label: say('tracking'), help: say('trackingHelp'), required: true })}
<details class="part"><summary>${say('onlyPart')}</summary><p class="help">${say('onlyPartHelp')}</p>${quantities}</details>`,
  )
}

function damage(view: View, shipment: Shipment) {
  const say = warehouseWords(view.language)
  const quantities = shipment.lines.map(({ lineId, name, sku, quantity }) =>
    input({
      prefix: 'damage',
      name: `units-${lineId}`,
      label: say('unitsOf', { name, sku }),
      type: 'number',
      value: String(quantity),
      help: say('ofSo', { quantity }),
    }),
  )
  const kinds = [
    ['damaged', say('status_damaged')],
    ['lost', say('status_lost')],
  ] as const
  const whom = (['carrier', 'customer', 'warehouse'] as const).map((who) => [who, say(`by_${who}`)] as const)
  return html`${
    !['delivered', 'returned'].includes(shipment.status) &&
    section(
      'back',
      say('cameBack'),
      html`<p>${say('cameBackHelp')}</p>${form(view, { action: `${pathOf(shipment)}/return`, submit: say('cameBackSubmit'), quiet: true }, html``)}`,
    )
  }
${section(
  'damage',
  say('damage'),
  form(
    view,
    { action: `${pathOf(shipment)}/damage`, submit: say('damageSubmit'), quiet: true },
    html`${select({ prefix: 'damage', name: 'kind', label: say('damageKind') }, kinds)}
${select({ prefix: 'damage', name: 'reportedBy', label: say('reportedBy') }, whom)}
${textarea({ prefix: 'damage', name: 'what', label: say('what'), required: true })}
<details class="part"><summary>${say('onlySome')}</summary>${quantities}</details>`,
  ),
)}`
}
