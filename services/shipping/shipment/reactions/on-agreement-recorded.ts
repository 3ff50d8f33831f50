import type { AgreementRecorded } from '@vilkar/contracts/returns-agreement.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { lockShipmentsOf, lookAgainAtRisk, setOrderToShip } from '../store.ts'

/** Days to withdraw that were agreed in writing: as long as the right is open, the risk of a consumer's goods is the seller's. */
export async function onAgreementRecorded(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, agreementId, agreedAt, changes, ends }: AgreementRecorded['data'],
) {
  const { withdrawalDays } = changes
  if (withdrawalDays === undefined && ends === undefined) return
  const { order } = await lockShipmentsOf(trx, orderId)
  // Orders and returns are not ordered against each other: told before its order, this is tried again.
  if (order === undefined) throw new Error(`Nothing is known of order ${orderId} yet.`)
  const { agreements = [] } = order.facts
  if (agreements.some((each) => each.agreementId === agreementId)) return
  const agreed = { ...(withdrawalDays !== undefined && { withdrawalDays }) }
  const one = { agreementId, agreedAt, changes: agreed, ...(ends && { ends }) }
  await setOrderToShip(trx, orderId, { ...order.facts, agreements: [...agreements, one] })
  await lookAgainAtRisk(trx, orderId)
}
