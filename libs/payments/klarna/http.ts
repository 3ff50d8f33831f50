import { Agent, type Dispatcher, request } from 'undici'
import { createRateLimit, type RateLimit } from '../rate-limit.ts'
import { type Limits, limitsAt } from './hosts.ts'

const CONNECT_TIMEOUT_MS = 5_000
const CHECKOUT_TIMEOUT_MS = 20_000
/** Longer than the 59 s after which Klarna itself gives up, so that most answers are seen. */
const MONEY_TIMEOUT_MS = 65_000
const MAX_CONNECTIONS = 16
const MAX_BODY_BYTES = 4_000_000
/** How long to hold back after a 429 that does not say how long. */
const THROTTLED_MS = 1_000
const MAX_RETRY_AFTER_S = 3_600
/** Striking out anything shorter would leave no sense in what is said. */
const SHORTEST_SECRET = 8
const OPENS_SESSION = /^\/(payments\/v1\/sessions|hpp\/v1\/sessions|checkout\/v3\/orders)$/

/** How long a whole exchange may take, in milliseconds: with a customer waiting, or with money moving in a job. */
export type Timeouts = { connectMs?: number; checkoutMs?: number; moneyMs?: number }

export type Call = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  /** A text is sent as it is, byte for byte. */
  body?: object | string
  key?: string
  /** Money moves: wait longer. */
  money?: boolean
  signal?: AbortSignal
}

/** What came back. `body` is parsed JSON; undefined when it was empty, or when it was broken, which `whole` tells apart. */
export type Reply = { status: number; headers: Record<string, unknown>; body: unknown; whole: boolean }
/** A reply, what was thrown instead of one, or for how long we hold it back ourselves: then nothing was sent. */
export type Answer = Reply | { error: unknown } | { heldBackMs: number }
export type Send = (call: Call) => Promise<Answer>

export type SenderOptions = {
  baseUrl: string
  username: string
  password: string
  timeouts?: Timeouts
  /** Those of the base URL's host unless given. */
  limits?: Limits
}

/** Sends one request to Klarna, once: no retries and no redirects, and whatever goes wrong is part of the answer. */
export function createSender(options: SenderOptions) {
  const { connectMs = CONNECT_TIMEOUT_MS, checkoutMs = CHECKOUT_TIMEOUT_MS } = options.timeouts ?? {}
  const { moneyMs = MONEY_TIMEOUT_MS } = options.timeouts ?? {}
  const agent = new Agent({ connections: MAX_CONNECTIONS, connect: { timeout: connectMs } })
  const token = Buffer.from(`${options.username}:${options.password}`).toString('base64')
  const authorization = `Basic ${token}`
  const secrets = [token, options.password].filter((secret) => secret.length >= SHORTEST_SECRET)
  const limits = options.limits ?? limitsAt(URL.parse(options.baseUrl)?.host ?? '')
  const sessions = limits && createRateLimit({ perSecond: limits.sessions })
  const others = limits && createRateLimit({ perSecond: limits.others })

  async function send({ method, path, body, key, money = false, signal }: Call): Promise<Answer> {
    const limit = method === 'POST' && OPENS_SESSION.test(path) ? sessions : others
    const heldBackMs = (await limit?.take()) ?? 0
    if (heldBackMs > 0) return { heldBackMs }
    const deadline = AbortSignal.timeout(money ? moneyMs : checkoutMs)
    try {
      const response = await request(`${options.baseUrl}${path}`, {
        dispatcher: agent,
        method,
        signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
        headers: {
          authorization,
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'klarna-idempotency-key': key }),
        },
        body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      })
      const { statusCode: status, headers } = response
      if (status === 429) hold(limit, headers['retry-after'])
      return { status, headers, ...(await readJson(response.body, status < 400 ? [] : secrets)) }
    } catch (error) {
      return { error }
    }
  }
  return { send, close: () => agent.close() }
}

/** Klarna counts per merchant and we per process, so a 429 can come all the same: all that follow wait, too. */
function hold(limit: RateLimit | null, retryAfter: unknown) {
  const seconds = typeof retryAfter === 'string' && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : null
  limit?.pause(seconds === null ? THROTTLED_MS : Math.min(seconds, MAX_RETRY_AFTER_S) * 1_000)
}

/** A refusal may quote what it refuses: our own secrets are struck out before anybody reads it. */
const redacted = (text: string, secrets: string[]) =>
  secrets.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text)

/** A body that breaks off does not take the status and the headers with it: those were already in hand. */
async function readJson(stream: Dispatcher.ResponseData['body'], secrets: string[]) {
  try {
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of stream) {
      length += chunk.length
      if (length > MAX_BODY_BYTES) return { body: undefined, whole: false }
      chunks.push(chunk)
    }
    const text = redacted(Buffer.concat(chunks).toString(), secrets)
    return { body: length === 0 ? undefined : (JSON.parse(text) as unknown), whole: true }
  } catch {
    return { body: undefined, whole: false }
  }
}
