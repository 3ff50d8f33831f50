import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { LinePart, Reasons } from './parts.ts'
import { Remedy } from './returns-remedy.ts'
import { CureRemedy } from './shipping-cure.ts'

/** What returns tells of a repair or a replacement while it is carried out. The aggregate is the complaint. */
const ids = {
  returnId: Id,
  orderId: Id,
  cureId: Type.String({
    ...Id,
    description: 'Of this attempt; the shipment that goes to the customer is called so too.',
  }),
}
export const CureGoodsReceived = event(
  'CureGoodsReceived',
  { ...ids, remedy: CureRemedy, lines: Type.Array(LinePart), receivedAt: Instant },
  'The defective goods are with the seller: to be repaired, or since others were sent for them.',
)
export type CureGoodsReceived = Static<typeof CureGoodsReceived>

export const CureShipmentAsked = event(
  'CureShipmentAsked',
  { ...ids, remedy: CureRemedy, lines: Type.Array(LinePart), askedAt: Instant },
  'Repaired goods, or others instead of defective ones, are to go to the customer at no cost. Shipping answers with ShipmentRequested.',
)
export type CureShipmentAsked = Static<typeof CureShipmentAsked>

export const CureUnderway = event(
  'CureUnderway',
  {
    ...ids,
    step: Type.Union([Type.Literal('requested'), Type.Literal('dispatched')]),
    at: Instant,
    carrier: Type.Optional(Type.String()),
    trackingNumber: Type.Optional(Type.String()),
  },
  'Shipping has taken on what is sent to the customer, or the carrier has it.',
)
export type CureUnderway = Static<typeof CureUnderway>

export const CureUnavailable = event(
  'CureUnavailable',
  { ...ids, unavailableAt: Instant, choices: Type.Array(Remedy), reasons: Reasons },
  'There is none left to replace the goods with: the customer chooses anew.',
)
export type CureUnavailable = Static<typeof CureUnavailable>

export const CureStopAsked = event(
  'CureStopAsked',
  {
    ...ids,
    shipmentAsked: Type.Boolean({
      description: 'Whether shipping was asked to send something: then shipping answers.',
    }),
    askedAt: Instant,
  },
  'What was to go to the customer is not to go any more. Answered with CureStopAnswered, or with ReplacementReleased where nothing was to be sent yet.',
)
export type CureStopAsked = Static<typeof CureStopAsked>

export const CureStopped = event(
  'CureStopped',
  { ...ids, outcome: Type.Union([Type.Literal('stopped'), Type.Literal('left')]), stoppedAt: Instant },
  'What was not to go to the customer any more did not, or had left already: then a person sees to it.',
)
export type CureStopped = Static<typeof CureStopped>

export const CureGoodsWaived = event(
  'CureGoodsWaived',
  {
    ...ids,
    lines: Type.Array(LinePart),
    waivedAt: Instant,
    personal: Type.Object({ by: Type.String(), note: Type.Optional(Type.String()) }),
  },
  'The customer need not send back the defective goods that others were sent for.',
)
export type CureGoodsWaived = Static<typeof CureGoodsWaived>

export const cureEvents = [
  ...[CureGoodsReceived, CureShipmentAsked, CureUnderway, CureUnavailable, CureStopAsked, CureStopped],
  CureGoodsWaived,
]
