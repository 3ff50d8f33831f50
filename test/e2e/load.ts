import { eventually } from '@vilkar/testing/eventually.ts'
import type { Shop } from './shop.ts'

const SHOPPERS = 16
/** So that a long outage is a load and not a flood, whose mails would still be sent when the next test begins. */
const BETWEEN_ORDERS_MS = 100

/**
 * Sixteen shoppers, each of whom asks for a quote and places an order, one after the other, until the time is over.
 * Who gets no answer asks again with the same key, as a storefront does. Resolves with the ids of all orders that were
 * confirmed to somebody.
 */
export async function shopFor(ms: number, { cart, send }: Shop, sku: string) {
  const end = performance.now() + ms
  const ids: string[] = []
  async function shopOn() {
    while (performance.now() < end) {
      const body = await eventually('a quote', () => cart({ sku }))
      const key = crypto.randomUUID()
      ids.push(await eventually('an answer to an order', async () => (await send(body, key)).body.id))
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_ORDERS_MS))
    }
  }
  await Promise.all(Array.from({ length: SHOPPERS }, shopOn))
  return ids
}
