import type { AddressChangeAnswered } from '@vilkar/contracts/shipping-stops.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/** Shipping says whether goods still go to another address, and which had left for the one of before. */
export async function onAddressChangeAnswered(
  trx: Trx,
  deps: Deps,
  { orderId, requestId, changed, left, answeredAt: at }: AddressChangeAnswered['data'],
) {
  await handle(trx, { type: 'ConcludeAddressChange', data: { orderId, at, requestId, changed, left } }, deps)
}
