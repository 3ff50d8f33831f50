import { withoutPerson } from '@vilkar/contracts/erased.ts'
import { type Kysely, sql } from 'kysely'
import { gathering } from '../gather.ts'
import type { MessagingTables } from '../tables.ts'
import type { React } from './batch.ts'

/** Whether the personal data of an order were erased here; of each order that is asked for at the same time in one statement. */
export const isErased = gathering(async (db: Kysely<MessagingTables>, ids: string[]) => {
  const { rows } = await sql<{ order_id: string }>`
    select order_id from erased_order where order_id = any(${ids}::uuid[])`.execute(db)
  const erased = new Set(rows.map(({ order_id }) => order_id))
  return ids.map((id) => erased.has(id))
})

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Hears what comes late, or comes again, of an order that was erased here without what is personal in it. */
export const forgetting =
  <Tables>(react: React<Tables>): React<Tables> =>
  async (trx, envelope) => {
    const { orderId } = envelope.data as { orderId?: unknown }
    const isGone = typeof orderId === 'string' && UUID.test(orderId) && (await isErased(trx as never, orderId))
    return react(trx, isGone ? withoutPerson(envelope) : envelope)
  }
