import type { OrderPlaced } from '@vilkar/contracts/orders.ts'
import type { OrderCancelled } from '@vilkar/contracts/orders-cancellation.ts'
import type { ContractFormed, EmailCorrected } from '@vilkar/contracts/orders-contract.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { policyIds } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { forgetSale, noteAddress, noteFormed, notePlaced } from '../sales.ts'

type Trx = Transaction<Database>

/** A consumer's address comes with an order; of businesses, and of sellers without a policy here, nothing is noted. */
export async function onOrderPlaced(trx: Trx, { subjectKey }: Deps, { orderId, ...placed }: OrderPlaced['data']) {
  const seller = placed.seller ?? sellerOf(placed.terms.edition).id
  const controller = policyIds.find((id) => id === seller)
  if (placed.customerKind !== 'consumer' || controller === undefined) return
  await notePlaced(trx, {
    ...{ orderId, controller, subject: subjectKey({ controller, kind: 'email', value: placed.personal.email }) },
    ...{ placedAt: placed.placedAt, optOutOffered: placed.disclosures.marketingOptOut ?? false },
  })
}

export const onContractFormed = (trx: Trx, _deps: Deps, { orderId, formedAt }: ContractFormed['data']) =>
  noteFormed(trx, orderId, formedAt)

/** The address of before was a stranger's, who bought nothing. */
export const onEmailCorrected = (trx: Trx, { subjectKey }: Deps, { orderId, personal }: EmailCorrected['data']) =>
  noteAddress(trx, orderId, (controller) => subjectKey({ controller, kind: 'email', value: personal.email }))

export const onOrderCancelled = (trx: Trx, _deps: Deps, { orderId }: OrderCancelled['data']) => forgetSale(trx, orderId)
