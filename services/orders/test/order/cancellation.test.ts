import assert from 'node:assert/strict'
import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
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

t.test('cancelling before there is a contract', async (t) => {
  for (const [when, past] of [
    ['before paying', [place()]],
    ['after paying', authorised],
    ['after a bounce', bounced],
  ] as const)
    t.test(`4.3 the customer ends the order at once ${when}`, async (t) => {
      after(...past)
        .when(cancelByCustomer)
        .thenHappens({ type: 'OrderCancelled', data: { by: 'customer', reason: 'customer-wish' } })
      t.strictSame(why(...past, cancelByCustomer), ['before-dispatch', '4.3', '§ 41', '§ 23'])
    })
  for (const reason of ['stock', 'pricing-error', 'technical-mistake'] as const)
    t.test(`4.2 the seller may because of ${reason}`, async (t) => {
      after(...authorised)
        .when(cancelBySeller(reason))
        .thenHappens({ type: 'OrderCancelled', data: { by: 'seller', reason } })
      t.strictSame(why(...authorised, cancelBySeller(reason)), ['reserved-before-agreement', '4.2'])
    })
  t.test('4.2 the seller may for no other reason, and is not told that a contract stands', async (t) => {
    after(...authorised)
      .when(cancelBySeller('customer-wish'))
      .thenRefused('cancellation-refused', '4.2')
    const state = told(order, ...authorised).reduce(order.evolve, order.initial)
    t.notMatch(order.decide(cancelBySeller('customer-wish'), state).refusal!.detail, /contract stands/)
  })
  t.test('said twice, it ends once', async () =>
    after(...authorised, cancelByCustomer)
      .when(cancelByCustomer)
      .thenNothing(),
  )
})

t.test('cancelling once there is a contract', async (t) => {
  t.test('4.3 the customer may until the goods leave: shipping is asked first', async (t) => {
    const state = after(...formed)
      .when(cancelByCustomer)
      .thenHappens({ type: 'CancellationRequested', data: { by: 'customer', reason: 'customer-wish' } })
    t.equal(state.status, 'cancelling')
    t.strictSame(why(...cancelling), ['before-dispatch', '4.3', '§ 41', '§ 23'])
    t.strictSame(why(placeForBusiness(), authorise(), confirm(), cancelByCustomer), ['before-dispatch', '4.3'])
  })
  t.test('said twice, it is asked once', async () =>
    after(...cancelling)
      .when(cancelByCustomer)
      .thenNothing(),
  )
  t.test('it takes effect when shipping says that the goods have not left', async (t) => {
    const state = after(...cancelling)
      .when(shipmentCancelled)
      .thenHappens({ type: 'OrderCancelled', data: { by: 'customer', reason: 'customer-wish' } })
    t.equal(state.status, 'cancelled')
    after(...cancelling, shipmentCancelled)
      .when(shipmentCancelled)
      .thenNothing()
  })
  t.test('a cancelled shipment cancels no order that nobody asked to cancel', async () =>
    after(...formed)
      .when(shipmentCancelled)
      .thenNothing(),
  )
  t.test('4.3 it lapses when the goods left first, and the customer is told what remains', async (t) => {
    const state = after(...cancelling)
      .when(dispatch())
      .thenHappens({ type: 'CancellationLapsed', data: { shipmentId } }, { type: 'OrderDispatched' })
    assert.partialDeepStrictEqual(state, { status: 'dispatched', cancellation: undefined })
    const [lapsed] = order.decide(dispatch(), told(order, ...cancelling).reduce(order.evolve, order.initial)).events
    t.match(JSON.stringify(lapsed), /with-carrier.*"4\.3".*withdraw-instead.*"8\.1".*"§ 20"/)
    after(...cancelling, dispatch())
      .when(shipmentCancelled)
      .thenNothing()
  })
  t.test('4.3 it is too late once the carrier has the goods: a consumer withdraws, a business may return', async () => {
    for (const past of [dispatched, delivered])
      after(...past)
        .when(cancelByCustomer)
        .thenRefused('cancellation-refused', '4.3', '8.1', '8.3', '§ 20')
    after(placeForBusiness(), authorise(), confirm(), dispatch())
      .when(cancelByCustomer)
      .thenRefused('cancellation-refused', '4.3', '9.1')
  })
  t.test(
    '§ 41 goods made to order can be cancelled until delivery: in transit a person decides, after it nobody',
    async () => {
      const custom = catalogue.map((item) => ({ ...item, traits: { ...item.traits, madeToOrder: true } }))
      const sent = [place({ quote: quoteFor({}, custom) }), authorise(), confirm(), dispatch()]
      after(...sent)
        .when(cancelByCustomer)
        .thenRefused('cancellation-needs-person', '§ 41')
      after(...sent, deliver)
        .when(cancelByCustomer)
        .thenRefused('cancellation-refused', '4.3')
    },
  )

  const bound = ['4.1', '§ 1', '§ 19']
  t.test('the seller is bound: no stock is no reason any more (case L12)', async () =>
    after(...formed)
      .when(cancelBySeller('stock'))
      .thenRefused('cancellation-refused', ...bound),
  )
  t.test('the seller is bound to a business by another Act', async () =>
    after(placeForBusiness(), authorise(), confirm())
      .when(cancelBySeller('stock'))
      .thenRefused('cancellation-refused', '4.1', '§ 1', '§ 22'),
  )
  for (const mistake of ['pricing-error', 'technical-mistake'] as const) {
    t.test(`4.2 an obvious ${mistake} needs a person who says so`, async (t) => {
      after(...formed)
        .when(cancelBySeller(mistake))
        .thenRefused('cancellation-refused', '4.2', '§ 32')
      const approved = cancelBySeller(mistake, { approvedBy: 'the duty manager' })
      after(...formed)
        .when(approved)
        .thenHappens({ type: 'CancellationRequested', data: { by: 'seller', reason: mistake } })
      t.strictSame(why(...formed, approved), ['obvious-mistake', '4.2', '§ 32'])
    })
  }
  t.test('an approval makes no mistake of missing stock', async () =>
    after(...formed)
      .when(cancelBySeller('stock', { approvedBy: 'the duty manager' }))
      .thenRefused('cancellation-refused', ...bound),
  )
  t.test('what both agree on ends the contract', async (t) => {
    const agreed = cancelBySeller('stock', { customerConsents: true })
    after(...formed)
      .when(agreed)
      .thenHappens({ type: 'CancellationRequested', data: { by: 'seller', reason: 'stock' } })
    t.strictSame(why(...formed, agreed, shipmentCancelled), [])
    t.strictSame(why(...formed, agreed), ['customer-consents', '§ 1'])
  })
})
