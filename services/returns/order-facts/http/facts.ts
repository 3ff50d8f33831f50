import { Day, Id, Instant } from '@vilkar/contracts/event.ts'
import {
  Amount,
  Bulky,
  Currency,
  CustomerKind,
  Digital,
  Guarantee,
  MAX_LINES,
  MAX_UNITS,
  Sku,
  Traits,
} from '@vilkar/contracts/parts.ts'
import { CountryCode } from '@vilkar/server/person.ts'
import { invalidField } from '@vilkar/server/problems.ts'
import { completeFacts, placedAtOf } from '@vilkar/terms/order/complete-facts.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { type Static, type TProperties, Type } from 'typebox'
import { Cures } from './cures-told.ts'
import { editionAsked } from './edition-asked.ts'
import { checkMoment, momentsIn } from './moments.ts'

const MAX_PARCELS = 100
const MAX_RETURNS = 100

const closed = <Properties extends TProperties>(properties: Properties, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description && { description }) })
const Yes = (description: string) => Type.Optional(Type.Boolean({ description }))
const When = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }))

const LineId = Type.String({ minLength: 1, maxLength: 64, examples: ['1'] })
const Quantity = Type.Integer({ minimum: 1, maximum: MAX_UNITS })
const Units = Type.Array(closed({ lineId: LineId, quantity: Quantity }), { maxItems: MAX_LINES })

const Line = closed({
  lineId: LineId,
  sku: Type.Optional(Sku),
  quantity: Quantity,
  total: Type.Integer({ ...Amount, description: 'What was paid for all units, VAT included, in minor units.' }),
  traits: Type.Optional(
    closed({
      ...Type.Partial(Traits).properties,
      sealedMedia: Yes('Sound, pictures or software under a seal.'),
    }),
  ),
  sealBroken: Yes('Whether the customer broke the seal; left out when nobody knows.'),
  unused: Yes('For the voluntary return; left out when nobody knows.'),
  undamaged: Yes('For the voluntary return; left out when nobody knows.'),
  originalPackaging: Yes('For the voluntary return; left out when nobody knows.'),
  guaranteeYears: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 30, description: 'A guarantee that the seller gave, in years.' }),
  ),
  guarantee: Type.Optional(closed(Guarantee.properties, 'A guarantee that it was sold with, in years from delivery.')),
  digital: Type.Optional(Digital),
  bulky: Type.Optional(Bulky),
  replacedAt: When('When it was last replaced because of a defect: all units of it, unless `cures` says of how many.'),
  repairedAt: When('When it was last repaired because of a defect.'),
  cures: Cures,
  digitalServiceUntil: When('Until when updates or a digital service are supplied with it.'),
  defect: Type.Optional(
    closed(
      {
        showedAt: When('When the defect showed; the moment asked about if it is left out.'),
        noticedAt: When('When the customer noticed it: up to two months from here no complaint is late.'),
        failedCures: Type.Optional(
          Type.Integer({ minimum: 0, maximum: 100, description: 'Repairs and replacements that did not help.' }),
        ),
        sellerAtFault: Yes('Gross negligence or bad faith of the seller, against whom no complaint is late.'),
      },
      'What the customer complains of.',
    ),
  ),
})

const Parcel = closed({
  shipmentId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  lines: Units,
  handedOverAt: When('When the carrier took it.'),
  receivedAt: When('When somebody took it from the carrier; later than the moment asked about, it is expected then.'),
  expectedAt: When('When it is expected, if it has not come: periods are told as if it came then.'),
  receivedBy: Type.Optional(
    Type.Union(
      [
        Type.Literal('consumer'),
        Type.Literal('named-by-consumer'),
        Type.Literal('carrier'),
        Type.Literal('somebody-else'),
      ],
      { description: 'Who took it; a pickup point is the carrier. Only the customer, or whom they named, has it.' },
    ),
  ),
  carrierArrangedBy: Type.Optional(Type.Union([Type.Literal('seller'), Type.Literal('customer')])),
})

const Return = closed({
  returnId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  lines: Units,
  outcome: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  refunded: Type.Optional(Amount),
  deliveryRefunded: Yes('Whether the refund paid the delivery back.'),
  noticeReceivedAt: When('When the seller got the notice: the time to pay back runs from here.'),
  goodsReceivedAt: When('When the goods were back.'),
  proofOfSendingAt: When('When the customer showed that they were sent.'),
  sellerCollects: Yes('Whether the seller offered to collect the goods.'),
  collectionOfferedAt: When('When the seller offered to collect them, if that was after the notice.'),
})

