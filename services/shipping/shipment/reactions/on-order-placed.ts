import type { OrderPlaced } from '@vilkar/contracts/orders.ts'
import { linkAddress } from '@vilkar/server/signed-links.ts'
import type { Transaction } from 'kysely'
import type { Database, OrderToShip } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { insertOrderToShip } from '../store.ts'

/** Notes what will have to be sent, if the contract comes about. */
export async function onOrderPlaced(
  trx: Transaction<Database>,
  _deps: Deps,
  {
    orderId,
    number,
    customerKind,
    terms,
    placedAt,
    lines,
    country,
    locale,
    disclosures,
    delivery,
    deliverBy,
    personal,
  }: OrderPlaced['data'],
) {
  const facts: OrderToShip = {
    number,
    customerKind,
    terms,
    placedAt,
    deliveryOption: delivery.option,
    ...(deliverBy && { deliverBy }),
    lines: lines.map(({ lineId, sku, name, quantity, traits, manualUrl }) => ({
      ...{ lineId, sku, name, quantity, traits },
      ...(manualUrl && { manualUrl }),
    })),
    country,
    locale,
    disclosures: { withdrawalInformation: disclosures.withdrawalInformation },
  }
  await insertOrderToShip(trx, orderId, facts, {
    address: personal.shippingAddress,
    link_address: linkAddress(orderId, personal.email),
  })
}
