import { behind } from '@vilkar/server/cursors.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { ShipmentEvent } from '../shipment/decider.ts'

/** All the SQL of `damage_report`, which follows what shipments tell of damage. */

const columns = [
  ...(['id', 'shipment_id', 'order_id', 'kind', 'reported_by', 'reported_at', 'late', 'outcome', 'lines'] as const),
  ...(['claim_due_on', 'claimed_at', 'settled', 'replacement_id', 'personal'] as const),
]
export type DamageRow = Awaited<ReturnType<typeof readReport>>

export const readReport = (db: Kysely<Database>, id: string) =>
  db.selectFrom('damage_report').select(columns).where('id', '=', id).executeTakeFirst()

/**
 * Notes what was told, in the transaction in which it was decided. False when something was reported of another shipment under the
 * same id at the same time: then nothing of it may stand.
 */
export async function follow(trx: Transaction<Database>, events: ShipmentEvent[]): Promise<boolean> {
  for (const { type, data } of events)
    if (type === 'DamageReported') {
      const noted = await trx
        .insertInto('damage_report')
        .values({
          ...{ id: data.reportId, shipment_id: data.shipmentId, order_id: data.orderId, kind: data.kind },
          ...{ reported_by: data.reportedBy, reported_at: data.reportedAt, late: data.late, outcome: data.outcome },
          ...{ claim_due_on: data.claimDueOn, claimed_at: null, settled: null, replacement_id: null },
          ...{ lines: JSON.stringify(data.lines), personal: JSON.stringify(data.personal) },
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .executeTakeFirst()
      if (noted === undefined) return false
    } else if (type === 'LossSettled')
      await change(trx, data.reportId, { settled: data.choice, replacement_id: data.replacementId ?? null })
    else if (type === 'CarrierClaimed') await change(trx, data.reportId, { claimed_at: data.claimedAt })
  return true
}

type Change = { settled?: 'replacement' | 'refund'; replacement_id?: string | null; claimed_at?: string }
const change = (trx: Transaction<Database>, id: string, to: Change) =>
  trx.updateTable('damage_report').set(to).where('id', '=', id).execute()

type Which = {
  claim?: 'open'
  settled?: 'refund'
  shipmentId?: string
  orderId?: string
  after?: string
  limit: number
}

/** Reports, by the last day on which the carrier is told in time; `after` is the day and the id of the last of the page before. */
export function listReports(db: Kysely<Database>, { claim, settled, shipmentId, orderId, after, limit }: Which) {
  let found = db.selectFrom('damage_report').select(columns).orderBy('claim_due_on').orderBy('id').limit(limit)
  if (claim !== undefined) found = found.where('claimed_at', 'is', null)
  if (settled !== undefined) found = found.where('settled', '=', settled)
  if (shipmentId !== undefined) found = found.where('shipment_id', '=', shipmentId)
  if (orderId !== undefined) found = found.where('order_id', '=', orderId)
  const begin = behind(after)
  if (begin !== undefined)
    found = found.where(sql<boolean>`(claim_due_on, id) > (${begin.at}::date, ${begin.id}::uuid)`)
  return found.execute()
}
