import type { OrderPlaced } from '@vilkar/contracts/orders.ts'
import { fold, type Refusal } from '@vilkar/decider/decider.ts'
import { insertOutbox } from '@vilkar/messaging/outbox/outbox.ts'
import { transact } from '@vilkar/server/transact.ts'
import { editionAt, sellerOf } from '@vilkar/terms/editions/registry.ts'
import { sql } from 'kysely'
import type { Deps, Trx } from '../deps.ts'
import { firstPaymentCheckAt } from '../order/handle.ts'
import { order } from '../order/order.ts'
import { reservedUntil } from '../order/reservation.ts'
import type { PlacedOrder, StoredOrder } from '../order/state.ts'
import { lockStock } from '../stock/stock.ts'
import { countKept, type Kept } from './kept.ts'
import { type LockedQuote, lockQuotes, offerIn } from './locked-quotes.ts'
import { newOrderNumber } from './order-number.ts'
import { whyNotPayable } from './payable.ts'
import { lockOffers, type Offers, takeOffers } from './price-offer-store.ts'
import { type SaidAgain, whyQuoteDiffers } from './quote-agrees.ts'
import { taxedOtherwise } from './taxed-otherwise.ts'

/** A placement that a caller asked for, checked in form, with the identity under which it is to be remembered. */
export type Placement = SaidAgain & {
  orderId: string
  at: Temporal.Instant
  quoteId: string
  acceptedSha256: string
  paymentDueAt: string
  reservedUntil: string
  /** The subject of a token that is a customer's own. */
  customer?: string
  /** A way to say no to mails about similar goods was shown. */
  marketingOptOut?: true
  personal: OrderPlaced['data']['personal']
  idempotency: { subject: string; key: string; fingerprint: string }
  /** The `traceparent` of the request. */
  trace?: string
  /** Turns the stored order into the answer that is remembered under the key. */
  answer: (stored: StoredOrder, sessionId: string) => string
}

/** What came of it: the answer (`replayed` when it was given before), or why not. */
export type Placing =
  | { kind: 'placed'; body: string; replayed: boolean }
  | { kind: 'key-reused' }
  | { kind: 'refused'; refusal: Refusal }

const ROUTE = 'POST /orders'
type Accepted = {
  placement: Placement
  stored: StoredOrder
  event: OrderPlaced
  sessionId: string
  mailId: string
  body: string
}

/**
 * Places many orders in one transaction: the hot path of the house. Placements touch rows of their own except for
 * stock and quotes, which are locked in one order of keys, so that batches cannot wait for each other in a circle.
 * Rejects whole when anything throws; `createBatcher` then runs the placements one at a time.
 */
export const placeOrders = (deps: Deps) => (placements: Placement[]) =>
  transact(deps, async (trx): Promise<Placing[]> => {
    const quotes = await lockQuotes(
      trx,
      placements.map(({ quoteId }) => quoteId),
    )
    // Read under the lock: a twin in another process holds the quote until its answer is there to be repeated.
    const remembered = await readAnswers(trx, placements)
    const fresh = placements.filter((_, i) => remembered[i] === undefined)
    const stock = await lockStockOf(
      trx,
      fresh.flatMap(({ quoteId }) => quotes.get(quoteId) ?? []),
    )
    // Counted once the stock is locked: whoever else wants the same goods has committed by then.
    const kept = await countKept(trx, fresh)
    const offers = await lockOffers(
      trx,
      fresh.flatMap(({ quoteId, personal: { email } }) => offerIn(quotes.get(quoteId), email) ?? []),
    )
    const locked = { quotes, stock, kept, offers }
    const decided = new Map(fresh.map((placement) => [placement, decide(deps, placement, locked)]))
    const accepted = [...decided.values()].filter((one): one is Accepted => !('kind' in one))
    if (accepted.length > 0) await save(trx, deps, accepted, stock)
    return placements.map((placement, i) => {
      const known = remembered[i]
      if (known !== undefined) return known
      const one = decided.get(placement)!
      return 'kind' in one ? one : { kind: 'placed', body: one.body, replayed: false }
    })
  })

