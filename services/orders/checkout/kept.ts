import { sql } from 'kysely'
import type { Trx } from '../deps.ts'
import type { Quote } from '../order/quote.ts'
import type { Keeping } from '../order/state.ts'

/** Who orders: a mailbox, and a subject where the token is a customer's own. What is theirs is counted for each of the two. */
type Customer = { personal: { email: string }; customer?: string; reservedUntil: string }

export type Kept = {
  /** The most that unpaid orders keep for this customer, by address or by subject. */
  of: (customer: Customer) => Keeping
  /** Another order is placed in the same batch. */
  add: (customer: Customer, quote: Quote) => void
}

/** What the unpaid orders of these customers keep, and until when the first of them does. */
export async function countKept(trx: Trx, customers: Customer[]): Promise<Kept> {
  const emails = [...new Set(customers.map(({ personal }) => personal.email))]
  const subjects = [...new Set(customers.flatMap(({ customer }) => customer ?? []))]
  const units = sql`(select sum((line ->> 'quantity')::int) from jsonb_array_elements(state #> '{placed,lines}') line)`
  const counts = sql`count(*)::int as orders, coalesce(sum(${units}), 0)::int as units, min(reserved_until) as until`
  // `offset 0` keeps each look-up one of keys.
  const { rows } = await sql<{ asked: string; key: string; orders: number; units: number; until: string | null }>`
    select 'email ' || asked as asked, 'mailbox ' || mailbox_of(asked) as key, kept.orders, kept.units, kept.until
    from unnest(${emails}::text[]) asked cross join lateral (select ${counts} from orders
      where reserved_until is not null and mailbox_of(personal ->> 'email') = mailbox_of(asked) offset 0) kept
    union all
    select 'subject ' || asked, 'subject ' || asked, kept.orders, kept.units, kept.until
    from unnest(${subjects}::text[]) asked cross join lateral (select ${counts} from orders
      where reserved_until is not null and personal ->> 'placedBy' = asked offset 0) kept`.execute(trx)
  const keys = new Map(rows.map(({ asked, key }) => [asked, key]))
  const kept = new Map<string, Keeping>(
    rows.map(({ key, orders, units, until }) => [
      key,
      { orders, units, ...(until && { until: Temporal.Instant.from(until).toString() }) },
    ]),
  )
  const keysOf = ({ personal, customer }: Customer) => [
    keys.get(`email ${personal.email}`)!,
    ...(customer === undefined ? [] : [keys.get(`subject ${customer}`)!]),
  ]
  return {
    of: (customer) =>
      keysOf(customer)
        .map((key) => kept.get(key)!)
        .reduce((one, other) => ({
          orders: Math.max(one.orders, other.orders),
          units: Math.max(one.units, other.units),
          until: one.until ?? other.until,
        })),
    add(customer, { lines }) {
      for (const key of keysOf(customer)) {
        const { orders, units: before, until = customer.reservedUntil } = kept.get(key)!
        kept.set(key, { orders: orders + 1, units: lines.reduce((sum, { quantity }) => sum + quantity, before), until })
      }
    },
  }
}
