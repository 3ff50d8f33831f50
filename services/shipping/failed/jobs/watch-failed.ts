import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Deps } from '../../deps.ts'
import { ordersOfUntoldFailures } from '../../shipment/store.ts'
import { tellFailuresOf } from '../tell-failures.ts'

const MAX_ORDERS_PER_LOOK = 100

/** Looks for shipments of which something is new that bears on whether they arrive. */
export const watchFailures = (deps: Deps) =>
  startWatcher({
    look: () => checkFailures(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'which deliveries failed could not be told',
  })

/** One order after another, each in a transaction of its own: one that fails is tried again at the next look. */
export async function checkFailures(deps: Deps) {
  const complaint = 'which deliveries of an order failed could not be told'
  const how = { log: deps.log, complaint, about: (orderId: string) => ({ orderId }) }
  await oneByOne(await ordersOfUntoldFailures(deps.db, MAX_ORDERS_PER_LOOK), how, (orderId) =>
    transact(deps, (trx) => tellFailuresOf(trx, orderId, deps.clock.now())),
  )
}
