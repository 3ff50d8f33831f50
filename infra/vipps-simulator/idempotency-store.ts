import type { Reply } from '@vilkar/simulator/reply.ts'
import { refuse } from './reply.ts'

const MAX_KEYS = 100_000

/**
 * What Vipps leaves open, to be tried both ways: whether a key counts per endpoint and payment or for all of them,
 * whether refusals are replayed (its documents say so of 4xx), and what a repeat gets while the first is under way.
 */
export type IdempotencyOptions = {
  scope?: 'global' | 'endpoint'
  replayErrors?: boolean
  inflight?: 'wait' | '409' | '423'
}

type Request = { endpoint: string; key: string; body: object }

/** Does a thing once per key. A repeat gets the first answer; another request under the same key is a conflict. */
export function createIdempotencyStore(options: IdempotencyOptions = {}) {
  const { scope = 'endpoint', replayErrors = true, inflight = 'wait' } = options
  const remembered = new Map<string, { request: string; reply: Promise<Reply>; settled: boolean }>()

  return async function once({ endpoint, key, body }: Request, work: () => Promise<Reply>): Promise<Reply> {
    const name = scope === 'global' ? key : `${endpoint} ${key}`
    const request = `${endpoint} ${JSON.stringify(body)}`
    const earlier = remembered.get(name)
    if (earlier !== undefined) {
      if (earlier.request !== request) {
        return refuse(409, endpoint.endsWith('/capture') ? '4010' : '4020', 'The key was used for another request.')
      }
      if (earlier.settled || inflight === 'wait') return earlier.reply
      return refuse(Number(inflight), null, 'The first request is under way.')
    }
    const entry = { request, reply: work(), settled: false }
    remembered.set(name, entry)
    if (remembered.size > MAX_KEYS) remembered.delete(remembered.keys().next().value!)
    const reply = await entry.reply
    entry.settled = true
    if (reply.status >= 400 && !replayErrors) remembered.delete(name)
    return reply
  }
}
