import { doubted, replied } from '../answer.ts'
import type { Extended, ExtendInput, Result } from '../port.ts'
import type { Klarna } from './context.ts'
import { orderPath, read } from './orders.ts'
import { badResponse, failure } from './outcome.ts'

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
