import { told } from '@vilkar/contracts/test/told.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { order } from '../../order/order.ts'
import { keptUnits, toBeReserved } from '../../order/reservation.ts'
import type { OrderCommand, PlacedOrder } from '../../order/state.ts'
import { freedBy } from '../../stock/stock.ts'
import {
  allStopped,
  answer,
  authorise,
  cancelByCustomer,
  cancelUnits,
  command,
  confirm,
  dispatch,
  endReservation,
  place,
} from '../an-order.ts'

const after = (...commands: OrderCommand[]) => given(order, ...told(order, ...commands))
const stateAfter = (...commands: OrderCommand[]) =>
  told(order, ...commands).reduce(order.evolve, order.initial) as PlacedOrder
const all = [
  { sku: 'SENSOR-1', quantity: 2 },
  { sku: 'LOCK-1', quantity: 1 },
]
const short = [{ sku: 'LOCK-1', wanted: 1, available: 0 }]
const { reservedUntil } = place().data

t.test('the reservation of an order that is not paid', async (t) => {
  t.test('ends at its moment, once, and not before', async () => {
    after(place()).when(endReservation('2026-06-01T08:29:59Z')).thenHappens()
    after(place())
      .when(endReservation(reservedUntil))
      .thenHappens({ type: 'ReservationEnded', data: { endedAt: reservedUntil } })
    after(place(), endReservation()).when(endReservation('2026-06-01T09:00:00Z')).thenHappens()
  })
  t.test('never ends once it is paid, or over', async () => {
    after(place(), authorise()).when(endReservation()).thenHappens()
    after(place(), cancelByCustomer).when(endReservation()).thenHappens()
  })
  t.test('of before it had an end never ends by itself', async () => {
    const [placed] = told(order, place())
    const { reservedUntil: _, ...data } = placed!.data as { reservedUntil?: string }
    given(order, { type: 'OrderPlaced', data } as never)
      .when(endReservation())
      .thenHappens()
  })
})

t.test('an order that is paid after its reservation ended', async (t) => {
  t.test('gets its units if they are still there', async (t) => {
    const state = after(place(), endReservation())
      .when(authorise({ shortages: [] }))
      .thenHappens({ type: 'PaymentAuthorised' })
    t.hasStrict(state, { status: 'awaiting-confirmation', reservationEndedAt: undefined })
  })
  t.test('ends whole if one unit is missing: by the seller, for want of stock, as clause 4 lets it', async (t) => {
    const state = after(place(), endReservation())
      .when(authorise({ shortages: short }))
      .thenHappens(
        { type: 'PaymentAuthorised' },
        {
          type: 'OrderCancelled',
          data: { by: 'seller', reason: 'stock', shortages: short, reasons: [{ cites: [{ clause: '4.2' }] }] },
        },
      )
    t.equal((state as PlacedOrder).status, 'cancelled')
  })
  t.test('is over, if what was held is another amount, for a person to look at', async () => {
    after(place(), endReservation())
      .when(authorise({ amount: 1, shortages: short }))
      .thenRefused('payment-amount-differs')
  })
})

t.test('what an order keeps is freed once, however it ends', async (t) => {
  const ways: [string, OrderCommand[], OrderCommand, object[]][] = [
    ['its reservation ends', [place()], endReservation(), all],
    [
      'it lapses after that',
      [place(), endReservation()],
      command('FailPayment', '2026-06-02T08:00:00Z', { cause: 'payment-abandoned' }),
      [],
    ],
    [
      'it lapses at once',
      [place()],
      command('FailPayment', '2026-06-01T08:01:00Z', { cause: 'payment-declined' }),
      all,
    ],
    ['it is paid in time', [place()], authorise(), []],
    [
      'it is paid later',
      [place(), endReservation()],
      authorise(),
      all.map((each) => ({ ...each, quantity: -each.quantity })),
    ],
    ['it is paid later in vain', [place(), endReservation()], authorise({ shortages: short }), []],
    ['it is cancelled before the contract', [place(), authorise()], cancelByCustomer, all],
    ['it is stopped', [place(), authorise(), confirm(), cancelByCustomer], allStopped, all],
    [
      'it is stopped in part',
      [place(), authorise(), confirm(), cancelUnits('1', 1)],
      answer({}, { asked: [{ lineId: '1', quantity: 1 }] }),
      [{ sku: 'SENSOR-1', quantity: 1 }],
    ],
    [
      'nothing could be stopped',
      [place(), authorise(), confirm(), cancelByCustomer, dispatch()],
      answer({ 1: 2, 2: 1 }),
      [],
    ],
    ['it is sent', [place(), authorise(), confirm()], dispatch(), []],
  ]
  for (const [how, before, then, freed] of ways)
    t.test(how, async (t) => t.strictSame(freedBy(stateAfter(...before), stateAfter(...before, then)), freed))

  t.test('what was stopped before is not looked for when it is paid later', async (t) => {
    const state = stateAfter(
      place(),
      cancelUnits('1', 1),
      answer({}, { asked: [{ lineId: '1', quantity: 1 }] }),
      endReservation(),
    )
    t.strictSame(keptUnits(state), [])
    t.strictSame(toBeReserved(state), [
      { sku: 'SENSOR-1', quantity: 1 },
      { sku: 'LOCK-1', quantity: 1 },
    ])
  })
})

t.test('who has not paid keeps so much and no more', async (t) => {
  const until = '2026-06-01T08:20:00Z'
  const limits = { orders: 2, units: 10 }
  const asked = (keeping: { orders: number; units: number; until?: string }) => after().when(place({ keeping, limits }))
  t.test('within the limits an order is placed', async () =>
    asked({ orders: 1, units: 7, until }).thenHappens({ type: 'OrderPlaced' }),
  )
  t.test('one order too many is refused, with the moment when there is room', async (t) => {
    asked({ orders: 2, units: 2, until }).thenRefused('reservation-limit')
    const refusal = order.decide(place({ keeping: { orders: 2, units: 2, until }, limits }), order.initial).refusal!
    t.match(refusal.detail, /Unpaid orders of this customer: 2, which keep 2 units; this one is for 3/)
    t.hasStrict(refusal.extra, { unpaidOrders: 2, reservedUnits: 2, reservedUntil: until })
  })
  t.test('one unit too many is refused', async () =>
    asked({ orders: 1, units: 8, until }).thenRefused('reservation-limit'),
  )
  t.test('an order that is too large by itself is refused in words that fit', async (t) => {
    const refusal = order.decide(place({ limits: { orders: 2, units: 2 } }), order.initial).refusal!
    t.match(refusal.detail, /The order is for 3 units. At most 2 unpaid orders may keep 2 units in all: order fewer/)
  })
})
