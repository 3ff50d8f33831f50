import { example } from '@vilkar/contracts/test/examples.ts'
import { editionById, sellerOf, termsOf } from '@vilkar/terms/editions/registry.ts'
import { type CatalogueItem, priceQuote, type QuoteRequest } from '../checkout/quote.ts'
import type { OrderCommand, PlaceOrder } from '../order/state.ts'

export const orderId = '019e8258-8c00-7a60-8f0e-2f8f9a4d1c11'
export const shipmentId = '019e8258-8c00-7b01-9a52-0d6b1f7c3e22'
export const returnId = '019eb0c8-1c00-7c02-8b63-1e7c2a8d4f33'
const quoteId = '019e8250-0000-7d03-9c74-2f8d3b9e5a44'

const edition = editionById('smartgroup/2026-01-15')!
export const terms = { edition: edition.id, sha256: edition.sha256 }

const plain = { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: false }
export const catalogue: CatalogueItem[] = [
  {
    sku: 'SENSOR-1',
    name: { nb: 'Lekkasjesensor', en: 'Leak sensor' },
    price_nok: 49_900,
    price_eur: 3_999,
    vat_rate: 2_500,
    stock: 40,
    traits: plain,
  },
  {
    sku: 'LOCK-1',
    name: { nb: 'Dørlås', en: 'Door lock' },
    price_nok: 129_900,
    price_eur: 10_990,
    vat_rate: 2_500,
    stock: 7,
    traits: { ...plain, longLived: true },
  },
]

/** A quote for two sensors and a lock, delivered to the door, good until 08:30 on the first of June. */
export const quoteFor = (
  request: Partial<QuoteRequest> = {},
  goods: CatalogueItem[] = catalogue,
  offer?: Parameters<typeof priceQuote>[0]['offer'],
) =>
  priceQuote({
    request: {
      lines: [
        { sku: 'SENSOR-1', quantity: 2 },
        { sku: 'LOCK-1', quantity: 1 },
      ],
      currency: 'NOK',
      customerKind: 'consumer',
      country: 'NO',
      deliveryOption: 'home',
      locale: 'nb',
      ...request,
    },
    catalogue: new Map(goods.map((item) => [item.sku, item])),
    seller: sellerOf(edition.id),
    edition,
    terms: termsOf(edition.id),
    id: quoteId,
    at: Temporal.Instant.from('2026-06-01T08:00:00Z'),
    expiresAt: Temporal.Instant.from('2026-06-01T08:30:00Z'),
    offer,
  })

/** What two sensors, a lock and their delivery to the door cost in øre. */
export const TOTAL = 244_600

export const place = (changes: Partial<PlaceOrder['data']> = {}): PlaceOrder => ({
  type: 'PlaceOrder',
  data: {
    orderId,
    at: '2026-06-01T08:00:00Z',
    number: 'SG-7K2M9-4QXTB',
    quote: quoteFor(),
    quoteUsed: false,
    currentTerms: terms,
    acceptedSha256: terms.sha256,
    shortages: [],
    keeping: { orders: 0, units: 0 },
    limits: { orders: 5, units: 1_000_000 },
    reservedUntil: '2026-06-01T08:30:00Z',
    paymentDueAt: '2026-06-02T08:00:00Z',
    locale: 'nb',
    marketingOptOut: true,
    personal: {
      placedBy: 'auth0|5f7c8ec7c33c6c004bbafe82',
      email: 'kari@eksempel.example',
      name: 'Kari Eksempel',
      shippingAddress: {
        name: 'Kari Eksempel',
        street: 'Storgata 1',
        postalCode: '0155',
        city: 'Oslo',
        country: 'NO',
      },
    },
    ...changes,
  },
})

export const placeForBusiness = () =>
  place({
    quote: quoteFor({ customerKind: 'business' }),
    personal: { ...place().data.personal, organisationNumber: '999615147' },
  })

type Data<Type extends OrderCommand['type']> = Omit<Extract<OrderCommand, { type: Type }>['data'], 'orderId' | 'at'>

/** A command to the order, at a moment. */
export const command = <Type extends OrderCommand['type']>(type: Type, at: string, data: Data<Type>) =>
  ({ type, data: { orderId, at, ...data } }) as Extract<OrderCommand, { type: Type }>

