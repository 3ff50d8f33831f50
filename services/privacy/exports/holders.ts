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
/** The place of a holder's map that names a picture, by its hash. */
export const PHOTO_PLACE = 'photo.sha256'
/** The bytes of a picture, or why it is not to be had: for good, or for now. */
export type Picture = { bytes: Buffer } | { gone: 'being-erased' | 'file-gone' } | { silent: string }
/** What a holder answered, or why there is no answer, in a word that quotes nothing of it. */
export type Answer = { items: Datum[] } | { silent: string }

export type Holders = {
  ask(holder: Holder, orderId: string): Promise<Answer>
  /** A picture of an order, by its hash. */
  picture(holder: Holder, orderId: string, sha256: string): Promise<Picture>
  close(): Promise<void>
}
type Options = {
  /** Where each is, without a slash at the end; one that is not named is silent. */
  urls: Partial<Record<Holder, string>>
  token: () => Promise<string>
  timeoutMs?: number
}

/** Asks our services what they keep of an order (`GET /personal-data/{orderId}`), and for its pictures. Nothing is repeated here, and nothing throws. */
export function createHolders({ urls, token, timeoutMs = CALL_TIMEOUT_MS }: Options): Holders {
  let agent: Agent | undefined

  async function call(url: string): Promise<{ statusCode: number; bytes: Buffer }> {
    const { Agent, request } = await import('undici')
    agent ??= new Agent({
      ...{ connections: MAX_CONNECTIONS, connect: { timeout: CONNECT_TIMEOUT_MS } },
      ...{ headersTimeout: timeoutMs, bodyTimeout: timeoutMs, maxResponseSize: MAX_ANSWER_BYTES },
    })
    const authorization = `Bearer ${await token()}`
    const { statusCode, body } = await request(url, {
      dispatcher: agent,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { authorization },
    })
    return { statusCode, bytes: Buffer.from(await body.arrayBuffer()) }
  }
  async function asking<Read>(holder: Holder, path: string, read: (statusCode: number, bytes: Buffer) => Read) {
    const base = urls[holder]
    if (base === undefined) return { silent: 'nobody said where it is' }
    try {
      const { statusCode, bytes } = await call(`${base.replace(/\/+$/, '')}/personal-data/${path}`)
      return read(statusCode, bytes)
    } catch (error) {
      // Without its message, which may have what was answered in it.
      return { silent: error instanceof Error ? error.name : 'no answer' }
    }
  }

  return {
    ask: (holder, orderId) => asking(holder, orderId, readItems),
    picture: (holder, orderId, sha256) => asking(holder, `${orderId}/photos/${sha256}`, readPicture),
    close: async () => agent?.close(),
  }
}

function readItems(statusCode: number, bytes: Buffer): Answer {
  if (statusCode !== 200) return { silent: String(statusCode) }
  const { items } = JSON.parse(bytes.toString('utf8')) as { items?: unknown }
  return Array.isArray(items) ? { items } : { silent: 'not what was agreed' }
}

function readPicture(statusCode: number, bytes: Buffer): Picture {
  if (statusCode === 200) return { bytes }
  if (statusCode === 404) return { gone: 'being-erased' }
  return statusCode === 410 ? { gone: 'file-gone' } : { silent: String(statusCode) }
}
