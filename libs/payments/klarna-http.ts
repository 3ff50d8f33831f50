import { Agent, type Dispatcher, request } from 'undici'

const CONNECT_TIMEOUT_MS = 5_000
const CHECKOUT_TIMEOUT_MS = 20_000
/** Longer than the 59 s after which Klarna itself gives up, so that most answers are seen. */
const MONEY_TIMEOUT_MS = 65_000
const MAX_CONNECTIONS = 16
const MAX_BODY_BYTES = 4_000_000

/** How long a whole exchange may take, in milliseconds: with a customer waiting, or with money moving in a job. */
export type Timeouts = { connectMs?: number; checkoutMs?: number; moneyMs?: number }

export type Call = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  body?: object
  key?: string
  /** Money moves: wait longer. */
  money?: boolean
  signal?: AbortSignal
}

/** What came back. `body` is parsed JSON; undefined when it was empty, or when it was broken, which `whole` tells apart. */
export type Reply = { status: number; headers: Record<string, unknown>; body: unknown; whole: boolean }
export type Answer = Reply | { error: unknown }
export type Send = (call: Call) => Promise<Answer>

/** Sends one request to Klarna, once: no retries and no redirects, and whatever goes wrong is part of the answer. */
export function createSender(options: { baseUrl: string; username: string; password: string; timeouts?: Timeouts }) {
  const { connectMs = CONNECT_TIMEOUT_MS, checkoutMs = CHECKOUT_TIMEOUT_MS } = options.timeouts ?? {}
  const { moneyMs = MONEY_TIMEOUT_MS } = options.timeouts ?? {}
  const agent = new Agent({ connections: MAX_CONNECTIONS, connect: { timeout: connectMs } })
  const authorization = `Basic ${Buffer.from(`${options.username}:${options.password}`).toString('base64')}`

  async function send({ method, path, body, key, money = false, signal }: Call): Promise<Answer> {
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
        body: body === undefined ? null : JSON.stringify(body),
      })
      return { status: response.statusCode, headers: response.headers, ...(await readJson(response.body)) }
    } catch (error) {
      return { error }
    }
  }
  return { send, close: () => agent.close() }
}

/** A body that breaks off does not take the status and the headers with it: those were already in hand. */
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
