import type { Extended, ExtendInput, MoveInput, Result } from '../port.ts'
import type { Klarna } from './klarna.ts'
import { klarnaLine, problemWith } from './lines.ts'
import { orderPath, read } from './orders.ts'
import { badResponse, doubted, failure, invalidRequest, ok, replied } from './outcome.ts'

/**
 * Makes the authorisation last longer: POST …/extend-authorization-time. Klarna answers without a body, so the new end
 * is read. Repeating it on the same day gives the same end. Declined with `authorisation_expired` when it is too late.
 */
export async function extend(klarna: Klarna, input: ExtendInput): Promise<Result<Extended>> {
  const { paymentId, intent, signal } = input
  const path = `${orderPath(paymentId)}/extend-authorization-time`
  const answer = await klarna.send({ method: 'POST', path, key: intent.idempotencyKey, money: true, signal })
  const refused = replied(answer, 204) === null ? failure(answer, klarna.now()) : null
  if (refused !== null && (refused.kind !== 'declined' || refused.reason !== 'not_allowed')) {
    return doubted(intent, refused)
  }
  const books = await read(klarna, paymentId, signal)
  if (refused === null) {
    // It is longer, but until when is not known unless the books can be read: that is for `reconcile`.
    if (books.kind !== 'ok') return books.kind === 'unknown' ? books : badResponse(answer)
    const { expiresAt } = books.value
    return expiresAt === null ? badResponse(answer) : { kind: 'ok', value: { expiresAt } }
  }
  if (books.kind !== 'ok' || refused.kind !== 'declined') return doubted(intent, refused)
  const { state, capturable } = books.value
  if (state === 'expired') return doubted(intent, { ...refused, reason: 'authorisation_expired' })
  if (state === 'cancelled' || capturable === 0)
    return doubted(intent, { ...refused, reason: 'authorisation_cancelled' })
  return doubted(intent, refused)
}

/**
 * Replaces the authorised amount and lines: PATCH …/authorization. Klarna deletes the lines that it is not told of, so
 * all of them are always told. Never below what was captured; above what was authorised Klarna looks at the risk again.
 */
export async function updateAuthorisation(klarna: Klarna, input: MoveInput): Promise<Result<object>> {
  const { paymentId, intent, amount, lines, description, signal } = input
  const problem = problemWith({ total: amount, lines })
  if (problem !== null) return doubted(intent, invalidRequest(problem))
  const answer = await klarna.send({
    method: 'PATCH',
    path: `${orderPath(paymentId)}/authorization`,
    key: intent.idempotencyKey,
    money: true,
    body: { order_amount: amount.amount, description, order_lines: lines.map(klarnaLine) },
    signal,
  })
  return replied(answer, 204) === null ? doubted(intent, failure(answer, klarna.now())) : ok({})
}
