import type { EmailCorrected } from '@vilkar/contracts/orders.ts'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../../database.ts'

/** Receipts go to the address that works. */
export async function onEmailCorrected(trx: Transaction<Database>, { orderId, personal }: EmailCorrected['data']) {
  await sql`update order_facts set personal = personal || ${JSON.stringify(personal)}::jsonb where order_id = ${orderId}`.execute(
    trx,
  )
}
