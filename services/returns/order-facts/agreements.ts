import type { DataOf } from '@vilkar/contracts/all-events.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { OrderSoFar } from './projection.ts'

/** The agreements of an order, with one more: what it changes holds in every ruling from here. */
export const agreementRecorded = (
  { agreements = [] }: OrderSoFar['facts'],
  { agreementId, agreedAt, changes, ends }: DataOf<'AgreementRecorded'>,
) => ({ agreements: [...agreements, { agreementId, agreedAt, changes, ...(ends && { ends }) }] })

/** The delivery of an order, cheaper by this much in minor units: no more of it goes back than is still paid for it. */
export function deliveryLowered({ delivery }: OrderSoFar['facts'], by: number): Pick<OrderSoFar['facts'], 'delivery'> {
  if (delivery === undefined || by === 0) return {}
  const paid = delivery.paid - by
  return { delivery: { paid, standardPrice: Math.min(delivery.standardPrice, paid) } }
}

/** The agreements of an order, by their ids: they are no cases, and part of what was told of it all the same. */
export async function agreementIdsOf(db: Kysely<Database>, orderId: string): Promise<string[]> {
  const found = await db.selectFrom('order_facts').select('facts').where('order_id', '=', orderId).executeTakeFirst()
  return (found?.facts.agreements ?? []).map(({ agreementId }) => agreementId)
}
