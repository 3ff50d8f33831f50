import { type OptedOut, sayAgain, type TakenBack } from '@vilkar/privacy/consent/say-again.ts'
import type { Database } from '@vilkar/privacy/database.ts'
import { askErasure } from '@vilkar/privacy/erasure/ask.ts'
import { forgetWords } from '@vilkar/privacy/requests/store.ts'
import { erasure as rule } from '@vilkar/terms/privacy/erasure.ts'
import { isPolicyId, type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Kysely, sql } from 'kysely'
import { type Entry, isErased, isNo } from './log.ts'
import type { Replayed } from './replay.ts'

/**
 * What the privacy service forgot by a restore: it asks all holders again for each erasure that it does not know, its own services once
 * they run and systems of others when they next look, and what a person wrote goes. Who opted out or took a consent back has said so again.
 */
export async function replayPrivacy(db: Kysely<Database>, log: Entry[]): Promise<Replayed> {
  const total: Replayed & { noes: number } = {
    database: 'privacy',
    erased: 0,
    places: 0,
    before: 0,
    unknown: [],
    underWay: [],
    noes: 0,
  }
  for (const entry of log) {
    const { controller } = entry
    if (controller === undefined || !isPolicyId(controller)) continue
    await db.transaction().execute(async (trx) => {
      if (isNo(entry)) {
        total.noes += (await sayAgain(trx, entry as OptedOut | TakenBack)) ? 1 : 0
        return
      }
      if (!isErased(entry)) {
        total.places += await forgetWords(trx, entry)
        return
      }
      const { erasureId: id, records, keeps, system, erasedAt } = entry
      const { rows } = await sql`select from erasure where id = ${id}`.execute(trx)
      if (rows.length > 0) {
        total.before += records.length
        return
      }
      const at = Temporal.Instant.from(erasedAt)
      const { reasons } = rule(policyOf(controller as PolicyId), {})
      await askErasure(trx, { id, controller, system, records, keeps, cause: 'replayed', reasons, at })
      total.erased += records.length
    })
  }
  return total
}
