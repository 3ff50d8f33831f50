import { Day, Id, Instant } from '@vilkar/contracts/event.ts'
import { Address, CustomerKind } from '@vilkar/contracts/parts.ts'
import { Hold, UnitsSent } from '@vilkar/contracts/shipping.ts'
import { DeliveryFailureEnded, Failure } from '@vilkar/contracts/shipping-failed.ts'
import { ParcelReport, ShipmentLine, Taker } from '@vilkar/contracts/shipping-parcel.ts'
import { NumberedUnits } from '@vilkar/contracts/shipping-serials.ts'
import { type Static, Type } from 'typebox'
import { type Failed, type ShipmentStatus as Status, shipmentStatuses } from '../state.ts'
import type { StoredShipment } from '../store.ts'

export const ShipmentStatus = Type.Unsafe<Status>(
  Type.Union(
    shipmentStatuses.map((status) => Type.Literal(status)),
    {
      description:
        'requested: send it; accepted, packed: the warehouse is about it; held: do not send yet; cancelled: stopped, do not send; dispatched: with the carrier; delivered: the customer, or whom they named, has it; the others are what was told last of it on its way (see ParcelReported).',
    },
  ),
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
    lines: Type.Array(ShipmentLine),
    units: Type.Optional(Type.Array(NumberedUnits, { description: 'Units with their serial or lot numbers.' })),
    manuals: Type.Optional(Type.Array(Type.String(), { description: 'The lines whose manual is packed with them.' })),
    stopped: Type.Optional(
      Type.Array(UnitsSent, { description: 'Units that were taken out of it: do not send them.' }),
    ),
    address: Address,
    restOf: Type.Optional(Type.String({ description: 'The shipment that left without these goods.' })),
    parts: Type.Optional(
      Type.Array(Type.Object({ partId: Id, lines: Type.Array(UnitsSent), ended: Type.Optional(Type.Boolean()) }), {
        description:
          'What leaves by shipments of its own, as was agreed; of a part that was ended, what was stopped of it.',
      }),
    ),
    joinedTo: Type.Optional(
      Type.String({ ...Id, description: 'It was an agreed part and was ended: its units leave with this shipment.' }),
    ),
    restId: Type.Optional(Type.String({ description: 'The shipment of what stayed behind, when only part left.' })),
    requestedAt: Instant,
    held: Type.Optional(
      Type.Object({
        at: Type.String(),
        cause: Type.String(),
        waitsFor: Type.Array(Hold.properties.waitsFor, { description: 'What must come before it may leave.' }),
      }),
    ),
    dispatched: Type.Optional(
      Type.Object({ carrier: Type.String(), trackingNumber: Type.String(), handedOverAt: Type.String() }),
    ),
    prepared: Type.Optional(
      Type.Object({ status: Type.Union([Type.Literal('accepted'), Type.Literal('packed')]), at: Type.String() }),
    ),
    reports: Type.Optional(
      Type.Array(
        Type.Object({
          report: ParcelReport,
          occurredAt: Type.String(),
          takenBy: Type.Optional(Taker),
          receivedBy: Type.Optional(Type.String()),
          place: Type.Optional(Type.String()),
        }),
        { description: 'What was told of it on its way, in the order in which it happened.' },
      ),
    ),
    receivedAt: Type.Optional(Type.String()),
    receivedBy: Type.Optional(Type.String()),
    takenBy: Type.Optional(Taker),
    failed: Type.Optional(
      Type.Object(
        {
          ...{ failure: Failure, failedAt: Instant },
          dueOn: Type.String({ ...Day, description: 'By then a person is to have seen to it.' }),
          reportId: Type.Optional(
            Type.String({ ...Id, description: 'Under which its units are reported as lost or damaged.' }),
          ),
          ended: Type.Optional(DeliveryFailureEnded.properties.data.properties.outcome),
          replacementId: Type.Optional(Type.String({ ...Id, description: 'The shipment that leaves instead.' })),
          by: Type.Optional(Type.String({ description: 'Subject of the token of who saw to it.' })),
          why: Type.Optional(Type.String()),
        },
        { description: 'How its delivery failed last; without `ended` somebody has to see to it.' },
      ),
    ),
    doubts: Type.Optional(
      Type.Array(Type.Object({ failure: Failure, occurredAt: Instant }), {
        description:
          'That it did not arrive, as was told to have happened in the moment of its receipt or since, until a person has looked.',
      }),
    ),
    deliveryCorrections: Type.Optional(
      Type.Array(
        Type.Object({
          was: Type.String(),
          wasReceivedBy: Type.Optional(Type.String()),
          receivedAt: Type.Optional(Type.String({ description: 'Left out: it had not been received.' })),
          receivedBy: Type.Optional(Type.String()),
          takenBy: Type.Optional(Taker),
          correctedAt: Type.String(),
          by: Type.String({ description: 'Subject of the token of who corrected it.' }),
          why: Type.String(),
        }),
        { description: 'What was told of the delivery and was wrong.' },
      ),
    ),
    numberCorrections: Type.Optional(
      Type.Array(
        Type.Object({
          was: Type.Array(NumberedUnits),
          correctedAt: Type.String(),
          by: Type.String({ description: 'Subject of the token of who corrected it.' }),
          why: Type.String(),
        }),
        { description: 'What had been noted of the numbers of its units and was wrong.' },
      ),
    ),
  },
  { title: 'Shipment' },
)

export function viewOf({ id, state, personal }: StoredShipment): Static<typeof ShipmentView> {
  const { orderId, number, customerKind, deliveryOption, requestedAt, restOf } = state.requested
  const { parts, joinedTo } = state
  const { held, prepared, dispatched, reports, receivedAt, takenBy, failed, doubts, units, manuals } = state
  const { address, receivedBy, takers, corrections: deliveryCorrections, numberCorrections } = personal
  return {
    id,
    orderId,
    orderNumber: number,
    status: state.status,
    customerKind,
    deliveryOption,
    lines: dispatched?.lines ?? state.requested.lines,
    units,
    manuals,
    stopped: state.stopped,
    address,
    restOf,
    parts,
    joinedTo,
    restId: dispatched?.restId,
    requestedAt,
    held: held && { at: held.at, cause: held.cause, waitsFor: held.holds.map(({ waitsFor }) => waitsFor) },
    prepared,
    dispatched,
    reports: reports?.map((each) => ({
      ...each,
      receivedBy: each.takenBy && takers?.find(({ occurredAt }) => occurredAt === each.occurredAt)?.receivedBy,
    })),
    receivedAt,
    receivedBy,
    takenBy,
    failed: failed && { ...failed, ...closingOf(failed, personal) },
    doubts,
    deliveryCorrections,
    numberCorrections,
  }
}

/** Who saw to a failed delivery, and how; nothing where it ended by itself. */
function closingOf({ ended }: Failed, { closings }: StoredShipment['personal']) {
  if (ended !== 'closed' && ended !== 'sent-again') return {}
  const { by, why } = closings?.at(-1) ?? {}
  return { by, why }
}
