import { fewOf } from '../pages/alike.ts'
import { timeline as draw, type Mark, spansOf } from '../pages/timeline.ts'
import type { View } from '../pages/view.ts'
import type { OrderSeen } from './order-reading.ts'
import { type DeskSay, deskWords } from './words.ts'

/** What happened to an order and what is open, with the day that was asked about. */
export function timeline(view: View, seen: OrderSeen) {
  const say = deskWords(view.language)
  const { entitlements, order, date } = seen
  const names = new Map(order.lines.map(({ lineId, name }) => [lineId, name]))
  const nameOf = ({ lineId, sku }: { lineId: string; sku: string }) => names.get(lineId) ?? sku
  const spans = spansOf(entitlements?.lines ?? [], {
    right: (right) => say(`right_${right}`),
    nameOf,
    named: (all) => fewOf(view, all),
    on: date ?? view.today,
  })
  return draw(view, { marks: marksOf(say, seen), spans, date })
}

function marksOf(say: DeskSay, { order, payments, shipments }: OrderSeen): Mark[] {
  return [
    { label: say('placed'), at: order.placedAt },
    ...(order.formedAt === undefined ? [] : [{ label: say('formed'), at: order.formedAt }]),
    ...(payments?.entries ?? [])
      .filter(({ kind }) => kind === 'captured' || kind === 'refunded')
      .map(({ kind, at }) => ({ label: say(kind as 'captured' | 'refunded'), at })),
    ...shipments.flatMap(({ shipment: { dispatched, receivedAt } }) => [
      ...(dispatched === undefined ? [] : [{ label: say('handedOver'), at: dispatched.handedOverAt }]),
      ...(receivedAt === undefined ? [] : [{ label: say('received'), at: receivedAt }]),
    ]),
  ]
}
