import type { ReturnUnitsReceived } from '@vilkar/contracts/shipping-returns.ts'
import { insertOutbox } from '@vilkar/messaging/outbox/outbox.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Inbound, Unit } from './inbound.ts'

/** All the SQL of `inbound_parcel` and `inbound_unit`. */

type Db = Kysely<Database>
type Trx = Transaction<Database>
const MAX_LISTED = 100
const columns = [
  ...(['id', 'order_id', 'return_id', 'tracking_number', 'order_number', 'status', 'content', 'received_at'] as const),
  ...(['closed_at', 'settled_at', 'assignee', 'personal'] as const),
]
const parcels = (db: Db) =>
  db.selectFrom('inbound_parcel').select([...columns, sql<string | null>`to_char(due_on, 'YYYY-MM-DD')`.as('due_on')])
export type ParcelRow = Awaited<ReturnType<ReturnType<typeof parcels>['executeTakeFirstOrThrow']>>
type NewParcel = Insertable<Database['inbound_parcel']>

/** Takes a parcel in, unless one of its id or its number came in before: that one is answered then. */
export async function insertParcel(trx: Trx, parcel: NewParcel): Promise<ParcelRow> {
  await trx
    .insertInto('inbound_parcel')
    .values(parcel)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const own = await parcels(trx).where('id', '=', parcel.id).executeTakeFirst()
  if (own) return own
  return parcels(trx).where('tracking_number', '=', parcel.tracking_number!).executeTakeFirstOrThrow()
}

export const readParcel = (db: Db, id: string): Promise<ParcelRow | undefined> =>
  parcels(db).where('id', '=', id).executeTakeFirst()

/** The same, locked until the transaction ends. */
export const lockParcel = (trx: Trx, id: string): Promise<ParcelRow | undefined> =>
  parcels(trx).where('id', '=', id).forUpdate().executeTakeFirst()

const units = (db: Db) =>
  db
    .selectFrom('inbound_unit')
    .leftJoin('expected_return', 'expected_return.return_id', 'inbound_unit.return_id')
    .select(['id', 'parcel_id', 'inbound_unit.return_id', 'expected_return.order_id', 'line_id', 'receipt_id'])
    .select(['facts', 'personal'])
    .orderBy('id')
type UnitRow = Awaited<ReturnType<ReturnType<typeof units>['executeTakeFirstOrThrow']>>

/** A parcel with its units, as it is decided about. */
export const inboundOf = async (db: Db, row: ParcelRow): Promise<Inbound> =>
  withUnits(row, await units(db).where('parcel_id', '=', row.id).execute())

/** Parcels with their units, which are read together. */
export async function inboundsOf(db: Db, rows: readonly ParcelRow[]): Promise<Inbound[]> {
  const ids = rows.map(({ id }) => id)
  const found = await units(db).where(sql<boolean>`parcel_id = any(${ids}::uuid[])`).execute()
  const ofParcels = Map.groupBy(found, ({ parcel_id }) => parcel_id)
  return rows.map((row) => withUnits(row, ofParcels.get(row.id) ?? []))
}

function withUnits(row: ParcelRow, found: readonly UnitRow[]): Inbound {
  const units = found.map(
    ({ id, return_id, order_id, line_id, receipt_id, facts, personal }): Unit => ({
      ...{ unitId: id, returnId: return_id ?? undefined, orderId: order_id ?? undefined, lineId: line_id ?? undefined },
      ...{ receiptId: receipt_id ?? undefined, facts, serialNumber: personal.serialNumber, note: personal.note },
    }),
  )
  const { by, note } = row.personal
  const receivedAt = Temporal.Instant.from(row.received_at).toString()
  return {
    ...{ id: row.id, orderId: row.order_id ?? undefined, returnId: row.return_id ?? undefined, status: row.status },
    ...{ content: row.content ?? undefined, receivedAt, by, note, units },
  }
}

export const updateParcel = (
  trx: Trx,
  id: string,
  change: Partial<Omit<NewParcel, 'id' | 'personal' | 'version'>> & { personal?: ParcelRow['personal'] },
) => {
  const { personal, ...rest } = change
  return trx
    .updateTable('inbound_parcel')
    .set({ ...rest, ...(personal && { personal: JSON.stringify(personal) }) })
    .where('id', '=', id)
    .execute()
}

/** A unit as it is found now; what was said of it before is replaced, as long as nobody was told. */
export const saveUnit = (trx: Trx, unit: Insertable<Database['inbound_unit']>) => {
  const { id: _, parcel_id: __, ...found } = unit
  return trx
    .insertInto('inbound_unit')
    .values(unit)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(found))
    .execute()
}

