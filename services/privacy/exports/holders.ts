import type { Agent } from 'undici'

/** Our own services that keep something of each order: each is asked by itself. */
export const holders = ['orders', 'shipping', 'returns'] as const
export type Holder = (typeof holders)[number]

const CONNECT_TIMEOUT_MS = 5_000
/** How long one call may take, the answer read. */
const CALL_TIMEOUT_MS = 15_000
const MAX_CONNECTIONS = 2
/** More than any order has: beyond it the answer is none. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024

/** What a holder keeps in one place. */
export type Datum = { place: string; category: string; value: unknown }
/** What a holder answered, or why there is no answer, in a word that quotes nothing of it. */
export type Answer = { items: Datum[] } | { silent: string }

export type Holders = {
  ask(holder: Holder, orderId: string): Promise<Answer>
  close(): Promise<void>
}
type Options = {
  /** Where each is, without a slash at the end; one that is not named is silent. */
  urls: Partial<Record<Holder, string>>
  token: () => Promise<string>
  timeoutMs?: number
}

/** Asks our services what they keep of an order (`GET /personal-data/{orderId}`). Nothing is repeated here, and nothing throws. */
export function createHolders({ urls, token, timeoutMs = CALL_TIMEOUT_MS }: Options): Holders {
  let agent: Agent | undefined

  async function call(url: string): Promise<Answer> {
    const { Agent, request } = await import('undici')
    agent ??= new Agent({
      ...{ connections: MAX_CONNECTIONS, connect: { timeout: CONNECT_TIMEOUT_MS } },
      ...{ headersTimeout: timeoutMs, bodyTimeout: timeoutMs, maxResponseSize: MAX_ANSWER_BYTES },
    })
    const authorization = `Bearer ${await token()}`
    const { statusCode, body } = await request(url, {
      dispatcher: agent,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { authorization, accept: 'application/json' },
    })
    const text = await body.text()
    if (statusCode !== 200) return { silent: String(statusCode) }
    const { items } = JSON.parse(text) as { items?: unknown }
    return Array.isArray(items) ? { items } : { silent: 'not what was agreed' }
  }

  return {
    async ask(holder, orderId) {
      const base = urls[holder]
      if (base === undefined) return { silent: 'nobody said where it is' }
      try {
        return await call(`${base.replace(/\/+$/, '')}/personal-data/${orderId}`)
      } catch (error) {
        // Without its message, which may have what was answered in it.
        return { silent: error instanceof Error ? error.name : 'no answer' }
      }
    },
    close: async () => agent?.close(),
  }
}
