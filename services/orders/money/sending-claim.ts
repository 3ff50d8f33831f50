import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Operation } from './operation.ts'
import { CLAIM_SECONDS, renewClaim } from './operation-store.ts'

const RENEW_EVERY_MS = 3_000

/** The claim on an operation, as the process knows that holds it. */
export type Claim = {
  /** Throws when it may be another's by now: this process was frozen, or did not reach the database for too long. */
  assertHeld(): void
}

/**
 * Works on a claimed operation, and renews its claim for as long as that takes: no other operation of the order is sent
 * meanwhile, and none has to wait when this process dies. A call that is answered before the first renewal costs no statement.
 */
export async function underClaim<T>(
  { db, log }: { db: Kysely<Database>; log: { warn(details: object, message: string): void } },
  operation: Pick<Operation, 'id' | 'attempt'>,
  work: (claim: Claim) => Promise<T>,
): Promise<T> {
  let heldUntil = performance.now() + CLAIM_SECONDS * 1_000
  async function renew() {
    const askedAt = performance.now()
    try {
      heldUntil = (await renewClaim(db, operation)) ? askedAt + CLAIM_SECONDS * 1_000 : 0
    } catch (error) {
      log.warn({ err: error, operation: operation.id }, 'the claim on a money operation could not be renewed')
    }
  }
  const timer = setInterval(() => void renew(), RENEW_EVERY_MS)
  try {
    return await work({
      assertHeld() {
        if (performance.now() > heldUntil) throw new Error(`The claim on operation ${operation.id} ran out.`)
      },
    })
  } finally {
    clearInterval(timer)
  }
}
