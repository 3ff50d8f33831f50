import type { Trx } from '../deps.ts'

/** Gives reserved units back, in the order of SKUs so that two cancellations cannot wait for each other. */
export async function returnToStock(trx: Trx, lines: readonly { sku: string; quantity: number }[]) {
  for (const { sku, quantity } of [...lines].sort((a, b) => (a.sku < b.sku ? -1 : 1)))
    await trx
      .updateTable('product')
      .set((eb) => ({ stock: eb('stock', '+', quantity) }))
      .where('sku', '=', sku)
      .execute()
}
