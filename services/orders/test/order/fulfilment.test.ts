import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { order } from '../../order/order.ts'
import { awaitsNewPayment, claimedAmount, dueFor, isPaymentOver, owedFor } from '../../order/payment.ts'
import type { OrderCommand, PlacedOrder } from '../../order/state.ts'
import {
  allStopped,
  authorise,
  cancelByCustomer,
  capture,
  catalogue,
  claim,
  command,
  confirm,
  deliver,
  dispatch,
  expire,
  place,
  placeForBusiness,
  quoteFor,
  refund,
  release,
  shipmentId,
  TOTAL,
} from '../an-order.ts'

const after = (...commands: OrderCommand[]) => given(order, ...told(order, ...commands))
/** Why the last of what these commands lead to happened: codes and what they cite. */
const why = (...commands: OrderCommand[]) => whyOf(told(order, ...commands).at(-1)!)
const stateAfter = (...commands: OrderCommand[]) =>
  told(order, ...commands).reduce(order.evolve, order.initial) as PlacedOrder
const authorised = [place(), authorise()]
const formed = [...authorised, confirm()]
const cancelling = [...formed, cancelByCustomer]
const dispatched = [...formed, dispatch()]
const delivered = [...dispatched, deliver]

t.test('dispatch and capture (clause 6.2)', async (t) => {
  const parts = [
    [{ lineId: '1', quantity: 1 }],
    [
      { lineId: '1', quantity: 1 },
      { lineId: '2', quantity: 1 },
    ],
  ]
  const other = '019e8258-8c00-7b04-9a52-0d6b1f7c3e23'

  t.test('all that was ordered is captured with its delivery', async (t) => {
    const state = after(...formed)
      .when(dispatch())
      .thenHappens({ type: 'OrderDispatched', data: { shipmentId, captureAmount: TOTAL, currency: 'NOK' } })
    t.equal(state.status, 'dispatched')
    t.strictSame(why(...dispatched), ['shipped', '6.2'])
  })
  t.test('said twice, it left once', async () =>
    after(...dispatched)
      .when(dispatch())
      .thenNothing(),
  )
  t.test('a part is captured as a part, and the delivery with the first', async () => {
    after(...formed)
      .when(dispatch(parts[0]))
      .thenHappens({ type: 'OrderDispatched', data: { captureAmount: 49_900 + 14_900 } })
    const first = { ...capture, data: { ...capture.data, amount: 64_800 } }
    after(...formed, dispatch(parts[0]), first)
      .when(dispatch(parts[1], other))
      .thenHappens({ type: 'OrderDispatched', data: { shipmentId: other, captureAmount: 49_900 + 129_900 } })
  })
  t.test('the delivery is captured once, whatever leaves first: a gift too', async (t) => {
    const gift = { ...catalogue[0]!, sku: 'GIFT', price_nok: 0, price_eur: 0 }
    const quote = quoteFor({ lines: [...['GIFT', 'LOCK-1'].map((sku) => ({ sku, quantity: 1 }))] }, [
      ...catalogue,
      gift,
    ])
    const amount = quote.totals.total
    const [first, second] = ['1', '2'].map((lineId) => [{ lineId, quantity: 1 }])
    for (const [one, another] of [
      [first, second],
      [second, first],
    ]) {
      const events = told(
        order,
        place({ quote }),
        authorise({ amount }),
        confirm(),
        dispatch(one),
        dispatch(another, other),
      )
      const taken = events.flatMap((event) => (event.type === 'OrderDispatched' ? [event.data] : []))
      t.equal(
        taken.reduce((sum, { captureAmount }) => sum + captureAmount, 0),
        amount,
      )
      t.strictSame(
        taken.map(({ deliveryAmount }) => deliveryAmount),
        [14_900, 0],
      )
    }
  })
  t.test('parts of an uneven total never add up to more than what was authorised', async (t) => {
    const quote = quoteFor({ currency: 'EUR', customerKind: 'business', lines: [{ sku: 'SENSOR-1', quantity: 3 }] })
    const amount = quote.totals.total
    const paid = [place({ quote }), authorise({ amount, currency: 'EUR' }), confirm()]
    const captured = [1, 1, 1].reduce<{ story: OrderCommand[]; sum: number }>(
      ({ story, sum }, quantity, i) => {
        const sending = dispatch([{ lineId: '1', quantity }], `${other.slice(0, -1)}${i}`)
        const left = told(order, ...story, sending).at(-1)!
        const due = left.type === 'OrderDispatched' ? left.data.captureAmount : Number.NaN
        const taking = command('RecordCapture', '2026-06-02T12:00:05Z', {
          ...sending.data,
          amount: due,
          captureId: `${i}`,
        })
        return { story: [...story, sending, taking], sum: sum + due }
      },
      { story: paid, sum: 0 },
    ).sum
    t.ok(captured <= amount && captured > amount - 3, `${captured} of ${amount}`)
  })
  t.test('what leaves although the order is cancelled is refused, for a person to see', async () => {
    const ended = [...cancelling, allStopped]
    after(...ended)
      .when(dispatch())
      .thenRefused('order-cancelled')
    after(...ended)
      .when(deliver)
      .thenRefused('shipment-unknown')
  })
  t.test('the capture is noted once, citing that payment is taken at shipment', async (t) => {
    const state = after(...dispatched)
      .when(capture)
      .thenHappens({ type: 'PaymentCaptured', data: { shipmentId, amount: TOTAL, currency: 'NOK' } })
    t.hasStrict(state, { captured: TOTAL })
    t.strictSame(why(...dispatched, capture), ['capture-at-shipment', '6.2', '§ 38'])
    after(...dispatched, capture)
      .when(capture)
      .thenNothing()
  })
  t.test('the law on consumer sales is not cited to a business', async (t) =>
    t.strictSame(why(placeForBusiness(), authorise(), confirm(), dispatch(), capture), ['capture-at-shipment', '6.2']),
  )
})

