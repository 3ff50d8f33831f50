import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { checkbox, form, input, select, textarea } from '../pages/forms.ts'
import { dayOf, facts, notice, section, table, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { camera } from './camera.ts'
import { warehouseWords } from './words.ts'

/** Asks for one parcel that came in. */
export const readParcel = (clients: Clients, id: string) =>
  clients.shipping.GET('/inbound-parcels/{id}', { params: { path: { id } } })
/** A parcel that came in, as the shipping service answers it. */
export type Parcel = NonNullable<Awaited<ReturnType<typeof readParcel>>['data']>

export const inboundPath = (id: string) => `/warehouse/inbound/${id}`

/** What a parcel is known by: its number, its order, or that nothing is known. */
export const nameOf = (view: View, { trackingNumber, orderNumber }: Parcel) =>
  trackingNumber ?? orderNumber ?? warehouseWords(view.language)('unknownParcel')

export const parcelStatus = (view: View, { status, unsettled }: Parcel) => {
  const say = warehouseWords(view.language)
  if (unsettled) return tag('warning', say('unsettled'))
  return status === 'open' ? tag('info', say('parcelOpen')) : tag('success', say('parcelClosed'))
}

/** Parcels, each with a link to its page. */
export function parcelTable(view: View, caption: string, parcels: readonly Parcel[]) {
  const say = warehouseWords(view.language)
  return table(
    caption,
    [say('parcel'), say('came'), say('units'), say('status'), say('due')],
    parcels.map((parcel) => [
      html`<a class="ds-link" href="${inboundPath(parcel.id)}">${nameOf(view, parcel)}</a>`,
      timeOf(view, parcel.receivedAt),
      parcel.units.length,
      parcelStatus(view, parcel),
      dayOf(view, parcel.dueOn),
    ]),
  )
}

/** What is known of a parcel and found in it, and the forms of what is to be told. */
export const parcelPage = (view: View, parcel: Parcel): Html => html`
<div class="columns">${about(view, parcel)}${found(view, parcel)}</div>
${parcel.status === 'open' && html`${unitForm(view, parcel)}${closingForm(view, parcel)}`}
${parcel.status === 'closed' && parcel.unsettled && settling(view, parcel)}`

function about(view: View, parcel: Parcel) {
  const say = warehouseWords(view.language)
  return section(
    'parcel',
    say('parcel'),
    facts([
      [say('status'), parcelStatus(view, parcel)],
      [say('tracking'), parcel.trackingNumber],
      [say('order'), parcel.orderNumber],
      [say('ofReturn'), say(parcel.returnId ? 'announced' : 'unannounced')],
      [say('came'), timeOf(view, parcel.receivedAt)],
      [say('content'), parcel.content && say(`content_${parcel.content}`)],
      [say('due'), parcel.dueOn && dayOf(view, parcel.dueOn)],
      [say('settled'), parcel.done],
      [say('note'), parcel.note],
    ]),
  )
}

function found(view: View, { units }: Parcel) {
  const say = warehouseWords(view.language)
  if (units.length === 0) return section('units', say('unitsFound'), html`<p class="quiet">${say('noUnits')}</p>`)
  const rows = units.map((unit) => [
    html`${unit.lineId ? say('lineNumber', { line: unit.lineId }) : (unit.sku ?? '–')}${unit.returnId === undefined && html`<br>${tag('warning', say('nobodys'))}`}`,
    unit.serialNumber ?? '–',
    say(`wear_${unit.wear}`),
    view.say(unit.complete ? 'yes' : 'no'),
    view.say(unit.fitForSale ? 'yes' : 'no'),
  ])
  const heads = [say('unit'), say('serial'), say('wear'), say('complete'), say('fitForSale')]
  return section('units', say('unitsFound'), table(say('unitsFound'), heads, rows))
}

function unitForm(view: View, { id, orderNumber }: Parcel) {
  const say = warehouseWords(view.language)
  const wears = (['none', 'tried', 'used', 'damaged'] as const).map((wear) => [wear, say(`wear_${wear}`)] as const)
  const seals = [
    ['', say('seal_none')],
    ['intact', say('seal_intact')],
    ['broken', say('seal_broken')],
  ] as const
  return section(
    'unit',
    say('addUnit'),
    form(
      view,
      { action: `${inboundPath(id)}/units`, submit: say('addUnitSubmit') },
      html`${input({ name: 'sku', label: say('scanLabel'), help: say('unitSkuHelp'), required: true })}
${camera(view, 'field-sku')}
${input({ name: 'serialNumber', label: `${say('serial')} ${view.say('optional')}` })}
${orderNumber === undefined && input({ name: 'orderNumber', label: `${say('orderNumber')} ${view.say('optional')}` })}
${select({ name: 'wear', label: say('wear') }, wears)}
${select({ name: 'seal', label: say('seal') }, seals)}
${checkbox({ name: 'complete', label: say('completeLong') })}
${checkbox({ name: 'originalPackaging', label: say('originalPackaging') })}
${checkbox({ name: 'fitForSale', label: say('fitForSaleLong') })}
${textarea({ name: 'note', label: `${say('note')} ${view.say('optional')}` })}`,
    ),
  )
}

function closingForm(view: View, { id, units }: Parcel) {
  const say = warehouseWords(view.language)
  const content = (['units', 'empty', 'wrong-goods'] as const).map((each) => [each, say(`content_${each}`)] as const)
  const value = units.length > 0 ? 'units' : 'empty'
  return section(
    'closing',
    say('close'),
    form(
      view,
      { action: `${inboundPath(id)}/closing`, submit: say('closeSubmit'), quiet: true },
      html`<p>${say('closeHelp')}</p>${select({ name: 'content', label: say('content'), value }, content)}`,
    ),
  )
}

const settling = (view: View, { id }: Parcel) => {
  const say = warehouseWords(view.language)
  return section(
    'settling',
    say('settle'),
    html`${notice('info', say('settleHelp'))}${
      view.person?.scopes.has('staff') &&
      form(
        view,
        { action: `${inboundPath(id)}/settlement`, submit: say('settleSubmit') },
        textarea({ name: 'done', label: say('settled'), required: true }),
      )
    }`,
  )
}
