import assert from 'node:assert/strict'
import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { given } from '@vilkar/testing/given.ts'
import fc from 'fast-check'
import t from 'tap'
import { untaken } from '../../money/portions.ts'
import { order } from '../../order/order.ts'
import type { OrderCommand, PlacedOrder } from '../../order/state.ts'
import { dispatch as dispatchOf, formed as formedFor } from '../alarming.ts'
import { authorise, command, confirm, dispatch, orderId, place, quoteFor, TOTAL } from '../an-order.ts'

const parcels = [
  '019e8258-8c00-7b04-9a52-0d6b1f7c3e01',
  '019e8258-8c00-7b04-9a52-0d6b1f7c3e02',
  '019e8258-8c00-7b04-9a52-0d6b1f7c3e03',
]
const formed = [place(), authorise(), confirm()]
const after = (...commands: OrderCommand[]) => given(order, ...told(order, ...commands))
const stateAfter = (...commands: OrderCommand[]) =>
  told(order, ...commands).reduce(order.evolve, order.initial) as PlacedOrder
const deliver = (shipmentId: string) => command('RecordDelivery', '2026-06-04T14:30:00Z', { shipmentId })
const sensors = (quantity: number) => [{ lineId: '1', quantity }]
const capture = (shipmentId: string, amount: number) =>
  command('RecordCapture', '2026-06-02T12:00:05Z', { shipmentId, amount, captureId: `capture of ${shipmentId}` })

t.test('an order that leaves in parts', async (t) => {
  const inParts = [
    ...formed,
    dispatch(sensors(1), parcels[0]),
    dispatch(
      [
        { lineId: '1', quantity: 1 },
        { lineId: '2', quantity: 1 },
      ],
      parcels[1],
    ),
  ]

  t.test('is dispatched with the first part and delivered with the last, in whatever order they arrive', async (t) => {
    t.equal(stateAfter(...inParts.slice(0, 4)).status, 'dispatched')
    for (const [first, last] of [
      [parcels[0]!, parcels[1]!],
      [parcels[1]!, parcels[0]!],
    ] as const) {
      t.equal(stateAfter(...inParts, deliver(first)).status, 'dispatched')
      t.equal(stateAfter(...inParts, deliver(first), deliver(last)).status, 'delivered')
    }
  })
  t.test('is not delivered while a part has not left', async (t) =>
    t.equal(stateAfter(...inParts.slice(0, 4), deliver(parcels[0]!)).status, 'dispatched'),
  )
  t.test('is due in parts, the delivery with the first, whether or not the first was taken by then', async (t) => {
    const amounts = told(order, ...inParts).flatMap(({ type, data }) =>
      type === 'OrderDispatched' ? [[data.captureAmount, data.deliveryAmount]] : [],
    )
    t.strictSame(amounts, [
      [49_900 + 14_900, 14_900],
      [49_900 + 129_900, 0],
    ])
  })
  t.test('however it is parted, its parts add up to what was paid, to the last cent', async () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 99_999 }),
        (parts, priceEur) => {
          const quantity = parts.reduce((sum, part) => sum + part, 0)
          const goods = [
            {
              sku: 'SENSOR-1',
              name: { nb: 'Sensor', en: 'Sensor' },
              price_nok: 1,
              price_eur: priceEur,
              vat_rate: 2_500,
              stock: 100,
              traits: { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: false },
            },
          ]
          const quote = quoteFor(
            { currency: 'EUR', customerKind: 'business', lines: [{ sku: 'SENSOR-1', quantity }] },
            goods,
          )
          const paid = [place({ quote }), authorise({ amount: quote.totals.total, currency: 'EUR' }), confirm()]
          const sent = parts.map((part, at) => dispatch(sensors(part), `${orderId.slice(0, -1)}${at}`))
          const due = told(order, ...paid, ...sent).map((event) =>
            event.type === 'OrderDispatched' ? event.data.captureAmount : 0,
          )
          assert.equal(
            due.reduce((sum, amount) => sum + amount, 0),
            quote.totals.total,
          )
        },
      ),
    )
  })
  t.test('is not cancelled as to its rest: what remains is to withdraw', async () =>
    after(...inParts.slice(0, 4))
      .when(
        command('CancelOrder', '2026-06-03T08:00:00Z', {
          requestId: crypto.randomUUID(),
          by: 'customer',
          reason: 'customer-wish',
        }),
      )
      .thenRefused('cancellation-refused'),
  )
})

t.test('an authorisation that runs out (clause 6.2)', async (t) => {
  const { paymentId } = authorise().data
  const expire = command('ExpireAuthorisation', '2026-06-29T08:02:00Z', { paymentId })
  const again = (amount: number) => authorise({ paymentId: 'another', amount, expiresAt: '2026-07-27T08:02:00Z' })

  t.test('matters while something is not taken, once, and says why', async (t) => {
    after(...formed)
      .when(expire)
      .thenHappens({ type: 'AuthorisationExpired', data: { paymentId, amount: TOTAL } })
    t.strictSame(whyOf(told(order, ...formed, expire).at(-1)!), ['authorisation-expired', '6.2'])
    after(...formed, expire)
      .when(expire)
      .thenNothing()
    after(...formed, dispatch(undefined, parcels[0]), capture(parcels[0]!, TOTAL))
      .when(expire)
      .thenNothing()
    after(...formed)
      .when(command('ExpireAuthorisation', expire.data.at, { paymentId: 'another' }))
      .thenNothing()
  })
  t.test('is renewed by a payment of what was not taken, and by no other amount', async (t) => {
    const state = after(...formed, expire)
      .when(again(TOTAL))
      .thenHappens({ type: 'PaymentReauthorised', data: { paymentId: 'another', amount: TOTAL } })
    t.equal(state.status, 'formed')
    after(...formed, expire)
      .when(again(TOTAL - 1))
      .thenRefused('payment-amount-differs')
    const partly = [...formed, dispatch(sensors(1), parcels[0]), capture(parcels[0]!, 64_800), expire]
    after(...partly)
      .when(again(TOTAL - 64_800))
      .thenHappens({ type: 'PaymentReauthorised' })
    after(...partly)
      .when(again(TOTAL))
      .thenRefused('payment-amount-differs')
  })
  t.test('the same payment seen again renews nothing', async () =>
    after(...formed, expire)
      .when(authorise())
      .thenNothing(),
  )
  t.test('what is to be paid again is what no shipment took: lines, units and delivery', async (t) => {
    t.strictSame(untaken(stateAfter(...formed)), {
      lines: [
        { lineId: '1', quantity: 2, amount: 99_800 },
        { lineId: '2', quantity: 1, amount: 129_900 },
      ],
      deliveryAmount: 14_900,
    })
    t.strictSame(untaken(stateAfter(...formed, dispatch(sensors(1), parcels[0]), capture(parcels[0]!, 64_800))), {
      lines: [
        { lineId: '1', quantity: 1, amount: 49_900 },
        { lineId: '2', quantity: 1, amount: 129_900 },
      ],
      deliveryAmount: 0,
    })
  })
})

t.test('three parts are three captures at the provider, and together the whole payment', async (t) => {
  const { house, id, order: placed, read } = await formedFor(t)
  for (const _ of parcels) await dispatchOf(house, id, 1)
  await eventually('all captures', async () => (await read()).payment.captured === placed.totals.total)
  const [books] = house.klarna.orders()
  t.equal(books!.captures.length, 3)
  t.equal(books!.remaining_authorized_amount, 0)
  t.equal((await read()).shipments.length, 3)
  t.strictSame(house.klarna.violations(), [])
})
