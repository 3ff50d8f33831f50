import { Type } from 'typebox'
import { httpError } from './problems.ts'

/** The header of a door that does something each time it is asked, so that what is said twice happens once. */
export const IdempotencyKey = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      description: 'Required. 1–200 visible ASCII characters; remembered for the caller, for four weeks at least.',
    }),
  ),
})

const KEY = /^"?([\x21\x23-\x7e]{1,200})"?$/

/** The key of a request, as text or as a string of RFC 9651. Throws 400 when it is missing or is none. */
export function readIdempotencyKey({ 'idempotency-key': header }: { 'idempotency-key'?: string }) {
  if (header === undefined)
    throw httpError(
      400,
      'idempotency-key-missing',
      'Send an Idempotency-Key header, so that a request that is sent twice does nothing twice.',
    )
  const key = KEY.exec(header)?.[1]
  if (key === undefined)
    throw httpError(400, 'idempotency-key-invalid', 'The Idempotency-Key must have 1 to 200 visible ASCII characters.')
  return key
}

export const keyReused = () =>
  httpError(422, 'idempotency-key-reused', 'This Idempotency-Key was used for another request. Use a new key.')
