import { type Static, type TLiteral, type TUnion, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'

/** What the shipping service tells of the work of the warehouse and of a parcel on its way. The aggregate is the shipment. */

type Literals<Words extends readonly string[]> = { [N in keyof Words]: TLiteral<Words[N]> }
/** One of some words, as a union that a document shows word by word. */
const oneOf = <const Words extends readonly string[]>(words: Words, description: string) =>
  Type.Union(
    words.map((word) => Type.Literal(word)),
    { description },
  ) as unknown as TUnion<[...Literals<Words>]>

const ids = { shipmentId: Id, orderId: Id }

/**
 * Who took a parcel out of the carrier's hands. Only the customer, and whom they named, have the goods for the customer
 * (angrerettloven § 21, forbrukerkjøpsloven § 14): of everybody else no period begins and no risk passes.
 */
export const takers = [
  ...(['customer', 'named-by-customer', 'neighbour', 'carrier'] as const),
  ...(['left-with-leave', 'left-without-leave', 'unknown'] as const),
] as const
export const Taker = oneOf(
  takers,
  'customer; named-by-customer: whom the customer named to take it; neighbour: whom nobody named; carrier: the carrier or its agent, such as a pickup point; left-with-leave, left-without-leave: left unattended; unknown. Only the first two have the goods for the customer: of the others no period begins and no risk passes.',
)
export type Taker = Static<typeof Taker>

/** Whether whoever took it is the customer, or has it for the customer. */
export const hasItForCustomer = (taker: Taker) => taker === 'customer' || taker === 'named-by-customer'

/** What a carrier tells of a parcel that it has, or had, and that the customer has not. */
export const parcelReports = [
  ...(['in-transit', 'at-pickup-point', 'left-elsewhere', 'refused', 'uncollected'] as const),
  ...(['lost', 'damaged', 'returned'] as const),
] as const
export const ParcelReport = oneOf(
  parcelReports,
  'in-transit; at-pickup-point: it waits to be fetched; left-elsewhere: out of the carrier’s hands, and neither the customer nor whom they named has it; refused: the customer did not take it; uncollected: it was not fetched in time; lost; damaged: on the way; returned: the seller has it again.',
)
export type ParcelReport = Static<typeof ParcelReport>

export const ShipmentAccepted = event(
  'ShipmentAccepted',
  { ...ids, acceptedAt: Instant },
  'The warehouse has taken the shipment on. Units can still be stopped, and the address changed.',
)
export type ShipmentAccepted = Static<typeof ShipmentAccepted>

export const ShipmentPacked = event(
  'ShipmentPacked',
  { ...ids, packedAt: Instant },
  'The goods are packed: the address stands. Units can still be stopped, which opens it again.',
)
export type ShipmentPacked = Static<typeof ShipmentPacked>

export const ParcelReported = event(
  'ParcelReported',
  {
    ...ids,
    report: ParcelReport,
    takenBy: Type.Optional(Taker),
    place: Type.Optional(Type.String({ description: 'Where, as the carrier calls it: a pickup point, a terminal.' })),
    occurredAt: Instant,
    personal: Type.Object({ receivedBy: Type.Optional(Type.String()) }),
  },
  'Where the parcel is, or what became of it, while the customer has it not: no period begins. Of reports heard late the latest happening counts, by `occurredAt`.',
)
export type ParcelReported = Static<typeof ParcelReported>

export const parcelEvents = [ShipmentAccepted, ShipmentPacked, ParcelReported]
