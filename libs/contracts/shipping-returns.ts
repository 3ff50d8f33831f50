import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { Address, LinePart } from './parts.ts'

/** What the shipping service tells of goods on their way back, and of what came in. The aggregate is the parcel. */

const ids = { parcelId: Id, returnId: Id, orderId: Id }
const Tracking = { carrier: Type.String(), trackingNumber: Type.String() }

export const ReturnLabelIssued = event(
  'ReturnLabelIssued',
  {
    ...{ ...ids, ...Tracking },
    code: Type.Optional(
      Type.String({ description: 'What is shown where the parcel is handed in, instead of a label.' }),
    ),
    validUntil: Type.Optional(Instant),
    issuedAt: Instant,
    personal: Type.Object({ from: Address }),
  },
  'A carrier takes a parcel back for us: the label of it. The aggregate is the parcel, whose id is that of the label.',
)
export type ReturnLabelIssued = Static<typeof ReturnLabelIssued>

export const ReturnParcelScanned = event(
  'ReturnParcelScanned',
  { ...ids, ...Tracking, scannedAt: Type.String({ ...Instant, description: 'When the carrier had it first.' }) },
  'A carrier has goods that go back: its first scan is proof that they were sent.',
)
export type ReturnParcelScanned = Static<typeof ReturnParcelScanned>

export const ReturnParcelArrived = event(
  'ReturnParcelArrived',
  { ...ids, ...Tracking, arrivedAt: Instant },
  'A carrier has delivered a parcel that went back. Nobody has looked into it.',
)
export type ReturnParcelArrived = Static<typeof ReturnParcelArrived>

const ReceivedUnit = Type.Object({
  unitId: Type.String({ ...Id, description: 'One thing that came in: it is received once, whatever is told of it.' }),
  ...LinePart.properties,
  seal: Type.Optional(Type.Union([Type.Literal('intact'), Type.Literal('broken')])),
  complete: Type.Boolean({ description: 'With all that was delivered with it.' }),
  wear: Type.Union([Type.Literal('none'), Type.Literal('tried'), Type.Literal('used'), Type.Literal('damaged')]),
  originalPackaging: Type.Boolean(),
  fitForSale: Type.Boolean(),
})
export type ReceivedUnit = Static<typeof ReceivedUnit>

export const ReturnUnitsReceived = event(
  'ReturnUnitsReceived',
  {
    receiptId: Type.String({ ...Id, description: 'This receipt: more may follow of the same parcel.' }),
    ...ids,
    receivedAt: Type.String({ ...Instant, description: 'When the parcel came in.' }),
    content: Type.Union([Type.Literal('units'), Type.Literal('empty'), Type.Literal('wrong-goods')]),
    units: Type.Array(ReceivedUnit),
    personal: Type.Object({
      by: Type.String({ description: 'Subject of the token of who looked.' }),
      serialNumbers: Type.Optional(Type.Array(Type.String())),
      note: Type.Optional(Type.String()),
    }),
  },
  'The warehouse looked into a parcel that came back: these units of a return are in it, or none.',
)
export type ReturnUnitsReceived = Static<typeof ReturnUnitsReceived>

export const goodsBackEvents = [ReturnLabelIssued, ReturnParcelScanned, ReturnParcelArrived, ReturnUnitsReceived]
