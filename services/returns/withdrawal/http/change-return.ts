import { fold } from '@vilkar/decider/decider.ts'
import { type Caller, maySee } from '@vilkar/server/auth.ts'
import { httpError, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Deps } from '../../deps.ts'
import type { PlacedOrder } from '../../order-facts/projection.ts'
import { lockOrderOfReturn, readOrder } from '../../order-facts/store.ts'
import type { ReturnCommand } from '../commands.ts'
import { decider } from '../decider.ts'
import { handle } from '../handle.ts'
import type { DeclaredReturn } from '../state.ts'
import { readReturn, type StoredReturn } from '../store.ts'
import { viewOf } from './return-view.ts'

/** Time and facts are read under the lock of the order: who waited for it hears what was decided meanwhile. */
export async function change(deps: Deps, id: string, commandOf: (facts: OrderFacts, at: string) => ReturnCommand) {
  const { stored, refusal } = await transact(deps, async (trx) => {
    const { facts } = (await lockOrderOfReturn(trx, id)) as PlacedOrder
    return handle(trx, commandOf(facts, deps.clock.now().toString()), deps)
  })
  if (refusal) throw refusalError(refusal)
  return viewOf(stored!)
}

/** What the return would be by this, decided as `change` decides it now; nothing is done or kept, a refusal neither. */
export async function foresee(
  deps: Deps,
  { id, state, personal, version }: StoredReturn,
  commandOf: (facts: OrderFacts, at: string) => ReturnCommand,
) {
  const { facts } = (await readOrder(deps.pool, state.declared.orderId))!
  const { events, refusal } = decider.decide(commandOf(facts, deps.clock.now().toString()), state)
  if (refusal) throw refusalError(refusal)
  return viewOf({ id, version, personal, state: fold(decider, state, events) as DeclaredReturn })
}

/** The return, if the caller may see its order. Throws a 404 problem otherwise: for anybody else there is none. */
export async function findReturn({ db, pool }: Deps, caller: Caller, id: string): Promise<StoredReturn> {
  const stored = await readReturn(db, id)
  const order = stored && (await readOrder(pool, stored.state.declared.orderId))
  if (stored === undefined || order === undefined || !maySee(caller, order.personal.placedBy))
    throw httpError(404, 'return-unknown', 'There is no such return.')
  return stored
}
