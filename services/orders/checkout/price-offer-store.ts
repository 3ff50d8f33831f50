import type { Refusal } from '@vilkar/decider/decider.ts'
import { refusalError } from '@vilkar/server/problems.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Currency } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import { readOrder } from '../order/handle.ts'
import { NO_OFFER, OF_ANOTHER, type OfferedUnits, type PriceOffer, USED, whyNotOffered } from './price-offer.ts'

/** An offer as its row holds it. `given` is what it gives below the prices of the catalogue, in minor units. */
export type StoredOffer = PriceOffer & {
  reason: string
  given: number
  offeredAt: string
  offeredBy: string
  /** The order that took it. */
  usedBy?: string
}

const columns = [
  ...(['id', 'order_id', 'lines', 'currency', 'until', 'reason', 'given'] as const),
  ...(['offered_at', 'offered_by', 'used_by'] as const),
]
const instant = (moment: string) => Temporal.Instant.from(moment).toString()
const offerOf = (row: Selectable<Database['price_offer']>): StoredOffer => ({
  ...{ id: row.id, orderId: row.order_id, lines: row.lines, currency: row.currency, until: instant(row.until) },
  ...{ reason: row.reason, given: Number(row.given), offeredAt: instant(row.offered_at), offeredBy: row.offered_by },
  ...(row.used_by !== null && { usedBy: row.used_by }),
})

export async function readOffer(db: Kysely<Database>, id: string): Promise<StoredOffer | undefined> {
  const row = await db.selectFrom('price_offer').select(columns).where('id', '=', id).executeTakeFirst()
  return row && offerOf(row)
}

/** The offer by which a cart is to be priced now. Throws the problem of one that cannot be used, or not for this cart. */
export async function offerFor(
  db: Kysely<Database>,
  id: string,
  { seller, ...cart }: { seller: Seller; lines: OfferedUnits[]; currency: Currency; at: Temporal.Instant },
): Promise<StoredOffer> {
  const offer = await readOffer(db, id)
  if (offer === undefined) throw refusalError(NO_OFFER)
  const about = await readOrder(db, offer.orderId)
  const whose = sellerOf(about.state.placed.terms.edition).id
  const refusal = whyNotOffered(
    { ...offer, used: offer.usedBy !== undefined, seller: whose },
    { ...cart, seller: seller.id },
  )
  if (refusal) throw refusalError(refusal)
  return offer
}

/** The offers that were made about an order, the oldest first. */
export const offersOf = async (db: Kysely<Database>, orderId: string): Promise<StoredOffer[]> =>
  (
    await db
      .selectFrom('price_offer')
      .select(columns)
      .where('order_id', '=', orderId)
      .orderBy('offered_at')
      .orderBy('id')
      .execute()
  ).map(offerOf)

/** Keeps an offer; false when there is one of its id by now. */
export async function insertOffer(trx: Trx, offer: StoredOffer): Promise<boolean> {
  const { id, orderId, lines, currency, until, reason, given, offeredAt, offeredBy } = offer
  const added = await trx
    .insertInto('price_offer')
    .values({
      ...{ id, order_id: orderId, lines: JSON.stringify(lines), currency, until, reason, given },
      ...{ offered_at: offeredAt, offered_by: offeredBy, used_by: null },
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** Who wants to take which offer: by the e-mail address that they order with. */
type Wanted = { offerId: string; email: string }
export type Offers = {
  /** Why it cannot be taken, or undefined. */
  whyNot: (wanted: Wanted) => Refusal | undefined
  /** An order of the same batch takes it. */
  take: (offerId: string) => void
}

/**
 * The offers that placements want, locked in the order of their ids until the transaction ends; stock is locked before them, as it is
 * when an order ends and gives its offer back. An offer is for the mailbox of the order that it was made about, as it is now.
 */
export async function lockOffers(trx: Trx, wanted: Wanted[]): Promise<Offers> {
  if (wanted.length === 0) return { whyNot: () => USED, take: () => {} }
  const ids = wanted.map(({ offerId }) => offerId)
  await sql`select from price_offer where id = any(${ids}::uuid[]) order by id for update`.execute(trx)
  // Asked once they are locked: whoever held one of them has said by then that it is taken.
  const { rows } = await sql<{ id: string; email: string; used: boolean; theirs: boolean }>`
    select offer.id, asked.email, offer.used_by is not null as used,
      mailbox_of(about.personal ->> 'email') = mailbox_of(asked.email) as theirs
    from unnest(${ids}::uuid[], ${wanted.map(({ email }) => email)}::text[]) asked (id, email)
    join price_offer offer on offer.id = asked.id join orders about on about.id = offer.order_id`.execute(trx)
  const taken = new Set(rows.filter(({ used }) => used).map(({ id }) => id))
  return {
    whyNot({ offerId, email }) {
      if (!rows.some((row) => row.id === offerId && row.email === email && row.theirs)) return OF_ANOTHER
      return taken.has(offerId) ? USED : undefined
    },
    take: (offerId) => void taken.add(offerId),
  }
}

/** Orders take their offers, which are locked. */
export async function takeOffers(trx: Trx, taken: { offerId: string; orderId: string }[]) {
  if (taken.length === 0) return
  await sql`
    update price_offer set used_by = taken.order_id
    from unnest(${taken.map(({ offerId }) => offerId)}::uuid[], ${taken.map(({ orderId }) => orderId)}::uuid[]) taken (id, order_id)
    where price_offer.id = taken.id`.execute(trx)
}

/** The offer that an order took may be taken again, until its end: the order ended before there was a contract. */
export const giveOfferBack = (trx: Trx, { id, orderId }: { id: string; orderId: string }) =>
  trx.updateTable('price_offer').set({ used_by: null }).where('id', '=', id).where('used_by', '=', orderId).execute()