/** What was answered before under the same keys. */
async function readAnswers(trx: Trx, placements: Placement[]): Promise<(Placing | undefined)[]> {
  const keys = placements.map(({ idempotency }) => idempotency)
  // `offset 0` keeps the look-up one of keys: joined freely, the planner may read the whole table instead.
  const { rows } = await sql<{ subject: string; key: string; fingerprint: string; body: string }>`
    select answer.subject, answer.key, answer.fingerprint, answer.body from unnest(${keys.map(({ subject }) => subject)}::text[], ${keys.map(({ key }) => key)}::text[]) asked (subject, key)
    cross join lateral (
      select subject, key, fingerprint, body from idempotency i
      where i.subject = asked.subject and i.route = ${ROUTE} and i.key = asked.key offset 0) answer`.execute(trx)
  return keys.map(({ subject, key, fingerprint }) => {
    const row = rows.find((each) => each.subject === subject && each.key === key)
    if (row === undefined) return undefined
    return row.fingerprint === fingerprint ? { kind: 'placed', body: row.body, replayed: true } : { kind: 'key-reused' }
  })
}

type Stock = Map<string, { available: number; taken: number }>
type Locked = { quotes: Map<string, LockedQuote>; stock: Stock; kept: Kept; offers: Offers }

async function lockStockOf(trx: Trx, quotes: LockedQuote[]): Promise<Stock> {
  const skus = quotes.flatMap(({ body }) => body.lines.map(({ sku }) => sku))
  return new Map([...(await lockStock(trx, skus))].map(([sku, available]) => [sku, { available, taken: 0 }]))
}

/** The decision about one placement, seeing what those before it in the batch have taken. */
function decide(
  { providers, settings }: Deps,
  placement: Placement,
  { quotes, stock, kept, offers }: Locked,
): Accepted | (Placing & { kind: 'refused' }) {
  const { orderId, at, locale, personal, paymentDueAt, acceptedSha256 } = placement
  const quote = quotes.get(placement.quoteId)
  if (quote === undefined || (quote.askedBy ?? placement.idempotency.subject) !== placement.idempotency.subject)
    return { kind: 'refused', refusal: { code: 'quote-unknown', detail: 'There is no such quote.' } }
  const differs = whyQuoteDiffers(quote.body, placement)
  if (differs !== null) return { kind: 'refused', refusal: differs }
  const taxed = taxedOtherwise(quote.body, personal.shippingAddress)
  if (taxed !== undefined) return { kind: 'refused', refusal: taxed }
  const seller = sellerOf(quote.body.terms.edition)
  const unpayable = whyNotPayable(providers, seller.id, quote.body)
  if (unpayable !== null) return { kind: 'refused', refusal: { code: 'payment-impossible', detail: unpayable } }
  const current = editionAt(at, seller.id)
  const wanted = new Map<string, number>()
  for (const { sku, quantity } of quote.body.lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity)
  const shortages = [...wanted].flatMap(([sku, units]) => {
    const { available, taken } = stock.get(sku) ?? { available: 0, taken: 0 }
    return units > available - taken ? [{ sku, wanted: units, available: available - taken }] : []
  })
  const data = {
    orderId,
    at: at.toString(),
    number: newOrderNumber(seller.orderNumberPrefix),
    locale,
    quote: quote.body,
    quoteUsed: quote.used,
    currentTerms: { edition: current.id, sha256: current.sha256 },
    acceptedSha256,
    shortages,
    keeping: kept.of(placement),
    limits: { orders: settings.unpaidOrdersMax, units: settings.unpaidUnitsMax },
    paymentDueAt,
    reservedUntil: placement.reservedUntil,
    ...(placement.marketingOptOut && { marketingOptOut: true as const }),
    personal,
  }
  const { events, refusal } = order.decide({ type: 'PlaceOrder', data }, order.initial)
  if (refusal) return { kind: 'refused', refusal }
  const offer = offerIn(quote, personal.email)
  const notOffered = offer && offers.whyNot(offer)
  if (notOffered) return { kind: 'refused', refusal: notOffered }

  quote.used = true
  if (offer) offers.take(offer.offerId)
  for (const [sku, units] of wanted) stock.get(sku)!.taken += units
  kept.add(placement, quote.body)
  const state = fold(order, order.initial, events) as PlacedOrder
  const stored: StoredOrder = { id: orderId, version: 1, state, personal }
  const sessionId = crypto.randomUUID()
  return {
    placement,
    stored,
    event: events[0] as OrderPlaced,
    sessionId,
    mailId: crypto.randomUUID(),
    body: placement.answer(stored, sessionId),
  }
}

