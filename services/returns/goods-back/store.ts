import type {
  ReturnParcelArrived,
  ReturnParcelScanned,
  ReturnUnitsReceived,
} from '@vilkar/contracts/shipping-returns.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'

/** All the SQL of `parcel_back` and `goods_received`. Moments are RFC 3339. */

type Db = Kysely<Database>
type Trx = Transaction<Database>
const MAX_PER_LOOK = 50
const MAX_LISTED = 100

/** What kind of case it is, if there is one. */
export const kindOfCase = async (db: Db, caseId: string) =>
  (await db.selectFrom('return_case').select('kind').where('id', '=', caseId).executeTakeFirst())?.kind

const parcelColumns = [
  ...(['id', 'case_id', 'carrier', 'tracking_number', 'scanned_at', 'arrived_at'] as const),
] as const
export type ParcelBack = NonNullable<Awaited<ReturnType<typeof lockParcelBack>>>

/** Notes what a carrier told of a parcel; it is looked at now if that was not known. */
export async function noteParcel(
  trx: Trx,
  told: ReturnParcelScanned['data'] | ReturnParcelArrived['data'],
  { scannedAt = null, arrivedAt = null }: { scannedAt?: string | null; arrivedAt?: string | null },
  now: string,
) {
  const { parcelId: id, returnId, orderId, carrier, trackingNumber } = told
  await trx
    .insertInto('parcel_back')
    .values({
      ...{ id, case_id: returnId, order_id: orderId, carrier, tracking_number: trackingNumber },
      ...{ scanned_at: scannedAt, arrived_at: arrivedAt, look_at: now },
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({
        scanned_at: sql`coalesce(parcel_back.scanned_at, excluded.scanned_at)`,
        arrived_at: sql`coalesce(parcel_back.arrived_at, excluded.arrived_at)`,
        look_at: now,
      }),
    )
    .execute()
}

export const lockParcelBack = (trx: Trx, id: string) =>
  trx.selectFrom('parcel_back').select(parcelColumns).where('id', '=', id).forUpdate().executeTakeFirst()

export const lookAtParcel = (trx: Trx, id: string, at: string | null) =>
  trx.updateTable('parcel_back').set({ look_at: at }).where('id', '=', id).execute()

export const parcelsToLookAt = async (db: Db, now: string) => {
  const parcels = db.selectFrom('parcel_back').select('id').where('look_at', '<=', now).orderBy('look_at')
  return (await parcels.limit(MAX_PER_LOOK).execute()).map(({ id }) => id)
}

const goodsColumns = [
  ...(['id', 'parcel_id', 'case_id', 'order_id', 'received_at', 'content', 'units', 'status', 'outcome'] as const),
  'personal',
] as const
export type GoodsReceived = Awaited<ReturnType<typeof goodsOfCase>>[number]

/** Notes a receipt, once. */
export const noteReceipt = (trx: Trx, told: ReturnUnitsReceived['data'], now: string) =>
  trx
    .insertInto('goods_received')
    .values({
      ...{ id: told.receiptId, parcel_id: told.parcelId, case_id: told.returnId, order_id: told.orderId },
      ...{ received_at: told.receivedAt, content: told.content, units: JSON.stringify(told.units), status: 'waiting' },
      ...{ outcome: null, look_at: now, due_on: null, personal: JSON.stringify(told.personal) },
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()

/** All that was received of a case, in the order in which it was told, locked. */
export const goodsOfCase = (trx: Trx, caseId: string) =>
  trx
    .selectFrom('goods_received')
    .select(goodsColumns)
    .where('case_id', '=', caseId)
    .orderBy('id')
    .forUpdate()
    .execute()

type Change = { status?: 'applied' | 'unsettled'; outcome?: string; look_at: string | null; due_on?: string }
export const setGoods = (trx: Trx, ids: string[], change: Change) =>
  trx.updateTable('goods_received').set(change).where('id', '=', sql<string>`any(${ids}::uuid[])`).execute()

/** Cases of which something was received that is to be looked at now. */
export async function casesToReceive(db: Db, now: string) {
  const { rows } = await sql<{ case_id: string }>`
    select case_id from goods_received where look_at <= ${now}::timestamptz
    group by case_id order by min(look_at) limit ${MAX_PER_LOOK}`.execute(db)
  return rows.map(({ case_id }) => case_id)
}

/** What was received and no case took, that which is due first before all others; or all of one case. */
export const listGoods = (db: Db, { caseId }: { caseId?: string }) =>
  db
    .selectFrom('goods_received')
    .select([...goodsColumns, sql<string | null>`to_char(due_on, 'YYYY-MM-DD')`.as('due_on')])
    .$if(caseId === undefined, (query) => query.where('status', '=', 'unsettled'))
    .$if(caseId !== undefined, (query) => query.where('case_id', '=', caseId!))
    .orderBy('due_on', (order) => order.asc().nullsLast())
    .orderBy('id')
    .limit(MAX_LISTED)
    .execute()

/** Of which order something was received. */
export const orderOfGoods = async (db: Db, id: string) =>
  (await db.selectFrom('goods_received').select('order_id').where('id', '=', id).executeTakeFirst())?.order_id

/** A person says what became of it; the first word stands. */
export const settleGoods = (trx: Trx, id: string, by: { settledBy: string; done: string }) => {
  const said = JSON.stringify(by)
  return sql`
    update goods_received set status = case when status = 'unsettled' then 'settled' else status end,
      personal = case when status = 'unsettled' then personal || ${said}::jsonb else personal end
    where id = ${id}`.execute(trx)
}
