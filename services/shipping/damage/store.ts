import { behind } from '@vilkar/server/cursors.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { ShipmentEvent } from '../shipment/decider.ts'
import type { DamageTables } from './tables.ts'
import { isUnsettled, isUntold, waitsSince } from './waiting.ts'

/** All the SQL of `damage_report`, which follows what shipments tell of damage. */

const columns = [
  ...(['id', 'shipment_id', 'order_id', 'kind', 'reported_by', 'reported_at', 'late', 'outcome', 'lines'] as const),
  ...(['claim_due_on', 'claimed_at', 'settled', 'replacement_id', 'personal'] as const),
  ...(['ended_at', 'ended', 'seen_to_at', 'answer', 'amount', 'currency', 'answered_at'] as const),
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
          ...NOTHING_SINCE,
          ...{ lines: JSON.stringify(data.lines), personal: JSON.stringify(data.personal) },
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .executeTakeFirst()
      if (noted === undefined) return false
    } else if (type === 'LossSettled')
      await change(trx, data.reportId, { settled: data.choice, replacement_id: data.replacementId ?? null })
    else if (type === 'CarrierClaimed') await change(trx, data.reportId, { claimed_at: data.claimedAt })
    else if (type === 'DamageReportEnded') {
      // What was to be sent instead and never leaves, nobody has chosen any more.
      const unsettled = data.stopped === undefined ? {} : { settled: null, replacement_id: null }
      await change(trx, data.reportId, { ended: data.outcome, ended_at: data.endedAt, ...unsettled })
    } else if (type === 'CarrierClaimAnswered') {
      const { reportId, answer, amount = null, currency = null, answeredAt, personal } = data
      const { reference = null } = personal
      await change(trx, reportId, { answer, amount, currency, answered_at: answeredAt })
      await noteOf(trx, reportId, { reference })
    }
  return true
}

const NOTHING_SINCE = {
  ...{ ended_at: null, ended: null, seen_to_at: null, answer: null, amount: null, currency: null, answered_at: null },
}
type Change = Partial<Omit<DamageTables['damage_report'], 'id' | 'lines' | 'personal'>>
const change = (trx: Transaction<Database>, id: string, to: Change) =>
  trx.updateTable('damage_report').set(to).where('id', '=', id).execute()

/** What the customer chose of a report, where that has changed since. */
export const setSettled = (trx: Transaction<Database>, id: string, settled: 'replacement' | 'refund') =>
  change(trx, id, { settled })

/** Keeps what a person said of a report besides, or that nothing was. */
const noteOf = (trx: Transaction<Database>, id: string, said: Record<string, string | null>) =>
  sql`update damage_report set personal = jsonb_strip_nulls(personal || ${JSON.stringify(said)}::jsonb) where id = ${id}`.execute(
    trx,
  )

/** The last day on which a carrier is told in time, and whether it was reported in time, as is known by now. */
export const setTimeliness = (
  trx: Transaction<Database>,
  id: string,
  { claimDueOn, late, outcome }: { claimDueOn: string; late: boolean; outcome: 'granted' | 'review' },
) => change(trx, id, { claim_due_on: claimDueOn, late, outcome })

/** A person has seen to units that came although they were settled as lost; the first word stands. */
export async function setSeenTo(
  trx: Transaction<Database>,
  id: string,
  at: string,
  said: { done: string; seenToBy: string },
) {
  await change(trx, id, { seen_to_at: at })
  await noteOf(trx, id, said)
}

type Which = {
  claim?: 'open' | 'unsettled'
  settled?: 'refund'
  shipmentId?: string
  orderId?: string
  after?: string
  limit: number
}

const toldFirst = sql<string>`claim_due_on`

/**
 * Reports, by the last day on which the carrier is told in time, and those that it was told of by since when its answer or its money is waited
 * for; `after` is that day and the id of the last of the page before. Each row has that day as `due_on`.
 */
export function listReports(db: Kysely<Database>, { claim, settled, shipmentId, orderId, after, limit }: Which) {
  const day = claim === 'unsettled' ? waitsSince : toldFirst
  let found = db
    .selectFrom('damage_report')
    .select([...columns, sql<string>`(${day})::text`.as('due_on')])
    .orderBy(day)
    .orderBy('id')
    .limit(limit)
  if (claim === 'open') found = found.where(isUntold)
  if (claim === 'unsettled') found = found.where(isUnsettled)
  if (settled !== undefined) found = found.where('settled', '=', settled)
  if (shipmentId !== undefined) found = found.where('shipment_id', '=', shipmentId)
  if (orderId !== undefined) found = found.where('order_id', '=', orderId)
  const begin = behind(after)
  if (begin !== undefined) found = found.where(sql<boolean>`(${day}, id) > (${begin.at}::date, ${begin.id}::uuid)`)
  return found.execute()
}
