import { type Span, span } from '@vilkar/tracing/tracing.ts'
import type { Agent, Dispatcher } from 'undici'

const CONNECT_TIMEOUT_MS = 5_000
export const CHECKOUT_TIMEOUT_MS = 20_000
/** Longer than the 59 s after which Klarna itself gives up, so that most answers are seen. */
const MONEY_TIMEOUT_MS = 65_000
const MAX_CONNECTIONS = 16
const MAX_BODY_BYTES = 4_000_000

/** How long a whole exchange may take, in milliseconds: with a customer waiting, or with money moving in a job. */
export type Timeouts = { connectMs?: number; checkoutMs?: number; moneyMs?: number }

export type Call = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  headers?: Record<string, string>
  /** A text is sent as it is, byte for byte. */
  body?: object | string
  /** Money moves: wait longer. */
  money?: boolean
  signal?: AbortSignal
}

/** What came back. `body` is parsed JSON; undefined when it was empty, or when it was broken, which `whole` tells apart. */
export type Reply = { status: number; headers: Record<string, unknown>; body: unknown; whole: boolean }
/** A reply, or what was thrown instead of one. */
export type Exchanged = Reply | { error: unknown }

/**
 * Exchanges one request for one answer: no retries and no redirects, and whatever goes wrong is part of the answer.
 * `redacted` strikes out of a refusal's text what nobody may read.
 */
export function createExchange(
  baseUrl: string,
  { timeouts = {}, redacted = (text) => text }: { timeouts?: Timeouts; redacted?: (text: string) => string } = {},
) {
  const { connectMs = CONNECT_TIMEOUT_MS, checkoutMs = CHECKOUT_TIMEOUT_MS, moneyMs = MONEY_TIMEOUT_MS } = timeouts
  const host = URL.parse(baseUrl)?.hostname ?? ''
  let agent: Agent | undefined
  /** The client is loaded for the first call, which few processes make at once. */
  async function client() {
    const { Agent, request } = await import('undici')
    agent ??= new Agent({
      connections: MAX_CONNECTIONS,
      connect: { timeout: connectMs },
      // The deadline of a call strikes first; these are for a body that goes on trickling past it.
      headersTimeout: Math.max(checkoutMs, moneyMs),
      bodyTimeout: Math.max(checkoutMs, moneyMs),
    })
    return { dispatcher: agent, request }
  }

  /** Of where it goes only the host is told: a path may hold what opens a payment. */
  const exchange = ({ method, ...call }: Call) =>
    span(
      {
        name: `${method} ${host}`,
        kind: 'client',
        attributes: { 'http.request.method': method, 'server.address': host },
      },
      (span) => send({ method, ...call }, span),
    )

  async function send({ method, path, headers, body, money = false, signal }: Call, span?: Span): Promise<Exchanged> {
    const { dispatcher, request } = await client()
    const deadline = AbortSignal.timeout(money ? moneyMs : checkoutMs)
    try {
      const response = await request(`${baseUrl}${path}`, {
        dispatcher,
        method,
        signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      })
      const { statusCode: status } = response
      span?.note({ 'http.response.status_code': status })
      const read = await readJson(response.body, status < 400 ? undefined : redacted)
      return { status, headers: response.headers, ...read }
    } catch (error) {
      span?.fail(error)
      return { error }
    }
  }
  return { exchange, close: async () => agent?.close() }
}

/** A body that breaks off does not take the status and the headers with it: those were already in hand. */
async function readJson(stream: Dispatcher.ResponseData['body'], redacted = (text: string) => text) {
  try {
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of stream) {
      length += chunk.length
      if (length > MAX_BODY_BYTES) return { body: undefined, whole: false }
      chunks.push(chunk)
    }
    const text = redacted(Buffer.concat(chunks).toString())
    return { body: length === 0 ? undefined : (JSON.parse(text) as unknown), whole: true }
  } catch {
    return { body: undefined, whole: false }
  }
}
