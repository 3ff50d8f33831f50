import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Deps } from '../deps.ts'
import { applyWaiting } from './hear.ts'
import type { AnyCarrier } from './port.ts'
import { lockParcel, revive } from './store.ts'

/** What was told by these codes of a carrier, and was unknown, is applied now: parcel by parcel, each in a transaction of its own. */
export async function reviveCodes(deps: Deps, carrier: AnyCarrier, codes: string[]) {
  const complaint = 'what was told of a parcel could not be applied'
  const how = { log: deps.log, complaint, about: () => ({ carrier: carrier.name }) }
  await oneByOne(await revive(deps.db, carrier.name, codes), how, (name) =>
    transact(deps, async (trx) => {
      const now = deps.clock.now()
      await applyWaiting(trx, carrier, await lockParcel(trx, name, now.toString()), now)
    }),
  )
}
