import type { PayoutMade } from '@vilkar/contracts/orders-payout.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import { readPayout } from '../store.ts'

/** What was to be paid besides is with the customer. */
export async function onPayoutMade(trx: Transaction<Database>, deps: Deps, made: PayoutMade['data']) {
  const { payoutId, amount, paidAt } = made
  if ((await readPayout(trx, payoutId)) === undefined) return
  await handle(trx, { type: 'ClosePayout', data: { payoutId, at: paidAt, amount, paidAt } }, deps)
}
