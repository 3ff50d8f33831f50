import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Order } from './order-management.ts'
import { type HostedSession, readModel } from './payment-sessions.ts'

const MAX_ATTEMPTS = 10
const ANSWER_TIMEOUT_MS = 5_000
const MAX_DELIVERIES = 10_000

export type Delivery = { url: string; body: object | null; attempt: number; status: number | null }

/**
 * Calls the shop back until it answers 2xx, each time waiting twice as long: first after `delayMs`, at most
 * `MAX_ATTEMPTS` times. Deliveries can be late, repeated and out of order, as they can be at Klarna.
 */
export function createCallbacks(delayMs: number) {
  const stopped = new AbortController()
  const underWay = new Set<Promise<void>>()
  const deliveries: Delivery[] = []

  async function deliver(url: string, body: object | null, unneeded: () => boolean) {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      await pause(delayMs * 2 ** (attempt - 1), undefined, { signal: stopped.signal })
      if (unneeded()) return
      const status = await post(url, body)
      deliveries.push({ url, body, attempt, status })
      if (deliveries.length > MAX_DELIVERIES) deliveries.shift()
      if (status !== null && status >= 200 && status < 300) return
    }
  }

  async function post(url: string, body: object | null) {
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

  function send(url: string, body: object | null, unneeded = () => false) {
    // Only stopping makes the delivery throw.
    const delivery = deliver(url, body, unneeded)
      .catch(() => undefined)
      .finally(() => underWay.delete(delivery))
    underWay.add(delivery)
  }

  return {
    deliveries: () => [...deliveries],
    /** Tells of a session's new state and, of an order that it placed, until `isAcknowledged`. */
    tell(session: HostedSession, order: Order | undefined, isAcknowledged: (orderId: string) => boolean) {
      const { status_update } = session.urls
      const told = { event_id: randomUUID(), session: readModel(session) }
      if (status_update) send(status_update.replaceAll('{{session_id}}', session.session_id), told)
      const push = session.payment.merchant_urls?.push
      if (push === undefined || order === undefined) return
      send(push.replaceAll('{order.id}', order.order_id), null, () => isAcknowledged(order.order_id))
    },
    async stop() {
      stopped.abort()
      await Promise.all(underWay)
    },
  }
}
export type Callbacks = ReturnType<typeof createCallbacks>
