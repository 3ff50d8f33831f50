import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { input, momentSaid, type SentForm, select, textarea } from '../pages/forms.ts'
import { citesOf, day } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { pathOfDamage } from './damage.ts'
import { leadOfShipment, unitsOfShipment } from './failed.ts'
import { shipmentsPage } from './failed-deeds.ts'
import type { Shipment, ShipmentSeen } from './shipment-reading.ts'
import { damageWords, parcelWords } from './words.ts'

/** A field for the units of each line of a shipment; `all`: it begins with all of them. */
export function unitFields(
  { lines }: Shipment,
  typed: SentForm,
  { legend, all }: { legend: string; all: boolean },
): Html {
  const begun = (quantity: number) => (all ? String(quantity) : '0')
  return html`<fieldset class="ds-fieldset"><legend class="ds-label">${legend}</legend>
${lines.map(({ lineId, name, quantity }) => input({ name: `units-${lineId}`, label: `${name} (${quantity})`, value: typed.text(`units-${lineId}`) ?? begun(quantity), type: 'number', min: 0, max: quantity }))}
</fieldset>`
}
/** How many units of each line a form chose; of the others nothing. */
export const chosenUnits = ({ lines }: Shipment, sent: SentForm) =>
  lines
    .map(({ lineId }) => ({ lineId, quantity: sent.number(`units-${lineId}`) ?? 0 }))
    .filter(({ quantity }) => quantity !== 0)

/** Somebody has units leave by themselves, as was agreed with the customer, after a look at both parts. */
export function parting(view: View, seen: ShipmentSeen): Deed {
  const say = parcelWords(view.language)
  const { order, shipment } = seen
  const { shipping } = view.clients
  return {
    title: say('doPart'),
    lead: html`<p>${say('partLead')}</p>${leadOfShipment(view, order, shipment)}`,
    fields: (typed) => html`${unitFields(shipment, typed, { legend: say('partUnits'), all: false })}
${textarea({ name: 'why', label: say('partWhy'), value: typed.text('why'), required: true })}`,
    async consequences(sent) {
      const path = { params: { path: { id: shipment.id } } }
      const body = { lines: chosenUnits(shipment, sent) }
      const { part, rest, opened, reasons } = await answered(
        shipping.POST('/shipments/{id}/parts/preview', { ...path, body }),
      )
      return html`<p>${say('partFollows', { units: unitsOfShipment(shipment, part) })}</p>
<p>${say('partRest', { units: unitsOfShipment(shipment, rest) })}</p>
${opened && html`<p>${say('partOpened')}</p>`}<p>${say('partPays')}</p>
<blockquote>${sent.text('why') ?? ''}</blockquote>${citesOf(view, reasons)}`
    },
    act: (sent) =>
      answered(
        shipping.PUT('/shipments/{id}/parts/{partId}', {
          params: { path: { id: shipment.id, partId: sent.id } },
          body: { lines: chosenUnits(shipment, sent), why: sent.text('why') ?? '' },
        }),
      ),
    after: () => shipmentsPage(seen),
    back: shipmentsPage(seen),
  }
}

const KINDS = ['lost', 'damaged'] as const

/** Somebody writes down what a customer says of a parcel, on the phone or in a mail, after a look at what follows. */
export function reporting(view: View, seen: ShipmentSeen): Deed {
  const [say, damage] = [parcelWords(view.language), damageWords(view.language)]
  const { order, shipment } = seen
  const { shipping } = view.clients
  const body = (sent: SentForm) => ({
    // What is none of them is the service's to refuse.
    kind: sent.text('kind') as (typeof KINDS)[number],
    lines: chosenUnits(shipment, sent),
    reportedAt: momentSaid(sent.text('reportedAt')),
    what: sent.text('what') ?? '',
  })
  return {
    title: say('doReport'),
    lead: html`<p>${say('reportLead')}</p>${leadOfShipment(view, order, shipment)}`,
    fields: (typed) => html`${select(
      { name: 'kind', label: say('reportKind'), value: typed.text('kind'), required: true },
      [['', say('reportKindUnsaid')], ...KINDS.map((kind) => [kind, damage(`kind_${kind}`)] as const)],
    )}
${unitFields(shipment, typed, { legend: say('reportUnits'), all: true })}
${input({ name: 'reportedAt', label: say('reportedAt'), help: say('reportedAtHelp'), value: typed.text('reportedAt'), type: 'datetime-local' })}
${textarea({ name: 'what', label: say('reportWhat'), value: typed.text('what'), required: true })}`,
    async consequences(sent) {
      const path = { params: { path: { id: shipment.id } } }
      const said = body(sent)
      const { lines, outcome, late, claimDueOn, reasons } = await answered(
        shipping.POST('/shipments/{id}/damage-reports/preview', { ...path, body: said }),
      )
      return html`<p>${say(`reportFollows_${said.kind}`, { units: unitsOfShipment(shipment, lines) })}</p>
<p>${say('reportClaim', { day: day(view, claimDueOn) })}</p>
${late && html`<p>${say('reportLate')}</p>`}${outcome === 'review' && html`<p>${say('reportReview')}</p>`}
<p>${say('reportMail')}</p>
<blockquote>${said.what}</blockquote>${citesOf(view, reasons)}`
    },
    act: (sent) =>
      answered(
        shipping.PUT('/shipments/{id}/damage-reports/{reportId}', {
          params: { path: { id: shipment.id, reportId: sent.id } },
          body: body(sent),
        }),
      ),
    after: (sent) => pathOfDamage({ orderId: order.id, id: sent.id }),
    back: shipmentsPage(seen),
  }
}
