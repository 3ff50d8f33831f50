import type { WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { expectWithdrawn } from '../../inbound/reactions/on-returns.ts'
import { lookAgainAtFailures } from '../../shipment/store.ts'

/** Goods are to come back; what of them failed to be delivered needs nobody any more, and what comes back is no failure. */
export async function onWithdrawalDeclared(trx: Transaction<Database>, deps: Deps, told: WithdrawalDeclared['data']) {
  await expectWithdrawn(trx, deps, told)
  await lookAgainAtFailures(trx, told.orderId)
}
