import createFetchClient, { type Client } from 'openapi-fetch'
import type { paths as Orders } from './generated/orders.ts'
import type { paths as Privacy } from './generated/privacy.ts'
import type { paths as Returns } from './generated/returns.ts'
import type { paths as Shipping } from './generated/shipping.ts'

/** How long a call may take unless told otherwise. */
const TIMEOUT_MS = 10_000
/** Stands for a service whose address nobody told: it does not answer (RFC 2606). */
const NOBODY = 'http://nobody.invalid'

export type Options = {
  /** Where each service is, such as `https://orders.shop.example`. */
  urls: { orders: string; shipping: string; returns: string; privacy?: string }
  /** The bearer token of a call, asked for each of them; undefined for doors that are open to all. */
  token?: () => string | undefined | Promise<string | undefined>
  /** The `traceparent` (W3C Trace Context) of what a call belongs to; undefined where nobody is told of traces. */
  traceparent?: () => string | undefined
  /** Milliseconds after which a call without an answer is given up. */
  timeoutMs?: number
  /** What carries calls, such as `createNodeTransport()`; the platform's `fetch` unless given. */
  transport?: Transport
}

export type Clients = {
  orders: Client<Orders>
  shipping: Client<Shipping>
  returns: Client<Returns>
  privacy: Client<Privacy>
}

/** A call as it is sent: what of a `Request` bears on it. */
export type Call = { url: string; method: string; headers: Headers; body?: string | Uint8Array | FormData }
/** Carries a call there and its answer back, within so many milliseconds; throws what `fetch` throws. */
export type Transport = (call: Call, timeoutMs: number) => Promise<Response>

/**
 * The services as typed clients: paths, parameters, bodies and answers are those of `docs/api`, by which the type checker knows
 * what a call may say. Nothing is tried again: whoever calls knows what may be said twice (`Idempotency-Key`).
 */
export function createClients({ urls, token, traceparent, timeoutMs = TIMEOUT_MS, transport }: Options): Clients {
  const carry: Transport = transport ?? carryByFetch
  const send = async (call: Request) => {
    const bearer = await token?.()
    if (bearer !== undefined) call.headers.set('authorization', `Bearer ${bearer}`)
    const trace = traceparent?.()
    if (trace !== undefined) call.headers.set('traceparent', trace)
    return carry(call as unknown as Call, timeoutMs)
  }
  // A transport of one's own needs no request of the platform's.
  const made = transport === undefined ? {} : { Request: PlainCall as unknown as typeof Request }
  const client = <Paths extends object>(baseUrl: string) => createFetchClient<Paths>({ baseUrl, fetch: send, ...made })
  return {
    orders: client<Orders>(urls.orders),
    shipping: client<Shipping>(urls.shipping),
    returns: client<Returns>(urls.returns),
    privacy: client<Privacy>(urls.privacy ?? NOBODY),
  }
}

const carryByFetch: Transport = (call, timeoutMs) => {
  const request = call as unknown as Request
  return fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]) })
}

/** What stands where `openapi-fetch` makes a `Request`. */
function PlainCall(this: Call, url: string, init: Omit<Call, 'url'>) {
  Object.assign(this, init, { url })
}

/** An error as RFC 9457 tells it: `type` leads to a page about its kind, `detail` is a sentence for people. */
export type Problem = { type: string; title: string; status: number; detail?: string; [more: string]: unknown }

/** What a service refused, or could not do: an error whose message is the sentence of its problem. */
export type ProblemError = Error & { name: 'ProblemError'; problem: Problem }

export const isProblemError = (error: unknown): error is ProblemError =>
  error instanceof Error && error.name === 'ProblemError'

const problemError = (problem: Problem): ProblemError =>
  Object.assign(new Error(problem.detail ?? problem.title), { name: 'ProblemError' as const, problem })

type Answered<Data> = { data?: Data; error?: unknown; response: Response }

/** The data of an answer. Throws `ProblemError` for every other one, also where something on the way wrote it. */
export async function answered<Data>(call: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await call
  if (response.ok) return data as Data
  throw problemError(
    isProblem(error) ? error : { type: 'about:blank', title: response.statusText, status: response.status },
  )
}

const isProblem = (error: unknown): error is Problem =>
  typeof error === 'object' && error !== null && 'type' in error && 'status' in error
