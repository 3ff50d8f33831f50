import { countedOf } from '@vilkar/server/counted.ts'
import type { Behind } from '@vilkar/server/cursors.ts'
import type { Currency } from '@vilkar/terms/ruling/vocabulary.ts'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../database.ts'

/** Where a page ended, a moment (RFC 3339) and an id: it stands in the list where it stood, though it has moved since. */
const isBehind = (after: Behind | undefined, at: RawBuilder<unknown>, id: RawBuilder<unknown>) =>
  after === undefined ? sql`true` : sql`(${at}, ${id}) > (${after.at}::timestamptz, ${after.id}::uuid)`

type Uncaptured = {
  id: string
  order_id: string
  number: string
  purpose_id: string
  amount: number
  currency: Currency
  status: string
  dispatched_at: string
}

const dispatchedAt = sql`(shipment ->> 'dispatchedAt')::timestamptz`
/** What was sent and is neither captured nor claimed of the customer, as the captures that wait. */
const uncaptured = sql`money_operation operation
    join orders on orders.id = operation.order_id
    cross join jsonb_array_elements(orders.state -> 'shipments') shipment
    where operation.kind = 'capture' and operation.status not in ('done', 'claimed')
      and shipment ->> 'shipmentId' = operation.purpose_id`
/** Authorisations with money still to be taken that end by a moment (RFC 3339). */
const ending = (before: string) => sql`payment_account account
    join orders on orders.id = account.order_id
    where account.captured + account.released < account.authorised and account.expires_at <= ${before}
      and orders.status not in ('awaiting-payment', 'cancelled')`

/** How many of the first there are, and how many of them left by a moment (RFC 3339). */
export const uncapturedCounted = (leftBy: string) => countedOf(uncaptured, sql`${dispatchedAt} <= ${leftBy}`)
/** How many of the second there are, and how many of them have ended now. */
export const endingCounted = ({ before, now }: { before: string; now: string }) =>
  countedOf(ending(before), sql`account.expires_at <= ${now}`)

/** Captures of shipments that left, neither done nor claimed of the customer, what left the longest ago first. */
export async function uncapturedShipments(db: Kysely<Database>, after: Behind | undefined, limit: number) {
  const { rows } = await sql<Uncaptured>`
    select operation.id, operation.order_id, orders.number, operation.purpose_id, operation.amount, operation.currency,
      operation.status, shipment ->> 'dispatchedAt' as dispatched_at
    from ${uncaptured} and ${isBehind(after, dispatchedAt, sql`operation.id`)}
    order by ${dispatchedAt}, operation.id limit ${limit}`.execute(db)
  return rows
}

type Ending = {
  order_id: string
  number: string
  provider: string
  payment_id: string
  left: number
  currency: Currency
  expires_at: string
}

/** Authorisations with money still to be taken that end by a moment (RFC 3339), the soonest first, behind one of the page before. */
export async function endingAuthorisations(
  db: Kysely<Database>,
  { before, after }: { before: string; after?: Behind },
  limit: number,
) {
  const { rows } = await sql<Ending>`
    select account.order_id, orders.number, account.provider, account.payment_id, account.currency, account.expires_at,
      account.authorised - account.captured - account.released as left
    from ${ending(before)} and ${isBehind(after, sql`account.expires_at`, sql`account.order_id`)}
    order by account.expires_at, account.order_id limit ${limit}`.execute(db)
  return rows
}
