import { html } from 'hono/html'
import { dateOf, dayOf, inARow, section, tag } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { pathBy } from './linked.ts'
import { type LinkedParcel, nameIn, type Order, type Seen } from './order-reading.ts'
import { parcelWords } from './words.ts'

export type Report = LinkedParcel['reports'][number]

/** "2 × Fuktsensor, 1 × Sentral" of units of an order; of many the first few, and all of them as a list that opens. */
export function unitsNamed(view: View, order: Order, lines: LinkedParcel['lines']): Html | string {
  const nameOf = nameIn(order)
  return inARow(
    view,
    lines.map((line) => `${line.quantity} × ${nameOf(line)}`),
  )
}

const COLORS: Partial<Record<LinkedParcel['status'], 'success' | 'warning' | 'info'>> = {
  ...{ delivered: 'success', lost: 'warning', damaged: 'warning', returned: 'warning', refused: 'warning' },
  ...{ 'in-transit': 'info', 'at-pickup-point': 'info', uncollected: 'warning', 'left-elsewhere': 'warning' },
}

/** Where each parcel of an order is, what was told of it, and the way to tell more; nothing where nothing has left. */
export function parcelsOf(view: View, seen: Seen, parcels: readonly LinkedParcel[]): Html {
  const { order, link } = seen
  const say = parcelWords(view.language)
  const left = parcels.filter(({ dispatchedAt, status }) => dispatchedAt !== undefined && status !== 'cancelled')
  if (left.length === 0) return html``
  return section(
    'parcels',
    say('parcels'),
    html`<ul class="list">${left.map((parcel) => {
      const { id, status, lines, news, receivedAt, dispatchedAt, trackingNumber } = parcel
      const since = receivedAt ?? news.at(-1)?.occurredAt ?? dispatchedAt!
      return html`<li class="ruling"><div>${unitsNamed(view, order, lines)} ${tag(COLORS[status] ?? 'neutral', say(`status_${status}`))} <span class="quiet">${dayOf(view, dateOf(since))}, ${say('parcel', { number: trackingNumber ?? '' })}</span></div>
${parcel.reports.map((report) => html`<p><a class="ds-link" href="${pathBy(link, `/damage/${report.id}`)}">${say(`report_${report.kind}`)}, ${dayOf(view, dateOf(report.reportedAt))}</a> <span class="quiet">${standsOf(view, report)}</span></p>`)}
${mayTell(seen, parcel) && html`<p><a class="ds-link" href="${pathBy(link, `/parcels/${id}`)}">${say('wrong')}</a></p>`}</li>`
    })}</ul>`,
  )
}

/**
 * Whether there is something to tell of a parcel: not once all that was in it went back or was paid back, nor once it is settled what becomes of all
 * that did not come. Of what cannot be known it may be told.
 */
export function mayTell({ now, order }: Pick<Seen, 'now' | 'order'>, parcel: LinkedParcel): boolean {
  const { captured, refunded } = order.payment
  const left = (lineId: string) => now?.lines.find((line) => line.lineId === lineId)?.returnable ?? 1
  if (unsettledIn(parcel).length === 0) return false
  const noneIsLeft = parcel.lines.every(({ lineId }) => left(lineId) === 0)
  return !(noneIsLeft && (parcel.receivedAt !== undefined || (captured > 0 && refunded >= captured)))
}

/** The units of a parcel of which it is not settled yet what becomes of them, since they did not come. */
export function unsettledIn({ lines, reports }: LinkedParcel): LinkedParcel['lines'] {
  const settled = reports.filter(({ choice }) => choice !== undefined).flatMap((report) => report.lines)
  const settledOf = (lineId: string) =>
    settled.reduce((sum, line) => (line.lineId === lineId ? sum + line.quantity : sum), 0)
  return lines
    .map(({ lineId, quantity }) => ({ lineId, quantity: quantity - settledOf(lineId) }))
    .filter(({ quantity }) => quantity > 0)
}

/** What comes of a report, in words. */
export function standsOf(view: View, { kind, choice, choices }: Report) {
  const say = parcelWords(view.language)
  if (choice !== undefined) return say(`stands_${choice}`)
  if (choices.length > 0) return say('stands_choose')
  return say(kind === 'damaged' ? 'stands_damaged' : 'stands_asked')
}
