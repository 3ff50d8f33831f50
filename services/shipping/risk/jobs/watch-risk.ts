import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Deps } from '../../deps.ts'
import { ordersOfUntoldRisk } from '../../shipment/store.ts'
import { tellRiskOf } from '../tell-risk.ts'

const MAX_ORDERS_PER_LOOK = 100

/** Looks for shipments of which something is new, or whose time has come, by the shop's clock. */
export const watchRisk = (deps: Deps) =>
  startWatcher({
    look: () => checkRisks(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'who bears the risk could not be told',
  })

/** One order after another, each in a transaction of its own: one that fails is tried again at the next look. */
export async function checkRisks(deps: Deps) {
  const now = deps.clock.now()
  const complaint = 'who bears the risk of an order could not be told'
  const how = { log: deps.log, complaint, about: (orderId: string) => ({ orderId }) }
  await oneByOne(await ordersOfUntoldRisk(deps.db, now.toString(), MAX_ORDERS_PER_LOOK), how, (orderId) =>
    transact(deps, (trx) => tellRiskOf(trx, orderId, now)),
  )
}
