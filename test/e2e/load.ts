import { eventually } from '@vilkar/testing/eventually.ts'
import type { Shop } from './shop.ts'

const SHOPPERS = 16

/**
 * Sixteen shoppers, each of whom asks for a quote and places an order, one after the other, until they are stopped. Who
 * gets no answer asks again with the same key, as a storefront does.
 */
export function startShopping({ cart, send }: Shop, sku: string) {
  const placed: string[] = []
  let going = true
  async function shopOn() {
    while (going) {
      const body = await eventually('a quote', () => cart({ sku }))
      const key = crypto.randomUUID()
      placed.push((await eventually('an order', () => send(body, key))).body.id)
    }
  }
  const ended = Promise.all(Array.from({ length: SHOPPERS }, shopOn))
  return {
    /** Waits until so many orders were confirmed to somebody. */
    until: (count: number) => eventually(`${count} orders`, async () => placed.length >= count),
    /** Answers the ids of all orders that were confirmed to somebody. */
    async stop() {
      going = false
      await ended
      return placed
    },
  }
}
