import type { AddressChangeConcluded, AddressChangeRequested } from '@vilkar/contracts/orders-contract.ts'
import type { Address } from '@vilkar/contracts/parts.ts'
import { accept, type Refusal, refuse } from '@vilkar/decider/decider.ts'
import { type DataOf, type PlacedOrder, type StoredOrder, termsFor } from './state.ts'
import { isAllGone } from './units.ts'

/** Goods go elsewhere, if they have not left: shipping decides that race, and answers. */

/** The change that shipping has not answered yet: one at most. */
export const pendingChange = ({ addressChanges = [] }: PlacedOrder) =>
  addressChanges.find(({ concluded }) => concluded === undefined)

/** The last change that came in time, by which goods go elsewhere. */
export const newestChange = ({ addressChanges = [] }: PlacedOrder) =>
  addressChanges.findLast(({ concluded }) => concluded?.changed === true)

/**
 * Where a shipment went: to the address of the last change that came in time for it. Without one, or while shipping has not answered a
 * change, where the order goes now.
 */
export function addressOfShipment(
  { state: { addressChanges = [] }, personal }: Pick<StoredOrder, 'state' | 'personal'>,
  shipmentId?: string,
): Address {
  let address = personal.shippingAddress
  for (const { requestId, concluded } of addressChanges.toReversed()) {
    if (!concluded?.changed) continue
    const before = personal.addressesBefore?.[requestId]
    if (before === undefined || shipmentId === undefined || !concluded.left.includes(shipmentId)) break
    address = before
  }
  return address
}

export function changeAddress(
  { orderId, at, requestId, from, asked, to, by, why }: DataOf<'ChangeAddress'>,
  state: PlacedOrder,
) {
  const pending = pendingChange(state)
  if (pending ? asked && isSame(asked, to) : isSame(from, to)) return accept()
  if (pending)
    return refuse({
      code: 'address-waits',
      detail: `Shipping has not answered yet whether the address of ${pending.requestedAt} still comes in time.`,
    })
  if (state.status === 'cancelled') return refuse({ code: 'order-cancelled', detail: 'The order is cancelled.' })
  if (isAllGone(state))
    return refuse({ code: 'address-settled', detail: 'Nothing of the order is here any more: ask the carrier.' })
  const otherwise = pricedOtherwise(to, state)
  if (otherwise) return refuse(otherwise)
  const data = { orderId, requestId, requestedAt: at, personal: { from, to, by, why } }
  return accept({ type: 'AddressChangeRequested', data } satisfies AddressChangeRequested)
}

const isSame = (one: Address, other: Address) =>
  (['name', 'street', 'postalCode', 'city', 'country', 'phone'] as const).every((part) => one[part] === other[part])

/** What the order would be asked or taxed otherwise for than was agreed: then it is another order (merverdiavgiftsloven §§ 1-2, 6-21). */
function pricedOtherwise({ country, postalCode }: Address, state: PlacedOrder): Refusal | undefined {
  const { placed } = state
  if (country !== placed.country) {
    const detail = `The order was priced for ${placed.country}; in ${country} other prices, taxes and rights may hold. Cancel it and place another.`
    return { code: 'address-differs', detail }
  }
  const { exported, reasons } = termsFor(state).placeOfSupply({ country, postalCode })
  if (exported === (placed.exported ?? false)) return undefined
  const detail = exported
    ? `The price holds VAT, but goods to ${postalCode}, ${country} leave the VAT area and are sold without it. Cancel the order and place another.`
    : `The price is without VAT, but goods to ${postalCode}, ${country} stay in the VAT area and are sold with it. Cancel the order and place another.`
  return { code: 'address-differs', detail, reasons }
}

/** Shipping answered. */
export function concludeAddress(
  { orderId, at, requestId, changed, left }: DataOf<'ConcludeAddressChange'>,
  state: PlacedOrder,
) {
  const change = state.addressChanges?.find((each) => each.requestId === requestId)
  if (change === undefined)
    return refuse({ code: 'request-unknown', detail: `Nobody asked for another address by request ${requestId}.` })
  if (change.concluded) return accept()
  const data = { orderId, requestId, changed, left, concludedAt: at }
  return accept({ type: 'AddressChangeConcluded', data } satisfies AddressChangeConcluded)
}

/** The changes once one of them is answered. */
export const withConcluded = (
  { addressChanges }: PlacedOrder,
  { requestId, concludedAt: at, changed, left }: AddressChangeConcluded['data'],
) =>
  addressChanges?.map((each) => (each.requestId === requestId ? { ...each, concluded: { at, changed, left } } : each))
