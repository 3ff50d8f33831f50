import { type Static, type TLiteral, type TUnion, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { ManualUrl } from './manual.ts'
import { Reasons, Sku } from './parts.ts'
import { Cure } from './shipping-cure.ts'
import { NumberedUnits } from './shipping-serials.ts'

/** What the shipping service tells of the work of the warehouse and of a parcel on its way. The aggregate is the shipment. */

type Literals<Words extends readonly string[]> = { [N in keyof Words]: TLiteral<Words[N]> }
/** One of some words, as a union that a document shows word by word. */
const oneOf = <const Words extends readonly string[]>(words: Words, description: string) =>
  Type.Union(
    words.map((word) => Type.Literal(word)),
    { description },
  ) as unknown as TUnion<[...Literals<Words>]>

const ids = { shipmentId: Id, orderId: Id }

/** Units of an order line, as a warehouse is told of them. */
export const ShipmentLine = Type.Object({
  ...{ lineId: Type.String(), sku: Sku, name: Type.String() },
  quantity: Type.Integer({ minimum: 1 }),
  safetyCritical: Type.Optional(
    Type.Boolean({
      description:
        'Each unit is packed with its serial or lot number, and the manual with them unless it is read online (clause 11); else nothing leaves.',
    }),
  ),
  manualUrl: Type.Optional(
    ManualUrl(
      'Where its manual is read, in the language of the order: the packing slip says so, and none need lie with it.',
    ),
  ),
})

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
  {
    ...ids,
    units: Type.Optional(
      Type.Array(NumberedUnits, { description: 'Serial and lot numbers of units in it. Told anew, these are all.' }),
    ),
    manuals: Type.Optional(Type.Array(Type.String(), { description: 'The lines whose manual lies in the parcel.' })),
    packedAt: Instant,
  },
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

/** What bears on the risk of units and no scan tells (forbrukerkjøpsloven §§ 13–14, kjøpsloven §§ 7 and 12–14). */
const flag = (description: string) => Type.Optional(Type.Boolean({ description }))
export const Circumstance = Type.Object(
  {
    ownCarrier: flag('The customer engaged the carrier, and the seller had not offered it.'),
    ownTransport: flag('The seller drives the goods themselves.'),
    identified: flag(
      'Whether anything shows that the goods are meant for this customer; unless said, they are marked.',
    ),
    leavingAuthorised: flag('The customer said expressly, and it was kept, that the goods may be left there.'),
    collectionAgreed: flag('A business agreed to fetch the goods where they wait, and knows that they are there.'),
    soldForCollection: flag('Sold to be fetched elsewhere than at the seller’s, and never sent.'),
    agreedOnArrival: flag('A business was promised delivery at a place: “levert”, DAP, DPU, DDP.'),
    inDefault: flag('The goods wait as agreed, and it is the customer’s breach that they do not take them.'),
    lostAtHome: flag('Lost or damaged by accident after they were received.'),
    returnBasis: Type.Optional(
      Type.Union([Type.Literal('statutory'), Type.Literal('voluntary')], {
        description: 'They are on their way back, by law or because the seller allows it.',
      }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type Circumstance = Static<typeof Circumstance>

const UnitsOfLine = Type.Object({ lineId: Type.String(), quantity: Type.Integer({ minimum: 1 }) })

export const CircumstanceRecorded = event(
  'CircumstanceRecorded',
  {
    ...ids,
    since: Instant,
    circumstance: Circumstance,
    lines: Type.Optional(
      Type.Array(UnitsOfLine, { description: 'The units that it is about; all, if it is left out.' }),
    ),
    recordedAt: Instant,
    personal: Type.Object({
      by: Type.String({ description: 'Subject of the token of who recorded it.' }),
      why: Type.String(),
    }),
  },
  'Something that bears on who bears the risk: an agreement in writing, whose carrier it is, an accident, a way back.',
)
export type CircumstanceRecorded = Static<typeof CircumstanceRecorded>

export const RiskPassed = event(
  'RiskPassed',
  {
    ...ids,
    to: Type.Union([Type.Literal('customer'), Type.Literal('seller')]),
    lines: Type.Array(UnitsOfLine),
    cure: Type.Optional(Cure),
    passedAt: Instant,
    toldAt: Instant,
    reasons: Reasons,
  },
  'The risk of accidental loss of these units is another’s since `passedAt`. It is told once it is known: of a consumer mostly when the right to withdraw has ended. What is corrected later may give it back.',
)
export type RiskPassed = Static<typeof RiskPassed>
