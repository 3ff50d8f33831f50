import type { StopRequested } from '@vilkar/contracts/orders-cancellation.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { stopUnits } from '../../shipment/stop-units.ts'
import { noteWithdrawn } from '../note-withdrawn.ts'

/** These units are not wanted any more: what has not left is stopped, and what was to be sent instead of lost ones is paid back. */
export async function onStopRequested(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, requestId, returnId, lines, requestedAt: at }: StopRequested['data'],
) {
  await noteWithdrawn(trx, await stopUnits(trx, { orderId, requestId, returnId, lines, at }))
}
