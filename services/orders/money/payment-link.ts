import type { PaymentSession } from '../database.ts'
import type { Deps } from '../deps.ts'
import type { StoredOrder } from '../order/handle.ts'
import { awaitsNewPayment } from '../order/payment.ts'

/** Where a customer pays, and by which widget if the page is the storefront's own. */
export type ToPay = { url: string; widget?: PaymentSession['widget'] }

/** Where the customer is sent to pay: a page of ours that leads on to the provider's. Its last part is the secret. */
export const paymentUrlOf = (publicUrl: string, operationId: string) => `${publicUrl}/payments/${operationId}`

/** Where the customer of an order pays; undefined when there is nothing to pay. */
export async function toPay(
  { db, settings }: Pick<Deps, 'db' | 'settings'>,
  { id, state }: StoredOrder,
): Promise<ToPay | undefined> {
  if (state.status !== 'awaiting-payment' && !awaitsNewPayment(state)) return undefined
  const start = await db
    .selectFrom('payment_operation')
    .select(['id', 'detail'])
    .where('order_id', '=', id)
    .where('kind', '=', 'start')
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  return start && { url: paymentUrlOf(settings.publicUrl, start.id), widget: start.detail.session?.widget }
}
