import assert from 'node:assert/strict'
import type { DataOf } from '@vilkar/contracts/all-events.ts'
import { fact } from '@vilkar/contracts/test/examples.ts'
import { entitlements } from '@vilkar/terms/order/entitlements.ts'
import fc from 'fast-check'
import t from 'tap'
import { type AppliedName, apply, isPlaced, nothingKnown, type OrderSoFar } from '../../order-facts/projection.ts'
import { shipmentId as LOST, orderId } from '../a-return.ts'

type Heard = { [Name in AppliedName]: { type: Name; data: DataOf<Name> } }[AppliedName]

const [AGAIN, REST, STILL] = ['4e77', '4e88', '4e99'].map((end) => `019e91a5-0000-7b01-8c11-5a7d2b9c${end}`) as [
  string,
  string,
  string,
]
const units = (quantity: number, lineId = '1') => [{ lineId, quantity }]
const ALL = [...units(2), ...units(1, '2')]
const CAME = '2026-06-05T16:00:00Z'

const leaves = (shipmentId: string, lines = ALL, replaces?: string): Heard => {
  const { type, data } = fact('ShipmentDispatched')
  const sent = lines.map((line) => ({ ...line, sku: 'SKU', name: 'Thing' }))
  return { type, data: { ...data, shipmentId, lines: sent, ...(replaces && { replaces }) } }
}
const arrives = (shipmentId: string, receivedAt = CAME): Heard => {
  const { type, data } = fact('ShipmentDelivered')
  return { type, data: { ...data, shipmentId, receivedAt } }
}
const settled = (lines = units(1, '2'), replacementId = AGAIN, shipmentId = LOST): Heard => {
  const { type, data } = fact('LossSettled')
  return { type, data: { ...data, reportId: replacementId, shipmentId, lines, replacementId } }
}
const arrivedAfterAll = (stopped?: string): Heard => {
  const { type, data } = fact('DamageReportEnded')
  const { stopped: _, ...rest } = data
  return { type, data: { ...rest, reportId: AGAIN, shipmentId: LOST, ...(stopped && { stopped }) } }
}
const sentAgain: Heard = {
  type: 'DeliveryFailureEnded',
  data: { ...fact('DeliveryFailureEnded').data, shipmentId: LOST, outcome: 'sent-again', replacementId: AGAIN },
}
const order: Heard[] = [fact('OrderPlaced'), fact('ContractFormed')]

const after = (...events: Heard[]) =>
  events.reduce<OrderSoFar>((known, event) => apply(known, event), nothingKnown(orderId))
const withdrawalOf = (known: OrderSoFar, at: string) => {
  assert(isPlaced(known))
  return entitlements(known.facts, Temporal.Instant.from(at)).lines.map(({ withdrawal: { until, reasons } }) => [
    reasons[0]!.code,
    until,
  ])
}
const later = (days: number) =>
  Temporal.Instant.from(CAME)
    .add({ hours: 24 * days })
    .toString()

/** Hears what every shipment tells in its own order, and of all shipments in any; one that leaves instead of another after that one left. */
const heardInAnyOrder = (told: Heard[][]) =>
  fc.array(fc.nat(), { minLength: told.flat().length, maxLength: told.flat().length }).map((choices) => {
    const queues = told.map((events) => [...events])
    return choices.map((choice) => {
      const waiting = queues.filter(({ length }) => length > 0)
      return waiting[choice % waiting.length]!.shift()!
    })
  })

