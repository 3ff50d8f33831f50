import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { sql } from 'kysely'
import { raiseAlarm, resolveAlarms } from '../../alarms/alarms.ts'
import type { Deps } from '../../deps.ts'
import { lockOrder } from '../../order/handle.ts'
import { planOperation } from '../plan.ts'

const MAX_ORDERS_PER_LOOK = 100

/**
 * Looks for authorisations that run out and for goods that left without being paid (clause 6.2), by the shop's clock.
 * What is found is stored, so a restart or a moved clock loses nothing, and is found once.
 */
export async function checkAuthorisations(deps: Deps) {
  await extendExpiring(deps)
  await alarmUnextended(deps)
  await alarmExpired(deps)
  await alarmUncapturedShipments(deps)
  await resolveStaleAlarms(deps, soon(deps))
}

/** One order that cannot be looked at keeps none of the others waiting. */
const lookingAt = ({ log }: Deps) => {
  const about = ({ order_id: orderId }: { order_id: string }) => ({ orderId })
  return { log, complaint: 'the payment of an order could not be looked at', about }
}

/** Asks the provider once per end of an authorisation to hold the money longer, while some of it is still to be taken. */
async function extendExpiring(deps: Deps) {
  const { db, clock } = deps
  const now = clock.now()
  const { rows } = await sql<{ order_id: string; payment_id: string; end: string }>`
    select account.order_id, account.payment_id, ${END} as end
    from payment_account account
    join orders on orders.id = account.order_id
    where account.captured + account.released < account.authorised
      and account.expires_at > ${now.toString()} and account.expires_at <= ${soon(deps)}
      and orders.status not in ('awaiting-payment', 'cancelled')
      and orders.state #>> '{payment,paymentId}' = account.payment_id
      and not exists (
        select from money_operation operation
        where operation.order_id = account.order_id and operation.kind = 'extend' and operation.purpose_id = ${END}
      )
    order by account.expires_at
    limit ${MAX_ORDERS_PER_LOOK}`.execute(db)
  await oneByOne(rows, lookingAt(deps), ({ order_id, payment_id: paymentId, end }) =>
    transact(deps, async (trx) => {
      const stored = (await lockOrder(trx, order_id))!
      if (stored.state.status === 'cancelled') return
      await planOperation(trx, deps, stored, {
        kind: 'extend',
        purpose: { kind: 'expiry', id: end },
        amount: 0,
        paymentId,
      })
    }),
  )
}

