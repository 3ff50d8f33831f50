import type { PayoutDecided } from '@vilkar/contracts/returns-payout.ts'
import { countedOf } from '@vilkar/server/counted.ts'
import { jsonOrNull } from '@vilkar/server/postgres.ts'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import { bookEntry } from './ledger.ts'

/** All the SQL of `payout`: what is paid to customers besides refunds. A person pays it, and PostgreSQL numbers its document then. */

const columns = ['id', 'order_id', 'kind', 'amount', 'currency', 'decided_at', 'interest', 'reasons'] as const
const paid = ['number', 'paid_at', 'reference', 'paid_by'] as const
const listed = (db: Kysely<Database>) =>
  db
    .selectFrom('payout')
    .select([...columns, ...paid])
    .select(sql<string>`to_char(due_on, 'YYYY-MM-DD')`.as('due_on'))
export type Payout = Pick<Selectable<Database['payout']>, (typeof columns)[number] | (typeof paid)[number] | 'due_on'>

export const MAX_PAYOUTS_LISTED = 100

/** Notes what is to be paid, once. */
export const insertPayout = (
  trx: Trx,
  { payoutId: id, orderId, kind, amount, currency, dueOn, decidedAt, interest, reasons }: PayoutDecided['data'],
) =>
  trx
    .insertInto('payout')
    .values({
      ...{ id, order_id: orderId, kind, amount, currency, due_on: dueOn, decided_at: decidedAt },
      ...{ interest: jsonOrNull(interest), reasons: JSON.stringify(reasons) },
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()

export const readPayout = (db: Kysely<Database>, id: string): Promise<Payout | undefined> =>
  listed(db).where('id', '=', id).executeTakeFirst()

export const payoutsOf = (db: Kysely<Database>, orderId: string): Promise<Payout[]> =>
  listed(db).where('order_id', '=', orderId).orderBy('decided_at').orderBy('id').execute()

/** Those that nobody has paid yet, or that were paid, what is due first before all others. */
export const findPayouts = (
  db: Kysely<Database>,
  { open, limit = MAX_PAYOUTS_LISTED }: { open: boolean; limit?: number },
): Promise<Payout[]> =>
  listed(db)
    .where('paid_at', open ? 'is' : 'is not', null)
    .orderBy('payout.due_on')
    .orderBy('id')
    .limit(limit)
    .execute()

/** How many nobody has paid yet, and how many of them a day (ISO 8601) finds over their last one. */
export const payoutsCounted = (today: string) =>
  countedOf(sql`payout where paid_at is null`, sql`due_on < ${today}::date`)

type Paid = { reference: string; paidBy: string; paidAt: string }

/** Books that a payout was paid: the document has its number, and the ledger an entry of its own kind. The order must be locked. */
export async function bookPayout(trx: Trx, { id, order_id: orderId, amount, currency }: Payout, how: Paid) {
  const { reference, paidBy: paid_by, paidAt: paid_at } = how
  const { number } = await trx
    .updateTable('payout')
    .set({ reference, paid_by, paid_at })
    .where('id', '=', id)
    .returning('number')
    .executeTakeFirstOrThrow()
  const by = { provider: 'by-hand', paymentId: id, providerId: id }
  await bookEntry(trx, { orderId, kind: 'paid-out', amount, currency, ...by, at: paid_at })
  return number!
}
