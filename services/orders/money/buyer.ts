import { ERASED } from '@vilkar/contracts/erased.ts'
import { addressOfShipment } from '../order/address.ts'
import type { StoredOrder } from '../order/state.ts'
import type { Buyer } from './sales-documents.ts'

/** Of an order whose data were erased, whoever the documents before name: these stay with the accounts (bokføringsloven § 13). */
export function buyerNow(order: StoredOrder, earlier: readonly { buyer: Buyer | null }[], shipmentId?: string): Buyer {
  const named = earlier.findLast(({ buyer }) => buyer !== null && buyer.name !== ERASED)?.buyer
  return (order.personal.email === ERASED && named) || buyerOf(order, shipmentId)
}

/** Who bought, as the order says now. */
export const buyerOf = ({ state, personal }: StoredOrder, shipmentId?: string): Buyer => {
  const { name, organisationNumber, email, billingAddress = personal.shippingAddress } = personal
  const shippingAddress = addressOfShipment({ state, personal }, shipmentId)
  const number = organisationNumber === undefined ? {} : { organisationNumber }
  return { kind: state.placed.customerKind, name, ...number, email, billingAddress, shippingAddress }
}