/** Names the end that an extension is for. */
const END = sql<string>`to_char(account.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const soon = ({ clock, settings }: Deps) =>
  clock.now().toZonedDateTimeISO('UTC').add(settings.authorisationExtendBefore).toInstant().toString()

/** Extended, and yet it ends as soon as before: the provider goes no further, and a person is called. */
async function alarmUnextended(deps: Deps) {
  const now = deps.clock.now().toString()
  const { rows } = await sql<{ order_id: string; payment_id: string; expires_at: string; id: string }>`
    select account.order_id, account.payment_id, account.expires_at, operation.id
    from payment_account account
    join orders on orders.id = account.order_id
    join money_operation operation
      on operation.order_id = account.order_id and operation.kind = 'extend' and operation.purpose_id = ${END}
    where account.captured + account.released < account.authorised
      and account.expires_at > ${now} and account.expires_at <= ${soon(deps)}
      and orders.status not in ('awaiting-payment', 'cancelled')
      and operation.status = 'done'
      and not exists (
        select from alarm
        where alarm.order_id = account.order_id and alarm.kind = 'authorisation-expiring'
          and (alarm.resolved_at is null or alarm.detail ->> 'operationId' = operation.id::text)
      )
    limit ${MAX_ORDERS_PER_LOOK}`.execute(deps.db)
  await oneByOne(rows, lookingAt(deps), ({ order_id: orderId, payment_id: paymentId, expires_at, id: operationId }) =>
    transact(deps, async (trx) => {
      const expiresAt = Temporal.Instant.from(expires_at).toString()
      const detail = { paymentId, expiresAt, operationId, reason: 'not-extended-further' }
      await raiseAlarm(trx, { orderId, kind: 'authorisation-expiring', detail, at: now }, deps.log)
    }),
  )
}

/** An authorisation that ran out with money still to be taken: a person is called, and a job asks the provider if it is so. */
async function alarmExpired(deps: Deps) {
  const now = deps.clock.now().toString()
  const { rows } = await sql<{ order_id: string; payment_id: string; expires_at: string; open: number }>`
    select account.order_id, account.payment_id, account.expires_at,
      account.authorised - account.captured - account.released as open
    from payment_account account
    join orders on orders.id = account.order_id
    where account.captured + account.released < account.authorised
      and account.expires_at <= ${now}
      and orders.status not in ('awaiting-payment', 'cancelled')
      and not exists (
        select from alarm
        where alarm.order_id = account.order_id and alarm.kind = 'authorisation-expired'
          and (alarm.resolved_at is null or alarm.detail ->> 'paymentId' = account.payment_id)
      )
    order by account.expires_at
    limit ${MAX_ORDERS_PER_LOOK}`.execute(deps.db)
  await oneByOne(rows, lookingAt(deps), ({ order_id: orderId, payment_id: paymentId, expires_at, open }) =>
    transact(deps, async (trx) => {
      const expiredAt = Temporal.Instant.from(expires_at).toString()
      const detail = { paymentId, expiredAt, amount: open }
      await raiseAlarm(trx, { orderId, kind: 'authorisation-expired', detail, at: now }, deps.log)
      await deps.jobs.enqueue(trx, 'expire-authorisation', [{ data: { orderId, paymentId } }])
    }),
  )
}

/** Goods that left a while ago and are not paid for: a person is called. */
async function alarmUncapturedShipments(deps: Deps) {
  const now = deps.clock.now()
  const { rows } = await sql<Unpaid>`
    select operation.id, operation.order_id, operation.purpose_id, operation.amount, operation.currency, operation.status
    from money_operation operation
    join orders on orders.id = operation.order_id
    cross join jsonb_array_elements(orders.state -> 'shipments') shipment
    where operation.kind = 'capture' and operation.status not in ('done', 'claimed')
      and shipment ->> 'shipmentId' = operation.purpose_id
      and (shipment ->> 'dispatchedAt')::timestamptz <= ${now.subtract(deps.settings.captureAlarmAfter).toString()}
      and not exists (
        select from alarm
        where alarm.order_id = operation.order_id and alarm.kind = 'shipped-not-captured'
          and (alarm.resolved_at is null or alarm.detail ->> 'operationId' = operation.id::text)
      )
    limit ${MAX_ORDERS_PER_LOOK}`.execute(deps.db)
  await oneByOne(rows, lookingAt(deps), ({ id, order_id: orderId, purpose_id: shipmentId, amount, currency, status }) =>
    transact(deps, async (trx) => {
      const detail = { operationId: id, shipmentId, amount, currency, operationStatus: status }
      await raiseAlarm(trx, { orderId, kind: 'shipped-not-captured', detail, at: now.toString() }, deps.log)
    }),
  )
}

type Unpaid = { id: string; order_id: string; purpose_id: string; amount: number; currency: string; status: string }

/** Resolves the alarms whose cause went away on its own. */
async function resolveStaleAlarms({ db, clock }: Deps, endsBy: string) {
  const at = clock.now().toString()
  const { rows: captured } = await sql<{ id: string }>`
    select id from alarm
    where kind = 'shipped-not-captured' and resolved_at is null and not exists (
      select from money_operation operation
      where operation.order_id = alarm.order_id and operation.kind = 'capture' and operation.status not in ('done', 'claimed')
    )`.execute(db)
  await resolveAlarms(db, captured, 'The payment was taken, or is claimed of the customer.', at)
  const { rows: lasting } = await sql<{ id: string }>`
    select id from alarm
    where kind = 'authorisation-expiring' and resolved_at is null and not exists (
      select from payment_account account
      where account.order_id = alarm.order_id and account.captured + account.released < account.authorised
        and account.expires_at <= ${endsBy}
    )`.execute(db)
  await resolveAlarms(db, lasting, 'The authorisation lasts longer, or nothing is left to be taken of it.', at)
}