export const readUnit = (db: Db, id: string) =>
  db
    .selectFrom('inbound_unit')
    .select(['id', 'parcel_id', 'return_id', 'line_id', 'receipt_id', 'facts', 'personal'])
    .where('id', '=', id)
    .executeTakeFirst()

export const matchUnit = (trx: Trx, id: string, returnId: string, lineId: string) =>
  trx.updateTable('inbound_unit').set({ return_id: returnId, line_id: lineId }).where('id', '=', id).execute()

/** How many units of each line of a return came in, in whatever parcels; without one of them, where it is looked at anew. */
export async function scannedOf(trx: Trx, returnId: string, but?: string) {
  const { rows } = await sql<{ line_id: string; count: number }>`
    select line_id, count(*)::int as count from inbound_unit
    where return_id = ${returnId} and id is distinct from ${but ?? null}::uuid group by line_id`.execute(trx)
  const counts = new Map(rows.map(({ line_id, count }) => [line_id, count]))
  return (lineId: string) => counts.get(lineId) ?? 0
}

/** Whether another unit of the same return or parcel has this serial number: it is the same thing. */
export async function isSerialTaken(
  trx: Trx,
  unit: { id: string; parcelId: string; returnId?: string; serialNumber: string },
) {
  const { rows } = await sql`
    select from inbound_unit where personal ->> 'serialNumber' = ${unit.serialNumber} and id <> ${unit.id}
      and (parcel_id = ${unit.parcelId} or return_id = ${unit.returnId ?? null}::uuid)`.execute(trx)
  return rows.length > 0
}

/** Tells returns of units, and notes that it was told. */
export async function tellReceipts(trx: Trx, parcelId: string, receipts: ReturnUnitsReceived[], at: Temporal.Instant) {
  if (receipts.length === 0) return
  const { version } = await trx
    .updateTable('inbound_parcel')
    .set({ version: sql<number>`version + ${receipts.length}` })
    .where('id', '=', parcelId)
    .returning('version')
    .executeTakeFirstOrThrow()
  for (const { data } of receipts)
    await trx
      .updateTable('inbound_unit')
      .set({ receipt_id: data.receiptId })
      .where('id', '=', sql<string>`any(${data.units.map(({ unitId }) => unitId)}::uuid[])`)
      .execute()
  const first = version - receipts.length
  await insertOutbox(
    trx,
    'shipping',
    receipts.map((fact, n) => ({ aggregateId: parcelId, version: first + n + 1, fact, at })),
  )
}

export type InboundQuery = { status?: 'open' | 'unsettled'; assignee?: string; dueBefore?: string; orderId?: string }

/** Parcels that are asked for, those that are due first before all others. */
export const listParcels = (db: Db, { status, assignee, dueBefore, orderId }: InboundQuery): Promise<ParcelRow[]> =>
  parcels(db)
    .$if(status === 'open', (query) => query.where('status', '=', 'open'))
    .$if(status === 'unsettled', (query) => query.where('settled_at', 'is', null).where('due_on', 'is not', null))
    .$if(assignee !== undefined, (query) => query.where('assignee', '=', assignee!))
    .$if(dueBefore !== undefined, (query) => query.where('due_on', '<', dueBefore!).where('settled_at', 'is', null))
    .$if(orderId !== undefined, (query) => query.where('order_id', '=', orderId!))
    .orderBy('due_on', (order) => order.asc().nullsLast())
    .orderBy('received_at')
    .orderBy('id')
    .limit(MAX_LISTED)
    .execute()

/** What came back under a number needs nobody any more, since something else was done about it. What somebody settled stays so. */
export async function settleInboundOf(
  trx: Trx,
  trackingNumber: string,
  { at, by: settledBy, done }: { at: string; by: string; done: string },
) {
  const row = await parcels(trx).where('tracking_number', '=', trackingNumber).forUpdate().executeTakeFirst()
  if (row === undefined || row.status === 'open' || row.settled_at !== null) return
  await updateParcel(trx, row.id, { settled_at: at, personal: { ...row.personal, settledBy, done } })
}

/** Parcels of an order of which no return was known when they came in. */
export const unannouncedOf = async (trx: Trx, orderId: string) => {
  const found = await trx
    .selectFrom('inbound_parcel')
    .select(['id', 'received_at'])
    .where('order_id', '=', orderId)
    .where('settled_at', 'is', null)
    .where('return_id', 'is', null)
    .orderBy('id')
    .execute()
  return found.map(({ id, received_at }) => ({ id, receivedAt: Temporal.Instant.from(received_at).toString() }))
}
