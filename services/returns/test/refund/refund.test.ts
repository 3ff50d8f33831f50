import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import type { ReturnCommand } from '../../withdrawal/commands.ts'
import { decider } from '../../withdrawal/decider.ts'
import {
  backWithDelivery,
  close,
  declare,
  learn,
  onTheWay,
  orderId,
  receive,
  received,
  returnId,
  send,
  sendAsStaff,
  shipmentId,
  unsent,
} from '../a-return.ts'

const after = (...commands: ReturnCommand[]) => given(decider, ...told(decider, ...commands))
const oneSensor = [{ lineId: '1', quantity: 1 }]

t.test('the goods on their way back', async (t) => {
  t.test('receipt decides the refund, and proof that is shown later only adds to the record', async () => {
    after(declare()).when(receive()).thenHappens({ type: 'ReturnReceived' }, { type: 'RefundDecided' })
    after(declare(), receive()).when(send()).thenHappens({ type: 'ReturnSent' })
    after(declare(), sendAsStaff()).when(receive()).thenHappens({ type: 'ReturnReceived' })
    after(declare(), send()).when(receive()).thenHappens({ type: 'ReturnReceived' }, { type: 'RefundDecided' })
  })
  t.test('said twice, each is one', async () => {
    after(declare(), send()).when(send()).thenNothing()
    after(declare(), receive()).when(receive()).thenNothing()
    after(declare(), send(), receive()).when(receive('2026-06-16T10:00:00Z')).thenNothing()
  })
  t.test('nothing of it is foretold, but by as much as clocks differ', async () => {
    const now = '2026-06-11T08:00:00Z'
    after(declare()).when(receive('2026-06-11T08:05:01Z', now)).thenRefused('moment-in-the-future')
    after(declare())
      .when(receive('2026-06-11T08:05:00Z', now))
      .thenHappens({ type: 'ReturnReceived' }, { type: 'RefundDecided' })
  })
  t.test('what never left is not received back (case L01b)', async () => {
    after(declare({ facts: unsent }))
      .when(receive('2026-06-15T10:00:00Z', '2026-06-15T10:00:00Z', unsent))
      .thenRefused('goods-not-sent')
    after(declare({ facts: unsent, lines: oneSensor }), learn(oneSensor, [], unsent))
      .when(receive())
      .thenRefused('goods-not-sent')
    after(declare()).when(receive('1970-01-01T00:00:00Z')).thenRefused('goods-not-sent')
  })
})

t.test('8.5 the refund is due', async (t) => {
  for (const [rule, declaredAt, back, dueOn, cited] of [
    [
      'fourteen days after the notice',
      '2026-06-10T09:00:00Z',
      sendAsStaff('2026-06-11T08:00:00Z'),
      '2026-06-24',
      '§ 24',
    ],
    [
      'counted from the notice also when the goods come later',
      '2026-06-10T09:00:00Z',
      receive('2026-06-20T08:00:00Z'),
      '2026-06-24',
      '§ 3',
    ],
    [
      'on the day of receipt when that is later still',
      '2026-06-10T09:00:00Z',
      receive('2026-06-30T08:00:00Z'),
      '2026-06-30',
      '§ 24',
    ],
    [
      'by the date in Oslo: a notice after ten in the evening UTC is of the next day',
      '2026-06-10T22:05:00Z',
      sendAsStaff('2026-06-11T08:00:00Z'),
      '2026-06-25',
      '§ 24',
    ],
    [
      'on Monday when the last day is a Saturday',
      '2026-06-13T09:00:00Z',
      sendAsStaff('2026-06-15T08:00:00Z'),
      '2026-06-29',
      '§ 24',
    ],
    [
      'on Monday when the last day is a Sunday',
      '2026-06-14T09:00:00Z',
      sendAsStaff('2026-06-15T08:00:00Z'),
      '2026-06-29',
      '§ 24',
    ],
    [
      'after Easter when the last day is Maundy Thursday',
      '2026-03-19T09:00:00Z',
      sendAsStaff('2026-03-20T08:00:00Z'),
      '2026-04-07',
      '§ 24',
    ],
    [
      'after Christmas when the last day is Christmas Day',
      '2026-12-11T09:00:00Z',
      sendAsStaff('2026-12-12T08:00:00Z'),
      '2026-12-28',
      '§ 24',
    ],
    [
      'on New Year’s Eve, a working day',
      '2026-12-17T09:00:00Z',
      sendAsStaff('2026-12-18T08:00:00Z'),
      '2026-12-31',
      '§ 24',
    ],
    [
      'sooner by the terms when the goods were back before the notice',
      '2026-06-10T09:00:00Z',
      receive('2026-06-05T08:00:00Z', '2026-06-10T09:00:01Z'),
      '2026-06-19',
      'due-from-return',
    ],
  ] as const)
    t.test(`${rule}: ${dueOn}`, async (t) => {
      const facts = { ...received, placedAt: '2026-03-01T08:00:00Z', parcels: onTheWay.parcels }
      const early = {
        ...received,
        parcels: received.parcels.map((each) => ({ ...each, handedOverAt: '2026-03-02T12:00:00Z' })),
      }
      const inTime = { ...back, data: { ...back.data, facts: early } } as ReturnCommand
      const events = told(decider, declare({ facts }, declaredAt), inTime)
      const decided = events.at(-1)!
      t.hasStrict(decided, { type: 'RefundDecided', data: { dueOn } })
      t.ok(whyOf(decided).includes('8.5') && whyOf(decided).includes(cited), String(whyOf(decided)))
    })
})

