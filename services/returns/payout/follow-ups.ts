import type { PayoutEvent } from '@vilkar/contracts/returns-payout.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { lockOrder } from '../order-facts/store.ts'
import type { PayoutMail } from './mails/kinds.ts'
import type { StoredPayout } from './store.ts'

/** The customer is told what they have; of interest also that it is owed while somebody still looks the rate up. */
export async function planFollowUps(
  trx: Transaction<Database>,
  { stored, events, at }: { stored: StoredPayout; events: PayoutEvent[]; at: string },
  { jobs }: Pick<Deps, 'jobs'>,
) {
  const { personal } = (await lockOrder(trx, stored.state.proposed.orderId))!
  const mail = (kind: PayoutMail) => queueMail(trx, jobs, { aboutId: stored.id, recipient: personal.email, at, kind })
  for (const { type, data } of events) {
    if (type === 'PayoutProposed' && data.needs === 'rate') await mail('late-interest-counted')
    if (type === 'PayoutDecided') await mail(data.kind === 'goodwill' ? 'goodwill-given' : 'late-interest-owed')
  }
}
