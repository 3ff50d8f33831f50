import type { ReturnReceived } from '@vilkar/contracts/returns.ts'
import type { Deps, Trx } from '../../deps.ts'
import { readOrder } from '../../order/handle.ts'
import { restock } from '../changes.ts'

/** Goods came back: those that the warehouse found fit for sale are in stock again, once. */
export async function onReturnReceived(
  trx: Trx,
  _: Deps,
  { orderId, returnId, receivedAt: at, fitForSale = [] }: ReturnReceived['data'],
) {
  if (fitForSale.length === 0) return
  const { lines } = (await readOrder(trx, orderId)).state.placed
  const skuOf = (id: string) => lines.find(({ lineId }) => lineId === id)!.sku
  await restock(
    trx,
    fitForSale.map(({ lineId, quantity: units }) => ({
      ...{ sku: skuOf(lineId), units, reason: 'returned', orderId, returnId, at },
    })),
  )
}
