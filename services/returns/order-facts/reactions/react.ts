import type { Envelope } from '@vilkar/contracts/event.ts'
import type {
  ContractFormed,
  EmailCorrected,
  OrderCancelled,
  OrderEvent,
  OrderPlaced,
  PaymentRefunded,
} from '@vilkar/contracts/orders.ts'
import type { ShipmentDelivered, ShipmentDispatched, ShippingEvent } from '@vilkar/contracts/shipping.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import { onPaymentRefunded } from '../../refund/reactions/on-payment-refunded.ts'
import { changeFacts } from '../../withdrawal/handle.ts'
import { onEmailCorrected } from './on-email-corrected.ts'
import { onOrderCancelled } from './on-order-cancelled.ts'
import { onOrderPlaced } from './on-order-placed.ts'
import { onShipmentDelivered } from './on-shipment-delivered.ts'
import { onShipmentDispatched } from './on-shipment-dispatched.ts'

/** What others tell, and what it means for the rights of an order. Whatever is not named here is heard and let pass. */
export async function react(trx: Transaction<Database>, { type, data }: Envelope): Promise<void> {
  switch (type as (OrderEvent | ShippingEvent)['type']) {
    case 'OrderPlaced':
      return onOrderPlaced(trx, data as OrderPlaced['data'])
    case 'EmailCorrected':
      return onEmailCorrected(trx, data as EmailCorrected['data'])
    case 'ContractFormed': {
      const { orderId, formedAt } = data as ContractFormed['data']
      return changeFacts(trx, orderId, (facts) => ({ ...facts, formedAt }))
    }
    case 'ConfirmationBounced':
      return changeFacts(trx, data.orderId as string, ({ formedAt: _, ...facts }) => facts)
    case 'OrderCancelled':
      return onOrderCancelled(trx, data as OrderCancelled['data'])
    case 'ShipmentDispatched':
      return onShipmentDispatched(trx, data as ShipmentDispatched['data'])
    case 'ShipmentDelivered':
      return onShipmentDelivered(trx, data as ShipmentDelivered['data'])
    case 'PaymentRefunded':
      return onPaymentRefunded(trx, data as PaymentRefunded['data'])
  }
}
