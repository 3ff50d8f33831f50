import type { ComplaintFacts, OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { lockOrder } from '../order-facts/store.ts'
import { handle } from './handle.ts'
import { canBeNarrowed } from './narrow.ts'
import { unitsOf } from './state.ts'
import { complaintsOf } from './store.ts'

/**
 * Units of an order were asked back, cancelled or lost: open complaints are about them no more. The complaint of before keeps its units
 * where some are left, since nobody can tell which of them went.
 */
export async function narrowOpenComplaints(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'jobs'>,
  { orderId, at }: { orderId: string; at: string },
) {
  const order = await lockOrder(trx, orderId)
  if (!order?.facts.complaints?.some(({ outcome }) => outcome === 'open')) return
  const before: ComplaintFacts[] = []
  for (const { id, state } of await complaintsOf(trx, orderId)) {
    if (!canBeNarrowed(state)) continue
    const facts: OrderFacts = order.facts
    await handle(
      trx,
      { type: 'LoseUnits', data: { returnId: id, at, facts, before: [...before], cureId: uuidv7() } },
      deps,
    )
    before.push({ returnId: id, outcome: 'open', lines: unitsOf(state) })
  }
}
