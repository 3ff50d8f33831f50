import { answered, type Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { checkbox, input, momentSaid, oneOf, type SentForm, select, textarea } from '../pages/forms.ts'
import { citesOf, section, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { leadOfShipment, unitsOfShipment } from './failed.ts'
import { shipmentsPage } from './failed-deeds.ts'
import { chosenUnits, unitFields } from './parcel-deeds.ts'
import type { ShipmentSeen } from './shipment-reading.ts'
import { deskWords, shippingWords } from './words.ts'
import { orderLink } from './work-list.ts'

const readCircumstances = ({ shipping }: Clients) => shipping.GET('/circumstances', {})
/** What was recorded of a shipment, as the shipping service lists it. */
type OfShipment = NonNullable<Awaited<ReturnType<typeof readCircumstances>>['data']>['items'][number]
type Circumstance = OfShipment['circumstances'][number]['circumstance']

const FLAGS = [
  ...(['ownCarrier', 'ownTransport', 'identified', 'leavingAuthorised', 'collectionAgreed'] as const),
  ...(['soldForCollection', 'agreedOnArrival', 'inDefault', 'lostAtHome'] as const),
] as const
const RETURNS = ['return-statutory', 'return-voluntary'] as const
const KINDS = [...FLAGS, ...RETURNS]

/** What a circumstance says, each of it in words. */
const inWords = (view: View, { returnBasis, ...flags }: Circumstance): string => {
  const say = shippingWords(view.language)
  const said = FLAGS.filter((flag) => flags[flag] !== undefined).map((flag) => {
    if (flags[flag]) return say(`circumstance_${flag}`)
    if (flag === 'identified') return say('circumstance_unidentified')
    return say('circumstance_not', { what: say(`circumstance_${flag}`) })
  })
  return [...said, ...(returnBasis ? [say(`circumstance_return-${returnBasis}`)] : [])].join('; ')
}

export function circumstanceHeads(view: View) {
  const [say, desk] = [shippingWords(view.language), deskWords(view.language)]
  return [desk('orderHead'), desk('status'), say('recorded'), say('saidBy')]
}
export function circumstanceRow(view: View, { orderId, orderNumber, status, circumstances, toBeJudged }: OfShipment) {
  const [say, desk] = [shippingWords(view.language), deskWords(view.language)]
  const unitsOf = (lines: { quantity: number }[] | undefined) =>
    lines === undefined ? say('allUnits') : lines.reduce((sum, { quantity }) => sum + quantity, 0)
  return [
    orderLink(orderId, orderNumber),
    html`${desk(`parcel_${status}`)}${toBeJudged && html` ${tag('warning', say('toBeJudged'))}`}`,
    html`<ul class="list">${circumstances.map(({ circumstance, since, lines }) => html`<li>${inWords(view, circumstance)} <span class="quiet">${say('from')} ${timeOf(view, since)}, ${say('ofUnits')}: ${unitsOf(lines)}</span></li>`)}</ul>`,
    html`<ul class="list">${circumstances.map(({ by, why }) => html`<li>${why ?? '–'} <span class="quiet">${by ?? ''}</span></li>`)}</ul>`,
  ]
}

type RiskOfUnits = { lineId: string; quantity: number; bearer: 'seller' | 'customer'; toBeJudged: boolean }

/** Who bears the risk of which units, with what each rests on. */
function riskOf(view: View, { shipment }: ShipmentSeen, units: readonly RiskOfUnits[]): Html {
  const say = shippingWords(view.language)
  return html`<ul class="list">${units.map(({ lineId, quantity, bearer, toBeJudged }) => html`<li>${unitsOfShipment(shipment, [{ lineId, quantity }])}: ${toBeJudged ? say('judged') : say(`bearer_${bearer}`)}</li>`)}</ul>`
}

/** Somebody records what bears on the risk of units, after a look at who would bear it and by what. */
export function recording(view: View, seen: ShipmentSeen): Deed {
  const say = shippingWords(view.language)
  const { order, shipment } = seen
  const { shipping } = view.clients
  const said = (sent: SentForm) => {
    const kind = oneOf(KINDS, sent.text('kind'))
    const isSo = sent.text('ended') === undefined
    const flag = oneOf(FLAGS, kind)
    // What is none of them is the service's to refuse: nothing is said then.
    const circumstance: Circumstance =
      flag === undefined
        ? { ...(kind && { returnBasis: kind === 'return-statutory' ? 'statutory' : 'voluntary' }) }
        : { [flag]: isSo }
    const lines = chosenUnits(shipment, sent)
    const isAll = shipment.lines.every(({ lineId, quantity }) =>
      lines.some((each) => each.lineId === lineId && each.quantity === quantity),
    )
    return { circumstance, since: momentSaid(sent.text('since')) ?? '', ...(!isAll && { lines }) }
  }
  const path = { params: { path: { id: shipment.id } } }
  return {
    title: say('doCircumstance'),
    lead: html`<p>${say('circumstanceLead')}</p>${leadOfShipment(view, order, shipment)}`,
    fields: (typed) => html`${select(
      { name: 'kind', label: say('circumstanceIs'), value: typed.text('kind'), required: true },
      [['', say('circumstanceUnsaid')], ...KINDS.map((kind) => [kind, say(`circumstance_${kind}`)] as const)],
    )}
${checkbox({ name: 'ended', label: say('circumstanceEnded'), checked: typed.text('ended') !== undefined })}
${input({ name: 'since', label: say('circumstanceSince'), value: typed.text('since'), type: 'datetime-local', required: true })}
${unitFields(shipment, typed, { legend: say('circumstanceUnits'), all: true })}
${textarea({ name: 'why', label: say('circumstanceWhy'), value: typed.text('why'), required: true })}`,
    async consequences(sent) {
      const asked = shipping.POST('/shipments/{id}/circumstances/preview', { ...path, body: said(sent) })
      const { changes, before, after } = await answered(asked)
      if (!changes) return html`<p>${say('circumstanceOver')}</p>`
      return html`${section('before', say('circumstanceBefore'), riskOf(view, seen, before.units))}
${section('after', say('circumstanceAfter'), riskOf(view, seen, after.units))}
<blockquote>${sent.text('why') ?? ''}</blockquote>
${citesOf(
  view,
  after.units.flatMap(({ reasons }) => reasons),
)}`
    },
    act: (sent) =>
      answered(
        shipping.PUT('/shipments/{id}/circumstances', {
          ...path,
          body: { ...said(sent), why: sent.text('why') ?? '' },
        }),
      ),
    after: () => shipmentsPage(seen),
    back: shipmentsPage(seen),
  }
}
