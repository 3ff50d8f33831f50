import type { PayoutDecided } from '@vilkar/contracts/returns-payout.ts'
import type { Deps, Trx } from '../../deps.ts'
import { insertPayout } from '../payouts.ts'

/** Something is to be paid besides refunds: it waits for a person, who pays it by its day. */
export const onPayoutDecided = async (trx: Trx, _deps: Deps, decided: PayoutDecided['data']) => {
  await insertPayout(trx, decided)
}
