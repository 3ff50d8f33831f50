import assert from 'node:assert/strict'
import type { DataOf } from '@vilkar/contracts/all-events.ts'
import { fact } from '@vilkar/contracts/test/examples.ts'
import { sha256Of } from '@vilkar/terms/order/told.ts'
import { functionNotice } from '@vilkar/terms/statute/withdrawal-function.ts'
import t from 'tap'
import { type AppliedName, apply, isPlaced, nothingKnown, type OrderSoFar } from '../../order-facts/projection.ts'
import { orderId, received } from '../a-return.ts'

type AppliedEvent = { [Name in AppliedName]: { type: Name; data: DataOf<Name> } }[AppliedName]

const shipment = (shipmentId: string): AppliedEvent[] => {
  const [dispatched, delivered] = [fact('ShipmentDispatched'), fact('ShipmentDelivered')]
  const corrected = fact('DeliveryCorrected')
  return [
    { ...dispatched, data: { ...dispatched.data, shipmentId } },
    { ...delivered, data: { ...delivered.data, shipmentId } },
    { ...corrected, data: { ...corrected.data, shipmentId } },
  ]
}
/** What each aggregate tells of one order, in its order: the order, two shipments and a return. */
const told: AppliedEvent[][] = [
  [
    fact('OrderPlaced'),
    fact('ContractFormed'),
    fact('ConfirmationBounced'),
    fact('EmailCorrected'),
    fact('ContractFormed'),
    fact('ContractReconfirmed'),
    fact('StopRequested'),
    fact('StopConcluded'),
    fact('OrderCancelled'),
  ],
  shipment('019e8258-8c00-7b01-9a52-0d6b1f7c3e22'),
  shipment('019e8258-8c00-7b01-9a52-0d6b1f7c3e33'),
  [
    fact('WithdrawalDeclared'),
    fact('ReturnUnitsAsked'),
    fact('ReturnUnitsKnown'),
    fact('ReturnSent'),
    fact('ProofOfSendingJudged'),
    fact('RefundDecided'),
    fact('ReturnReceived'),
    fact('ReturnClosed'),
  ],
]

/** How often `steps` ways lead to the last event of each sequence: (9 + 3 + 3 + 8)! / (9! · 3! · 3! · 8!). */
const ALL_MERGES = 49_080_431_400

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

t.test('every merge of what orders, shipments and returns tell gives the same facts', async (t) => {
  // What was heard is a position in each sequence. If all last steps to a position give the same, then by induction so do
  // all ways to it, and the last position is reached by every merge there is.
  const at = new Map<string, { order: OrderSoFar; ways: number }>([
    ['0,0,0,0', { order: nothingKnown(orderId), ways: 1 }],
  ])
  const reach = (heard: number[], order: OrderSoFar, ways: number) => {
    const before = at.get(String(heard))
    if (before) assert.deepEqual(order, before.order, `after ${heard} events of each`)
    at.set(String(heard), { order, ways: ways + (before?.ways ?? 0) })
  }
  const positions = told.reduce<number[][]>(
    (all, events) => all.flatMap((heard) => Array.from({ length: events.length + 1 }, (_, n) => [...heard, n])),
    [[]],
  )
  for (const heard of positions.sort((a, b) => sum(a) - sum(b))) {
    const { order, ways } = at.get(String(heard))!
    for (const [i, events] of told.entries()) {
      const next = events[heard[i]!]
      if (next) reach(heard.with(i, heard[i]! + 1), apply(order, next), ways)
    }
  }
  const last = at.get(String(told.map((events) => events.length)))!
  t.equal(last.ways, ALL_MERGES)
  t.strictSame(
    last.order,
    told.flat().reduce<OrderSoFar>((order, event) => apply(order, event), nothingKnown(orderId)),
  )
})

t.test('what is known of an order', async (t) => {
  const after = (...events: AppliedEvent[]) =>
    events.reduce<OrderSoFar>((order, event) => apply(order, event), nothingKnown(orderId))
  const [first, second] = [
    shipment('019e8258-8c00-7b01-9a52-0d6b1f7c3e22'),
    shipment('019e8258-8c00-7b01-9a52-0d6b1f7c3e33'),
  ]

  t.test('is not enough to answer by before OrderPlaced, and nothing of it is lost', async (t) => {
    const order = after(...first)
    t.equal(isPlaced(order), false)
    const placed = after(...first, fact('OrderPlaced'))
    t.ok(isPlaced(placed))
    const receivedAt = fact('DeliveryCorrected').data.receivedAt
    t.strictSame(
      placed.facts.parcels,
      received.parcels.map((parcel) => ({ ...parcel, receivedAt })),
    )
  })
  t.test('has the parcels in the order of their ids, whichever left first', async (t) =>
    t.strictSame(after(...second, ...first), after(...first, ...second)),
  )
  t.test('keeps personal data apart from the facts', async (t) =>
    t.notMatch(JSON.stringify(after(...told.flat()).facts), /kari|eksempel|angrer/i),
  )
  t.test('has no parcel that arrives without having left: the event is tried again instead', async (t) =>
    t.throws(() => after(fact('OrderPlaced'), first[1]!), /no dispatch of it was heard/),
  )
})

