import type { AuthorisationExpired, PaymentReauthorised } from '@vilkar/contracts/orders-payment.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { ofOrder, paidOnLeaving } from '../cure.ts'
import { handle } from '../handle.ts'
import { lockShipmentsOf, setPaymentMissing } from '../store.ts'

const CAUSE = 'the payment is no longer held for us'

/**
 * What is shipped could not be paid for any more: what has not left, or is asked for later, waits. What is sent instead of goods that were lost
 * or came back was paid with those.
 */
export async function onAuthorisationExpired(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, expiredAt: at }: AuthorisationExpired['data'],
) {
  const shipments = paidOnLeaving((await lockShipmentsOf(trx, orderId)).shipments)
  await setPaymentMissing(trx, orderId, CAUSE)
  for (const { id: shipmentId } of shipments)
    await handle(trx, { type: 'HoldShipment', data: { shipmentId, at, waitsFor: 'payment', cause: CAUSE } })
}

/** The customer has paid again: what waited only for that goes on. */
export async function onPaymentReauthorised(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, reauthorisedAt: at }: PaymentReauthorised['data'],
) {
  const shipments = ofOrder((await lockShipmentsOf(trx, orderId)).shipments)
  await setPaymentMissing(trx, orderId, null)
  for (const { id: shipmentId } of shipments)
    await handle(trx, { type: 'ResumeShipment', data: { shipmentId, at, waitsFor: 'payment' } })
}
