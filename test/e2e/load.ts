import type { Shop } from './shop.ts'

const SHOPPERS = 16
/** So that a long outage is a load and not a flood, whose mails would still be sent when the next test begins. */
const PAUSE_MS = 250
/** Longer than a service that was killed needs to come back, twice, on a busy machine. */
const PATIENCE_MS = 60_000

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS))

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
      const body = await insist(() => cart({ sku }))
      const key = crypto.randomUUID()
      ids.push((await insist(() => send(body, key))).body.id)
      await pause()
    }
  }
  await Promise.all(Array.from({ length: SHOPPERS }, shopOn))
  return ids
}

async function insist<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await pause()
    }
  }
}
