import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { lockOpenErasures, settleEmptied } from '../erasure/store.ts'
import { SHOP, SHOP_CASES } from '../subjects/of-the-shop.ts'
import { askNoMore } from '../subjects/store.ts'
import { kept } from './store.ts'

/**
 * What a system of others was asked to erase and has not, and something keeps since, is asked for no more: a dispute, or the person’s own
 * wish. The shop’s own services erase at once, so that nothing of theirs can be recalled. It is asked for again when nothing keeps it.
 * Source: GDPR Art. 17(3)(e), 18(1)(b)–(c).
 */
export async function recallKept(trx: Transaction<Database>, controller: PolicyId, at: Temporal.Instant) {
  // Locked in this order, as by whoever answers.
  await lockOpenErasures(trx, controller, [SHOP, SHOP_CASES])
  const emptied = await askNoMore(trx, controller, [SHOP, SHOP_CASES], kept)
  await settleEmptied(trx, emptied, at.toString())
}
