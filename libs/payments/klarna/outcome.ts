import { field, lost, retryAfter, thrownError } from '../answer.ts'
import type { DeclineReason, Failure, ProviderError } from '../port.ts'
import type { Answer } from './http.ts'

const MAX_MESSAGES = 10
const KEYS = /\b(klarna|kco)_(live|test)_\S+|\bBasic\s+[\w+/=-]{8,}/g
const MAX_MESSAGE_LENGTH = 500

export const badResponse = (answer: Answer): Failure => ({
  kind: 'unknown',
  cause: 'bad_response',
  error: said(answer),
})

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

function said(answer: Answer): ProviderError {
  if (!('status' in answer)) return thrownError('error' in answer ? answer.error : undefined)
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
