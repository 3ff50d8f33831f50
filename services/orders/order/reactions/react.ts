import type { Envelope } from '@vilkar/contracts/event.ts'
import type { RefundDecided, ReturnsEvent, WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import type {
  ShipmentCancelled,
  ShipmentDelivered,
  ShipmentDispatched,
  ShippingEvent,
} from '@vilkar/contracts/shipping.ts'
import type { Deps, Trx } from '../../deps.ts'
import { onRefundDecided } from '../../money/reactions/on-refund-decided.ts'
import { onShipmentCancelled } from './on-shipment-cancelled.ts'
import { onShipmentDelivered } from './on-shipment-delivered.ts'
import { onShipmentDispatched } from './on-shipment-dispatched.ts'
import { onWithdrawalDeclared } from './on-withdrawal-declared.ts'

/** What other services tell, and what orders does about it. Whatever is not named here is heard and let pass. */
export async function react(trx: Trx, deps: Deps, { type, data }: Envelope): Promise<void> {
  switch (type as (ShippingEvent | ReturnsEvent)['type']) {
    case 'ShipmentDispatched':
      return onShipmentDispatched(trx, deps, data as ShipmentDispatched['data'])
    case 'ShipmentDelivered':
      return onShipmentDelivered(trx, deps, data as ShipmentDelivered['data'])
    case 'ShipmentCancelled':
      return onShipmentCancelled(trx, deps, data as ShipmentCancelled['data'])
    case 'WithdrawalDeclared':
      return onWithdrawalDeclared(trx, deps, data as WithdrawalDeclared['data'])
    case 'RefundDecided':
      return onRefundDecided(trx, deps, data as RefundDecided['data'])
  }
}
