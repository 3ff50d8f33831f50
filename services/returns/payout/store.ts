import type { Stored } from '@vilkar/decider/command-handler.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import { saveCase } from '../cases/store.ts'
import type { Database, PayoutPersonal } from '../database.ts'
import type { OpenPayout } from './state.ts'

/** All the SQL of the table `payout`, and what it asks of cases that were paid late. */

export type StoredPayout = Stored<OpenPayout, PayoutPersonal>

const columns = ['id', 'version', 'state', 'personal'] as const

export const readPayout = (db: Kysely<Database>, id: string): Promise<StoredPayout | undefined> =>
  db.selectFrom('payout').select(columns).where('id', '=', id).executeTakeFirst()

/** Those of an order, in the order in which they were proposed. */
export const payoutsOf = (db: Kysely<Database>, orderId: string): Promise<StoredPayout[]> =>
  db.selectFrom('payout').select(columns).where('order_id', '=', orderId).orderBy('proposed_at').orderBy('id').execute()

/** One, locked until the transaction ends. Whoever proposes one has its order locked. */
export const lockPayout = (trx: Transaction<Database>, id: string) =>
  trx.selectFrom('payout').select(columns).where('id', '=', id).forUpdate().executeTakeFirst() as Promise<
    StoredPayout | undefined
  >

export async function savePayout(trx: Transaction<Database>, { id, version, state, personal }: StoredPayout) {
  const { orderId, caseId = null, kind, proposedAt } = state.proposed
  const row = { version, state: JSON.stringify(state), personal: JSON.stringify(personal) }
  await trx
    .insertInto('payout')
    .values({ id, order_id: orderId, case_id: caseId, kind, proposed_at: proposedAt, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  await saveCase(trx, caseOf(id, state))
}

/** People have this long before they are called: a second person, whoever looks a rate up, and whoever pays. */
const PATIENCE = { approval: 'P2D', rate: 'P7D', payout: 'P14D' } as const

function caseOf(id: string, { status, proposed, decided, declined, paid }: OpenPayout) {
  const { orderId, proposedAt, needs, answerBy } = proposed
  const waits =
    status === 'owed'
      ? { awaits: 'payout' as const, since: decided!.decidedAt }
      : status === 'proposed'
        ? { awaits: needs === 'rate' ? ('rate' as const) : ('approval' as const), since: proposedAt }
        : undefined
  return {
    ...{ id, orderId, kind: 'payout' as const, status, openedAt: proposedAt },
    ...(waits && { waits: { ...waits, patience: PATIENCE[waits.awaits] } }),
    ...{ dueOn: decided?.dueOn ?? answerBy, owed: decided?.amount, closedAt: paid?.paidAt ?? declined?.declinedAt },
  }
}

/** A refund that was paid after its last day, and on which interest was not worked out yet. Days are ISO 8601, Europe/Oslo. */
export type LateRefund = { id: string; orderId: string; owed: string; dueOn: string; paidOn: string }

export async function refundsPaidLate(db: Kysely<Database>, limit: number) {
  const { rows } = await sql<LateRefund>`
    select id, order_id as "orderId", owed::text, to_char(due_on, 'YYYY-MM-DD') as "dueOn",
      to_char(closed_at at time zone 'Europe/Oslo', 'YYYY-MM-DD') as "paidOn"
    from return_case
    where closed_at is not null and owed > 0 and (closed_at at time zone 'Europe/Oslo')::date > due_on and kind <> 'payout'
      and not exists (select from payout where case_id = return_case.id and payout.kind = 'late-interest')
    order by closed_at limit ${limit}`.execute(db)
  return rows
}
