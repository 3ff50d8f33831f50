import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { casesToLookAt } from '../../cases/store.ts'
import type { Deps } from '../../deps.ts'
import { lockOrderOfCase } from '../../order-facts/store.ts'
import { handle } from '../handle.ts'

const MAX_PER_LOOK = 100

/** Reminds, gives up waiting and pays back when it is time, by the shop's clock. */
export const watchVoluntaryReturns = (deps: Deps) =>
  startWatcher({
    look: () => checkVoluntaryReturns(deps),
    log: deps.log,
    clock: deps.clock,
    complaint: 'voluntary returns could not be looked at',
  })

/** One after another, each in a transaction of its own: one that fails is tried again at the next look. */
export async function checkVoluntaryReturns(deps: Deps) {
  const at = deps.clock.now().toString()
  const how = { log: deps.log, complaint: 'a voluntary return waits', about: (returnId: string) => ({ returnId }) }
  await oneByOne(await casesToLookAt(deps.db, 'voluntary-return', at, MAX_PER_LOOK), how, (returnId) =>
    transact(deps, async (trx) => {
      const { facts } = (await lockOrderOfCase(trx, returnId))!
      await handle(trx, { type: 'LetTimePass', data: { returnId, at, facts: facts as OrderFacts } }, deps)
    }),
  )
}
