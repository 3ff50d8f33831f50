import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import { given } from '@vilkar/testing/given.ts'
import { order } from '../../order/order.ts'
import type { OrderCommand } from '../../order/state.ts'
import {
  authorise,
  bounce,
  cancelByCustomer,
  cancelBySeller,
  catalogue,
  confirm,
  deliver,
  dispatch,
  place,
  placeForBusiness,
  quoteFor,
  shipmentCancelled,
  shipmentId,
} from '../an-order.ts'

const after = (...commands: OrderCommand[]) => given(order, ...told(order, ...commands))
/** Why the last of what these commands lead to happened: codes and what they cite. */
const why = (...commands: OrderCommand[]) => whyOf(told(order, ...commands).at(-1)!)
const authorised = [place(), authorise()]
const formed = [...authorised, confirm()]
const bounced = [...formed, bounce()]
const cancelling = [...formed, cancelByCustomer]
const dispatched = [...formed, dispatch()]
const delivered = [...dispatched, deliver]

describe('cancelling before there is a contract', () => {
  for (const [when, past] of [
    ['before paying', [place()]],
    ['after paying', authorised],
    ['after a bounce', bounced],
  ] as const)
    test(`4.3 the customer ends the order at once ${when}`, () => {
      after(...past)
        .when(cancelByCustomer)
        .thenHappens({ type: 'OrderCancelled', data: { by: 'customer', reason: 'customer-wish' } })
      assert.deepEqual(why(...past, cancelByCustomer), ['before-dispatch', '4.3', '§ 41', '§ 23'])
    })
  for (const reason of ['stock', 'pricing-error', 'technical-mistake'] as const)
    test(`4.2 the seller may because of ${reason}`, () => {
      after(...authorised)
        .when(cancelBySeller(reason))
        .thenHappens({ type: 'OrderCancelled', data: { by: 'seller', reason } })
      assert.deepEqual(why(...authorised, cancelBySeller(reason)), ['reserved-before-agreement', '4.2'])
    })
  test('4.2 the seller may for no other reason, and is not told that a contract stands', () => {
    after(...authorised)
      .when(cancelBySeller('customer-wish'))
      .thenRefused('cancellation-refused', '4.2')
    const state = told(order, ...authorised).reduce(order.evolve, order.initial)
    assert.doesNotMatch(order.decide(cancelBySeller('customer-wish'), state).refusal!.detail, /contract stands/)
  })
  test('said twice, it ends once', () =>
    after(...authorised, cancelByCustomer)
      .when(cancelByCustomer)
      .thenNothing())
})

describe('cancelling once there is a contract', () => {
  test('4.3 the customer may until the goods leave: shipping is asked first', () => {
    const state = after(...formed)
      .when(cancelByCustomer)
      .thenHappens({ type: 'CancellationRequested', data: { by: 'customer', reason: 'customer-wish' } })
    assert.equal(state.status, 'cancelling')
    assert.deepEqual(why(...cancelling), ['before-dispatch', '4.3', '§ 41', '§ 23'])
    assert.deepEqual(why(placeForBusiness(), authorise(), confirm(), cancelByCustomer), ['before-dispatch', '4.3'])
  })
  test('said twice, it is asked once', () =>
    after(...cancelling)
      .when(cancelByCustomer)
      .thenNothing())
  test('it takes effect when shipping says that the goods have not left', () => {
    const state = after(...cancelling)
      .when(shipmentCancelled)
      .thenHappens({ type: 'OrderCancelled', data: { by: 'customer', reason: 'customer-wish' } })
    assert.equal(state.status, 'cancelled')
    after(...cancelling, shipmentCancelled)
      .when(shipmentCancelled)
      .thenNothing()
  })
  test('a cancelled shipment cancels no order that nobody asked to cancel', () =>
    after(...formed)
      .when(shipmentCancelled)
      .thenNothing())
  test('4.3 it lapses when the goods left first, and the customer is told what remains', () => {
    const state = after(...cancelling)
      .when(dispatch())
      .thenHappens({ type: 'CancellationLapsed', data: { shipmentId } }, { type: 'OrderDispatched' })
    assert.partialDeepStrictEqual(state, { status: 'dispatched', cancellation: undefined })
    const [lapsed] = order.decide(dispatch(), told(order, ...cancelling).reduce(order.evolve, order.initial)).events
    assert.match(JSON.stringify(lapsed), /with-carrier.*"4\.3".*withdraw-instead.*"8\.1".*"§ 20"/)
    after(...cancelling, dispatch())
      .when(shipmentCancelled)
      .thenNothing()
  })
  test('4.3 it is too late once the carrier has the goods: a consumer withdraws, a business may return', () => {
    for (const past of [dispatched, delivered])
      after(...past)
        .when(cancelByCustomer)
        .thenRefused('cancellation-refused', '4.3', '8.1', '8.3', '§ 20')
    after(placeForBusiness(), authorise(), confirm(), dispatch())
      .when(cancelByCustomer)
      .thenRefused('cancellation-refused', '4.3', '9.1')
  })
  test('§ 41 goods made to order can be cancelled until delivery: in transit a person decides, after it nobody', () => {
    const custom = catalogue.map((item) => ({ ...item, traits: { ...item.traits, madeToOrder: true } }))
    const sent = [place({ quote: quoteFor({}, custom) }), authorise(), confirm(), dispatch()]
    after(...sent)
      .when(cancelByCustomer)
      .thenRefused('cancellation-needs-person', '§ 41')
    after(...sent, deliver)
      .when(cancelByCustomer)
      .thenRefused('cancellation-refused', '4.3')
  })

  const bound = ['4.1', '§ 1', '§ 19']
  test('the seller is bound: no stock is no reason any more', () =>
    after(...formed)
      .when(cancelBySeller('stock'))
      .thenRefused('cancellation-refused', ...bound))
  test('the seller is bound to a business by another Act', () =>
    after(placeForBusiness(), authorise(), confirm())
      .when(cancelBySeller('stock'))
      .thenRefused('cancellation-refused', '4.1', '§ 1', '§ 22'))
  for (const mistake of ['pricing-error', 'technical-mistake'] as const) {
    test(`4.2 an obvious ${mistake} needs a person who says so`, () => {
      after(...formed)
        .when(cancelBySeller(mistake))
        .thenRefused('cancellation-refused', '4.2', '§ 32')
      const approved = cancelBySeller(mistake, { approvedBy: 'the duty manager' })
      after(...formed)
        .when(approved)
        .thenHappens({ type: 'CancellationRequested', data: { by: 'seller', reason: mistake } })
      assert.deepEqual(why(...formed, approved), ['obvious-mistake', '4.2', '§ 32'])
    })
  }
  test('an approval makes no mistake of missing stock', () =>
    after(...formed)
      .when(cancelBySeller('stock', { approvedBy: 'the duty manager' }))
      .thenRefused('cancellation-refused', ...bound))
  test('what both agree on ends the contract', () => {
    const agreed = cancelBySeller('stock', { customerConsents: true })
    after(...formed)
      .when(agreed)
      .thenHappens({ type: 'CancellationRequested', data: { by: 'seller', reason: 'stock' } })
    assert.deepEqual(why(...formed, agreed, shipmentCancelled), [])
    assert.deepEqual(why(...formed, agreed), ['customer-consents', '§ 1'])
  })
})
