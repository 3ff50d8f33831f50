import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Address, CustomerKind, Sku } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import { type Static, Type } from 'typebox'
import type { StoredShipment } from '../store.ts'

export const ShipmentStatus = Type.Union(
  [
    Type.Literal('requested'),
    Type.Literal('held'),
    Type.Literal('cancelled'),
    Type.Literal('dispatched'),
    Type.Literal('delivered'),
  ],
  {
    description:
      'requested: send it; held: do not send yet; cancelled: do not send; dispatched: with the carrier; delivered.',
  },
)

/** A shipment as the warehouse and support see it. */
export const ShipmentView = Type.Object(
  {
    id: Id,
    orderId: Id,
    orderNumber: Type.String(),
    status: ShipmentStatus,
    customerKind: CustomerKind,
    deliveryOption: Type.String(),
    lines: Type.Array(Type.Object({ lineId: Type.String(), sku: Sku, name: Type.String(), quantity: Type.Integer() })),
    stopped: Type.Optional(
      Type.Array(UnitsSent, { description: 'Units that were taken out of it: do not send them.' }),
    ),
    address: Address,
    restOf: Type.Optional(Type.String({ description: 'The shipment that left without these goods.' })),
    restId: Type.Optional(Type.String({ description: 'The shipment of what stayed behind, when only part left.' })),
    requestedAt: Instant,
    held: Type.Optional(Type.Object({ at: Type.String(), cause: Type.String() })),
    dispatched: Type.Optional(
      Type.Object({ carrier: Type.String(), trackingNumber: Type.String(), handedOverAt: Type.String() }),
    ),
    receivedAt: Type.Optional(Type.String()),
    receivedBy: Type.Optional(Type.String()),
    deliveryCorrections: Type.Optional(
      Type.Array(
        Type.Object({
          was: Type.String(),
          wasReceivedBy: Type.Optional(Type.String()),
          receivedAt: Type.Optional(Type.String({ description: 'Left out: it had not been received.' })),
          receivedBy: Type.Optional(Type.String()),
          correctedAt: Type.String(),
          by: Type.String({ description: 'Subject of the token of who corrected it.' }),
          why: Type.String(),
        }),
        { description: 'What was told of the delivery and was wrong.' },
      ),
    ),
  },
  { title: 'Shipment' },
)

export function viewOf({ id, state, personal }: StoredShipment): Static<typeof ShipmentView> {
  const { orderId, number, customerKind, deliveryOption, requestedAt, restOf } = state.requested
  const { held, dispatched, receivedAt } = state
  const { address, receivedBy, corrections: deliveryCorrections } = personal
  return {
    id,
    orderId,
    orderNumber: number,
    status: state.status,
    customerKind,
    deliveryOption,
    lines: dispatched?.lines ?? state.requested.lines,
    stopped: state.stopped,
    address,
    restOf,
    restId: dispatched?.restId,
    requestedAt,
    held,
    dispatched,
    receivedAt,
    receivedBy,
    deliveryCorrections,
  }
}
