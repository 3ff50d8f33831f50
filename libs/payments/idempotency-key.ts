import { createHash } from 'node:crypto'

const NAMESPACE = '7d0a3c52-41f6-5b0e-9d1c-6a2f8e94b317'

/** A name-based UUID, version 5 (RFC 9562, section 5.5): the same name gives the same UUID, everywhere and always. */
export function uuidV5(namespace: string, name: string) {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
  bytes[6] = (bytes[6]! & 0x0f) | 0x50
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

export type KeyedOp = 'start' | 'authorise' | 'acknowledge' | 'capture' | 'refund' | 'release' | 'extend' | 'redirect'

/**
 * The key under which a provider does a thing once. Providers disregard the body of a repeated key, so everything that
 * makes it another thing is in the name: the operation, the intent, the amount (minor units) and the attempt.
 */
export const idempotencyKey = (intent: { op: KeyedOp; intentId: string; amount: number; attempt: number }) =>
  uuidV5(NAMESPACE, [intent.op, intent.intentId, intent.amount, intent.attempt].join(':'))
