import type { DataOf } from '@vilkar/contracts/all-events.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { toldBy } from '@vilkar/terms/order/told.ts'
import type { OrderSoFar } from './projection.ts'

type Told = Pick<DataOf<'ContractFormed'>, 'documents' | 'withdrawalFunction'>

/** What a consumer was told by the documents of a confirmation; nothing where those were not kept. */
export function informedBy(facts: OrderSoFar['facts'], { documents, withdrawalFunction }: Told) {
  const { terms, country, placedAt, customerKind, disclosures } = facts
  if (documents === undefined || customerKind !== 'consumer' || !terms || !country || !placedAt || !disclosures)
    return {}
  const orderedOn = osloDay(Temporal.Instant.from(placedAt))
  const told = toldBy({ documents, withdrawalFunction, edition: terms.edition, country, orderedOn })
  return { disclosures: { ...disclosures, ...told } }
}
