import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'

/** What the shipping service answers to what orders ask of goods that have not left. */
const Units = Type.Integer({ minimum: 0, maximum: 10_000 })

/** The aggregate is the order, so that the answers about it are heard in the order in which they were given. */
export const StopAnswered = event(
  'StopAnswered',
  {
    requestId: Id,
    orderId: Id,
    returnId: Type.Optional(Type.String({ ...Id, description: 'The withdrawal that asked, if one did.' })),
    lines: Type.Array(
      Type.Object({
        lineId: Type.String({ minLength: 1, maxLength: 20 }),
        stopped: Type.Integer({ ...Units, description: 'Units that will not be sent.' }),
        left: Type.Integer({ ...Units, description: 'Units of it that the carrier had.' }),
      }),
    ),
    shipmentIds: Type.Array(Id, { description: 'The shipments of the order that have left.' }),
    answeredAt: Instant,
  },
  'Of the units that were to be stopped, so many never leave and so many had left. It is the answer to StopRequested.',
)
export type StopAnswered = Static<typeof StopAnswered>

/** The aggregate is the order, as of StopAnswered. */
export const AddressChangeAnswered = event(
  'AddressChangeAnswered',
  {
    requestId: Id,
    orderId: Id,
    changed: Type.Boolean({ description: 'Something of the order was not packed yet, and goes to the new address.' }),
    left: Type.Array(Id, {
      description: 'The shipments of the order that keep their address, since they have left or are packed.',
    }),
    answeredAt: Instant,
  },
  'What is not packed yet goes to the new address, or all of it was packed or had left. It is the answer to AddressChangeRequested.',
)
export type AddressChangeAnswered = Static<typeof AddressChangeAnswered>
