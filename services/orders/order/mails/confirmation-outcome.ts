import { raiseAlarm, resolveAlarm } from '../../alarms/alarms.ts'
import type { Deps, Trx } from '../../deps.ts'
import { withoutAddresses } from '../confirmation.ts'
import { handle } from '../handle.ts'
import { documentsOf } from './documents.ts'

type Outcome = { mailId: string; orderId: string; at: string }

/** A mail server took the confirmation: the contract is formed, or confirmed anew. Nobody need look for the customer any more. */
export async function confirmationTaken(
  trx: Trx,
  deps: Deps,
  { mailId, orderId, at, messageId }: Outcome & { messageId: string },
) {
  const told = await documentsOf(trx, mailId)
  await handle(trx, { type: 'ConfirmContract', data: { orderId, at, messageId, ...told } }, deps)
  await resolveAlarm(trx, { orderId, kind: 'confirmation-bounced', resolution: 'The confirmation was taken.', at })
}

/**
 * The confirmation came back. Whatever the order is by then, its goods may be on their way, the customer has nothing in writing
 * (angrerettloven § 18): a person is called to find the right address, unless the order is over.
 */
export async function confirmationBounced(
  trx: Trx,
  deps: Deps,
  { orderId, at, cause }: Omit<Outcome, 'mailId'> & { cause: string },
) {
  const { stored } = await handle(trx, { type: 'BounceConfirmation', data: { orderId, at, cause } }, deps)
  const { status } = stored!.state
  // A contract that stands had its confirmation taken after this bounce.
  if (status === 'cancelled' || status === 'formed') return
  const detail = { status, cause: withoutAddresses(cause) }
  await raiseAlarm(trx, { orderId, kind: 'confirmation-bounced', detail, at }, deps.log)
}
