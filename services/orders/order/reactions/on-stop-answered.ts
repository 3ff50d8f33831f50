import type { StopAnswered } from '@vilkar/contracts/shipping-stops.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/** Shipping says which units never leave and which had left: the request that it was asked by is concluded. */
export async function onStopAnswered(trx: Trx, deps: Deps, { orderId, answeredAt, ...answer }: StopAnswered['data']) {
  await handle(trx, { type: 'ConcludeStop', data: { orderId, at: answeredAt, ...answer } }, deps)
}
