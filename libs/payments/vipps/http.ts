import { Agent, type Dispatcher, request } from 'undici'
import type { Failure } from '../port.ts'

const CONNECT_TIMEOUT_MS = 5_000
export const CHECKOUT_TIMEOUT_MS = 20_000
const MONEY_TIMEOUT_MS = 65_000
const MAX_CONNECTIONS = 16
const MAX_BODY_BYTES = 4_000_000

/** How long a whole exchange may take, in milliseconds: with a customer waiting, or with money moving in a job. */
export type Timeouts = { connectMs?: number; checkoutMs?: number; moneyMs?: number }

export type Call = {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: object
  /** Money moves: wait longer. */
  money?: boolean
  signal?: AbortSignal
}

/** What came back. `body` is parsed JSON; undefined when it was empty, or when it was broken, which `whole` tells apart. */
export type Reply = { status: number; headers: Record<string, unknown>; body: unknown; whole: boolean }
/** A reply, or what was thrown instead, or why the request was never sent. */
export type Answer = Reply | { error: unknown } | { notSent: NotSent }
export type NotSent = Extract<Failure, { kind: 'not_sent' }>

/** Exchanges one request for one answer: no retries and no redirects, and whatever goes wrong is part of the answer. */
export function createExchange(baseUrl: string, timeouts: Timeouts = {}) {
  const { connectMs = CONNECT_TIMEOUT_MS, checkoutMs = CHECKOUT_TIMEOUT_MS, moneyMs = MONEY_TIMEOUT_MS } = timeouts
  const agent = new Agent({ connections: MAX_CONNECTIONS, connect: { timeout: connectMs } })

  async function exchange({ method, path, headers, body, money = false, signal }: Call): Promise<Answer> {
    const deadline = AbortSignal.timeout(money ? moneyMs : checkoutMs)
    try {
      const response = await request(`${baseUrl}${path}`, {
        dispatcher: agent,
        method,
        signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
      })
      return { status: response.statusCode, headers: response.headers, ...(await readJson(response.body)) }
    } catch (error) {
      return { error }
    }
  }
  return { exchange, close: () => agent.close() }
}

/** A body that breaks off does not take the status with it: that was already in hand. */
async function readJson(stream: Dispatcher.ResponseData['body']) {
  try {
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of stream) {
      length += chunk.length
      if (length > MAX_BODY_BYTES) return { body: undefined, whole: false }
      chunks.push(chunk)
    }
    return { body: length === 0 ? undefined : (JSON.parse(Buffer.concat(chunks).toString()) as unknown), whole: true }
  } catch {
    return { body: undefined, whole: false }
  }
}
