import type { Reply } from './exchange.ts'
import type { DeclineReason, Failure, Intent, Money, Moved, Movement, ProviderError, Result, Snapshot } from './port.ts'

/** The connection was never made, so nothing was sent. Every other error may have come after the effect. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])
const NO_ROUTE = new Set(['EHOSTUNREACH', 'ENETUNREACH'])
const TIMED_OUT = new Set(['TimeoutError', 'HeadersTimeoutError', 'BodyTimeoutError'])

/** A field of something that a stranger sent. */
export const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined

export const ok = <Value>(value: Value) => ({ kind: 'ok' as const, value })

/** Refused by ourselves, before anything was sent. */
export const declined = (reason: DeclineReason, message: string): Failure => ({
  kind: 'declined',
  reason,
  error: { httpStatus: null, code: null, messages: [message], correlationId: null },
})

/** The reply, if it is the one that was hoped for. */
export const replied = (answer: Reply | object, status: number): Reply | null =>
  'status' in answer && answer.status === status ? answer : null

/** What a thrown error says. Only its name and code are kept: its message may quote what was sent. */
export function thrownError(thrown: unknown): ProviderError {
  const name = [field(thrown, 'code'), field(thrown, 'name')].find((text) => typeof text === 'string')
  return { httpStatus: null, code: (name as string | undefined) ?? null, messages: [], correlationId: null }
}

/** What no answer at all means: only what never connected was surely not sent. */
export function lost(thrown: unknown, error: ProviderError): Failure {
  const code = error.code ?? ''
  if (NEVER_CONNECTED.has(code) || (NO_ROUTE.has(code) && field(thrown, 'syscall') === 'connect')) {
    return { kind: 'not_sent', cause: 'unreachable', retryAfter: null, error }
  }
  const name = String(field(thrown, 'name'))
  if (TIMED_OUT.has(name)) return { kind: 'unknown', cause: 'timeout', error }
  return { kind: 'unknown', cause: name === 'HTTPParserError' ? 'bad_response' : 'connection_lost', error }
}

/** When a `Retry-After` of seconds ends; null without one. */
export function retryAfter({ headers }: Reply, now: Temporal.Instant) {
  const header = headers['retry-after']
  return typeof header === 'string' && /^\d{1,6}$/.test(header) ? now.add({ seconds: Number(header) }) : null
}

/** After an attempt that may have happened, a refusal is often about our own success: it is not believed. */
export const doubted = <Value>(intent: Intent, result: Result<Value>): Result<Value> =>
  result.kind === 'declined' && intent.earlierUnknown === true
    ? { kind: 'unknown', cause: 'conflict', error: result.error }
    : result

/** What a refusal means when the provider's books hold a movement of ours already: the success that was lost, if the amount is. */
export const earlierSuccess = (own: Movement, amount: Money, refused: Failure): Result<Moved> =>
  own.amount === amount.amount
    ? ok({ providerId: own.providerId })
    : { kind: 'unknown', cause: 'conflict', error: refused.error }

/** Why a refund is refused, told from the books. */
export function whyNoRefund({ captured, refunded }: Snapshot, amount: number): DeclineReason | null {
  if (captured === 0) return 'not_captured'
  return amount > captured - refunded ? 'exceeds_captured' : null
}
