import { resolveAlarms as resolve } from '@vilkar/alarms/alarms.ts'
import { alarmsOf } from '@vilkar/alarms/tables.ts'
import { gathering } from '@vilkar/messaging/gather.ts'
import type { Log } from '@vilkar/server/log.ts'
import { type Kysely, sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import type { AlarmKind } from './kinds.ts'

/** Why somebody is called: `detail` holds facts about the money, never personal data and never credentials. */
export type Alarm = { orderId: string; kind: AlarmKind; detail: object; at: string }

/**
 * Calls for a person. An alarm of this kind that is open for the order already stays the one it is, with what it was
 * raised for. Answers whether it is a new one; a new one is logged as an error too, where a log is given.
 */
export async function raiseAlarm(trx: Trx, { orderId, kind, detail, at }: Alarm, log?: Pick<Log, 'error'>) {
  const raised = await trx
    .insertInto('alarm')
    .values({ id: uuidv7(), order_id: orderId, kind, detail: JSON.stringify(detail), raised_at: at })
    .onConflict((conflict) => conflict.columns(['order_id', 'kind']).where('resolved_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (raised) log?.error({ orderId, alarm: raised.id, kind, detail }, 'a person must look')
  return raised !== undefined
}

/** Ends the open alarm of this kind, if there is one. `by` is left out when its cause went away on its own. */
export const resolveAlarm = (
  trx: Trx,
  { orderId, kind, resolution, by = null, at }: Omit<Alarm, 'detail'> & { resolution: string; by?: string | null },
) => resolveOne(trx, { orderId, kind, resolution, by, at })

type Resolved = { orderId: string; kind: string; resolution: string; by: string | null; at: string }
const resolveOne = gathering(async (trx: Trx, asked: Resolved[]) => {
  await sql`
    update alarm set resolved_at = asked.at, resolved_by = asked.by, resolution = asked.resolution
    from unnest(${asked.map(({ orderId }) => orderId)}::uuid[], ${asked.map(({ kind }) => kind)}::text[],
      ${asked.map(({ resolution }) => resolution)}::text[], ${asked.map(({ by }) => by)}::text[],
      ${asked.map(({ at }) => at)}::timestamptz[]) asked (order_id, kind, resolution, by, at)
    where alarm.order_id = asked.order_id and alarm.kind = asked.kind and resolved_at is null`.execute(trx)
  return []
})

/** Ends the alarms about refused and unanswered money operations of an order that has none any more, nor a page that was refused. */
export const resolveMoneyAlarms = (trx: Trx, orderId: string, at: string) => resolveMoney(trx, { orderId, at })

const resolveMoney = gathering(async (trx: Trx, asked: { orderId: string; at: string }[]) => {
  const orderIds = asked.map(({ orderId }) => orderId)
  await sql`
    update alarm set resolved_at = asked.at, resolution = 'The operation was carried out.'
    from unnest(${orderIds}::uuid[], ${asked.map(({ at }) => at)}::timestamptz[]) asked (order_id, at)
    where alarm.order_id = asked.order_id and resolved_at is null
      and kind in ('payment-declined-operation', 'payment-stuck-operation')
      and not exists (
        select from money_operation operation where operation.order_id = asked.order_id
          and status in ('sent', 'declined', 'ambiguous', 'waiting-for-capture'))
      and not exists (
        select from payment_session session where session.order_id = asked.order_id and status = 'declined')`.execute(
    trx,
  )
  return []
})

/** Ends these alarms, if they are still open, since their cause went away on its own. */
export const resolveAlarms = (db: Kysely<Database>, alarms: { id: string }[], resolution: string, at: string) =>
  resolve(alarmsOf(db), alarms, resolution, at)
