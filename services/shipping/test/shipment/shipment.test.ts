import assert from 'node:assert/strict'
import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import type { ShipmentCommand } from '../../shipment/commands.ts'
import { decider } from '../../shipment/decider.ts'
import { shipmentStatuses, whereaboutsOf } from '../../shipment/state.ts'
import { cancel, deliver, dispatch, hold, orderId, pastOf, request, resume, shipmentId } from '../a-shipment.ts'

const after = (...commands: ShipmentCommand[]) => given(decider, ...told(decider, ...commands))
/** Why the last of what these commands lead to happened: codes and what they cite. */
const why = (...commands: ShipmentCommand[]) => whyOf(told(decider, ...commands).at(-1)!)
const business = request({ customerKind: 'business' })

t.test('nothing but a request can happen to a shipment that does not exist', async () => {
  for (const it of [hold, resume, cancel, dispatch(), deliver()]) after().when(it).thenRefused('shipment-unknown')
})

t.test('a request', async (t) => {
  t.test('asks the warehouse to send, and keeps the address out of the state', async (t) => {
    const state = after()
      .when(request())
      .thenHappens({
        type: 'ShipmentRequested',
        data: { shipmentId, orderId, requestedAt: '2026-06-01T08:02:10Z', personal: { address: { city: 'Oslo' } } },
      })
    t.equal(state.status, 'requested')
    t.notMatch(JSON.stringify(state), /Kari|Storgata/)
  })
  t.test('said twice, is made once', async () => {
    for (const past of [[request()], [request(), cancel], [request(), dispatch()]])
      after(...past)
        .when(request())
        .thenNothing()
  })
})

t.test('a hold', async (t) => {
  const held = [request(), hold]

  t.test('keeps the goods here and says why', async (t) => {
    const state = after(request())
      .when(hold)
      .thenHappens({ type: 'ShipmentHeld', data: { cause: hold.data.cause, heldAt: hold.data.at } })
    t.equal(state.status, 'held')
    after(...held)
      .when(dispatch())
      .thenRefused('shipment-held')
    const { refusal } = decider.decide(dispatch(), told(decider, ...held).reduce(decider.evolve, decider.initial))
    t.match(refusal!.detail, /the order confirmation bounced/)
  })
  t.test('said twice, holds once', async () =>
    after(...held)
      .when(hold)
      .thenNothing(),
  )
  t.test('comes too late for goods that left, and is not needed for those that never will', async () => {
    for (const past of [[dispatch()], [dispatch(), deliver()], [cancel]])
      after(request(), ...past)
        .when(hold)
        .thenNothing()
  })
  t.test('ends when its cause is gone, and then the goods may go', async () => {
    const state = after(...held)
      .when(resume)
      .thenHappens({ type: 'ShipmentResumed', data: { resumedAt: resume.data.at } })
    assert.partialDeepStrictEqual(state, { status: 'requested', held: undefined })
    after(...held, resume)
      .when(dispatch())
      .thenHappens({ type: 'ShipmentDispatched' })
  })
  t.test('only what is held is resumed, and once', async () => {
    for (const past of [[], [hold, resume], [cancel], [dispatch()]])
      after(request(), ...past)
        .when(resume)
        .thenNothing()
  })
  t.test('does not keep an order from being cancelled', async () => {
    after(...held)
      .when(cancel)
      .thenHappens({ type: 'ShipmentCancelled' })
  })
})

t.test('a cancellation', async (t) => {
  t.test('stops what has not left', async (t) => {
    const state = after(request())
      .when(cancel)
      .thenHappens({ type: 'ShipmentCancelled', data: { shipmentId, orderId, cancelledAt: cancel.data.at } })
    t.equal(state.status, 'cancelled')
  })
  t.test('said twice, stops once', async () => after(request(), cancel).when(cancel).thenNothing())
  t.test('does nothing to what has left', async () => {
    after(request(), dispatch()).when(cancel).thenNothing()
    after(request(), dispatch(), deliver()).when(cancel).thenNothing()
  })
  t.test('keeps the goods here for good', async () => {
    after(request(), cancel).when(dispatch()).thenRefused('shipment-cancelled')
    after(request(), cancel).when(deliver()).thenRefused('shipment-not-dispatched')
  })
})

t.test('a dispatch', async (t) => {
  t.test('7.3 leaves the risk with the seller when a consumer bought', async (t) => {
    const state = after(request())
      .when(dispatch())
      .thenHappens({
        type: 'ShipmentDispatched',
        data: { carrier: 'Posten', handedOverAt: '2026-06-02T12:00:00Z', lines: [{ lineId: '1', quantity: 2 }] },
      })
    t.equal(state.status, 'dispatched')
    t.strictSame(why(request(), dispatch()), ['not-received', '7.3', '§ 14'])
  })
  t.test('7.4 hands the risk to a business', async (t) =>
    t.strictSame(why(business, dispatch()), ['handed-over', '7.4', '§ 7', '§ 13']),
  )
  t.test('said twice, is one: also after delivery', async () => {
    after(request(), dispatch()).when(dispatch()).thenNothing()
    after(request(), dispatch(), deliver()).when(dispatch()).thenNothing()
  })
  for (const change of [{ carrier: 'Bring' }, { trackingNumber: 'TEST999' }])
    t.test(`goods that left cannot leave again with ${Object.values(change)}`, async () =>
      after(request(), dispatch()).when(dispatch(change)).thenRefused('shipment-dispatched'),
    )
  t.test('is not foretold: goods are handed over now or before', async () => {
    after(request())
      .when(dispatch({ handedOverAt: '2026-06-02T12:00:00.001Z' }))
      .thenRefused('handover-in-the-future')
    after(request())
      .when(dispatch({ handedOverAt: '2026-06-02T13:59:59+02:00' }))
      .thenHappens({ type: 'ShipmentDispatched' })
  })
})

