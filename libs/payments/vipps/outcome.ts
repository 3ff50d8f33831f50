import { field, lost, retryAfter, thrownError } from '../answer.ts'
import type { Exchanged } from '../exchange.ts'
import type { DeclineReason, Failure, ProviderError } from '../port.ts'

/** A reply, or what was thrown instead, or why the request was never sent. */
export type Answer = Exchanged | { notSent: NotSent }
export type NotSent = Extract<Failure, { kind: 'not_sent' }>

const MAX_MESSAGE_LENGTH = 500

const DECLINES: Record<number, DeclineReason> = { 400: 'invalid_request', 403: 'not_allowed', 404: 'not_found' }

export const badResponse = (answer: Answer): Failure => ({
  kind: 'unknown',
  cause: 'bad_response',
  error: said(answer),
})

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

/**
 * What Vipps said, for people. Its domain errors have a number among `extraDetails`, which outlives the wording.
 */
export function said(answer: Answer): ProviderError {
  if ('notSent' in answer) return answer.notSent.error
  if (!('status' in answer)) return thrownError(answer.error)
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
