import type { Envelope } from '@vilkar/contracts/event.ts'
import type {
  AuthorisationExpired,
  CancellationRequested,
  ConfirmationBounced,
  ContractFormed,
  OrderCancelled,
  OrderEvent,
  OrderPlaced,
  PaymentReauthorised,
} from '@vilkar/contracts/orders.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import { onAuthorisationExpired, onPaymentReauthorised } from './on-authorisation-expired.ts'
import { onConfirmationBounced } from './on-confirmation-bounced.ts'
import { onContractFormed } from './on-contract-formed.ts'
import { onOrderCancelled } from './on-order-cancelled.ts'
import { onOrderPlaced } from './on-order-placed.ts'

/** What the orders service tells, and what shipping does about it. Whatever is not named here is heard and let pass. */
export async function react(trx: Transaction<Database>, { type, data }: Envelope): Promise<void> {
  switch (type as OrderEvent['type']) {
    case 'OrderPlaced':
      return onOrderPlaced(trx, data as OrderPlaced['data'])
    case 'ContractFormed':
      return onContractFormed(trx, data as ContractFormed['data'])
    case 'ConfirmationBounced':
      return onConfirmationBounced(trx, data as ConfirmationBounced['data'])
    case 'AuthorisationExpired':
      return onAuthorisationExpired(trx, data as AuthorisationExpired['data'])
    case 'PaymentReauthorised':
      return onPaymentReauthorised(trx, data as PaymentReauthorised['data'])
    case 'CancellationRequested':
      return onOrderCancelled(
        trx,
        (data as CancellationRequested['data']).orderId,
        (data as CancellationRequested['data']).requestedAt,
      )
    case 'OrderCancelled':
      return onOrderCancelled(
        trx,
        (data as OrderCancelled['data']).orderId,
        (data as OrderCancelled['data']).cancelledAt,
      )
  }
}
