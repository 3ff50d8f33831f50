import type { DeclineReason, Failure, Intent, ProviderError, Result } from '../port.ts'
import type { Answer, Reply } from './http.ts'

/** The connection was never made, so nothing was sent. Every other error may have come after the effect. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])
const NO_ROUTE = new Set(['EHOSTUNREACH', 'ENETUNREACH'])
const TIMED_OUT = new Set(['TimeoutError', 'HeadersTimeoutError', 'BodyTimeoutError'])
const MAX_MESSAGES = 10
const KEYS = /\b(klarna|kco)_(live|test)_\S+|\bBasic\s+[\w+/=-]{8,}/g
const MAX_MESSAGE_LENGTH = 500

/** A field of something that a stranger sent. */
export const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined

export const ok = <Value>(value: Value) => ({ kind: 'ok' as const, value })

export const badResponse = (answer: Answer): Failure => ({
  kind: 'unknown',
  cause: 'bad_response',
  error: said(answer),
})

/** Refused by ourselves, before anything was sent. */
export const invalidRequest = (message: string): Failure => ({
  kind: 'declined',
  reason: 'invalid_request',
  error: { httpStatus: null, code: null, messages: [message], correlationId: null },
})

/** Refused since the provider has no such thing. */
export const notSupported = (message: string): Failure => ({
  kind: 'declined',
  reason: 'not_supported',
  error: { httpStatus: null, code: null, messages: [message], correlationId: null },
})

/** The reply, if it is the one that was hoped for. */
export const replied = (answer: Answer, status: number): Reply | null =>
  'status' in answer && answer.status === status ? answer : null

/**
 * What an answer that isn't the expected success means for money: docs.klarna.com, "Escalation and retry policy" and
 * "Error codes and messages". When in doubt it may have happened.
 */
export function failure(answer: Answer, now: Temporal.Instant): Failure {
  const error = said(answer)
  if ('heldBackMs' in answer) {
    return { kind: 'not_sent', cause: 'throttled', retryAfter: now.add({ milliseconds: answer.heldBackMs }), error }
  }
  if (!('status' in answer)) return lost(answer.error, error)

  const { status } = answer
  const unknown = (cause: 'server_error' | 'conflict' | 'bad_response'): Failure => ({ kind: 'unknown', cause, error })
  if (status < 400) return unknown('bad_response')
  if (status === 401) return { kind: 'not_sent', cause: 'misconfigured', retryAfter: null, error }
  if (status === 429) return { kind: 'not_sent', cause: 'throttled', retryAfter: retryAfter(answer, now), error }
  if (status === 409) return unknown('conflict')
  // Without Klarna's own error body it was written by something on the way, which may not know what became of it.
  if (error.code === null) return unknown('server_error')
  if (error.code === 'MERCHANT_INACTIVE') return { kind: 'not_sent', cause: 'misconfigured', retryAfter: null, error }
  const reason = declineReason(status, error.code)
  return reason === null ? unknown('server_error') : { kind: 'declined', reason, error }
}

function declineReason(status: number, code: string): DeclineReason | null {
  switch (status) {
    case 400:
      return code === 'INVALID_ORDER_ID' ? 'not_found' : 'invalid_request'
    case 403:
      if (code === 'PAYMENT_METHOD_FAILED') return 'payment_method_failed'
      return code === 'REJECTED' ? 'risk_rejected' : 'not_allowed'
    case 404:
      return 'not_found'
    case 413:
    case 422:
      return 'invalid_request'
    default:
      return null
  }
}

function lost(thrown: unknown, error: ProviderError): Failure {
  const unreachable =
    NEVER_CONNECTED.has(error.code ?? '') || (NO_ROUTE.has(error.code ?? '') && field(thrown, 'syscall') === 'connect')
  if (unreachable) return { kind: 'not_sent', cause: 'unreachable', retryAfter: null, error }
  const name = String(field(thrown, 'name'))
  if (TIMED_OUT.has(name)) return { kind: 'unknown', cause: 'timeout', error }
  return { kind: 'unknown', cause: name === 'HTTPParserError' ? 'bad_response' : 'connection_lost', error }
}

/** Only names and codes of thrown errors are kept: their messages may quote what was sent. */
function said(answer: Answer): ProviderError {
  if (!('status' in answer)) {
    const thrown = 'error' in answer ? answer.error : undefined
    const code = field(thrown, 'code')
    const name = typeof code === 'string' ? code : field(thrown, 'name')
    return { httpStatus: null, code: typeof name === 'string' ? name : null, messages: [], correlationId: null }
  }
  const text = (name: string) => {
    const value = field(answer.body, name)
    return typeof value === 'string' ? shown(value) : null
  }
  const messages = field(answer.body, 'error_messages')
  return {
    httpStatus: answer.status,
    code: text('error_code'),
    messages: (Array.isArray(messages) ? messages : []).slice(0, MAX_MESSAGES).map((message) => shown(String(message))),
    correlationId: text('correlation_id'),
  }
}

/** Anything that looks like somebody's key is struck out, for these texts go to logs and to people. */
const shown = (text: string) => text.replaceAll(KEYS, '[redacted]').slice(0, MAX_MESSAGE_LENGTH)

function retryAfter({ headers }: Reply, now: Temporal.Instant) {
  const header = headers['retry-after']
  return typeof header === 'string' && /^\d{1,6}$/.test(header) ? now.add({ seconds: Number(header) }) : null
}

/** After an attempt that may have happened, a refusal is often about our own success: it is not believed. */
export const doubted = <Value>(intent: Intent, result: Result<Value>): Result<Value> =>
  result.kind === 'declined' && intent.earlierUnknown === true
    ? { kind: 'unknown', cause: 'conflict', error: result.error }
    : result
