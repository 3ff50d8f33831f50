import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { goodsHere, type RequestedShipment } from '../shipment/state.ts'
import type { CameBack } from './affected.ts'

/** What others keep of numbers: shipments with units of a number, the shipments of orders, and what came back of them. */

type Db = Kysely<Database>
type Kept = { id: string; order_id: string; state: RequestedShipment }

/** The shipments with a unit of this serial or lot number, in capitals; the newest first. */
export async function shipmentsOfNumber(db: Db, number: string, limit: number) {
  const [serial, lot] = [[{ serialNumber: number }], [{ lotNumber: number }]].map((units) => JSON.stringify(units))
  const { rows } = await sql<Kept>`
    select id, order_id, state from shipment where state ? 'units'
      and (state -> 'units' @> ${serial}::jsonb or state -> 'units' @> ${lot}::jsonb)
    order by id desc limit ${limit}`.execute(db)
  return rows
}

/** The shipments of each of these orders. */
export async function shipmentsOfOrders(db: Db, orderIds: string[]) {
  const { rows } = await sql<Kept>`
    select id, order_id, state from shipment where order_id = any(${orderIds}::uuid[]) order by id`.execute(db)
  return Map.groupBy(rows, ({ order_id }) => order_id)
}

/** Recalls that are not over, with what became of their notices; those of which people must be told by a person first. */
export async function openRecalls(db: Db, limit: number) {
  type Open = Record<'asked' | 'told' | 'unreachable' | 'waiting', number> & { id: string; sku: string; at: string }
  const { rows } = await sql<Open>`
    select recall.id, sku, to_json(announced_at) #>> '{}' as at, count(notice.id)::int as asked,
      (count(*) filter (where outcome in ('told', 'told-by-person')))::int as told,
      (count(*) filter (where outcome = 'unreachable'))::int as unreachable,
      (count(*) filter (where outcome = 'waiting'))::int as waiting
    from recall left join recall_notice notice on notice.recall_id = recall.id
    where ended_at is null group by recall.id order by unreachable desc, announced_at, recall.id limit ${limit}`.execute(
    db,
  )
  return rows.map(({ at, ...each }) => ({ ...each, announcedAt: Temporal.Instant.from(at).toString() }))
}

/** How many shipments with a product are here. */
export async function heldBack(db: Db, sku: string) {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from shipment where status = any(${goodsHere}::text[])
      and state #> '{requested,lines}' @> ${JSON.stringify([{ sku }])}::jsonb`.execute(db)
  return rows[0]!.count
}

/**
 * What came back of each of these orders, by what a warehouse scanned; a serial number that they left with also in goods that are nobody's
 * yet. Of a return that nobody scanned anything of, all of its units came once returns says that it was received.
 */
export async function cameBackOf(
  db: Db,
  shipments: ReadonlyMap<string, { state: RequestedShipment }[]>,
): Promise<(orderId: string) => CameBack> {
  const orderIds = [...shipments.keys()]
  const numbers = [...shipments.values()].flat().flatMap(({ state }) => state.units ?? [])
  const serials = numbers.flatMap(({ serialNumber }) => serialNumber ?? [])
  const { rows } = await sql<Back>`
    select expected.order_id, unit.line_id, upper(unit.personal ->> 'serialNumber') as serial,
      to_json(unit.scanned_at) #>> '{}' as at, 1 as count
    from inbound_unit unit join expected_return expected using (return_id)
    where expected.order_id = any(${orderIds}::uuid[])
    union all
    select null, null, upper(personal ->> 'serialNumber'), to_json(scanned_at) #>> '{}', 1 from inbound_unit
    where personal ? 'serialNumber' and return_id is null
      and upper(personal ->> 'serialNumber') = any(${serials}::text[])
    union all
    select expected.order_id, line ->> 'lineId', null, to_json(expected.received_at) #>> '{}', (line ->> 'quantity')::int
    from expected_return expected, jsonb_array_elements(expected.lines) line
    where expected.order_id = any(${orderIds}::uuid[]) and expected.received_at is not null
      and not exists (select from inbound_unit unit where unit.return_id = expected.return_id)`.execute(db)
  return (orderId) => {
    const own = rows.filter(({ order_id }) => order_id === null || order_id === orderId)
    const lines = new Map<string, number>()
    for (const { line_id, count } of own) if (line_id) lines.set(line_id, (lines.get(line_id) ?? 0) + count)
    const scanned = own
      .flatMap(({ serial, at }) => (serial === null ? [] : [[serial, at] as const]))
      .toSorted(([, one], [, other]) => Temporal.Instant.compare(one, other))
    return { serials: new Map(scanned), lines }
  }
}
type Back = { order_id: string | null; line_id: string | null; serial: string | null; at: string; count: number }
