import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { db, clock, hear, call, requested } = await startShippingForTest()
const HANDED_OVER = '2026-06-02T12:00:00Z'
const oneSensor = [{ lineId: '1', quantity: 1 }]
const theRest = [
  { lineId: '1', quantity: 1 },
  { lineId: '2', quantity: 1 },
]

const dispatch = (id: string, body: object = {}) => {
  clock.at = HANDED_OVER
  return call('warehouse', 'PUT', `/shipments/${id}/dispatch`, {
    carrier: 'Posten',
    trackingNumber: 'TEST1NO',
    ...body,
  })
}
const shipmentsOf = async (orderId: string) =>
  (await call('warehouse', 'GET', `/shipments?orderId=${orderId}`)).body.items
const units = (lines: { lineId: string; quantity: number }[]) =>
  lines.map(({ lineId, quantity }) => ({ lineId, quantity }))

describe('dispatch in parts', () => {
  test('what left is told as dispatched, and what stayed behind is asked for as a shipment of its own', async () => {
    const { id, orderId } = await requested()
    const added = await rowsAdded(db, async () => {
      const { status, body } = await dispatch(id, { lines: oneSensor })
      assert.equal(status, 200)
      assert.equal(body.status, 'dispatched')
      assert.deepEqual(units(body.lines), oneSensor)
    })
    assert.deepEqual(added, { outbox: 2, shipment: 1 })
    const [first, rest] = await shipmentsOf(orderId)
    assert.equal(first.restId, rest.id)
    assert.partialDeepStrictEqual(rest, {
      status: 'requested',
      restOf: id,
      orderNumber: first.orderNumber,
      deliveryOption: 'home',
      address: { street: 'Storgata 1' },
    })
    assert.deepEqual(units(rest.lines), theRest)
  })
  test('said twice, it leaves once; another part under the same number is another statement', async () => {
    const { id, orderId } = await requested()
    await dispatch(id, { lines: oneSensor })
    await changesNothing(db, async () => assert.equal((await dispatch(id, { lines: oneSensor })).status, 200))
    assertProblem(await dispatch(id), 409, 'shipment-dispatched', /It left with Posten/)
    assertProblem(await dispatch(id, { lines: theRest }), 409, 'shipment-dispatched', /It left with Posten/)
    assert.equal((await shipmentsOf(orderId)).length, 2)
  })
  test('all of its lines by name is all of it', async () => {
    const { id, orderId } = await requested()
    const all = [
      { lineId: '2', quantity: 1 },
      { lineId: '1', quantity: 2 },
    ]
    assert.equal((await dispatch(id, { lines: all })).status, 200)
    await changesNothing(db, async () => assert.equal((await dispatch(id)).status, 200))
    assert.equal((await shipmentsOf(orderId)).length, 1)
  })
  test('each part has a handover, a receipt and a risk of its own', async () => {
    const { id, orderId } = await requested({ customerKind: 'business' })
    await dispatch(id, { lines: oneSensor })
    const [, rest] = await shipmentsOf(orderId)
    clock.at = '2026-06-05T12:00:00Z'
    const bearerOf = async (shipmentId: string) =>
      (await call('support', 'GET', `/shipments/${shipmentId}/risk`)).body.bearer
    assert.deepEqual([await bearerOf(id), await bearerOf(rest.id)], ['customer', 'seller'])
    const parcel = { carrier: 'Bring', trackingNumber: 'OTHER' }
    assert.equal((await call('warehouse', 'PUT', `/shipments/${rest.id}/dispatch`, parcel)).status, 200)
    assert.equal((await call('warehouse', 'PUT', `/shipments/${id}/delivery`, { receivedBy: 'Kari' })).status, 200)
    const [first, second] = await shipmentsOf(orderId)
    assert.deepEqual([first.status, second.status], ['delivered', 'dispatched'])
    assert.equal(second.dispatched.carrier, 'Bring')
  })
  test('the rest may be parted again', async () => {
    const { id, orderId } = await requested()
    await dispatch(id, { lines: oneSensor })
    const { body } = await dispatch((await shipmentsOf(orderId))[1].id, { lines: [{ lineId: '2', quantity: 1 }] })
    const [, , last] = await shipmentsOf(orderId)
    assert.equal(last.id, body.restId)
    assert.deepEqual(units(last.lines), oneSensor)
  })
  test('a bounce holds what is still here, and a cancellation finds that the order stands', async () => {
    const { id, orderId } = await requested()
    await dispatch(id, { lines: oneSensor })
    await hear('ConfirmationBounced', orderId)
    const statuses = async () => (await shipmentsOf(orderId)).map(({ status }: { status: string }) => status)
    assert.deepEqual(await statuses(), ['dispatched', 'held'])
    await hear('ContractFormed', orderId)
    await hear('CancellationRequested', orderId)
    assert.deepEqual(await statuses(), ['dispatched', 'requested'])
  })
  test('an expired authorisation holds the rest, and says that the customer must pay', async () => {
    const { id, orderId } = await requested()
    await dispatch(id, { lines: oneSensor })
    await hear('AuthorisationExpired', orderId)
    const [, rest] = await shipmentsOf(orderId)
    assertProblem(await dispatch(rest.id), 409, 'shipment-held', /no longer held for us\. The customer must pay again/)
    await hear('PaymentReauthorised', orderId)
    assert.equal((await dispatch(rest.id)).status, 200)
  })
})

describe('lines that are not in the shipment', () => {
  for (const [what, lines, detail] of [
    ['a line that it does not have', [{ lineId: '9', quantity: 1 }], /no line 9 in this shipment/],
    ['more than it has', [{ lineId: '1', quantity: 3 }], /Of line 1 there are 2 in this shipment, not 3/],
    ['a line twice', [...oneSensor, ...oneSensor], /Line 1 is named twice/],
  ] as const)
    test(`${what}: nothing left`, async () => {
      const { id } = await requested()
      const added = await rowsAdded(db, async () =>
        assertProblem(await dispatch(id, { lines }), 409, 'lines-not-in-shipment', detail),
      )
      assert.deepEqual(added, { refusal: 1 })
    })
  for (const [what, lines, detail] of [
    ['none', [], /body\.lines/],
    ['nothing of a line', [{ lineId: '1', quantity: 0 }], /quantity/],
    ['half a unit', [{ lineId: '1', quantity: 0.5 }], /quantity .*integer/],
    ['a line without units', [{ lineId: '1' }], /quantity/],
  ] as const)
    test(`${what}: the request is wrong`, async () => {
      const { id } = await requested()
      await changesNothing(db, async () => assertProblem(await dispatch(id, { lines }), 400, 'invalid-input', detail))
    })
})

test('two parts said at the same time leave as two, and nothing twice', async () => {
  const { id, orderId } = await requested()
  const answers = await Promise.all([
    dispatch(id, { lines: oneSensor, trackingNumber: 'A' }),
    dispatch(id, { lines: theRest, trackingNumber: 'B' }),
  ])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
  assert.equal((await shipmentsOf(orderId)).length, 2)
})
