import type { ExchangeEvent } from '@vilkar/contracts/returns-exchange.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { lockOrder } from '../order-facts/store.ts'
import type { ExchangeMail } from './mails/kinds.ts'
import type { StoredExchange } from './store.ts'

/** The customer is told how the two parts hang together, and when one of them will not be. */
export async function planFollowUps(
  trx: Transaction<Database>,
  { stored, events, at }: { stored: StoredExchange; events: ExchangeEvent[]; at: string },
  { jobs }: Pick<Deps, 'jobs'>,
) {
  const { personal } = (await lockOrder(trx, stored.state.agreed.orderId))!
  const mail = (kind: ExchangeMail) => queueMail(trx, jobs, { aboutId: stored.id, recipient: personal.email, at, kind })
  for (const { type, data } of events) {
    if (type === 'ExchangeAgreed') await mail('exchange-agreed')
    if (type === 'ExchangeEnded' && data.outcome !== 'exchanged') await mail('exchange-ended')
  }
}
