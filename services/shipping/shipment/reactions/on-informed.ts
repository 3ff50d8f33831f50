import type { ContractReconfirmed, EmailCorrected } from '@vilkar/contracts/orders-contract.ts'
import { linkAddress } from '@vilkar/server/signed-links.ts'
import type { Transaction } from 'kysely'
import type { Database, OrderToShip } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { informedBy } from '../informed.ts'
import { lockShipmentsOf, lookAgainAtRisk, setLinkAddress, setOrderToShip } from '../store.ts'

/** Links that were mailed to the wrong address open nothing any more. A contract that was confirmed to somebody else informed nobody: until it is confirmed anew, the customer was not told. */
export async function onEmailCorrected(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, wasFormed, personal }: EmailCorrected['data'],
) {
  await setLinkAddress(trx, orderId, linkAddress(orderId, personal.email))
  if (!wasFormed) return
  const { order } = await lockShipmentsOf(trx, orderId)
  await inform(trx, orderId, { ...order!.facts, disclosures: { withdrawalInformation: false } })
}

/** Informed late: the period to withdraw counts from here if that is later (angrerettloven § 21). */
export async function onContractReconfirmed(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, documents, reconfirmedAt: withdrawalInformationGivenAt }: ContractReconfirmed['data'],
) {
  const { order } = await lockShipmentsOf(trx, orderId)
  if (!informedBy(order!.facts, documents).disclosures?.withdrawalInformation) return
  await inform(trx, orderId, {
    ...order!.facts,
    disclosures: { withdrawalInformation: false, withdrawalInformationGivenAt },
  })
}

async function inform(trx: Transaction<Database>, orderId: string, facts: OrderToShip) {
  await setOrderToShip(trx, orderId, facts)
  await lookAgainAtRisk(trx, orderId)
}