/** The facts of an order, real or imagined, as `POST /eligibility` takes them. What is left out is not known. */
export const FactsBody = Type.Object(
  {
    at: When('The moment that is asked about; now if it is left out.'),
    orderId: Type.Optional(Id),
    edition: Type.Optional(
      Type.String({
        maxLength: 100,
        description: 'The edition of the terms; else the one in force when placed.',
        examples: ['shop/2026-01-15'],
      }),
    ),
    seller: Type.Optional(
      Type.String({
        maxLength: 64,
        description: 'Whose terms, if no edition is named and the shop has several sellers.',
      }),
    ),
    customerKind: CustomerKind,
    country: Type.Optional(CountryCode),
    currency: Type.Optional(Currency),
    regularDeliveries: Yes('Whether the goods are delivered again and again over a time agreed.'),
    placedAt: When('The moment asked about if it is left out.'),
    formedAt: When('When the order confirmation reached the customer.'),
    cancelledAt: Type.Optional(Instant),
    lines: Type.Array(Line, { minItems: 1, maxItems: MAX_LINES }),
    delivery: Type.Optional(
      closed(
        { paid: Amount, standardPrice: Type.Optional(Amount) },
        'standardPrice: what the cheapest ordinary one cost.',
      ),
    ),
    deliverBy: Type.Optional(
      Type.String({ ...Day, description: 'The last day of delivery, where one was agreed at checkout.' }),
    ),
    disclosures: Type.Optional(
      closed(
        {
          withdrawalInformation: Yes('Text and form of the right of withdrawal.'),
          withdrawalInformationGivenAt: When('When that came, if it came late.'),
          returnCost: Yes('That the way back is the customer’s to pay.'),
          exceptions: Yes('That there is no right to withdraw from some goods.'),
          earlyCapture: Yes('That the payment is taken before shipment.'),
        },
        'What the customer was told. What is left out was told as this shop tells it: all of it before the purchase.',
      ),
    ),
    parcels: Type.Optional(Type.Array(Parcel, { maxItems: MAX_PARCELS })),
    returns: Type.Optional(Type.Array(Return, { maxItems: MAX_RETURNS })),
    additionalPeriod: Type.Optional(
      closed(
        { until: Type.String({ ...Day, description: 'Its last day.' }), setAt: When('When it was set.') },
        'Extra time that the customer set for what is late. When it has run out they may end the purchase.',
      ),
    ),
    impediment: Type.Optional(
      closed(
        {
          event: Type.String({
            ...{ pattern: '^[a-z]+(-[a-z]+)*$', maxLength: 50, examples: ['strike'] },
            errorMessage: 'must be words in small letters with hyphens between them, such as strike',
          }),
          foreseeable: Yes('It could have been foreseen at the time of the contract.'),
          avoidable: Yes('It, or what came of it, could have been avoided.'),
          ended: Yes('It is over.'),
          customerTold: Yes('The customer was told of it in time.'),
        },
        'What keeps the seller from delivering.',
      ),
    ),
    payment: Type.Optional(
      closed({
        authorised: Amount,
        captured: Amount,
        deliveryCaptured: Yes('Whether an earlier capture took the delivery.'),
        expired: Yes('Whether the authorisation has expired.'),
      }),
    ),
  },
  { additionalProperties: false, title: 'OrderFacts' },
)
type FactsBody = Static<typeof FactsBody>

/** The facts as the terms ask for them. Throws a 400 problem that names the field when they contradict themselves. */
export function factsIn(body: FactsBody, at: Temporal.Instant): OrderFacts {
  check(body, at)
  return completeFacts(body, editionAsked(body, placedAtOf(body, at)), at)
}

/** Lines are told apart by their id; no parcel holds more than was bought, and no more goes back than that. */
function check(body: FactsBody, at: Temporal.Instant) {
  const { lines, parcels = [], returns = [], payment, delivery } = body
  checkMoment('body.at', at)
  for (const [field, moment] of momentsIn(body, 'body')) checkMoment(field, moment)
  const bought = new Map(lines.map(({ lineId, quantity }) => [lineId, quantity]))
  if (bought.size < lines.length) throw invalidField('body.lines', 'has two lines with the same lineId')
  for (const { lines: units } of parcels) checkUnits('body.parcels', units, bought)
  const received = parcels.filter(({ receivedAt }) => receivedAt !== undefined)
  checkUnits(
    'body.parcels',
    received.flatMap((each) => each.lines),
    bought,
  )
  const standing = returns.filter(({ outcome, refunded }) => outcome === 'open' || refunded !== undefined)
  checkUnits(
    'body.returns',
    returns.flatMap((each) => (standing.includes(each) ? each.lines : [])),
    bought,
  )
  if (standing.some(({ outcome, noticeReceivedAt }) => outcome === 'open' && noticeReceivedAt === undefined))
    throw invalidField(
      'body.returns',
      'has an open return without noticeReceivedAt, from which the time to pay back runs',
    )
  if (payment !== undefined && payment.captured > payment.authorised)
    throw invalidField('body.payment', 'has captured more than was authorised')
  if (payment?.deliveryCaptured && payment.captured < (delivery?.paid ?? 0))
    throw invalidField('body.payment', 'has captured less than the delivery that it says was captured')
}

function checkUnits(field: string, parts: { lineId: string; quantity: number }[], bought: ReadonlyMap<string, number>) {
  const units = new Map<string, number>()
  for (const { lineId, quantity } of parts) {
    const limit = bought.get(lineId)
    if (limit === undefined) throw invalidField(field, `names a line that body.lines does not have: ${lineId}`)
    units.set(lineId, (units.get(lineId) ?? 0) + quantity)
    if (units.get(lineId)! > limit)
      throw invalidField(field, `has more units of line ${lineId} than the ${limit} bought`)
  }
}
