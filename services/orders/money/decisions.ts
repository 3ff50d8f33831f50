import { v7 as uuidv7 } from 'uuid'
import type { Deps, Trx } from '../deps.ts'

/** What a person said about a money operation, or a session that could not be opened: who, what and why. It is kept. */

/** Who said it, why, and of which movement of the provider's. */
export type Statement = { by: string; reason: string; providerId?: string }
type Verdict = 'retry' | 'executed' | 'not-executed' | 'claimed' | 'reduced'

export const keepDecision = (
  trx: Trx,
  { clock }: Pick<Deps, 'clock'>,
  about: { operation_id: string } | { session_id: string },
  attempt: number,
  verdict: Verdict,
  { by, reason, providerId }: Statement,
) =>
  trx
    .insertInto('operation_decision')
    .values({
      ...{ id: uuidv7(), operation_id: null, session_id: null, ...about, attempt, verdict },
      ...{ provider_id: providerId ?? null, said_by: by, reason, said_at: clock.now().toString() },
    })
    .execute()

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
