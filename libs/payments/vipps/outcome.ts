import type { DeclineReason, Failure, Intent, ProviderError, Result } from '../port.ts'
import type { Answer, Reply } from './http.ts'

/** The connection was never made, so nothing was sent. Every other error may have come after the effect. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])
const NO_ROUTE = new Set(['EHOSTUNREACH', 'ENETUNREACH'])
const TIMED_OUT = new Set(['TimeoutError', 'HeadersTimeoutError', 'BodyTimeoutError'])
const MAX_MESSAGE_LENGTH = 500

const DECLINES: Record<number, DeclineReason> = { 400: 'invalid_request', 403: 'not_allowed', 404: 'not_found' }

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

export const badResponse = (answer: Answer): Failure => ({
  kind: 'unknown',
  cause: 'bad_response',
  error: said(answer),
})

/** The reply, if it is the one that was hoped for. */
export const replied = (answer: Answer, status: number): Reply | null =>
  'status' in answer && answer.status === status ? answer : null

/**
 * What an answer that isn't the expected success means for money: Vipps MobilePay, ePayment API, "Errors", and
 * knowledge base, "Errors" and "Idempotency". When in doubt it may have happened.
 */
export function failure(answer: Answer, now: Temporal.Instant): Failure {
  if ('notSent' in answer) return answer.notSent
  const error = said(answer)
  if (!('status' in answer)) return lost(answer.error, error)

  const { status } = answer
  const unknown = (cause: 'server_error' | 'conflict' | 'bad_response'): Failure => ({ kind: 'unknown', cause, error })
  if (status < 400) return unknown('bad_response')
  if (status === 401) return { kind: 'not_sent', cause: 'misconfigured', retryAfter: null, error }
  if (status === 429) return { kind: 'not_sent', cause: 'throttled', retryAfter: retryAfter(answer, now), error }
  if (status === 409) return unknown('conflict')
  // Without a problem of Vipps' own it was written by something on the way, which may not know what became of it.
  if (typeof field(answer.body, 'title') !== 'string') return unknown('server_error')
  // Locked: something else is under way on the payment.
  if (status === 423) return { kind: 'not_sent', cause: 'throttled', retryAfter: retryAfter(answer, now), error }
  const reason = DECLINES[status]
  return reason === undefined ? unknown('server_error') : { kind: 'declined', reason, error }
}

function lost(thrown: unknown, error: ProviderError): Failure {
  const code = error.code ?? ''
  if (NEVER_CONNECTED.has(code) || (NO_ROUTE.has(code) && field(thrown, 'syscall') === 'connect')) {
    return { kind: 'not_sent', cause: 'unreachable', retryAfter: null, error }
  }
  const name = String(field(thrown, 'name'))
  if (TIMED_OUT.has(name)) return { kind: 'unknown', cause: 'timeout', error }
  return { kind: 'unknown', cause: name === 'HTTPParserError' ? 'bad_response' : 'connection_lost', error }
}

/**
 * What Vipps said, for people. Its domain errors have a number among `extraDetails`, which outlives the wording. Only
 * names and codes of thrown errors are kept: their messages may quote what was sent.
 */
export function said(answer: Answer): ProviderError {
  if ('notSent' in answer) return answer.notSent.error
  if (!('status' in answer)) {
    const name = text(field(answer.error, 'code')) ?? text(field(answer.error, 'name'))
    return { httpStatus: null, code: name, messages: [], correlationId: null }
  }
  const { status, body } = answer
  const messages = [text(field(body, 'title')), text(field(body, 'detail'))].filter((message) => message !== null)
  return {
    httpStatus: status,
    code: errorCode(body),
    messages,
    correlationId: text(field(body, 'traceId')),
  }
}

function errorCode(body: unknown) {
  const details = field(body, 'extraDetails')
  if (!Array.isArray(details)) return null
  const named = details.find((detail: unknown) => field(detail, 'name') === 'ErrorCode')
  return text(field(named, 'reason'))
}

const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, MAX_MESSAGE_LENGTH) : null)

function retryAfter({ headers }: Reply, now: Temporal.Instant) {
  const header = headers['retry-after']
  return typeof header === 'string' && /^\d{1,6}$/.test(header) ? now.add({ seconds: Number(header) }) : null
}

/** After an attempt that may have happened, a refusal is often about our own success: it is not believed. */
export const doubted = <Value>(intent: Intent, result: Result<Value>): Result<Value> =>
  result.kind === 'declined' && intent.earlierUnknown === true
    ? { kind: 'unknown', cause: 'conflict', error: result.error }
    : result
