import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import { given } from '@vilkar/testing/given.ts'
import type { ShipmentCommand } from '../../shipment/commands.ts'
import { decider } from '../../shipment/decider.ts'
import { cancel, deliver, dispatch, hold, orderId, request, resume, shipmentId } from '../a-shipment.ts'

const after = (...commands: ShipmentCommand[]) => given(decider, ...told(decider, ...commands))
/** Why the last of what these commands lead to happened: codes and what they cite. */
const why = (...commands: ShipmentCommand[]) => whyOf(told(decider, ...commands).at(-1)!)
const business = request({ customerKind: 'business' })

test('nothing but a request can happen to a shipment that does not exist', () => {
  for (const it of [hold, resume, cancel, dispatch(), deliver()]) after().when(it).thenRefused('shipment-unknown')
})

describe('a request', () => {
  test('asks the warehouse to send, and keeps the address out of the state', () => {
    const state = after()
      .when(request())
      .thenHappens({
        type: 'ShipmentRequested',
        data: { shipmentId, orderId, requestedAt: '2026-06-01T08:02:10Z', personal: { address: { city: 'Oslo' } } },
      })
    assert.equal(state.status, 'requested')
    assert.doesNotMatch(JSON.stringify(state), /Kari|Storgata/)
  })
  test('said twice, is made once', () => {
    for (const past of [[request()], [request(), cancel], [request(), dispatch()]])
      after(...past)
        .when(request())
        .thenNothing()
  })
})

describe('a hold', () => {
  const held = [request(), hold]

  test('keeps the goods here and says why', () => {
    const state = after(request())
      .when(hold)
      .thenHappens({ type: 'ShipmentHeld', data: { cause: hold.data.cause, heldAt: hold.data.at } })
    assert.equal(state.status, 'held')
    after(...held)
      .when(dispatch())
      .thenRefused('shipment-held')
    const { refusal } = decider.decide(dispatch(), told(decider, ...held).reduce(decider.evolve, decider.initial))
    assert.match(refusal!.detail, /the order confirmation bounced/)
  })
  test('said twice, holds once', () =>
    after(...held)
      .when(hold)
      .thenNothing())
  test('comes too late for goods that left, and is not needed for those that never will', () => {
    for (const past of [[dispatch()], [dispatch(), deliver()], [cancel]])
      after(request(), ...past)
        .when(hold)
        .thenNothing()
  })
  test('ends when its cause is gone, and then the goods may go', () => {
    const state = after(...held)
      .when(resume)
      .thenHappens({ type: 'ShipmentResumed', data: { resumedAt: resume.data.at } })
    assert.partialDeepStrictEqual(state, { status: 'requested', held: undefined })
    after(...held, resume)
      .when(dispatch())
      .thenHappens({ type: 'ShipmentDispatched' })
  })
  test('only what is held is resumed, and once', () => {
    for (const past of [[], [hold, resume], [cancel], [dispatch()]])
      after(request(), ...past)
        .when(resume)
        .thenNothing()
  })
  test('does not keep an order from being cancelled', () => {
    after(...held)
      .when(cancel)
      .thenHappens({ type: 'ShipmentCancelled' })
  })
})

describe('a cancellation', () => {
  test('stops what has not left', () => {
    const state = after(request())
      .when(cancel)
      .thenHappens({ type: 'ShipmentCancelled', data: { shipmentId, orderId, cancelledAt: cancel.data.at } })
    assert.equal(state.status, 'cancelled')
  })
  test('said twice, stops once', () => after(request(), cancel).when(cancel).thenNothing())
  test('does nothing to what has left', () => {
    after(request(), dispatch()).when(cancel).thenNothing()
    after(request(), dispatch(), deliver()).when(cancel).thenNothing()
  })
  test('keeps the goods here for good', () => {
    after(request(), cancel).when(dispatch()).thenRefused('shipment-cancelled')
    after(request(), cancel).when(deliver()).thenRefused('shipment-not-dispatched')
  })
})

describe('a dispatch', () => {
  test('7.3 leaves the risk with the seller when a consumer bought', () => {
    const state = after(request())
      .when(dispatch())
      .thenHappens({
        type: 'ShipmentDispatched',
        data: { carrier: 'Posten', handedOverAt: '2026-06-02T12:00:00Z', lines: [{ lineId: '1', quantity: 2 }] },
      })
    assert.equal(state.status, 'dispatched')
    assert.deepEqual(why(request(), dispatch()), ['not-received', '7.3', '§ 14'])
  })
  test('7.4 hands the risk to a business', () =>
    assert.deepEqual(why(business, dispatch()), ['handed-over', '7.4', '§ 7', '§ 13']))
  test('said twice, is one: also after delivery', () => {
    after(request(), dispatch()).when(dispatch()).thenNothing()
    after(request(), dispatch(), deliver()).when(dispatch()).thenNothing()
  })
  for (const change of [{ carrier: 'Bring' }, { trackingNumber: 'TEST999' }])
    test(`goods that left cannot leave again with ${Object.values(change)}`, () =>
      after(request(), dispatch()).when(dispatch(change)).thenRefused('shipment-dispatched'))
  test('is not foretold: goods are handed over now or before', () => {
    after(request())
      .when(dispatch({ handedOverAt: '2026-06-02T12:00:00.001Z' }))
      .thenRefused('handover-in-the-future')
    after(request())
      .when(dispatch({ handedOverAt: '2026-06-02T13:59:59+02:00' }))
      .thenHappens({ type: 'ShipmentDispatched' })
  })
})

describe('a delivery', () => {
  const sent = [request(), dispatch()]

  test('7.3 hands the risk to a consumer, and names who received outside the state', () => {
    const state = after(...sent)
      .when(deliver())
      .thenHappens({
        type: 'ShipmentDelivered',
        data: { receivedAt: '2026-06-04T14:30:00Z', personal: { receivedBy: 'Kari Eksempel' } },
      })
    assert.equal(state.status, 'delivered')
    assert.doesNotMatch(JSON.stringify(state), /Kari/)
    assert.deepEqual(why(...sent, deliver()), ['received', '7.3', '§ 14'])
  })
  test('7.4 changes no risk of a business', () =>
    assert.deepEqual(why(business, dispatch(), deliver()), ['handed-over', '7.4', '§ 7', '§ 13']))
  test('said twice, is one, in whatever zone the moment is written', () => {
    after(...sent, deliver())
      .when(deliver())
      .thenNothing()
    after(...sent, deliver())
      .when(deliver({ receivedAt: '2026-06-04T16:30:00+02:00' }))
      .thenNothing()
  })
  test('stands: periods run from it', () =>
    after(...sent, deliver())
      .when(deliver({ receivedAt: '2026-06-03T09:00:00Z' }))
      .thenRefused('shipment-delivered'))
  test('does not happen to goods that are still here', () => {
    after(request()).when(deliver()).thenRefused('shipment-not-dispatched')
    after(request(), hold).when(deliver()).thenRefused('shipment-not-dispatched')
  })
  test('does not come before the handover, and may come with it', () => {
    after(...sent)
      .when(deliver({ receivedAt: '2026-06-02T11:59:59Z' }))
      .thenRefused('receipt-before-handover')
    after(...sent)
      .when(deliver({ receivedAt: '2026-06-02T12:00:00Z' }))
      .thenHappens({ type: 'ShipmentDelivered' })
  })
  test('is not foretold', () =>
    after(...sent)
      .when(deliver({ receivedAt: '2026-06-04T14:31:00Z' }))
      .thenRefused('receipt-in-the-future'))
})
