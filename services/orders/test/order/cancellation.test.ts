import assert from 'node:assert/strict'
import type { CancellationRequested } from '@vilkar/contracts/orders-cancellation.ts'
import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { order } from '../../order/order.ts'
import type { OrderCommand } from '../../order/state.ts'
import {
  allStopped,
  answer,
  authorise,
  bounce,
  cancelByCustomer,
  cancelBySeller,
  cancelUnits,
  catalogue,
  confirm,
  deliver,
  dispatch,
  mistake,
  orderId,
  place,
  placeForBusiness,
  quoteFor,
  requestId,
  returnId,
  shipmentCancelled,
  shipmentId,
  TOTAL,
  withdrawFrom,
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
  ] as const)
    t.test(`4.3 the customer ends the order at once ${when}`, async (t) => {
      after(...past)
        .when(cancelByCustomer)
        .thenHappens({ type: 'OrderCancelled', data: { by: 'customer', reason: 'customer-wish' } })
      t.strictSame(why(...past, cancelByCustomer), ['before-dispatch', '4.3', '§ 41', '§ 23'])
    })
  t.test('4.3 after a bounce shipping is asked first: it may have sent while the contract stood', async () => {
    after(...bounced)
      .when(cancelByCustomer)
      .thenHappens({ type: 'CancellationRequested' }, { type: 'StopRequested' })
    after(...bounced, cancelByCustomer)
      .when(allStopped)
      .thenHappens({ type: 'StopConcluded' }, { type: 'OrderCancelled' })
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
    const asked = { requestId, by: 'customer', reason: 'customer-wish' } as const
    const state = after(...formed)
      .when(cancelByCustomer)
      .thenHappens({ type: 'CancellationRequested', data: asked }, { type: 'StopRequested', data: asked })
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
      .when(allStopped)
      .thenHappens(
        { type: 'StopConcluded' },
        { type: 'OrderCancelled', data: { by: 'customer', reason: 'customer-wish' } },
      )
    t.equal(state.status, 'cancelled')
    for (const again of [allStopped, shipmentCancelled])
      after(...cancelling, allStopped)
        .when(again)
        .thenNothing()
  })
  t.test('a cancelled shipment cancels no order that nobody asked to cancel', async () =>
    after(...formed)
      .when(shipmentCancelled)
      .thenNothing(),
  )
  t.test(
    '4.3 it lapses when all goods left first, whichever is heard first, and the customer is told what remains',
    async (t) => {
      const allLeft = answer({ 1: 2, 2: 1 })
      const state = after(...cancelling, dispatch())
        .when(allLeft)
        .thenHappens(
          { type: 'StopConcluded', data: { stopped: [] } },
          { type: 'CancellationLapsed', data: { shipmentId } },
        )
      assert.partialDeepStrictEqual(state, { status: 'dispatched', cancellation: undefined })
      const other = told(order, ...cancelling, allLeft, dispatch()).reduce(order.evolve, order.initial)
      t.strictSame(other, state)
      const lapsed = told(order, ...cancelling, dispatch(), allLeft).at(-1)
      t.match(JSON.stringify(lapsed), /with-carrier.*"4\.3".*withdraw-instead.*"8\.1".*"§ 20"/)
    },
  )
  t.test(
    'what had not left is stopped when part of the goods left first, and the order stands for that part',
    async (t) => {
      const oneLeft = dispatch([{ lineId: '1', quantity: 1 }])
      const state = after(...cancelling, oneLeft)
        .when(answer({ 1: 1 }))
        .thenHappens({
          type: 'StopConcluded',
          data: {
            stopped: [
              { lineId: '1', quantity: 1, amount: 49_900 },
              { lineId: '2', quantity: 1, amount: 129_900 },
            ],
            left: [{ lineId: '1', quantity: 1 }],
          },
        })
      t.equal(state.status, 'dispatched')
      after(...cancelling, oneLeft, answer({ 1: 1 }))
        .when(deliver)
        .thenHappens({ type: 'OrderDelivered' })
      t.equal(
        told(order, ...cancelling, oneLeft, answer({ 1: 1 }), deliver).reduce(order.evolve, order.initial).status,
        'delivered',
      )
    },
  )

  t.test('asked for by an earlier release', async (t) => {
    const [asked] = order.decide(cancelByCustomer, told(order, ...formed).reduce(order.evolve, order.initial)).events
    const { requestId: _, ...data } = (asked as CancellationRequested).data
    const old = [...told(order, ...formed), { type: 'CancellationRequested', data } as const]
    t.test('it takes effect by the shipment that was cancelled', async () => {
      given(order, ...old)
        .when(shipmentCancelled)
        .thenHappens({ type: 'OrderCancelled', data: { by: 'customer', reason: 'customer-wish' } })
    })
    t.test('it takes effect, or lapses, by the answer under the id of the order', async () => {
      given(order, ...old)
        .when(answer({}, { id: orderId }))
        .thenHappens({ type: 'OrderCancelled' })
      given(order, ...old)
        .when(answer({ 1: 2, 2: 1 }, { id: orderId }))
        .thenHappens({ type: 'CancellationLapsed' })
    })
    t.test('it lapses with the first goods that left, and is asked anew by who says it again', async () => {
      given(order, ...old)
        .when(dispatch())
        .thenHappens({ type: 'CancellationLapsed', data: { shipmentId } }, { type: 'OrderDispatched' })
      given(order, ...old)
        .when(cancelByCustomer)
        .thenHappens({ type: 'CancellationRequested', data: { requestId } }, { type: 'StopRequested' })
    })
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
  for (const reason of ['pricing-error', 'technical-mistake'] as const)
    t.test(`4.2 an obvious ${reason} needs a person who says so`, async () =>
      after(...formed)
        .when(cancelBySeller(reason))
        .thenRefused('cancellation-refused', '4.2', '§ 32'),
    )
  t.test('who found a mistake makes none of missing stock', async () =>
    after(...formed)
      .when(cancelBySeller('stock', { mistake }))
      .thenRefused('cancellation-refused', ...bound),
  )
  t.test('what both agree on ends the contract', async (t) => {
    const agreed = cancelBySeller('stock', { customerConsents: true })
    after(...formed)
      .when(agreed)
      .thenHappens(
        { type: 'CancellationRequested', data: { by: 'seller', reason: 'stock' } },
        { type: 'StopRequested' },
      )
    t.strictSame(why(...formed, agreed, allStopped), [])
    t.strictSame(why(...formed, agreed), ['customer-consents', '§ 1'])
  })
  t.test('what both agree on ends nothing that has left: it is refused, and does not hang', async () => {
    const agreed = cancelBySeller('technical-mistake', { customerConsents: true })
    for (const past of [dispatched, delivered])
      after(...past)
        .when(agreed)
        .thenRefused('cancellation-refused', '4.3')
    after(...formed, dispatch([{ lineId: '1', quantity: 1 }]))
      .when(agreed)
      .thenHappens(
        { type: 'CancellationRequested' },
        { type: 'StopRequested', data: { lines: [{ quantity: 1 }, { quantity: 1 }] } },
      )
  })
})

