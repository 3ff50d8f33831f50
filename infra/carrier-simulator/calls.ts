import { delayed } from '@vilkar/simulator/exchange.ts'
import type { Faults } from '@vilkar/simulator/faults.ts'
import type { MisbehavingCarrier } from './parcels.ts'

const ANSWER_TIMEOUT_MS = 5_000
const MAX_DELIVERIES = 10_000

/** Where a carrier calls about a parcel, and the headers that it was told to bring. */
export type Hook = { url: string; headers: Record<string, string>; until: Temporal.Instant; isReady: boolean }
/** `body` is text where whoever calls has signed it. */
export type Delivery = { carrier: MisbehavingCarrier; url: string; body: object | string; status: number | null }

/** Calls the shop, each time once: what it does not take is lost, as a carrier's last try is. */
export function createCalls(faults: Faults) {
  const stopped = new AbortController()
  const underWay = new Set<Promise<unknown>>()
  const deliveries: Delivery[] = []
  const untilStopped = new Promise<void>((resolve) => stopped.signal.addEventListener('abort', () => resolve()))

  async function post({ url, headers }: Pick<Hook, 'url' | 'headers'>, body: object | string) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      })
      await response.body?.cancel()
      return response.status
    } catch {
      return null
    }
  }

  async function deliver(carrier: MisbehavingCarrier, hook: Pick<Hook, 'url' | 'headers'>, body: object | string) {
    const fault = faults.strikePush(hook.url, carrier)
    if (fault?.type === 'drop_push') return null
    if (fault?.type === 'delay_push') await Promise.race([delayed(fault), untilStopped])
    let status: number | null = null
    for (let times = fault?.type === 'duplicate_push' ? 2 : 1; times > 0; times -= 1) {
      status = await post(hook, body)
      deliveries.push({ carrier, url: hook.url, body, status })
      if (deliveries.length > MAX_DELIVERIES) deliveries.shift()
    }
    return status
  }

  return {
    deliveries: () => structuredClone(deliveries),
    /** Calls by and by, and answers with the status of the last answer, if there was one; whoever stops waits for it. */
    call(carrier: MisbehavingCarrier, hook: Pick<Hook, 'url' | 'headers'>, body: object | string) {
      const calling = deliver(carrier, hook, body).finally(() => underWay.delete(calling))
      underWay.add(calling)
      return calling
    },
    /** All that were called have answered. */
    settled: async () => void (await Promise.all(underWay)),
    async stop() {
      stopped.abort()
      await Promise.all(underWay)
    },
  }
}
export type Calls = ReturnType<typeof createCalls>
