import { v7 as uuidv7 } from 'uuid'
import type { Deps, Trx } from '../deps.ts'
import { tellWriting } from '../order/tell-writing.ts'

/** What a person said about a money operation, or a session that could not be opened: who, what and why. It is kept. */

/** Who said it, why, and of which movement of the provider's. */
export type Statement = { by: string; reason: string; providerId?: string }
type Verdict = 'retry' | 'executed' | 'not-executed' | 'claimed' | 'reduced'

type About = { id: string; orderId: string; attempt: number }

export const keepDecision = (
  trx: Trx,
  deps: Pick<Deps, 'clock'>,
  { id, orderId, attempt }: About,
  verdict: Verdict,
  said: Statement,
) => keep(trx, deps, { of: { operation_id: id }, orderId, attempt, verdict, said })

/** Of a session that could not be opened, and is tried again. */
export const keepRetryOfSession = (
  trx: Trx,
  deps: Pick<Deps, 'clock'>,
  { id, orderId, attempt }: About,
  said: Statement,
) => keep(trx, deps, { of: { session_id: id }, orderId, attempt, verdict: 'retry', said })

type Kept = {
  of: { operation_id: string } | { session_id: string }
  orderId: string
  attempt: number
  verdict: Verdict
  said: Statement
}
async function keep(
  trx: Trx,
  { clock }: Pick<Deps, 'clock'>,
  { of, orderId, attempt, verdict, said: { by, reason, providerId } }: Kept,
) {
  const now = clock.now()
  await tellWriting(trx, orderId, now)
  await trx
    .insertInto('operation_decision')
    .values({
      ...{ id: uuidv7(), operation_id: null, session_id: null, ...of, attempt, verdict },
      ...{ provider_id: providerId ?? null, said_by: by, reason, said_at: now.toString() },
    })
    .execute()
}

/** Whether the very same was said last: then it has happened already. */
export async function wasSaid(trx: Trx, operationId: string, verdict: Verdict, providerId?: string) {
  const last = await trx
    .selectFrom('operation_decision')
    .select(['verdict', 'provider_id'])
    .where('operation_id', '=', operationId)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return last?.verdict === verdict && (last.provider_id ?? undefined) === providerId
}
