import { html } from 'hono/html'
import { facts, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { dueOf } from './case-table.ts'
import { pathOfDamage } from './damage.ts'
import type { Shipment } from './shipment-reading.ts'
import { damageWords, deskWords, parcelWords, shippingWords } from './words.ts'
import { orderLink } from './work-list.ts'

/** Where the pages of what is done about a shipment are: under its order, so that who looks is written down by that. */
export const pathOfShipment = ({ orderId, id }: Pick<Shipment, 'orderId' | 'id'>) =>
  `/desk/orders/${orderId}/shipments/${id}`

/** "2 × Fuktsensor" of units of a shipment. */
export const unitsOfShipment = ({ lines: all }: Shipment, lines: readonly { lineId: string; quantity: number }[]) =>
  lines
    .map(({ lineId, quantity }) => `${quantity} × ${all.find((line) => line.lineId === lineId)?.name ?? lineId}`)
    .join(', ')

/** A failure that somebody still has to see to. */
const openFailureOf = ({ failed }: Shipment) => (failed?.ended === undefined ? failed : undefined)

/** What can be done about a shipment, each with where its page is; `isAtList`: only what is about its failure. */
function waysOf(shipment: Shipment, isAtList: boolean) {
  const { status, failed, doubts = [], dispatched, lines, receivedAt } = shipment
  const isOpen = openFailureOf(shipment) !== undefined
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const isHere = status === 'requested' || status === 'accepted' || status === 'packed'
  return [
    ...(status === 'returned' && (isOpen || failed?.ended === 'closed') ? (['send-again'] as const) : []),
    ...(isOpen || doubts.length > 0 ? (['close'] as const) : []),
    ...(!isAtList && receivedAt !== undefined ? (['correction'] as const) : []),
    ...(!isAtList && isHere && units > 1 ? (['part'] as const) : []),
    ...(!isAtList && (isHere || status === 'held') && openPartsOf(shipment).length > 0 ? (['end-part'] as const) : []),
    ...(!isAtList && status !== 'cancelled' ? (['circumstance'] as const) : []),
    ...(!isAtList && dispatched !== undefined ? (['damage'] as const) : []),
  ]
}
/** Parts that were agreed on and not ended, whatever became of them. */
export const openPartsOf = ({ parts = [] }: Shipment) => parts.filter(({ ended }) => !ended)
const TITLES = {
  'send-again': 'doSend',
  close: 'doClose',
  correction: 'doCorrect',
  part: 'doPart',
  damage: 'doReport',
} as const
const FURTHER_TITLES = { 'end-part': 'doEndPart', circumstance: 'doCircumstance' } as const
const titleOf = (view: View, way: keyof typeof TITLES | keyof typeof FURTHER_TITLES) =>
  way === 'end-part' || way === 'circumstance'
    ? shippingWords(view.language)(FURTHER_TITLES[way])
    : parcelWords(view.language)(TITLES[way])

/** Links to what can be done about a shipment; nothing where that is nothing. */
export function shipmentWays(view: View, shipment: Shipment, { isAtList = false } = {}): Html {
  const ways = waysOf(shipment, isAtList)
  if (ways.length === 0) return html``
  return html`<ul class="ways">
${ways.map((way) => html`<li><a class="ds-button" data-variant="secondary" data-size="sm" href="${pathOfShipment(shipment)}/${way}">${titleOf(view, way)}</a></li>`)}
</ul>`
}

/** How the delivery of a shipment failed, by when somebody sees to it, or what came of it; and what its carrier told since it was received. */
export function failureFacts(view: View, shipment: Shipment): (readonly [string, Html | string | undefined])[] {
  const [say, desk] = [parcelWords(view.language), deskWords(view.language)]
  const { failed, doubts = [] } = shipment
  const told = failed && html`${desk(`parcel_${failed.failure}`)}, ${timeOf(view, failed.failedAt)}`
  return [
    [say('failure'), told && (failed.ended === undefined ? html`${tag('warning', say('open'))} ${told}` : told)],
    [say('seeBy'), openFailureOf(shipment) && dueOf(view, failed!.dueOn)],
    [say('ended'), failed?.ended && endOf(view, failed)],
    [
      say('doubted'),
      doubts.length > 0
        ? html`<ul class="list">${doubts.map(({ failure, occurredAt }) => html`<li>${desk(`parcel_${failure}`)}, ${timeOf(view, occurredAt)}</li>`)}</ul><p class="quiet">${say('doubtedAfter')}</p>`
        : undefined,
    ],
  ]
}

function endOf(view: View, { ended, replacementId, by, why }: NonNullable<Shipment['failed']>): Html {
  const say = parcelWords(view.language)
  return html`${say(`ended_${ended!}`)}${replacementId && html` <span class="quiet">${say('instead', { id: replacementId.slice(0, 8) })}</span>`}${why && html`: ${why}`}${by && html` <span class="quiet">${by}</span>`}`
}

/** The columns of the list of failed deliveries, and what stands in them of one. */
export const failedHeads = (view: View) => {
  const [say, desk] = [parcelWords(view.language), deskWords(view.language)]
  return [say('seeBy'), say('failure'), desk('orderHead'), damageWords(view.language)('parcel'), say('ways')]
}
export function failedRow(view: View, shipment: Shipment): (Html | string)[] {
  const desk = deskWords(view.language)
  const { orderId, orderNumber, failed, status, dispatched } = shipment
  const { failure, failedAt, dueOn, reportId } = failed!
  const since = html`${desk(`parcel_${failure}`)} <span class="quiet">${timeOf(view, failedAt)}</span>`
  const now = status === failure ? html`` : html` ${tag('neutral', desk(`parcel_${status}`))}`
  const report =
    reportId &&
    html` <a class="ds-link" href="${pathOfDamage({ orderId, id: reportId })}">${damageWords(view.language)('doChoice')}</a>`
  return [
    dueOf(view, dueOn),
    html`${since}${now}`,
    orderLink(orderId, orderNumber),
    dispatched === undefined ? '–' : `${dispatched.carrier} ${dispatched.trackingNumber}`,
    html`${shipmentWays(view, shipment, { isAtList: true })}${report}`,
  ]
}

/** What stands above a form about a shipment. */
export function leadOfShipment(view: View, order: { number: string }, shipment: Shipment): Html {
  const [desk, damage] = [deskWords(view.language), damageWords(view.language)]
  const { status, lines, dispatched } = shipment
  return facts([
    [desk('orderHead'), order.number],
    [damage('goods'), lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')],
    [desk('status'), desk(`parcel_${status}`)],
    [damage('parcel'), dispatched && `${dispatched.carrier} ${dispatched.trackingNumber}`],
    ...failureFacts(view, shipment),
  ])
}
