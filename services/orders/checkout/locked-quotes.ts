import { sql } from 'kysely'
import type { Trx } from '../deps.ts'
import type { Quote } from '../order/quote.ts'

/** `askedBy` is the subject that asked for it; null of a quote that was asked for before that was kept. */
export type LockedQuote = { id: string; body: Quote; used: boolean; askedBy: string | null }

/** The quotes of these ids that there are, locked in the order of their ids until the transaction ends. */
export async function lockQuotes(trx: Trx, quoteIds: string[]) {
  const ids = [...new Set(quoteIds)]
  const { rows } = await sql<LockedQuote>`
    select id, body, order_id is not null as used, asked_by as "askedBy" from quote where id = any(${ids}::uuid[]) order by id for update`.execute(
    trx,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** The offer that a quote is priced by, as whoever orders with this address wants it. */
export const offerIn = (quote: LockedQuote | undefined, email: string) =>
  quote?.body.priceOffer && { offerId: quote.body.priceOffer.id, email }
