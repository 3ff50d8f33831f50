import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { MAX_UNITS } from './parts.ts'
import { ShipmentLine } from './shipping-parcel.ts'

/** What the shipping service tells of parts that were agreed on and are not to leave by themselves after all. The aggregate is the shipment. */
export const ShipmentRejoined = event(
  'ShipmentRejoined',
  {
    ...{ shipmentId: Id, orderId: Id },
    partId: Type.String({ ...Id, description: 'The part, which is not to be sent any more (ShipmentCancelled).' }),
    rejoined: Type.Array(
      Type.Object({
        lineId: Type.String({ minLength: 1, maxLength: 20, examples: ['1'] }),
        quantity: Type.Integer({ minimum: 1, maximum: MAX_UNITS }),
      }),
      { description: 'The units of the part, which leave with this shipment again.' },
    ),
    lines: Type.Array(ShipmentLine, { description: 'All that is to be sent with it now.' }),
    rejoinedAt: Instant,
    personal: Type.Object({
      by: Type.String({ description: 'Subject of the token of who ended the part.' }),
      why: Type.String(),
    }),
  },
  'An agreed part is over: its units leave with the shipment that they were taken out of. What was packed is opened: send all of `lines`.',
)
export type ShipmentRejoined = Static<typeof ShipmentRejoined>
