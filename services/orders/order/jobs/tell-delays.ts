import { transact } from '@vilkar/server/transact.ts'
import type { Deps } from '../../deps.ts'
import { delayed, handle, scheduleDelayCheck } from '../handle.ts'

const MAX_ORDERS_PER_LOOK = 100

/** Finds orders whose promised day of delivery has passed, by the shop's clock, and has their customers told, once for each day. */
export async function tellDelays(deps: Deps) {
  const now = deps.clock.now()
  for (const { id: orderId } of await delayed(deps.db, now, MAX_ORDERS_PER_LOOK))
    await transact(deps, async (trx) => {
      const command = { type: 'TellDelay', data: { orderId, at: now.toString() } } as const
      const { events, stored } = await handle(trx, command, deps)
      if (events.length === 0) await scheduleDelayCheck(trx, stored!)
    })
}
