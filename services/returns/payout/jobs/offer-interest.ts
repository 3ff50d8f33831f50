import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Deps } from '../../deps.ts'
import { limitsOf } from '../../order-facts/limits.ts'
import { lockOrder } from '../../order-facts/store.ts'
import { handle } from '../handle.ts'
import { payoutIdOfInterest } from '../interest.ts'
import { refundsPaidLate } from '../store.ts'

const MAX_PER_LOOK = 100

/** Offers the interest on refunds that were paid late, once each. */
export const watchLateRefunds = (deps: Deps) =>
  startWatcher({ look: () => offerInterest(deps), log: deps.log, complaint: 'late refunds could not be looked at' })

/** One after another, each in a transaction of its own: one that fails is tried again at the next look. */
export async function offerInterest(deps: Deps) {
  const complaint = 'interest on a late refund waits'
  const how = { log: deps.log, complaint, about: ({ id: caseId }: { id: string }) => ({ caseId }) }
  await oneByOne(await refundsPaidLate(deps.db, MAX_PER_LOOK), how, ({ id: caseId, orderId, owed, dueOn, paidOn }) =>
    transact(deps, async (trx) => {
      const order = await lockOrder(trx, orderId)
      if (order === undefined) return
      const { facts } = order
      const at = deps.clock.now().toString()
      const late = { amount: Number(owed), dueOn, paidOn }
      const { alone } = limitsOf(facts)
      const data = { payoutId: payoutIdOfInterest(caseId), at, facts, caseId, late, alone }
      await handle(trx, { type: 'OfferInterest', data }, deps)
    }),
  )
}