t.test('what was lost of a parcel, and is sent again, is still to come', async (t) => {
  const first = [...order, leaves(LOST)]
  for (const [rule, events] of [
    ['whether that was chosen before the rest came', [settled(), arrives(LOST)]],
    ['or after', [arrives(LOST), settled()]],
    ['and once, however often it is heard', [settled(), arrives(LOST), settled(), arrives(LOST)]],
    ['or of all of it, whatever is told of the parcel then', [settled(ALL), arrives(LOST)]],
    ['or it came back and leaves once more', [sentAgain, arrives(LOST), sentAgain]],
  ] as [string, Heard[]][])
    t.test(rule, async (t) => {
      const known = after(...first, ...events)
      t.strictSame(withdrawalOf(known, later(16)), [
        ['period-not-begun', undefined],
        ['period-not-begun', undefined],
      ])
      t.strictSame(known, after(...first, ...events, ...events), 'and nothing is counted twice')
    })
  t.test('its period begins for all that was ordered together when it comes', async (t) => {
    const known = after(
      ...first,
      settled(),
      arrives(LOST),
      leaves(AGAIN, units(1, '2'), LOST),
      arrives(AGAIN, later(16)),
    )
    t.strictSame(
      withdrawalOf(known, later(17)).map(([, until]) => until),
      ['2026-07-06', '2026-07-06'],
    )
  })
  t.test('unless it came after all, and the other did not leave', async (t) => {
    const stopped = after(...first, settled(ALL), arrives(LOST), arrivedAfterAll(AGAIN))
    t.strictSame(stopped.facts.parcels, after(...first, arrives(LOST)).facts.parcels)
    t.strictSame(stopped, after(...first, settled(ALL), arrives(LOST), ...[AGAIN, AGAIN].map(arrivedAfterAll)))
    const left = after(...first, settled(ALL), arrives(LOST), arrivedAfterAll())
    t.equal(withdrawalOf(left, later(1))[0]![0], 'period-not-begun')
  })
  t.test('what was lost of that which is sent for a complaint is no parcel of the order', async (t) =>
    t.strictSame(after(...first, settled(units(1), REST, STILL)), after(...first)),
  )
})

t.test('in whatever order shipments are heard, the same is known of the order', async () => {
  // The parcel loses line 2, and one of line 1 besides; what is sent instead leaves in two parts, and one of these is lost once more.
  const lostInParts = [
    [settled([...units(1), ...units(1, '2')]), arrives(LOST)],
    [leaves(AGAIN, units(1), LOST), arrives(AGAIN, later(2))],
    [leaves(REST, units(1, '2'), LOST), settled(units(1, '2'), STILL, REST)],
  ]
  const lostTwice = [
    [settled(units(1, '2'), AGAIN), arrives(LOST), settled(units(1), REST)],
    [leaves(AGAIN, units(1, '2'), LOST), arrives(AGAIN, later(2))],
    [leaves(REST, units(1), LOST), arrives(REST, later(3))],
  ]
  const cameBack = [
    [sentAgain, arrives(LOST)],
    [leaves(AGAIN, units(2), LOST), arrives(AGAIN, later(2))],
    [leaves(REST, units(1, '2'), LOST), arrives(REST, later(3))],
  ]
  for (const told of [lostInParts, lostTwice, cameBack]) {
    const inOrder = after(leaves(LOST), ...told.flat(), ...order)
    fc.assert(
      fc.property(heardInAnyOrder([order, ...told]), (events) => {
        const known = after(leaves(LOST), ...events)
        assert.deepEqual(known, inOrder)
      }),
    )
  }
})

t.test('every unit of an order is in one parcel, and none has come before it left', async () => {
  const told = [
    [settled(units(1, '2')), arrives(LOST)],
    [leaves(AGAIN, units(1, '2'), LOST), arrives(AGAIN, later(2))],
  ]
  fc.assert(
    fc.property(heardInAnyOrder(told), fc.nat({ max: 4 }), (events, heard) => {
      const { parcels } = after(leaves(LOST), ...events.slice(0, heard)).facts
      for (const { lineId, quantity } of ALL) {
        const inParcels = parcels.flatMap(({ lines }) => lines).filter((line) => line.lineId === lineId)
        assert.equal(
          inParcels.reduce((sum, line) => sum + line.quantity, 0),
          quantity,
        )
      }
      const last = parcels.find(({ lines }) => lines.some(({ lineId }) => lineId === '2'))!
      assert.equal(last.receivedAt !== undefined && last.shipmentId === LOST, isUnheard(events.slice(0, heard)))
    }),
  )
})
/** The parcel was heard to have come, and nothing yet of what is sent instead of its second line. */
const isUnheard = (events: Heard[]) =>
  events.some((event) => event.type === 'ShipmentDelivered' && event.data.shipmentId === LOST) &&
  !events.some(({ type }) => type === 'LossSettled' || type === 'ShipmentDispatched')
