import type { ReturnLabelIssued } from '@vilkar/contracts/shipping-returns.ts'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'

/** All the SQL of `return_label`. */

const columns = [
  ...(['case_id', 'id', 'order_id', 'requested_at', 'carrier', 'tracking_number', 'code', 'valid_until'] as const),
  ...(['issued_at', 'personal'] as const),
] as const
export type LabelRow = NonNullable<Awaited<ReturnType<typeof readLabel>>>

export const readLabel = (db: Kysely<Database>, caseId: string) =>
  db.selectFrom('return_label').select(columns).where('case_id', '=', caseId).executeTakeFirst()

/** The label of a case, once: whether it is new. */
export async function insertLabel(
  trx: Transaction<Database>,
  { caseId, id, orderId, at }: { caseId: string; id: string; orderId: string; at: string },
) {
  const { numInsertedOrUpdatedRows = 0n } = await trx
    .insertInto('return_label')
    .values({
      ...{ case_id: caseId, id, order_id: orderId, requested_at: at, carrier: null, tracking_number: null, code: null },
      ...{ valid_until: null, issued_at: null, personal: JSON.stringify({}) },
    })
    .onConflict((conflict) => conflict.column('case_id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows > 0n
}

/** Another label of the case instead of this one, once: whether it was the one that the case had. */
export async function replaceLabel(
  trx: Transaction<Database>,
  { caseId, id, instead, at }: { caseId: string; id: string; instead: string; at: string },
) {
  const { numUpdatedRows } = await trx
    .updateTable('return_label')
    .set({
      ...{ id, requested_at: at, carrier: null, tracking_number: null, code: null, valid_until: null, issued_at: null },
      personal: JSON.stringify({}),
    })
    .where('case_id', '=', caseId)
    .where('id', '=', instead)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The carrier gave it. Whether that was not known. */
export async function setIssued(trx: Transaction<Database>, told: ReturnLabelIssued['data']) {
  const { parcelId, carrier, trackingNumber, code = null, validUntil = null, issuedAt, personal } = told
  const { numUpdatedRows } = await trx
    .updateTable('return_label')
    .set({
      ...{ carrier, tracking_number: trackingNumber, code, valid_until: validUntil, issued_at: issuedAt },
      personal: JSON.stringify(personal),
    })
    .where('id', '=', parcelId)
    .where('issued_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