t.test('the clock of shipping may be five minutes behind that of whoever asked, and of another process', async () => {
  const asked = '2026-06-01T08:02:10Z'
  const leaves = (now: string, handedOverAt = now) => {
    const { data } = dispatch()
    return { type: 'DispatchShipment', data: { ...data, at: now, handedOverAt } } as const
  }
  const arrives = (now: string) =>
    ({ type: 'DeliverShipment', data: { ...deliver().data, at: now, receivedAt: now } }) as const
  after(request())
    .when(leaves('2026-06-01T07:57:10Z'))
    .thenHappens({ type: 'ShipmentDispatched', data: { handedOverAt: asked } })
  after(request()).when(leaves('2026-06-01T07:57:09.999Z')).thenRefused('handover-before-request')
  after(request()).when(leaves('2026-06-01T08:02:11Z', '2026-06-01T08:02:09Z')).thenRefused('handover-before-request')
  const left = leaves('2026-06-01T08:02:10Z')
  after(request(), left)
    .when(arrives('2026-06-01T07:57:10Z'))
    .thenHappens({ type: 'ShipmentDelivered', data: { receivedAt: asked } })
  after(request(), left).when(arrives('2026-06-01T07:57:09.999Z')).thenRefused('receipt-before-handover')
})

t.test('a delivery', async (t) => {
  const sent = [request(), dispatch()]

  t.test(
    '7.3 and § 14 leave the risk while a consumer may withdraw, and who received is named outside the state',
    async (t) => {
      const state = after(...sent)
        .when(deliver())
        .thenHappens({
          type: 'ShipmentDelivered',
          data: { receivedAt: '2026-06-04T14:30:00Z', personal: { receivedBy: 'Kari Eksempel' } },
        })
      t.equal(state.status, 'delivered')
      t.notMatch(JSON.stringify(state), /Kari/)
      t.strictSame(why(...sent, deliver()), ['may-still-withdraw', '7.3', '§ 14', '§ 3'])
    },
  )
  t.test('7.4 changes no risk of a business', async (t) =>
    t.strictSame(why(business, dispatch(), deliver()), ['handed-over', '7.4', '§ 7', '§ 13']),
  )
  t.test('said twice, is one, in whatever zone the moment is written', async () => {
    after(...sent, deliver())
      .when(deliver())
      .thenNothing()
    after(...sent, deliver())
      .when(deliver({ receivedAt: '2026-06-04T16:30:00+02:00' }))
      .thenNothing()
  })
  t.test('stands: periods run from it', async () =>
    after(...sent, deliver())
      .when(deliver({ receivedAt: '2026-06-03T09:00:00Z' }))
      .thenRefused('shipment-delivered'),
  )
  t.test('does not happen to goods that are still here', async () => {
    after(request()).when(deliver()).thenRefused('shipment-not-dispatched')
    after(request(), hold).when(deliver()).thenRefused('shipment-not-dispatched')
  })
  t.test('does not come before the handover, and may come with it', async () => {
    after(...sent)
      .when(deliver({ receivedAt: '2026-06-02T11:59:59Z' }))
      .thenRefused('receipt-before-handover')
    after(...sent)
      .when(deliver({ receivedAt: '2026-06-02T12:00:00Z' }))
      .thenHappens({ type: 'ShipmentDelivered' })
  })
  t.test('is not foretold', async () =>
    after(...sent)
      .when(deliver({ receivedAt: '2026-06-04T14:31:00Z' }))
      .thenRefused('receipt-in-the-future'),
  )
})

t.test('what can still happen hangs on where the goods are, in every status', async (t) => {
  const otherHold = { ...hold, data: { ...hold.data, waitsFor: 'payment' as const } }
  for (const status of shipmentStatuses)
    t.test(status, async (t) => {
      const past = pastOf[status]
      const state = told(decider, ...past).reduce(decider.evolve, decider.initial)
      t.equal(state.status, status)
      const whereabouts = whereaboutsOf({ status })
      const happens = (command: ShipmentCommand) => decider.decide(command, state).events.map(({ type }) => type)
      t.strictSame(happens(cancel), whereabouts === 'here' ? ['ShipmentCancelled'] : [])
      t.strictSame(happens(otherHold), whereabouts === 'here' ? ['ShipmentHeld'] : [])
      if (whereabouts !== 'here') t.strictSame(happens(dispatch({ trackingNumber: 'ANOTHER' })), [])
      t.equal('dispatched' in state, whereabouts === 'left')
    })
})
