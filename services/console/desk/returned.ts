import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { citesOf, day, money } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Order } from './order-table.ts'
import { goodsWords } from './words.ts'

export const readReturn = (clients: Clients, id: string) =>
  clients.returns.GET('/returns/{id}', { params: { path: { id } } })
/** A withdrawal from a purchase, with what is known of its goods. */
export type Returned = NonNullable<Awaited<ReturnType<typeof readReturn>>['data']>
/** A return, and its order where the orders service says it. */
export type GoodsSeen = { found: Returned; order: Order | undefined }

/** The name of the goods of a line; its number where orders is silent. */
export const lineName = ({ order }: GoodsSeen, lineId: string) =>
  order?.lines.find((line) => line.lineId === lineId)?.name ?? lineId

/** What comes back of each line: all that was withdrawn from, or what had left of it once that is known. */
export const comingBack = ({ found: { lines, left } }: GoodsSeen): readonly { lineId: string; quantity: number }[] =>
  (left ?? lines).filter(({ quantity }) => quantity > 0)

/** Units of lines in words, such as "2 × Fuktsensor, 1 × Sentral". */
export const unitsInWords = (seen: GoodsSeen, units: readonly { lineId: string; quantity: number }[]) =>
  units.map(({ lineId, quantity }) => `${quantity} × ${lineName(seen, lineId)}`).join(', ')

/** The money that would come back, and what that rests on; that there is none yet where nothing is decided. */
export function refundOf(view: View, { refund, currency }: Returned): Html {
  const say = goodsWords(view.language)
  if (refund === undefined) return html`<p>${say('noRefundYet')}</p>`
  const said = say('refund', { amount: money(view, refund.amount, currency), day: day(view, refund.dueOn) })
  return html`<p><strong>${said}</strong></p>${citesOf(view, refund.reasons)}`
}
