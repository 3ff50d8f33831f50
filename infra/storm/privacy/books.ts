import type { Look } from './look.ts'

/** The data of this order are erased: it has no address to write to any more. */
export const ERASED = `orders.personal ->> 'email' = 'erased'`

/**
 * Of orders that were erased, what bookkeeping asks for and is not there any more: a document of each movement and of its amount, lines and VAT that
 * come to it, a buyer until five years after the year, and a ledger that says what the order was told. Source: bokføringsloven § 13.
 * Of money that somebody moved by hand nobody knew when the data went: its documents have no buyer where there was none before.
 */
export const booksBroken = (look: Look, now: Temporal.Instant) =>
  look(
    'orders',
    `
    with erased as (select id, state from orders where ${ERASED}),
    document as (select order_id, number, entry_id, amount, lines, vat, buyer,
        issued_at > $1::timestamptz - interval '5 years' as is_kept from sales_document join erased on erased.id = order_id),
    sum as (select erased.id, coalesce((state ->> 'captured')::bigint, 0) as told, coalesce((select sum(amount) from ledger_entry
        where order_id = erased.id and kind = 'captured'), 0) as booked from erased)
    select entry.order_id, 'no document of a movement' as what, entry.id::text as which from ledger_entry entry join erased on erased.id = entry.order_id
    where kind in ('captured', 'refunded') and not exists (select from document where entry_id = entry.id and document.amount = entry.amount)
    union all
    select order_id, 'a document that does not add up', number::text from document
    where amount <> (select coalesce(sum((line ->> 'gross')::bigint), 0) from jsonb_array_elements(lines) line)
      or amount <> (select coalesce(sum((rate ->> 'gross')::bigint), 0) from jsonb_array_elements(vat) rate)
    union all
    select order_id, 'a document without a buyer', number::text from document where is_kept and coalesce(buyer ->> 'name', 'erased') = 'erased'
      and not exists (select from money_operation operation where operation.order_id = document.order_id and purpose_kind = 'by-hand')
    union all
    select id, 'a ledger unlike the order', booked::text from sum where told <> booked`,
    [now.toString()],
  )
