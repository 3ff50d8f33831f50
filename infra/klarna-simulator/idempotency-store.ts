import type { Reply } from '@vilkar/simulator/reply.ts'
import { refuse } from './reply.ts'

/** How long Klarna remembers a key. */
const REMEMBERED_HOURS = 24
const MAX_KEYS = 100_000

/**
 * What Klarna leaves undocumented, to be tried both ways: whether a key counts per endpoint and order or for all of
 * them, whether refusals are replayed too, and what a repeat gets while the first is still being worked on.
 */
export type IdempotencyOptions = { scope?: 'global' | 'endpoint'; replayErrors?: boolean; inflight?: 'wait' | '409' }

/** Does a thing once per key. As at Klarna, the body of a repeat is disregarded: the first answer comes back. */
export function createIdempotencyStore(now: () => Temporal.Instant, options: IdempotencyOptions = {}) {
  const { scope = 'endpoint', replayErrors = true, inflight = 'wait' } = options
  const remembered = new Map<string, { at: Temporal.Instant; reply: Promise<Reply>; settled: boolean }>()

  return async function once(endpoint: string, key: string, work: () => Promise<Reply>): Promise<Reply> {
    const name = scope === 'global' ? key : `${endpoint} ${key}`
    const earlier = remembered.get(name)
    const youngest = now().subtract({ hours: REMEMBERED_HOURS })
    if (earlier !== undefined && Temporal.Instant.compare(earlier.at, youngest) >= 0) {
      return earlier.settled || inflight === 'wait' ? earlier.reply : refuse(409, 'CONFLICT')
    }
    const entry = { at: now(), reply: work(), settled: false }
    remembered.set(name, entry)
    if (remembered.size > MAX_KEYS) remembered.delete(remembered.keys().next().value!)
    const reply = await entry.reply
    entry.settled = true
    if (reply.status >= 400 && !replayErrors) remembered.delete(name)
    return reply
  }
}