t.test('delivery, release and refund', async (t) => {
  t.test('a shipment is delivered once', async (t) => {
    const state = after(...dispatched)
      .when(deliver)
      .thenHappens({ type: 'OrderDelivered', data: { shipmentId, deliveredAt: '2026-06-04T14:30:00Z' } })
    t.hasStrict(state, {
      status: 'delivered',
      shipments: [{ shipmentId, deliveredAt: '2026-06-04T14:30:00Z' }],
    })
    after(...delivered)
      .when(deliver)
      .thenNothing()
  })
  t.test('what never left is not delivered', async () =>
    after(...formed)
      .when(deliver)
      .thenRefused('shipment-unknown'),
  )
  t.test('what was held is let go once', async (t) => {
    const ended = [...authorised, cancelByCustomer]
    const state = after(...ended)
      .when(release)
      .thenHappens({ type: 'PaymentReleased' })
    t.hasStrict(state, { released: true })
    after(...ended, release)
      .when(release)
      .thenNothing()
  })
  t.test('a refund is noted once for its return, and another return gets its own', async (t) => {
    const paid = [...delivered, capture]
    const another = { ...refund, data: { ...refund.data, returnId: '019eb0c8-1c00-7c02-8b63-1e7c2a8d4f34' } }
    after(...paid)
      .when(refund)
      .thenHappens({ type: 'PaymentRefunded', data: { amount: 49_900, currency: 'NOK' } })
    after(...paid, refund)
      .when(refund)
      .thenNothing()
    const state = after(...paid, refund)
      .when(another)
      .thenHappens({ type: 'PaymentRefunded' })
    t.hasStrict(state, { refunded: 99_800 })
  })
})

t.test('goods that left, whose authorisation ran out before they were paid for (clause 6.2)', async (t) => {
  const left = [...formed, dispatch()]
  t.test('are owed: the customer is asked to pay again, and the law that says so is cited', async (t) => {
    const consumer = after(...left)
      .when(expire)
      .thenHappens({ type: 'AuthorisationExpired', data: { amount: TOTAL, owed: TOTAL } })
    t.ok(awaitsNewPayment(consumer as PlacedOrder))
    t.strictSame(why(...left, expire), ['authorisation-expired', '6.2', 'price-owed', '6.2', '§ 44'])
  })
  t.test('are asked for with what waits, and only what left is owed', async () => {
    after(...formed, dispatch([{ lineId: '1', quantity: 1 }]))
      .when(expire)
      .thenHappens({ type: 'AuthorisationExpired', data: { amount: TOTAL, owed: TOTAL - 49_900 - 129_900 } })
  })
  t.test('are not owed when they are paid for', async () => {
    after(...left, capture)
      .when(expire)
      .thenNothing()
  })
  t.test('are claimed of the customer once, and then no page asks for them', async (t) => {
    const claimed = after(...left, expire)
      .when(claim)
      .thenHappens({ type: 'PaymentClaimed', data: { shipmentId, amount: TOTAL } }) as PlacedOrder
    t.equal(dueFor(claimed), 0)
    t.ok(isPaymentOver(claimed), 'what is paid all the same is let go')
    after(...left, expire, claim)
      .when(claim)
      .thenNothing()
  })
  t.test('are not claimed while what was authorised may still be taken, nor once the customer paid again', async () => {
    after(...left)
      .when(claim)
      .thenRefused('payment-not-expired')
    after(...left, expire, authorise({ paymentId: 'another' }))
      .when(claim)
      .thenRefused('payment-not-expired')
  })
  t.test('are not claimed any more when they were taken after all', async (t) => {
    const taken = after(...left, expire, claim)
      .when(capture)
      .thenHappens({ type: 'PaymentCaptured' }) as PlacedOrder
    t.equal(claimedAmount(taken), 0)
  })
  t.test('are claimed by themselves: what waits is still to be paid', async (t) => {
    const part = [{ lineId: '1', quantity: 1 }]
    const parted = [...formed, dispatch(part), expire]
    const owed = owedFor(stateAfter(...parted))
    const state = stateAfter(...parted, command('ClaimPayment', '2026-07-04T09:00:00Z', { shipmentId, amount: owed }))
    t.equal(dueFor(state), TOTAL - owed)
    t.equal(owedFor(state), 0)
    t.ok(awaitsNewPayment(state))
  })
})
