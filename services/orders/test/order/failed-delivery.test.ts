import { told } from '@vilkar/contracts/test/told.ts'
import t from 'tap'
import { lateSince } from '../../order/delay.ts'
import { order } from '../../order/order.ts'
import type { OrderCommand, PlacedOrder } from '../../order/state.ts'
import { authorise, command, confirm, dispatch, endFailure, failDelivery, lose, place } from '../an-order.ts'

/** Confirmed on the first of June and sent: late by law from the second of July on. */
const sent = [place(), authorise(), confirm(), dispatch()]
const all = [
  { lineId: '1', quantity: 2 },
  { lineId: '2', quantity: 1 },
]
const LATE = '2026-07-01T22:00:00Z'
const look = command('TellDelay', LATE, {})
const isLate = (...commands: OrderCommand[]) => {
  const events = told(order, ...sent, ...commands, look)
  const state = events.reduce(order.evolve, order.initial) as PlacedOrder
  return [events.some(({ type }) => type === 'DeliveryDelayed'), lateSince(state) !== undefined]
}
const fails = (failure: 'refused' | 'uncollected' | 'returned' | 'lost' | 'damaged', more: object = {}) =>
  failDelivery({ failure, lines: all, ...more })

t.test('nobody is late with what the customer did not take, and their mail blames nobody', async (t) => {
  t.strictSame(isLate(), [true, true])
  for (const failure of ['refused', 'uncollected'] as const)
    t.strictSame(isLate(fails(failure)), [false, false], failure)
  t.strictSame(isLate(fails('refused'), endFailure('sent-again')), [false, false], 'nor while it is sent once more')
})

t.test('what came back without a word, was lost or damaged is the seller’s to bring', async (t) => {
  for (const failure of ['returned', 'lost', 'damaged'] as const)
    t.strictSame(isLate(fails(failure)), [true, true], failure)
})

t.test('goods that came too late may be refused: they stay late', async (t) =>
  t.strictSame(isLate(fails('refused', { failedAt: LATE })), [true, true]),
)

t.test('that it was not taken was told wrongly: it is waited for as before', async (t) =>
  t.strictSame(isLate(fails('refused'), endFailure('under-way')), [true, true]),
)

t.test('of some units, the others are late', async (t) =>
  t.strictSame(isLate(fails('refused', { lines: [all[0]] })), [true, true]),
)

t.test('goods for a complaint that were not taken say nothing of what was bought', async (t) =>
  t.strictSame(isLate(fails('refused', { cure: { returnId: place().data.orderId, cureId: place().data.orderId } })), [
    true,
    true,
  ]),
)

t.test('an order of which nothing was taken is not complete, and hangs on nobody’s delivery', async (t) => {
  const types = told(order, ...sent, fails('refused'), endFailure('sent-again')).map(({ type }) => type)
  t.notOk(types.includes('OrderCompleted'))
  const paidBack = told(order, ...sent, fails('lost'), lose(), endFailure('settled')).map(({ type }) => type)
  t.ok(paidBack.includes('OrderCompleted'))
})