/** Everything that the placements leave behind, a statement per table however many they are. */
async function save(trx: Trx, { jobs }: Deps, accepted: Accepted[], stock: Stock) {
  const rows = accepted.map(({ placement, stored, sessionId, mailId, body }) => ({
    id: stored.id,
    number: stored.state.placed.number,
    status: stored.state.status,
    state: stored.state,
    personal: stored.personal,
    at: placement.at.toString(),
    look: firstPaymentCheckAt(stored.state),
    reserved_until: reservedUntil(stored.state),
    quote_id: placement.quoteId,
    session_id: sessionId,
    mail_id: mailId,
    amount: stored.state.placed.totals.total,
    currency: stored.state.placed.currency,
    recipient: stored.personal.email,
    ...placement.idempotency,
    body,
  }))
  const taken = [...stock].filter(([, units]) => units.taken > 0).sort(([a], [b]) => (a < b ? -1 : 1))
  // One twin of a key wins in another process: the loser's insert fails here, is run again alone, and hears the answer.
  await sql`
    with placed as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as r (
      id uuid, number text, status text, state jsonb, personal jsonb, at timestamptz, look timestamptz,
      reserved_until timestamptz, quote_id uuid, session_id uuid,
      mail_id uuid, amount bigint, currency text, recipient text, subject text, key text, fingerprint text, body text)),
    new_orders as (insert into orders (id, number, version, status, state, personal, placed_at, payment_check_due_at, reserved_until)
      select id, number, 1, status, state, personal, at, look, reserved_until from placed),
    answers as (insert into idempotency (subject, route, key, fingerprint, status, body)
      select subject, ${ROUTE}, key, fingerprint, 201, body from placed order by subject, key),
    used as (update quote q set order_id = placed.id from placed where q.id = placed.quote_id),
    reserved as (update product p set stock = p.stock - t.units
      from unnest(${taken.map(([sku]) => sku)}::text[], ${taken.map(([, units]) => units.taken)}::int[]) t (sku, units) where p.sku = t.sku),
    payments as (insert into payment_session (id, order_id, amount, currency)
      select session_id, id, amount, currency from placed)
    insert into mail (id, about_id, kind, recipient, created_at) select mail_id, id, 'acknowledgement', recipient, at from placed`.execute(
    trx,
  )
  await takeOffers(
    trx,
    accepted.flatMap(({ stored: { id, state } }) => {
      const { priceOffer } = state.placed
      return priceOffer === undefined ? [] : { offerId: priceOffer, orderId: id }
    }),
  )
  await insertOutbox(
    trx,
    'orders',
    accepted.map(({ placement, event }) => ({
      aggregateId: placement.orderId,
      version: 1,
      fact: event,
      at: placement.at,
      trace: placement.trace,
    })),
  )
  await jobs.enqueue(
    trx,
    'start-payment',
    accepted.map(({ sessionId, placement: { trace } }) => ({ data: { operationId: sessionId }, trace })),
  )
  await jobs.enqueue(
    trx,
    'send-mail',
    accepted.map(({ mailId, placement: { trace } }) => ({ data: { mailId }, trace })),
  )
}
