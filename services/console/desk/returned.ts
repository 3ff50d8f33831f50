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

type Units = { lineId: string; quantity: number }
/** Of a line of more units, some share what is said of them. */
const MOST_ONE_BY_ONE = 10

/** What was found of a unit, or of some that were alike: `key` is that of its fields. */
export type Group = { lineId: string; key: string; number: number; count: number; quantity: number; alone: boolean }

/** The units that come back, each alone or where there are many of a line in groups. */
export const groupsOf = (lines: readonly Units[]): Group[] =>
  lines.flatMap(({ lineId, quantity }) => {
    const alone = quantity <= MOST_ONE_BY_ONE
    return Array.from({ length: alone ? quantity : MOST_ONE_BY_ONE }, (_, i) => ({
      ...{ lineId, key: `${lineId}-${i + 1}`, number: i + 1, count: quantity, alone },
      quantity: alone ? 1 : i === 0 ? quantity : 0,
    }))
  })

/** The name of the goods of a line; its number where orders is silent. */
export const lineName = ({ order }: Pick<GoodsSeen, 'order'>, lineId: string) =>
  order?.lines.find((line) => line.lineId === lineId)?.name ?? lineId

/** What comes back of each line: all that was withdrawn from, or what had left of it once that is known. */
export const comingBack = ({ found: { lines, left } }: GoodsSeen): readonly Units[] =>
  (left ?? lines).filter(({ quantity }) => quantity > 0)

/** Units of lines in words, such as "2 × Fuktsensor, 1 × Sentral". */
export const unitsInWords = (seen: Pick<GoodsSeen, 'order'>, units: readonly Units[]) =>
  eachInWords(seen, units).join(', ')
export const eachInWords = (seen: Pick<GoodsSeen, 'order'>, units: readonly Units[]) =>
  units.map(({ lineId, quantity }) => `${quantity} × ${lineName(seen, lineId)}`)

/** The money that would come back, and what that rests on; that there is none yet where nothing is decided. */
export function refundOf(view: View, { refund, currency }: Pick<Returned, 'refund' | 'currency'>): Html {
  const say = goodsWords(view.language)
  if (refund === undefined) return html`<p>${say('noRefundYet')}</p>`
  const said = say('refund', { amount: money(view, refund.amount, currency), day: day(view, refund.dueOn) })
  return html`<p><strong>${said}</strong></p>${citesOf(view, refund.reasons)}`
}
