import type { ContractFormed } from '@vilkar/contracts/orders-contract.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { toldBy } from '@vilkar/terms/order/told.ts'
import type { OrderToShip } from '../database.ts'

/** The order with what went out with its confirmation, if that was kept: a consumer's right to withdraw hangs on it. */
export function informedBy(facts: OrderToShip, documents: ContractFormed['data']['documents']): OrderToShip {
  const { terms, country, placedAt, customerKind } = facts
  if (documents === undefined || customerKind !== 'consumer' || country === undefined) return facts
  const orderedOn = osloDay(Temporal.Instant.from(placedAt))
  const { withdrawalInformation } = toldBy({ documents, edition: terms.edition, country, orderedOn })
  return { ...facts, disclosures: { ...facts.disclosures, withdrawalInformation } }
}