t.test('cancelling some units of a line', async (t) => {
  const one = [{ lineId: '1', quantity: 1 }]
  const oneStopped = answer({}, { asked: one })
  t.test('4.3 asks shipping for those units, also after others have left', async () => {
    for (const past of [authorised, formed, [...formed, dispatch(one)]])
      after(...past)
        .when(cancelUnits('1', 1))
        .thenHappens({ type: 'StopRequested', data: { requestId, lines: one } })
  })
  t.test('what never leaves takes the end of its line’s price, and the order goes on without it', async (t) => {
    const state = after(...formed, cancelUnits('1', 1))
      .when(oneStopped)
      .thenHappens({
        type: 'StopConcluded',
        data: { stopped: [{ lineId: '1', quantity: 1, amount: 49_900 }], left: [] },
      })
    t.equal(state.status, 'formed')
    const rest = [...one, { lineId: '2', quantity: 1 }]
    after(...formed, cancelUnits('1', 1), oneStopped)
      .when(dispatch(rest))
      .thenHappens({ type: 'OrderDispatched', data: { captureAmount: TOTAL - 49_900 } })
  })
  t.test('names how many in all: said twice it asks once, and more asks for the difference', async () => {
    for (const past of [[cancelUnits('1', 1)], [cancelUnits('1', 1), oneStopped]]) {
      after(...formed, ...past)
        .when(cancelUnits('1', 1, returnId))
        .thenNothing()
      after(...formed, ...past)
        .when(cancelUnits('1', 2, returnId))
        .thenHappens({ type: 'StopRequested', data: { lines: one } })
    }
  })
  t.test('of more than have not left is refused with how many can be', async () => {
    after(...formed)
      .when(cancelUnits('1', 3))
      .thenRefused('quantity-exceeded')
    after(...formed, dispatch(one))
      .when(cancelUnits('1', 2))
      .thenRefused('quantity-exceeded')
    after(...dispatched)
      .when(cancelUnits('1', 1))
      .thenRefused('cancellation-refused', '4.3', '8.1', '8.3', '§ 20')
    after(...formed)
      .when(cancelUnits('3', 1))
      .thenRefused('line-unknown')
  })
  t.test('ends the order once all of it never leaves, however it was asked for', async () => {
    const past = [...formed, cancelUnits('1', 2), withdrawFrom([{ lineId: '2', quantity: 1, unsent: 1 }], returnId)]
    after(...past, answer({}, { asked: [{ lineId: '1', quantity: 2 }] }))
      .when(answer({}, { asked: [{ lineId: '2', quantity: 1 }], id: returnId }))
      .thenHappens({ type: 'StopConcluded', data: { returnId } }, { type: 'OrderCancelled', data: { by: 'customer' } })
  })
  t.test('has one answer per request, and one per withdrawal', async () => {
    const withdrawn = [...formed, withdrawFrom([{ lineId: '1', quantity: 1, unsent: 1 }])]
    after(...withdrawn)
      .when(withdrawFrom([{ lineId: '1', quantity: 1, unsent: 1 }], returnId))
      .thenNothing()
    after(...withdrawn, oneStopped)
      .when(oneStopped)
      .thenNothing()
    after(...formed)
      .when(oneStopped)
      .thenRefused('request-unknown')
  })
})
