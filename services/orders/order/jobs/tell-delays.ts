import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Deps } from '../../deps.ts'
import { delayed, handle, scheduleDelayCheck } from '../handle.ts'

const MAX_ORDERS_PER_LOOK = 100

/** Finds orders whose promised day of delivery has passed, by the shop's clock, and has their customers told, once for each day. */
export async function tellDelays(deps: Deps) {
  const now = deps.clock.now()
  const complaint = 'it could not be told that an order is late'
  const how = { log: deps.log, complaint, about: ({ id: orderId }: { id: string }) => ({ orderId }) }
  await oneByOne(await delayed(deps.db, now, MAX_ORDERS_PER_LOOK), how, ({ id: orderId }) =>
    transact(deps, async (trx) => {
      const command = { type: 'TellDelay', data: { orderId, at: now.toString() } } as const
      const { events, stored } = await handle(trx, command, deps)
      if (events.length === 0) await scheduleDelayCheck(trx, stored!)
    }),
  )
}
