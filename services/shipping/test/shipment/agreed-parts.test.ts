import assert from 'node:assert/strict'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const { db, clock, hear, call, requested } = await startShippingForTest()
const oneSensor = [{ lineId: '1', quantity: 1 }]
const why = 'Kari wants one sensor now; her mail of 1 June.'
const agreed = (id: string, partId: string, body: object = { lines: oneSensor, why }, role = 'support') =>
  call(role, 'PUT', `/shipments/${id}/parts/${partId}`, body)
const good = async (id: string, partId: string, body?: object) => {
  const answer = await agreed(id, partId, body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const units = (lines: { lineId: string; quantity: number }[]) => lines.map(({ lineId, quantity }) => [lineId, quantity])
const read = async (id: string) => (await call('warehouse', 'GET', `/shipments/${id}`)).body
const account = async (orderId: string) => (await call('support', 'GET', `/orders/${orderId}/units`)).body
const dispatch = (id: string) =>
  call('warehouse', 'PUT', `/shipments/${id}/dispatch`, { carrier: 'Posten', trackingNumber: id })

t.test('an agreed part is a shipment of its own, and every unit is counted once', async (t) => {
  clock.at = '2026-06-02T12:00:00Z'
  const { id, orderId } = await requested()
  const before = await account(orderId)
  const partId = crypto.randomUUID()
  t.strictSame(await rowsAdded(db, () => good(id, partId)), { outbox: 2, shipment: 1 })
  await changesNothing(db, () => good(id, partId))
  t.strictSame(units((await read(id)).lines), [
    ['1', 1],
    ['2', 1],
  ])
  t.hasStrict(await read(partId), { status: 'requested', restOf: id, orderId, lines: [{ lineId: '1', quantity: 1 }] })
  t.strictSame(await account(orderId), before)
  const told = (await readHistory(db, id)).find(({ type }) => type === 'ShipmentReduced')
  t.hasStrict(told, { data: { movedTo: partId, stopped: oneSensor, personal: { why } } })
  for (const each of [partId, id]) t.equal((await dispatch(each)).status, 200)
})

t.test('what was packed is opened for it, and units of both are stopped as of one', async (t) => {
  const { id, orderId } = await requested()
  await call('warehouse', 'PUT', `/shipments/${id}/packing`, {})
  const partId = crypto.randomUUID()
  t.equal((await good(id, partId)).status, 'accepted')
  await hear('OrderCancelled', orderId)
  for (const each of [id, partId]) t.equal((await read(each)).status, 'cancelled')
})

t.test('only goods that are here are parted, by staff, and not all of them', async () => {
  const { id, orderId } = await requested()
  const partId = crypto.randomUUID()
  const refused = async (lines: object[], code: string, detail: RegExp) =>
    assertProblem(await agreed(id, partId, { lines, why }), 409, code, detail)
  await refused([{ lineId: '1', quantity: 3 }], 'lines-not-in-shipment', /there are 2/)
  await refused(
    [
      { lineId: '1', quantity: 2 },
      { lineId: '2', quantity: 1 },
    ],
    ...(['part-is-whole', /no part/] as const),
  )
  assertProblem(await agreed(id, partId, undefined, 'customer'), 403, 'scope-missing', /staff/)
  await good(id, partId)
  await refused([{ lineId: '2', quantity: 1 }], 'part-differs', /Another part/)
  await hear('AuthorisationExpired', orderId)
  assertProblem(await agreed(id, crypto.randomUUID()), 409, 'shipment-held', /pay again/)
  await hear('PaymentReauthorised', orderId)
  await dispatch(id)
  assertProblem(await agreed(id, crypto.randomUUID()), 409, 'shipment-dispatched', /has left/)
})

t.test('of two that part and send the same at once, each unit goes one way', async (t) => {
  const { id, orderId } = await requested()
  const partId = crypto.randomUUID()
  await Promise.all([agreed(id, partId), dispatch(id), agreed(id, partId)])
  const { items } = (await call('warehouse', 'GET', `/shipments?orderId=${orderId}`)).body
  const all = items.flatMap(({ lines }: { lines: { lineId: string; quantity: number }[] }) => lines)
  const count = (lineId: string) =>
    all.reduce(
      (sum: number, line: { lineId: string; quantity: number }) => sum + (line.lineId === lineId ? line.quantity : 0),
      0,
    )
  t.strictSame([count('1'), count('2')], [2, 1])
})

t.test('what would leave by itself, and what would be left, is said before and nothing is done', async (t) => {
  const { id } = await requested()
  const foresee = (lines: object[], role = 'support') => call(role, 'POST', `/shipments/${id}/parts/preview`, { lines })
  await changesNothing(db, async () => {
    const { body } = await foresee(oneSensor)
    t.hasStrict(body, { part: oneSensor, opened: false })
    t.strictSame(units(body.rest), [
      ['1', 1],
      ['2', 1],
    ])
    t.hasStrict(body.reasons, [{ cites: [{ act: 'angrerettloven', section: '§ 21' }] }])
    assertProblem(await foresee([{ lineId: '1', quantity: 9 }]), 409, 'lines-not-in-shipment', /there are 2/)
    assertProblem(await foresee(oneSensor, 'storefront'), 403, 'scope-missing', /staff/)
  })
  await call('warehouse', 'PUT', `/shipments/${id}/packing`, {})
  t.equal((await foresee(oneSensor)).body.opened, true)
  const unknown = `/shipments/${crypto.randomUUID()}/parts/preview`
  assertProblem(await call('support', 'POST', unknown, { lines: oneSensor }), 404, 'shipment-unknown', /no such/)
})