export const authorise = (change: Partial<Data<'AuthorisePayment'>> = {}) =>
  command('AuthorisePayment', '2026-06-01T08:02:00Z', {
    provider: 'klarna',
    paymentId: '3eaeb557-5e30-47f8-b840-b8d987f5945d',
    amount: TOTAL,
    currency: 'NOK',
    expiresAt: '2026-06-29T08:02:00Z',
    ...change,
  })
/** Nobody has paid at the end of the half hour. */
export const endReservation = (at = '2026-06-01T08:30:00Z') => command('EndReservation', at, {})
export const confirm = (at = '2026-06-01T08:02:10Z') =>
  command('ConfirmContract', at, {
    messageId: '5d1f0a3e-2b7c-4d0a-9e55-7f1c2d3b4a59@shop.example',
    documents: example('ContractFormed').data.documents,
  })
export const bounce = (at = '2026-06-01T08:10:00Z') =>
  command('BounceConfirmation', at, { cause: '550 5.1.1 no such mailbox' })
export const correctEmail = command('CorrectEmail', '2026-06-01T09:00:00Z', { email: 'kari.ny@eksempel.example' })
const [kim, oslo] = [{ by: 'staff-kim' }, place().data.personal.shippingAddress]
/** Staff, once the contract stands. */
export const correctEmailByStaff = command('CorrectEmail', '2026-06-01T11:00:00Z', {
  ...correctEmail.data,
  ...{ from: 'kari@eksempel.example', byStaff: true, ...kim, why: 'It was misspelt.' },
})
/** They work again. */
export const endHindrance = (change: Partial<Data<'EndHindrance'>> = {}, at = '2026-06-04T08:00:00Z') =>
  command('EndHindrance', at, {
    ...{ hindranceId: hinder().data.hindranceId, expectedBy: '2026-06-08', by: hinder().data.by },
    why: 'Posten skrev i dag at streiken er over.',
    ...change,
  })
/** The carrier's people strike, and the customer is told. */
export const hinder = (change: Partial<Data<'TellHindrance'>> = {}, at = '2026-06-03T08:00:00Z') =>
  command('TellHindrance', at, {
    ...{ hindranceId: '019e8ca0-0000-7d31-9b25-7c1e2a5f4d18', event: 'strike', by: 'staff-kim' },
    ...{ what: 'Posten streiker, og pakken ligger på terminalen.', expectedBy: '2026-06-18', ...change },
  })
/** The customer sets extra time, the day after the last day by law. */
export const setPeriod = (change: Partial<Data<'SetAdditionalPeriod'>> = {}, at = '2026-07-02T08:00:00Z') =>
  command('SetAdditionalPeriod', at, {
    ...{ periodId: '019f2146-0000-7d31-9b25-7c1e2a5f4d19', until: '2026-07-15', by: 'customer-kari', ...change },
  })
/** The lock is recalled. */
const { orderId: _, writtenAt: recalledAt, ...recalled } = example('RecallNoticeWritten').data
export const writeRecall = (change: Partial<Data<'WriteRecallNotice'>> = {}) =>
  command('WriteRecallNotice', recalledAt, { ...recalled, ...change })
export const settleRecall = (outcome: 'told' | 'unreachable', at = example('RecallNoticeSettled').data.settledAt) =>
  command('SettleRecallNotice', at, { noticeId: recalled.noticeId, outcome })
const addressRequest = '019e8360-0000-7e01-8c11-5a7d2b9c4e66'
/** The goods go elsewhere in Oslo. */
export const changeAddress = (change: Partial<Data<'ChangeAddress'>> = {}, at = '2026-06-01T14:00:00Z') =>
  command('ChangeAddress', at, {
    ...{ requestId: addressRequest, from: oslo, to: { ...oslo, street: 'Parkveien 12', postalCode: '0350' } },
    ...{ ...kim, why: 'The customer has moved.', ...change },
  })
export const addressAnswered = (changed = true, left: string[] = []) =>
  command('ConcludeAddressChange', '2026-06-01T14:00:01Z', { requestId: addressRequest, changed, left })
export const requestId = '019e82a0-3d28-7e01-8c11-5a7d2b9c4e55'
export const cancelByCustomer = command('CancelOrder', '2026-06-01T10:00:00Z', {
  requestId,
  by: 'customer',
  reason: 'customer-wish',
})
export const cancelBySeller = (reason: Data<'CancelOrder'>['reason'], change: Partial<Data<'CancelOrder'>> = {}) =>
  command('CancelOrder', '2026-06-01T10:00:00Z', { requestId, by: 'seller', reason, ...change })