t.test('what a customer was told is what went out with the confirmation', async (t) => {
  const formed = fact('ContractFormed')
  const disclosuresAfter = (documents: typeof formed.data.documents) => {
    const placed = apply(nothingKnown(orderId), fact('OrderPlaced'))
    return apply(placed, { ...formed, data: { ...formed.data, documents } }).facts.disclosures
  }
  const { documents = [] } = formed.data
  t.hasStrict(disclosuresAfter(documents), { withdrawalInformation: true, returnCost: true })
  t.hasStrict(disclosuresAfter(documents.filter(({ kind }) => kind === 'terms')), {
    withdrawalInformation: false,
    returnCost: true,
  })
  t.hasStrict(disclosuresAfter([]), { withdrawalInformation: false, returnCost: false })
  t.test('and where the law has a withdrawal function, that they were told of it', async (t) => {
    const { data } = fact('OrderPlaced')
    const german = { ...data, country: 'DE', placedAt: '2026-10-01T08:00:00Z' }
    const told = (withdrawalFunction?: typeof formed.data.withdrawalFunction) =>
      apply(apply(nothingKnown(orderId), { type: 'OrderPlaced', data: german }), {
        ...formed,
        data: { ...formed.data, withdrawalFunction },
      }).facts.disclosures?.withdrawalInformation
    const [{ locale } = { locale: 'nb' as const }] = documents
    const page = 'https://shop.example/order'
    t.equal(told(), false)
    t.equal(told({ locale, page, sha256: sha256Of(functionNotice(locale, page)) }), true)
    t.equal(told({ locale, page, sha256: sha256Of('Cancel order') }), false)
  })
  const { marketingOptOut: _, ...disclosed } = fact('OrderPlaced').data.disclosures
  t.strictSame(disclosuresAfter(undefined), disclosed, 'an event of before it was kept')
})

t.test('units that are sent instead of lost ones take their place, and periods run from when they come', async (t) => {
  const [sent, delivered] = [fact('ShipmentDispatched').data, fact('ShipmentDelivered').data]
  const lost = sent.shipmentId
  const instead = '019e91a5-0000-7b01-8c11-5a7d2b9c4e77'
  const hear = (order: OrderSoFar, ...events: AppliedEvent[]) =>
    events.reduce((known, event) => apply(known, event), order)
  const first: AppliedEvent = { type: 'ShipmentDispatched', data: sent }
  const again = (lines: typeof sent.lines): AppliedEvent => ({
    type: 'ShipmentDispatched',
    data: { ...sent, shipmentId: instead, replaces: lost, lines },
  })
  const arrives = (shipmentId: string): AppliedEvent => ({
    type: 'ShipmentDelivered',
    data: { ...delivered, shipmentId },
  })

  const all = hear(nothingKnown(orderId), first, again(sent.lines))
  t.strictSame(
    all.facts.parcels.map(({ shipmentId }) => shipmentId),
    [instead],
  )
  t.strictSame(
    hear(all, arrives(lost)).facts.parcels,
    all.facts.parcels,
    'what was lost may turn up: the order has the units once',
  )
  t.equal(hear(all, arrives(instead)).facts.parcels[0]!.receivedAt, delivered.receivedAt)

  const [line] = sent.lines as [(typeof sent.lines)[number]]
  const one = { ...line, quantity: 1 }
  const some = hear(nothingKnown(orderId), first, again([one]))
  const count = (order: OrderSoFar) =>
    order.facts.parcels
      .flatMap(({ lines }) => lines)
      .reduce((sum, { lineId, quantity }) => (lineId === line.lineId ? sum + quantity : sum), 0)
  t.equal(count(some), line.quantity)
  t.equal(some.facts.parcels.length, 2)
  t.throws(() => hear(nothingKnown(orderId), again([one])), /no dispatch of it was heard/)
})
