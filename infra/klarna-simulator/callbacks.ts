import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { delayed } from '@vilkar/simulator/exchange.ts'
import type { Faults } from '@vilkar/simulator/faults.ts'

const MAX_ATTEMPTS = 10
const ANSWER_TIMEOUT_MS = 5_000
const MAX_DELIVERIES = 10_000

export type Delivery = { url: string; body: object | null; attempt: number; status: number | null }

/**
 * Calls the shop back until it answers 2xx, each time waiting twice as long: first after `delayMs`, at most
 * `MAX_ATTEMPTS` times. Deliveries can be late, repeated and out of order, as they can be at Klarna.
 */
export function createCallbacks(delayMs: number, faults: Faults) {
  const stopped = new AbortController()
  const underWay = new Set<Promise<void>>()
  const deliveries: Delivery[] = []

  async function deliver(url: string, body: object | null, unneeded: () => boolean) {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      await pause(delayMs * 2 ** (attempt - 1), undefined, { signal: stopped.signal })
      if (unneeded()) return
      const fault = faults.strikePush(url)
      if (fault?.type === 'drop_push') continue
      if (fault?.type === 'delay_push') await Promise.race([delayed(fault), once(stopped.signal, 'abort')])
      const [status] = await Promise.all([
        post(url, body, attempt),
        fault?.type === 'duplicate_push' ? post(url, body, attempt) : null,
      ])
      if (status !== null && status >= 200 && status < 300) return
    }
  }

  async function post(url: string, body: object | null, attempt: number) {
    const status = await posted(url, body)
    deliveries.push({ url, body, attempt, status })
    if (deliveries.length > MAX_DELIVERIES) deliveries.shift()
    return status
  }

  async function posted(url: string, body: object | null) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        ...(body !== null && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      })
      await response.body?.cancel()
      return response.status
    } catch {
      return null
    }
  }

  return {
    deliveries: () => [...deliveries],
    /** Calls an address until it answers 2xx or the call is `unneeded`. */
    send(url: string, body: object | null, unneeded = () => false) {
      // Only stopping makes the delivery throw.
      const delivery = deliver(url, body, unneeded)
        .catch(() => undefined)
        .finally(() => underWay.delete(delivery))
      underWay.add(delivery)
    },
    async stop() {
      stopped.abort()
      await Promise.all(underWay)
    },
  }
}
export type Callbacks = ReturnType<typeof createCallbacks>
