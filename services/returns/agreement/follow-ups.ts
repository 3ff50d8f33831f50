import type { AgreementEvent } from '@vilkar/contracts/returns.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { apply } from '../order-facts/projection.ts'
import { updateOrder } from '../order-facts/store.ts'
import type { StoredAgreement } from './store.ts'

/** What is known of the order changes, and the customer has what was agreed in writing, to keep. */
export async function planFollowUps(
  trx: Transaction<Database>,
  { stored, events, at }: { stored: StoredAgreement; events: AgreementEvent[]; at: string },
  { jobs }: Pick<Deps, 'jobs'>,
) {
  const { personal } = await updateOrder(trx, stored.state.orderId, (order) => events.reduce(apply, order))
  await queueMail(trx, jobs, { aboutId: stored.id, recipient: personal.email!, at, kind: 'agreement-recorded' })
}
