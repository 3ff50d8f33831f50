import type { RemedyChosen } from '@vilkar/contracts/returns-complaint.ts'
import type { CureStopAsked } from '@vilkar/contracts/returns-cure.ts'
import type { CureStopAnswered } from '@vilkar/contracts/shipping-cure.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle, lockOrder } from '../../order/handle.ts'
import { heldFor, isAnswered } from '../../order/replacement.ts'
import type { StoredOrder } from '../../order/state.ts'
import { restock } from '../changes.ts'
import { shortagesOf } from '../stock.ts'

type Units = { lineId: string; quantity: number }[]

/** A customer wants others for defective goods: they are taken out of stock, all of them or none, and returns hears which. */
export async function onRemedyChosen(
  trx: Trx,
  deps: Deps,
  { orderId, returnId, cureId, remedy, lines, chosenAt: at }: RemedyChosen['data'],
) {
  if (remedy !== 'replacement' || cureId === undefined) return
  const order = await orderOf(trx, orderId)
  if (isAnswered(order.state, cureId)) return
  const wanted = bySku(order, lines)
  const isThere = (await shortagesOf(trx, wanted)).length === 0
  if (isThere) await move(trx, wanted, -1, { orderId, reason: 'replacement', at })
  const data = { orderId, at, returnId, cureId, lines, outcome: isThere ? 'reserved' : 'out-of-stock' } as const
  await handle(trx, { type: 'AnswerReplacement', data }, deps, order)
}

/** What was to be sent is not wanted any more: where shipping was not asked for it, it is in stock again. */
export async function onCureStopAsked(
  trx: Trx,
  deps: Deps,
  { orderId, cureId, shipmentAsked, askedAt: at }: CureStopAsked['data'],
) {
  if (!shipmentAsked) await release(trx, deps, { orderId, cureId, at })
}

/** Shipping stopped it before it left: it is in stock again. */
export async function onCureStopAnswered(
  trx: Trx,
  deps: Deps,
  { orderId, cure: { cureId }, outcome, lost, answeredAt: at }: CureStopAnswered['data'],
) {
  // What was lost does not come into stock again, though nothing is sent instead.
  if (outcome === 'stopped' && !lost) await release(trx, deps, { orderId, cureId, at })
}

async function release(trx: Trx, deps: Deps, { orderId, cureId, at }: { orderId: string; cureId: string; at: string }) {
  const order = await orderOf(trx, orderId)
  const held = bySku(order, heldFor(order.state, cureId))
  await move(trx, held, 1, { orderId, reason: 'replacement-stopped', at })
  await handle(trx, { type: 'ReleaseReplacement', data: { orderId, at, cureId } }, deps, order)
}

async function orderOf(trx: Trx, orderId: string) {
  const order = await lockOrder(trx, orderId)
  if (order === undefined) throw new Error(`There is no order ${orderId}.`)
  return order
}

function bySku({ state: { placed } }: StoredOrder, lines: Units) {
  const units = new Map<string, number>()
  for (const { lineId, quantity } of lines) {
    const { sku } = placed.lines.find((line) => line.lineId === lineId)!
    units.set(sku, (units.get(sku) ?? 0) + quantity)
  }
  return [...units].map(([sku, quantity]) => ({ sku, quantity }))
}

const move = (
  trx: Trx,
  units: { sku: string; quantity: number }[],
  sign: 1 | -1,
  why: { orderId: string; reason: 'replacement' | 'replacement-stopped'; at: string },
) =>
  restock(
    trx,
    units.map(({ sku, quantity }) => ({ sku, units: sign * quantity, ...why })),
  )
