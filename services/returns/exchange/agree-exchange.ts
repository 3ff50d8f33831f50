import { httpError, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Deps } from '../deps.ts'
import type { PlacedFacts } from '../order-facts/projection.ts'
import { lockOrder } from '../order-facts/store.ts'
import { partThatGoesBack, totalOf, whyNot } from './agree.ts'
import { handle } from './handle.ts'
import { exchangesOf, type StoredExchange, takenBy } from './store.ts'

type Asked = { orderId: string; exchangeId: string; returnId: string; replacing: PlacedFacts }

/**
 * Has what goes back and the order `replacing` be one exchange, under the lock of the first order; said again alike it is the same (`isNew`
 * false). Whoever calls has seen that both orders are the customer's. Throws the problems 404 `return-unknown` and 409 `exchange-refused` or
 * `exchange-mismatch`.
 */
export async function agreeExchange(
  deps: Deps,
  { orderId, exchangeId, returnId, replacing }: Asked,
): Promise<{ stored: StoredExchange; isNew: boolean }> {
  const newOrderId = replacing.orderId
  const { stored, events, refusal } = await transact(deps, async (trx) => {
    const { facts } = (await lockOrder(trx, orderId))!
    const part = await partThatGoesBack(trx, returnId)
    if (part?.orderId !== orderId) throw httpError(404, 'return-unknown', 'The order has no such return.')
    const known = await exchangesOf(trx, orderId)
    const wrong = known.some(({ id }) => id === exchangeId) ? undefined : whyNot(facts, replacing, part)
    if (wrong) throw refusalError(wrong)
    const other = await takenBy(trx, { exchangeId, returnId, newOrderId })
    if (other) throw httpError(409, 'exchange-mismatch', `One of them is part of exchange ${other} already.`)
    const { open: _, ...goesBack } = part
    const at = deps.clock.now().toString()
    const { currency } = facts
    const newTotal = totalOf(replacing)
    const data = { exchangeId, at, ...goesBack, returnId, newOrderId, newTotal, currency }
    return handle(trx, { type: 'AgreeExchange', data }, deps)
  })
  if (refusal) throw refusalError(refusal)
  return { stored: stored!, isNew: events.length > 0 }
}
