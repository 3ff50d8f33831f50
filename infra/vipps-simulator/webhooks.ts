import { setTimeout as pause } from 'node:timers/promises'
import { signatureOf } from '@vilkar/payments/vipps/signature.ts'
import { delayed } from '@vilkar/simulator/exchange.ts'
import type { Faults } from '@vilkar/simulator/faults.ts'
import type { Event } from './payment.ts'

const MAX_ATTEMPTS = 5
const ANSWER_TIMEOUT_MS = 5_000
const MAX_DELIVERIES = 10_000

export type Delivery = { name: string; reference: string; attempt: number; status: number | null }
type Options = {
  url?: string
  /** Signs what is told; unsigned without it. */
  secret?: string
  msn: string
  delayMs: number
  faults: Faults
  now(): Temporal.Instant
}

/**
 * Tells the shop of every event by webhook until it answers 2xx, each time waiting twice as long: first after
 * `delayMs`. They may be late, repeated, lost and out of order, as they may be at Vipps.
 */
export function createWebhooks({ secret, msn, delayMs, faults, now, ...options }: Options) {
  let { url } = options
  const stopped = new AbortController()
  const underWay = new Set<Promise<unknown>>()
  const deliveries: Delivery[] = []

  async function deliver(to: string, event: Event) {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      await pause(delayMs * 2 ** (attempt - 1), undefined, { signal: stopped.signal })
      const status = await post(to, { msn, ...event })
      deliveries.push({ name: event.name, reference: event.reference, attempt, status })
      if (deliveries.length > MAX_DELIVERIES) deliveries.shift()
      if (status !== null && status >= 200 && status < 300) return
    }
  }

  async function post(to: string, event: object) {
    const body = JSON.stringify(event)
    const date = new Date(now().epochMilliseconds).toUTCString()
    const signature = secret === undefined ? {} : signatureOf({ url: to, body, date, secret })
    try {
      const response = await fetch(to, {
        method: 'POST',
        redirect: 'manual',
        body,
        headers: { 'content-type': 'application/json', ...signature },
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      })
      await response.body?.cancel()
      return response.status
    } catch {
      return null
    }
  }

  async function tell(to: string, event: Event) {
    const fault = faults.strikePush(to, event.name)
    if (fault?.type === 'drop_push') return
    if (fault?.type === 'delay_push') await Promise.race([delayed(fault), untilStopped])
    const times = fault?.type === 'duplicate_push' ? 2 : 1
    await Promise.all(Array.from({ length: times }, () => deliver(to, event)))
  }
  const untilStopped = new Promise<void>((resolve) => stopped.signal.addEventListener('abort', () => resolve()))

  return {
    deliveries: () => [...deliveries],
    /** From now on events are told there. */
    register(address: string) {
      url = address
    },
    tell(event: Event) {
      if (url === undefined) return
      // Only stopping makes the delivery throw.
      const telling = tell(url, structuredClone(event))
        .catch(() => undefined)
        .finally(() => underWay.delete(telling))
      underWay.add(telling)
    },
    async stop() {
      stopped.abort()
      await Promise.all(underWay)
    },
  }
}