t.test('closing', async (t) => {
  t.test('a return is over when the money is back', async (t) => {
    const state = after(declare({ lines: oneSensor }), sendAsStaff())
      .when(close())
      .thenHappens({ type: 'ReturnClosed', data: { outcome: 'refunded', amount: 49_900 } })
    t.equal(state.status, 'closed')
  })
  t.test('or when its order was cancelled before anything was paid; then nothing is awaited any more', async () => {
    const past = [declare({ facts: unsent }), close('order-cancelled', 0)]
    after(past[0]!)
      .when(past[1]!)
      .thenHappens({ type: 'ReturnClosed', data: { outcome: 'order-cancelled', amount: 0 } })
    for (const late of [send(), receive()])
      after(...past)
        .when(late)
        .thenRefused('goods-not-sent')
  })
  t.test('said twice, it is over once', async () =>
    after(declare(), sendAsStaff(), close()).when(close()).thenNothing(),
  )
  t.test('goods that come after the money are noted, and the return stays closed', async (t) => {
    const state = after(declare(), sendAsStaff(), close()).when(receive()).thenHappens({ type: 'ReturnReceived' })
    t.hasStrict(state, { status: 'closed', receivedAt: '2026-06-15T10:00:00Z' })
  })
})

t.test('the delivery goes back when the last units are cancelled after all else was paid back', async (t) => {
  const sensors = [{ lineId: '1', quantity: 2 }]
  const lock = [{ lineId: '2', quantity: 1 }]
  const [parcel] = received.parcels
  const sent = { ...received, parcels: [{ ...parcel!, lines: sensors }] }
  const paidBack = { returnId, lines: sensors, decided: sensors, refunded: 99_800, outcome: 'closed' as const }
  const stop = { requestId: orderId, lines: lock, stopped: lock, left: [] }
  const facts = { ...sent, returns: [paidBack], stops: [stop] }
  const past = [
    declare({ facts: sent, lines: sensors }),
    receive(undefined, undefined, sent),
    close('refunded', 99_800),
  ]
  t.test('once, what a standard one cost, by an id of its own', async (t) => {
    const state = after(...past)
      .when(backWithDelivery(facts))
      .thenHappens({
        type: 'RefundDecided',
        data: { deliveryRefundId: shipmentId, amount: 9_900, deliveryAmount: 9_900, lines: [], dueOn: '2026-07-06' },
      })
    t.hasStrict(state, { status: 'closed', refund: { amount: 99_800 }, deliveryRefund: { amount: 9_900 } })
    const again = { ...facts, returns: [{ ...paidBack, deliveryRefunded: true }] }
    after(...past)
      .when(backWithDelivery(again))
      .thenNothing()
  })
  t.test('not while something is with the customer, on its way, or in a return that is still open', async () => {
    after(...past)
      .when(backWithDelivery({ ...facts, stops: [] }))
      .thenNothing()
    const [one] = [{ lineId: '1', quantity: 1 }]
    for (const decided of [[one], undefined])
      after(...past)
        .when(backWithDelivery({ ...facts, returns: [{ ...paidBack, decided }] }))
        .thenNothing()
  })
})
