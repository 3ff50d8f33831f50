import type { ReturnsEvent } from '@vilkar/contracts/returns.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { apply } from '../order-facts/projection.ts'
import { updateOrder } from '../order-facts/store.ts'
import type { StoredReturn } from './store.ts'

/** What follows from what happened to a return: what is known of its order changes, and the customer hears of it. */
export async function planFollowUps(
  trx: Transaction<Database>,
  { stored, events, at }: { stored: StoredReturn; events: ReturnsEvent[]; at: string },
  { jobs }: Pick<Deps, 'jobs'>,
) {
  const { orderId } = stored.state.declared
  const { personal } = await updateOrder(trx, orderId, (order) => events.reduce(apply, order))
  for (const event of events) {
    const kind = mailOf(event)
    if (kind) await queueMail(trx, jobs, { aboutId: stored.id, kind, recipient: personal.email!, at })
  }
}

function mailOf({ type, data }: ReturnsEvent) {
  if (type === 'WithdrawalDeclared') return 'withdrawal-receipt'
  return type === 'ProofOfSendingJudged' && data.verdict === 'rejected' ? 'proof-rejected' : undefined
}
