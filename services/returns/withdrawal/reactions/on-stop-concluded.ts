import type { StopConcluded } from '@vilkar/contracts/orders.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { projectEvent } from '../../order-facts/project-event.ts'
import { handle } from '../handle.ts'

/** Orders says which units never leave and which had left. Of a withdrawal, the units that had left come back. */
export async function onStopConcluded(trx: Transaction<Database>, deps: Deps, told: StopConcluded['data']) {
  const { facts } = await projectEvent('StopConcluded')(trx, deps, told)
  const { returnId, stopped, left, concludedAt: at } = told
  if (returnId === undefined) return
  const units = stopped.map(({ lineId, quantity }) => ({ lineId, quantity }))
  const data = { returnId, at, facts: facts as OrderFacts, stopped: units, left }
  await handle(trx, { type: 'RecordUnits', data }, deps)
}
