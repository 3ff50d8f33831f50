import type { Envelope } from '@vilkar/contracts/event.ts'
import type { OrderCancelled, PaymentRefunded } from '@vilkar/contracts/orders.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import { onOrderCancelled } from '../../withdrawal/reactions/on-order-cancelled.ts'
import { onPaymentRefunded } from '../../withdrawal/reactions/on-payment-refunded.ts'
import type { AppliedEvent } from '../projection.ts'
import { project } from '../store.ts'

/** What others tell, and what it means for the rights of an order. Whatever is not named here is heard and let pass. */
export async function react(trx: Transaction<Database>, { type, data }: Envelope): Promise<void> {
  switch (type) {
    case 'OrderPlaced':
    case 'EmailCorrected':
    case 'ContractFormed':
    case 'ConfirmationBounced':
    case 'ShipmentDispatched':
    case 'ShipmentDelivered':
      return project(trx, data.orderId as string, [{ type, data } as AppliedEvent])
    case 'OrderCancelled':
      return onOrderCancelled(trx, data as OrderCancelled['data'])
    case 'PaymentRefunded':
      return onPaymentRefunded(trx, data as PaymentRefunded['data'])
  }
}
