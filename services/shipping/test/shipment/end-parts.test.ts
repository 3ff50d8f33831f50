import assert from 'node:assert/strict'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const { db, clock, hear, call, requested } = await startShippingForTest()
type Units = { lineId: string; quantity: number }[]
const oneSensor = [{ lineId: '1', quantity: 1 }]
const why = 'Kari would rather have both at once; her mail of 2 June.'
const units = (lines: Units) => lines.map(({ lineId, quantity }) => [lineId, quantity])
const read = async (id: string) => (await call('warehouse', 'GET', `/shipments/${id}`)).body
const account = async (orderId: string) => (await call('support', 'GET', `/orders/${orderId}/units`)).body.lines
const dispatch = (id: string, body: object = {}) =>
  call('warehouse', 'PUT', `/shipments/${id}/dispatch`, { carrier: 'Posten', trackingNumber: id, ...body })
const agree = async (id: string, partId: string, lines: Units = oneSensor) =>
  assert.equal((await call('support', 'PUT', `/shipments/${id}/parts/${partId}`, { lines, why })).status, 200)
const end = (id: string, partId: string, role = 'support', body: object = { why }) =>
  call(role, 'PUT', `/shipments/${id}/parts/${partId}/end`, body)
const foresee = (id: string, partId: string, role = 'support') =>
  call(role, 'POST', `/shipments/${id}/parts/${partId}/end/preview`)
/** A shipment of two sensors and a lock, of which one sensor leaves by itself. */
async function parted() {
  clock.at = '2026-06-02T12:00:00Z'
  const { id, orderId } = await requested()
  const partId = crypto.randomUUID()
  await agree(id, partId)
  return { id, orderId, partId }
}

t.test('a part that was agreed on leaves with the rest after all, and every unit is counted once', async (t) => {
  const { id, orderId, partId } = await parted()
  const before = await account(orderId)
  t.strictSame(await rowsAdded(db, () => end(id, partId)), { outbox: 2 })
  await changesNothing(db, () => end(id, partId, 'support', { why: 'Said again.' }))
  t.hasStrict(await read(id), { status: 'requested', parts: [{ partId, lines: [], ended: true }] })
  t.strictSame(units((await read(id)).lines), [
    ['1', 2],
    ['2', 1],
  ])
  t.hasStrict(await read(partId), { status: 'cancelled', joinedTo: id })
  t.strictSame(await account(orderId), before)
  const told = (await readHistory(db, id)).find(({ type }) => type === 'ShipmentRejoined')
  t.hasStrict(told, { data: { partId, rejoined: oneSensor, personal: { why } } })
  t.hasStrict((await readHistory(db, partId)).at(-1), { type: 'ShipmentCancelled', data: { movedTo: id } })
  assertProblem(await dispatch(partId), 409, 'shipment-cancelled', new RegExp(`leave with shipment ${id}`))
  await call('warehouse', 'PUT', `/shipments/${id}/packing`, {})
  t.equal((await dispatch(id)).status, 200)
  t.hasStrict(await account(orderId), [{ requested: 2, dispatched: 2, open: 0, stopped: 0 }, { dispatched: 1 }])
})

t.test('under the id of a part that was ended nothing is parted again, and under another it is', async (t) => {
  const { id, orderId, partId } = await parted()
  await end(id, partId)
  const again = await call('support', 'PUT', `/shipments/${id}/parts/${partId}`, { lines: oneSensor, why })
  assertProblem(again, 409, 'part-ended', /id of its own/)
  const other = crypto.randomUUID()
  await agree(id, other)
  t.hasStrict(await account(orderId), [{ requested: 2, open: 2 }])
  await end(id, other)
  t.hasStrict(await account(orderId), [{ requested: 2, open: 2 }])
})

t.test('what was packed of either is opened', async (t) => {
  for (const packed of ['id', 'partId'] as const) {
    const sent = await parted()
    t.equal((await foresee(sent.id, sent.partId)).body.opened, false)
    await call('warehouse', 'PUT', `/shipments/${sent[packed]}/packing`, {})
    t.equal((await foresee(sent.id, sent.partId)).body.opened, true, packed)
    t.equal((await end(sent.id, sent.partId)).status, 200)
    t.equal((await read(sent.id)).status, packed === 'id' ? 'accepted' : 'requested')
  }
})

t.test('units of the part that were stopped stay stopped', async (t) => {
  const { id, orderId } = await requested()
  const partId = crypto.randomUUID()
  await agree(id, partId, [
    { lineId: '1', quantity: 1 },
    { lineId: '2', quantity: 1 },
  ])
  // The sensor that stays is stopped first, and the other one with it.
  await hear('StopRequested', orderId, { lines: [{ lineId: '2', quantity: 1 }] })
  await end(id, partId)
  t.strictSame(units((await read(id)).lines), [['1', 2]])
  t.hasStrict((await read(id)).parts, [{ partId, lines: [{ lineId: '2', quantity: 1 }], ended: true }])
  t.hasStrict(await account(orderId), [
    { requested: 2, open: 2, stopped: 0 },
    { requested: 1, open: 0, stopped: 1 },
  ])
})

