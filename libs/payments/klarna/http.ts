import { type Call, createExchange, type Exchanged, type Timeouts } from '../exchange.ts'
import { createRateLimit, type RateLimit } from '../rate-limit.ts'
import { type Limits, limitsAt } from './hosts.ts'

/** How long to hold back after a 429 that does not say how long. */
const THROTTLED_MS = 1_000
const MAX_RETRY_AFTER_S = 3_600
/** Striking out anything shorter would leave no sense in what is said. */
const SHORTEST_SECRET = 8
const OPENS_SESSION = /^\/(payments\/v1\/sessions|hpp\/v1\/sessions|checkout\/v3\/orders)$/

/** A reply, what was thrown instead of one, or for how long we hold it back ourselves: then nothing was sent. */
export type Answer = Exchanged | { heldBackMs: number }
/** One call, with its idempotency key where Klarna knows them. */
export type Send = (call: Omit<Call, 'headers'> & { key?: string }) => Promise<Answer>

export type SenderOptions = {
  baseUrl: string
  username: string
  password: string
  timeouts?: Timeouts
  /** Those of the base URL's host unless given. */
  limits?: Limits
}

/** Sends one request to Klarna, once, and strikes our own secrets out of a refusal: it may quote what it refuses. */
export function createSender(options: SenderOptions) {
  const token = Buffer.from(`${options.username}:${options.password}`).toString('base64')
  const authorization = `Basic ${token}`
  const secrets = [token, options.password].filter((secret) => secret.length >= SHORTEST_SECRET)
  const redacted = (text: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text)
  const { exchange, close } = createExchange(options.baseUrl, { timeouts: options.timeouts, redacted })
  const limits = options.limits ?? limitsAt(URL.parse(options.baseUrl)?.host ?? '')
  const sessions = limits && createRateLimit({ perSecond: limits.sessions })
  const others = limits && createRateLimit({ perSecond: limits.others })

  const send: Send = async ({ key, ...call }) => {
    const limit = call.method === 'POST' && OPENS_SESSION.test(call.path) ? sessions : others
    const heldBackMs = (await limit?.take()) ?? 0
    if (heldBackMs > 0) return { heldBackMs }
    const headers = { authorization, ...(key !== undefined && { 'klarna-idempotency-key': key }) }
    const answer = await exchange({ ...call, headers })
    if ('status' in answer && answer.status === 429) hold(limit, answer.headers['retry-after'])
    return answer
  }
  return { send, close }
}

/** Klarna counts per merchant and we per process, so a 429 can come all the same: all that follow wait, too. */
function hold(limit: RateLimit | null, retryAfter: unknown) {
  const seconds = typeof retryAfter === 'string' && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : null
  limit?.pause(seconds === null ? THROTTLED_MS : Math.min(seconds, MAX_RETRY_AFTER_S) * 1_000)
}