/** Kim found that the customer must have seen the mistake. */
export const mistake = { by: 'Kim Funn', subject: 'staff-kim', why: '0.49 kr stood where 499 kr was meant.' }
/** Robin, or another, decides on what was proposed. */
export const settle = (
  verdict: 'approved' | 'declined' = 'approved',
  change: Partial<Data<'SettleProposal'>> = {},
  at = '2026-06-01T10:30:00Z',
) => command('SettleProposal', at, { requestId, verdict, by: 'Robin Andre', subject: 'staff-robin', ...change })
const everything = [
  { lineId: '1', quantity: 2 },
  { lineId: '2', quantity: 1 },
]
/** Shipping's answer: so many of the units asked for had left, and all others were stopped. */
export const answer = (
  left: Record<string, number> = {},
  { asked = everything, id = requestId, at = '2026-06-01T10:00:01Z' } = {},
) =>
  command('ConcludeStop', at, {
    requestId: id,
    lines: asked.map(({ lineId, quantity }) => ({
      ...{ lineId, stopped: quantity - (left[lineId] ?? 0), left: left[lineId] ?? 0 },
    })),
    shipmentIds: Object.keys(left).length > 0 ? [shipmentId] : [],
  })
export const allStopped = answer()
/** The customer cancels so many units of a line in all. */
export const cancelUnits = (lineId: string, quantity: number, id = requestId) =>
  command('CancelUnits', '2026-06-01T10:00:00Z', {
    ...{ requestId: id, lineId, quantity, by: 'customer', reason: 'customer-wish' },
  })
export const withdrawFrom = (lines: Data<'StopWithdrawn'>['lines'], id = requestId) =>
  command('StopWithdrawn', '2026-06-01T10:00:00Z', { requestId: id, returnId, lines })
/** As an earlier release of shipping answered. */
export const shipmentCancelled = command('ConfirmCancellation', '2026-06-01T10:00:01Z', { shipmentId })
export const dispatch = (
  lines = [
    { lineId: '1', quantity: 2 },
    { lineId: '2', quantity: 1 },
  ],
  shipment = shipmentId,
) =>
  command('RecordDispatch', '2026-06-02T12:00:00Z', {
    ...{ shipmentId: shipment, lines },
    ...{ carrier: 'Posten', trackingNumber: 'TEST1234567NO' },
  })
/** What was authorised first runs out. */
export const expire = command('ExpireAuthorisation', '2026-06-29T08:02:00Z', { paymentId: authorise().data.paymentId })
export const claim = command('ClaimPayment', '2026-07-04T09:00:00Z', { shipmentId, amount: TOTAL })
/** A credit note took so much off that claim. */
export const lessClaim = command('ReduceClaim', '2026-07-10T09:00:00Z', { shipmentId, amount: 44_600 })
export const deliver = command('RecordDelivery', '2026-06-04T14:30:00Z', { shipmentId })
export const correctDelivery = (deliveredAt?: string) =>
  command('CorrectDelivery', '2026-06-06T09:00:00Z', { shipmentId, ...(deliveredAt && { deliveredAt }) })
/** All that left never came, and is paid back; or these units of it. */
const { orderId: _failed, notedAt, ...failed } = example('OrderDeliveryFailed').data
/** The carrier tells on the third of June that the parcel does not arrive. */
export const failDelivery = (change: Partial<Data<'FailDelivery'>> = {}) =>
  command('FailDelivery', notedAt, { ...failed, ...change })
export const endFailure = (outcome: Data<'EndDeliveryFailure'>['outcome'], at = '2026-06-08T09:00:00Z') =>
  command('EndDeliveryFailure', at, { shipmentId, outcome })
export const lose = (
  lines = [
    { lineId: '1', quantity: 2 },
    { lineId: '2', quantity: 1 },
  ],
  reportId = '019e8d23-d100-7a22-8b01-0c1d2e3f4a55',
  shipment = shipmentId,
) => command('RecordLoss', '2026-06-04T08:00:00Z', { reportId, shipmentId: shipment, lines })
export const capture = command('RecordCapture', '2026-06-02T12:00:05Z', {
  shipmentId,
  amount: TOTAL,
  captureId: '4ba29b50-be7b-44f5-a492-113e6a865e22',
})
export const release = command('RecordRelease', '2026-06-01T10:00:05Z', {})
export const refund = command('RecordRefund', '2026-06-11T08:00:09Z', {
  returnId,
  amount: 49_900,
  refundId: '9b6f1c1a-0f5e-4c61-8f8a-6a0c1f0f6c77',
})
