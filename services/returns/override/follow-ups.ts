import type { OverrideEvent } from '@vilkar/contracts/returns-override.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { lockOrder } from '../order-facts/store.ts'
import type { StoredOverride } from './store.ts'

/** The customer is told once it is decided: what the rules said, and what holds instead. */
export async function planFollowUps(
  trx: Transaction<Database>,
  { stored, events, at }: { stored: StoredOverride; events: OverrideEvent[]; at: string },
  { jobs }: Pick<Deps, 'jobs'>,
) {
  const { personal } = (await lockOrder(trx, stored.state.proposed.orderId))!
  for (const { type } of events)
    if (type === 'OverrideDecided')
      await queueMail(trx, jobs, { aboutId: stored.id, recipient: personal.email, at, kind: 'decided-otherwise' })
}