t.test('only while both are here, and go to the same place', async (t) => {
  const refused = async (id: string, partId: string, code: string, detail: RegExp) => {
    assertProblem(await foresee(id, partId), 409, code, detail)
    assertProblem(await end(id, partId), 409, code, detail)
    t.notOk((await read(partId)).joinedTo)
  }
  const partLeft = await parted()
  await dispatch(partLeft.partId)
  await refused(partLeft.id, partLeft.partId, 'part-dispatched', /goes its way/)
  const restLeft = await parted()
  await dispatch(restLeft.id)
  await refused(restLeft.id, restLeft.partId, 'shipment-dispatched', /all that waits/)
  const stopped = await parted()
  await hear('OrderCancelled', stopped.orderId)
  await refused(stopped.id, stopped.partId, 'part-stopped', /never leaves/)
  const elsewhere = await parted()
  await call('warehouse', 'PUT', `/shipments/${elsewhere.id}/packing`, {})
  await hear('AddressChangeRequested', elsewhere.orderId)
  await refused(elsewhere.id, elsewhere.partId, 'part-elsewhere', /another address/)
  const judged = await parted()
  const circumstance = { circumstance: { ownTransport: true }, since: '2026-06-02T12:00:00Z', why }
  await call('support', 'PUT', `/shipments/${judged.partId}/circumstances`, circumstance)
  await refused(judged.id, judged.partId, 'part-judged', /the risk/)
})

t.test('a part of a part is ended first', async (t) => {
  const { id, orderId } = await requested()
  const [partId, inner] = [crypto.randomUUID(), crypto.randomUUID()]
  await agree(id, partId, [
    { lineId: '1', quantity: 1 },
    { lineId: '2', quantity: 1 },
  ])
  await agree(partId, inner, [{ lineId: '2', quantity: 1 }])
  assertProblem(await end(id, partId), 409, 'part-in-parts', /first/)
  t.equal((await end(partId, inner)).status, 200)
  t.equal((await end(id, partId)).status, 200)
  t.hasStrict(await account(orderId), [
    { requested: 2, open: 2, stopped: 0 },
    { requested: 1, open: 1, stopped: 0 },
  ])
})

t.test('what waits for a payment is put together all the same, and leaves once it may', async (t) => {
  const { id, orderId, partId } = await parted()
  await hear('AuthorisationExpired', orderId)
  t.equal((await end(id, partId)).body.status, 'held')
  await hear('PaymentReauthorised', orderId)
  await call('warehouse', 'PUT', `/shipments/${id}/packing`, {})
  t.equal((await dispatch(id)).status, 200)
})

t.test('nobody but staff ends one, of what is known, and with a reason', async () => {
  const { id, partId } = await parted()
  const other = await parted()
  for (const role of ['customer', 'storefront'])
    assertProblem(await end(id, partId, role), 403, 'scope-missing', /staff/)
  assertProblem(await foresee(id, partId, 'storefront'), 403, 'scope-missing', /staff/)
  for (const body of [{}, { why: '' }, { why: 'x\u0000y' }, { why: 'x'.repeat(10_000) }, { why, more: 1 }])
    assert.equal((await end(id, partId, 'support', body)).status, 400, JSON.stringify(body).slice(0, 40))
  for (const wrong of [crypto.randomUUID(), other.partId, other.id, id])
    assertProblem(await end(id, wrong), 404, 'part-unknown', /No part/)
  assertProblem(await end(crypto.randomUUID(), partId), 404, 'shipment-unknown', /no such/)
  assertProblem(await foresee(crypto.randomUUID(), partId), 404, 'shipment-unknown', /no such/)
  assert.equal((await end(id, 'x')).status, 400)
})

t.test('what would leave together is said before, with what is cited, and nothing is done', async (t) => {
  const { id, partId } = await parted()
  await changesNothing(db, async () => {
    const { body } = await foresee(id, partId)
    t.hasStrict(body, { changes: true, part: oneSensor, opened: false })
    t.strictSame(units(body.together), [
      ['1', 2],
      ['2', 1],
    ])
    t.hasStrict(body.reasons, [{ cites: [{ act: 'angrerettloven', section: '§ 21' }] }])
  })
  await end(id, partId)
  t.hasStrict((await foresee(id, partId)).body, { changes: false, part: [], opened: false })
})

t.test('a warehouse that has not heard of it sends no unit unseen: it packs anew, or says what left', async (t) => {
  const one = await parted()
  await call('warehouse', 'PUT', `/shipments/${one.id}/packing`, {})
  await end(one.id, one.partId)
  assertProblem(await dispatch(one.id), 409, 'shipment-grown', /packed anew/)
  t.equal((await call('warehouse', 'PUT', `/shipments/${one.id}/packing`, {})).body.status, 'packed')
  t.equal((await dispatch(one.id)).status, 200)
  const other = await parted()
  await end(other.id, other.partId)
  assertProblem(await dispatch(other.id), 409, 'shipment-grown', /packed anew/)
  const lines = [
    { lineId: '1', quantity: 1 },
    { lineId: '2', quantity: 1 },
  ]
  const { restId } = (await dispatch(other.id, { lines })).body
  t.strictSame(units((await read(restId)).lines), [['1', 1]])
  t.hasStrict(await account(other.orderId), [{ requested: 2, dispatched: 1, open: 1 }, { dispatched: 1 }])
})

t.test('of two that end it, and send either at once, each unit goes one way', async (t) => {
  for (const sent of ['id', 'partId'] as const) {
    const parcel = await parted()
    await Promise.all([end(parcel.id, parcel.partId), dispatch(parcel[sent]), end(parcel.id, parcel.partId)])
    const [sensors, locks] = await account(parcel.orderId)
    for (const { requested, open, dispatched, stopped } of [sensors, locks])
      t.equal(requested, open + dispatched + stopped)
    t.strictSame([sensors.requested, sensors.stopped, locks.requested, locks.stopped], [2, 0, 1, 0], sent)
  }
})
