import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { sql } from 'kysely'
import { raiseAlarm, resolveAlarms } from '../../alarms/alarms.ts'
import type { AlarmKind } from '../../alarms/kinds.ts'
import type { Deps } from '../../deps.ts'

const MAX_ORDERS_PER_LOOK = 100

/**
 * Calls a person where goods and money part company: when shipping owes an answer for too long, and when all that was to leave
 * has left and yet captured + released is not what was authorised. What is found is stored, and found once.
 */
export async function checkUnits(deps: Deps) {
  const since = deps.clock.now().subtract(deps.settings.captureAlarmAfter).toString()
  await alarm(
    deps,
    'stop-unanswered',
    await sql<Found>`
      select id as order_id, jsonb_build_object('since', answer_awaited_since) as detail from orders
      where answer_awaited_since <= ${since} and not exists (${isRaised('stop-unanswered')})
      order by answer_awaited_since limit ${MAX_ORDERS_PER_LOOK}`.execute(deps.db),
  )
  await alarm(
    deps,
    'held-though-all-left',
    await sql<Found>`
      select orders.id as order_id, jsonb_build_object('held', account.authorised - account.captured - account.released,
        'currency', account.currency, 'since', all_gone_since) as detail
      from orders join payment_account account on account.order_id = orders.id
      where all_gone_since <= ${since} and status <> 'cancelled' and account.captured + account.released < account.authorised
        and not exists (${isRaised('held-though-all-left')})
      order by all_gone_since limit ${MAX_ORDERS_PER_LOOK}`.execute(deps.db),
  )
  await resolveSettled(deps)
}

type Found = { order_id: string; detail: object }

const isRaised = (kind: AlarmKind) =>
  sql`select from alarm where alarm.order_id = orders.id and alarm.kind = ${kind} and alarm.resolved_at is null`

async function alarm(deps: Deps, kind: AlarmKind, { rows }: { rows: Found[] }) {
  const at = deps.clock.now().toString()
  const complaint = 'nobody could be called for an order'
  const how = { log: deps.log, complaint, about: ({ order_id: orderId }: Found) => ({ orderId, kind }) }
  await oneByOne(rows, how, ({ order_id: orderId, detail }) =>
    transact(deps, async (trx) => void (await raiseAlarm(trx, { orderId, kind, detail, at }, deps.log))),
  )
}

/** Resolves the alarms whose cause went away on its own. */
async function resolveSettled({ db, clock }: Deps) {
  const at = clock.now().toString()
  const answered = await sql<{ id: string }>`
    select alarm.id from alarm join orders on orders.id = alarm.order_id
    where alarm.kind = 'stop-unanswered' and alarm.resolved_at is null and answer_awaited_since is null`.execute(db)
  await resolveAlarms(db, answered.rows, 'Shipping answered.', at)
  const settled = await sql<{ id: string }>`
    select alarm.id from alarm
    where alarm.kind = 'held-though-all-left' and alarm.resolved_at is null and not exists (
      select from payment_account account
      where account.order_id = alarm.order_id and account.captured + account.released < account.authorised
    )`.execute(db)
  await resolveAlarms(db, settled.rows, 'All that was held is taken or let go.', at)
}
