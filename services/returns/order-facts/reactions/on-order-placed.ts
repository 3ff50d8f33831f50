import type { OrderPlaced } from '@vilkar/contracts/orders.ts'
import type { Transaction } from 'kysely'
import type { Database, KnownOrder, OrderPersonal } from '../../database.ts'

/** Notes what the rights of an order will depend on. Shipping may have been heard first, since no order holds between producers. */
export async function onOrderPlaced(
  trx: Transaction<Database>,
  {
    orderId,
    number,
    locale,
    terms,
    customerKind,
    country,
    currency,
    placedAt,
    lines,
    delivery,
    disclosures,
    personal,
  }: OrderPlaced['data'],
) {
  const facts: KnownOrder = {
    orderId,
    number,
    locale,
    terms,
    customerKind,
    country,
    currency,
    placedAt,
    lines: lines.map(({ lineId, sku, quantity, total, traits }) => ({ lineId, sku, quantity, total, traits })),
    delivery: { paid: delivery.price, standardPrice: delivery.standardPrice },
    disclosures,
    parcels: [],
    returns: [],
  }
  const { placedBy, email, name } = personal
  const kept: OrderPersonal = { placedBy, email, name }
  await trx
    .insertInto('order_facts')
    .values({ order_id: orderId, facts: JSON.stringify(facts), personal: JSON.stringify(kept) })
    .execute()
}
