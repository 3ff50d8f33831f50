import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { countOf } from '@vilkar/terms/order/price-back.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { isUndecidedLoss } from '../order-facts/lost.ts'
import { lockOrder } from '../order-facts/store.ts'
import { handle as handleReturn } from '../withdrawal/handle.ts'
import { comingBack, type DeclaredReturn } from '../withdrawal/state.ts'
import { returnsOf } from '../withdrawal/store.ts'
import { handle } from './handle.ts'

/**
 * Decides every loss of an order that waits for it. Until the order itself is known they go on waiting: whoever hears of it asks
 * again. A withdrawal of nothing but units that were lost is over: its goods cannot come back, and are paid back as lost.
 */
export async function decideOpen(trx: Transaction<Database>, deps: Deps, orderId: string) {
  const at = deps.clock.now().toString()
  for (;;) {
    const found = await lockOrder(trx, orderId)
    const loss = found?.facts.returns.find(isUndecidedLoss)
    if (loss === undefined) return
    const { returnId, noticeReceivedAt: settledAt, lines } = loss
    for (const { id, state } of await returnsOf(trx, orderId))
      if (isAllLost(id, state, found!.facts)) {
        const data = { returnId: id, at, outcome: 'never-sent', amount: 0 } as const
        await handleReturn(trx, { type: 'CloseReturn', data }, deps)
      }
    const { facts } = (await lockOrder(trx, orderId))!
    await handle(trx, { type: 'DecideLoss', data: { returnId, at, facts, lines, settledAt: settledAt! } }, deps)
  }
}

/** Whether none of what is to come back is left with anybody, once what was lost, stopped or paid back by another right is counted. */
function isAllLost(id: string, state: DeclaredReturn, { lines, returns, stops = [] }: OrderFacts) {
  if (state.refund || state.status === 'closed' || state.receivedAt) return false
  const lost = returns.flatMap((each) => (each.right === 'loss' ? each.lines : []))
  const gone = [
    ...lost,
    ...stops.flatMap(({ stopped = [] }) => stopped),
    ...returns.flatMap(({ returnId, right, decided = [] }) => (returnId !== id && right !== 'loss' ? decided : [])),
  ]
  const left = ({ lineId }: LinePart) =>
    lines.reduce((sum, line) => (line.lineId === lineId ? sum + line.quantity : sum), 0) - countOf(gone, lineId)
  const back = comingBack(state)
  return back.length > 0 && back.every((line) => countOf(lost, line.lineId) > 0 && left(line) <= 0)
}
