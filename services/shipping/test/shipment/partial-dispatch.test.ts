import assert from 'node:assert/strict'
import { example } from '@vilkar/contracts/test/examples.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
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

t.test('dispatch in parts', async (t) => {
  t.test('what left is told as dispatched, and what stayed behind is asked for as a shipment of its own', async (t) => {
    const { id, orderId } = await requested()
    const added = await rowsAdded(db, async () => {
      const { status, body } = await dispatch(id, { lines: oneSensor })
      assert.equal(status, 200)
      assert.equal(body.status, 'dispatched')
      assert.deepEqual(units(body.lines), oneSensor)
    })
    t.strictSame(added, { outbox: 2, shipment: 1 })
    const [first, rest] = await shipmentsOf(orderId)
    t.equal(first.restId, rest.id)
    t.hasStrict(rest, {
      status: 'requested',
      restOf: id,
      orderNumber: first.orderNumber,
      deliveryOption: 'home',
      address: { street: 'Storgata 1' },
    })
    t.strictSame(units(rest.lines), theRest)
  })
  t.test('said twice, it leaves once; another part under the same number is another statement', async (t) => {
    const { id, orderId } = await requested()
    await dispatch(id, { lines: oneSensor })
    await changesNothing(db, async () => assert.equal((await dispatch(id, { lines: oneSensor })).status, 200))
    assertProblem(await dispatch(id), 409, 'shipment-dispatched', /It left with Posten/)
    assertProblem(await dispatch(id, { lines: theRest }), 409, 'shipment-dispatched', /It left with Posten/)
    t.equal((await shipmentsOf(orderId)).length, 2)
  })
  t.test('all of its lines by name is all of it', async (t) => {
    const { id, orderId } = await requested()
    const all = [
      { lineId: '2', quantity: 1 },
      { lineId: '1', quantity: 2 },
    ]
    t.equal((await dispatch(id, { lines: all })).status, 200)
    await changesNothing(db, async () => assert.equal((await dispatch(id)).status, 200))
    t.equal((await shipmentsOf(orderId)).length, 1)
  })
  t.test('each part has a handover, a receipt and a risk of its own', async (t) => {
    const { id, orderId } = await requested({ customerKind: 'business' })
    await dispatch(id, { lines: oneSensor })
    const [, rest] = await shipmentsOf(orderId)
    clock.at = '2026-06-05T12:00:00Z'
    const bearerOf = async (shipmentId: string) =>
      (await call('support', 'GET', `/shipments/${shipmentId}/risk`)).body.bearer
    t.strictSame([await bearerOf(id), await bearerOf(rest.id)], ['customer', 'seller'])
    const parcel = { carrier: 'Bring', trackingNumber: 'OTHER' }
    t.equal((await call('warehouse', 'PUT', `/shipments/${rest.id}/dispatch`, parcel)).status, 200)
    t.equal(
      (await call('warehouse', 'PUT', `/shipments/${id}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })).status,
      200,
    )
    const [first, second] = await shipmentsOf(orderId)
    t.strictSame([first.status, second.status], ['delivered', 'dispatched'])
    t.equal(second.dispatched.carrier, 'Bring')
  })
  t.test('the rest may be parted again', async (t) => {
    const { id, orderId } = await requested()
    await dispatch(id, { lines: oneSensor })
    const { body } = await dispatch((await shipmentsOf(orderId))[1].id, { lines: [{ lineId: '2', quantity: 1 }] })
    const [, , last] = await shipmentsOf(orderId)
    t.equal(last.id, body.restId)
    t.strictSame(units(last.lines), oneSensor)
  })
  t.test('a bounce holds what is still here, and a cancellation finds that the order stands', async (t) => {
    const { id, orderId } = await requested()
    await dispatch(id, { lines: oneSensor })
    await hear('ConfirmationBounced', orderId)
    const statuses = async () => (await shipmentsOf(orderId)).map(({ status }: { status: string }) => status)
    t.strictSame(await statuses(), ['dispatched', 'held'])
    await hear('ContractFormed', orderId)
    await hear('CancellationRequested', orderId)
    t.strictSame(await statuses(), ['dispatched', 'requested'])
  })
  t.test('an expired authorisation holds the rest, and says that the customer must pay', async (t) => {
    const { id, orderId } = await requested()
    await dispatch(id, { lines: oneSensor })
    await hear('AuthorisationExpired', orderId)
    const [, rest] = await shipmentsOf(orderId)
    assertProblem(await dispatch(rest.id), 409, 'shipment-held', /no longer held for us\. The customer must pay again/)
    await hear('PaymentReauthorised', orderId)
    t.equal((await dispatch(rest.id)).status, 200)
  })
})

t.test('lines that are not in the shipment', async (t) => {
  for (const [what, lines, detail] of [
    ['a line that it does not have', [{ lineId: '9', quantity: 1 }], /no line 9 in this shipment/],
    ['more than it has', [{ lineId: '1', quantity: 3 }], /Of line 1 there are 2 in this shipment, not 3/],
    ['a line twice', [...oneSensor, ...oneSensor], /Line 1 is named twice/],
  ] as const)
    t.test(`${what}: nothing left`, async (t) => {
      const { id } = await requested()
      const added = await rowsAdded(db, async () =>
        assertProblem(await dispatch(id, { lines }), 409, 'lines-not-in-shipment', detail),
      )
      t.strictSame(added, { refusal: 1 })
    })
  for (const [what, lines, detail] of [
    ['none', [], /body\.lines/],
    ['nothing of a line', [{ lineId: '1', quantity: 0 }], /quantity/],
    ['half a unit', [{ lineId: '1', quantity: 0.5 }], /quantity .*integer/],
    ['a line without units', [{ lineId: '1' }], /quantity/],
  ] as const)
    t.test(`${what}: the request is wrong`, async () => {
      const { id } = await requested()
      await changesNothing(db, async () => assertProblem(await dispatch(id, { lines }), 400, 'invalid-input', detail))
    })
})

t.test('two parts said at the same time leave as two, and nothing twice', async (t) => {
  const { id, orderId } = await requested()
  const answers = await Promise.all([
    dispatch(id, { lines: oneSensor, trackingNumber: 'A' }),
    dispatch(id, { lines: theRest, trackingNumber: 'B' }),
  ])
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 409])
  t.equal((await shipmentsOf(orderId)).length, 2)
})

t.test(
  'goods that leave while they are to go elsewhere: one of both comes first, and the answer says which',
  async (t) => {
    const to = example('AddressChangeRequested').data.personal.to
    for (let n = 0; n < 4; n += 1) {
      const { id, orderId } = await requested()
      const asked = [() => dispatch(id), () => hear('AddressChangeRequested', orderId)]
      await Promise.all((n % 2 === 0 ? asked : asked.toReversed()).map((ask) => ask()))
      const [shipment] = await shipmentsOf(orderId)
      const [answered] = await readHistory(db, orderId)
      t.equal(shipment.address.street === to.street, answered!.data.changed)
    }
  },
)
