import { httpError } from '@vilkar/server/problems.ts'
import { resolveMoneyAlarms } from '../alarms/alarms.ts'
import type { Deps, Trx } from '../deps.ts'
import { handle } from '../order/handle.ts'
import { keepDecision, type Statement } from './decisions.ts'
import type { Operation } from './operation.ts'
import { changeOperation } from './operation-store.ts'
import type { Locked } from './outcome.ts'

/**
 * What left and was refused for good is claimed of the customer, once the authorisation has run out and they have been asked to
 * pay again: nothing is asked of the provider any more. Said twice it happens once. Refused with 409 before that.
 */
export async function claimOperation(
  trx: Trx,
  deps: Deps,
  { order, operation }: Locked,
  said: Statement,
): Promise<Operation> {
  const {
    operation: after,
    changed,
    refusal,
  } = await changeOperation(trx, operation, { type: 'ClaimOperation', data: {} })
  if (refusal) throw httpError(409, refusal.code, refusal.detail)
  if (!changed) return after
  const at = deps.clock.now().toString()
  const { orderId, purpose, amount } = operation
  const data = { orderId, at, shipmentId: purpose.id, amount }
  const claimed = await handle(trx, { type: 'ClaimPayment', data }, deps, order)
  if (claimed.refusal) throw httpError(409, claimed.refusal.code, claimed.refusal.detail)
  await keepDecision(trx, deps, { operation_id: operation.id }, operation.attempt, 'claimed', said)
  await resolveMoneyAlarms(trx, order.id, at)
  return after
}
