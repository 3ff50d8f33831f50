import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Deps } from '../../deps.ts'
import { lockOrder, readOrder } from '../../order-facts/store.ts'
import { handle } from '../handle.ts'
import { legsOf } from '../legs.ts'
import { exchangesToLookAt, readExchange } from '../store.ts'

const MAX_PER_LOOK = 100
/** An exchange is looked at no more often than this; nothing waits for its end. */
const LOOKED_AT_EVERY = 'PT10M'

/** Ends exchanges of which both parts were done, or of which one will not be. */
export const watchExchanges = (deps: Deps) =>
  startWatcher({ look: () => checkExchanges(deps), log: deps.log, complaint: 'exchanges could not be looked at' })

/** One after another, each in a transaction of its own: one that fails is tried again at a later look. */
export async function checkExchanges(deps: Deps) {
  const now = deps.clock.now()
  const at = now.toString()
  const before = now.subtract(LOOKED_AT_EVERY).toString()
  const how = { log: deps.log, complaint: 'an exchange waits', about: (exchangeId: string) => ({ exchangeId }) }
  await oneByOne(await exchangesToLookAt(deps.db, before, at, MAX_PER_LOOK), how, (exchangeId) =>
    transact(deps, async (trx) => {
      const { agreed } = (await readExchange(trx, exchangeId))!.state
      const { facts } = (await lockOrder(trx, agreed.orderId))!
      const replacing = await readOrder(deps.pool, agreed.newOrderId)
      const legs = legsOf(agreed, facts, replacing?.facts, now)
      await handle(trx, { type: 'LookAtLegs', data: { exchangeId, at, legs } }, deps)
    }),
  )
}
