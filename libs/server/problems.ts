import { Reasons } from '@vilkar/contracts/parts.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { Type } from 'typebox'

/** RFC 9457 problem details. `type` is stable and for machines; `detail` is a sentence for people. */
export const Problem = Type.Object(
  {
    type: Type.String({ examples: ['/problems/cancellation-refused'] }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    reasons: Type.Optional(Reasons),
    errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
  },
  { title: 'Problem', additionalProperties: true },
)

export type Problem = { type: string; title: string; status: number; detail: string; reasons?: Reason[] } & Record<
  string,
  unknown
>

/** Builds a problem; `code` is the last part of its type, such as `order-unknown`. */
export const problem = (
  status: number,
  code: string,
  detail: string,
  extra: Record<string, unknown> = {},
): Problem => ({
  type: `/problems/${code}`,
  title: code.replaceAll('-', ' '),
  status,
  detail,
  ...extra,
})

/** What is refused because there is nothing there is 404; every other refusal is a conflict with the state of things. */
export const refusalProblem = ({ code, detail, reasons, extra }: Refusal): Problem =>
  problem(code.endsWith('-unknown') ? 404 : 409, code, detail, { ...(reasons && { reasons }), ...extra })

/** A fault that an HTTP handler may throw to answer with a problem. */
export function httpError(status: number, code: string, detail: string, extra?: Record<string, unknown>) {
  return Object.assign(new Error(detail), { statusCode: status, problem: problem(status, code, detail, extra) })
}

/** 400 with the field that is wrong; `message` completes the sentence that begins with the field. */
export const invalidField = (field: string, message: string) =>
  httpError(400, 'invalid-input', `${field} ${message}.`, { errors: [{ field, message }] })

/** A refusal as an error, for a handler whose transaction is over: what was recorded stays recorded. */
export function refusalError(refusal: Refusal) {
  const answer = refusalProblem(refusal)
  return Object.assign(new Error(refusal.detail), { statusCode: answer.status, problem: answer })
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** The `response` part of a route's schema for the statuses that it may refuse with. */
export const problems = (...statuses: number[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: descriptions[status] ?? 'Problem', content: { [PROBLEM_MEDIA_TYPE]: { schema: Problem } } },
    ]),
  )

const descriptions: Record<number, string> = {
  400: 'The request is malformed, or a value in it is wrong; nothing was changed.',
  401: 'There is no valid bearer token.',
  403: "The token's scopes do not allow this.",
  404: 'There is no such thing, or it belongs to somebody else.',
  409: 'Refused in the present state of things; reasons are cited.',
  410: 'It was there, and is gone.',
  412: 'It is not as the request expects; nothing was changed. `current` and the ETag are of what there is.',
  413: 'The body is too large.',
  414: 'A part of the path is too long.',
  415: 'The body is not of a kind that is read here.',
  422: 'The idempotency key was used for another request.',
  429: 'Too many requests; Retry-After says when to come again.',
  431: 'The headers are too large.',
  500: 'A fault on our side; nothing was changed.',
  503: 'Not ready; try again shortly.',
}
