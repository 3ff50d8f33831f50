import type { Trim } from '@vilkar/server/trimming.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Whose } from './store.ts'

/**
 * For how many days somebody is an existing customer after a sale (markedsføringsloven § 15 sets no figure): 24 months, as long as
 * the longest of the policies keeps an account that nothing happens with.
 */
export const CUSTOMER_FOR_DAYS = 730

type Trx = Transaction<Database>
type Placed = Whose & { orderId: string; placedAt: string; optOutOffered: boolean }

/** An order of a consumer's was placed: no sale yet. */
export const notePlaced = async (trx: Trx, { orderId, placedAt, optOutOffered, controller, subject }: Placed) =>
  void (await trx
    .insertInto('sale')
    .values({ order_id: orderId, controller, subject, placed_at: placedAt, opt_out_offered: optOutOffered })
    .onConflict((conflict) => conflict.doNothing())
    .execute())

/** The contract stands. */
export const noteFormed = async (trx: Trx, orderId: string, formedAt: string) =>
  void (await trx.updateTable('sale').set({ formed_at: formedAt }).where('order_id', '=', orderId).execute())

/** Another address is the customer's. */
export const noteAddress = async (trx: Trx, orderId: string, subjectOf: (controller: string) => string) => {
  const sale = await trx.selectFrom('sale').select('controller').where('order_id', '=', orderId).executeTakeFirst()
  if (sale === undefined) return
  await trx
    .updateTable('sale')
    .set({ subject: subjectOf(sale.controller) })
    .where('order_id', '=', orderId)
    .execute()
}

/** Of an order that was cancelled nothing was sold. */
export const forgetSale = async (trx: Trx, orderId: string) =>
  void (await trx.deleteFrom('sale').where('order_id', '=', orderId).execute())

/** Whether a subject bought something lately, and whether at the latest sale it could say no to mails. */
export async function saleOf(db: Kysely<Database>, subject: string, now: Temporal.Instant) {
  const sale = await db
    .selectFrom('sale')
    .select('opt_out_offered')
    .where('subject', '=', subject)
    .where('formed_at', '>', now.subtract({ hours: 24 * CUSTOMER_FOR_DAYS }).toString())
    .orderBy('formed_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return sale && { optOutOffered: sale.opt_out_offered }
}

/** What is no sale of late is nobody's business. */
export const saleTrim: Trim = {
  table: 'sale',
  days: CUSTOMER_FOR_DAYS,
  clock: 'service',
  remove: (before, most) => sql`
    delete from sale where order_id in (
      select order_id from sale where placed_at < ${before} order by placed_at limit ${most} for update skip locked)
    returning placed_at as at`,
  oldest: sql`select placed_at as at from sale order by placed_at limit 1`,
}
