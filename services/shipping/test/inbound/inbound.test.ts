import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { phonePicture } from '@vilkar/photos/test/pictures.ts'
import t from 'tap'
import { inboundSources } from '../../inbound/alarms.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { app, db, clock, call, hear, requested } = await startShippingForTest()
const lines = [
  { lineId: '1', quantity: 2 },
  { lineId: '2', quantity: 1 },
]
const plain = { complete: true, wear: 'none', originalPackaging: true, fitForSale: true }
let count = 0

/** An order with an announced withdrawal of all of it. */
async function announced(changes: object = {}) {
  count += 1
  const number = `SG-${String(count).padStart(5, 'A')}-4QXTB`
  const { orderId } = await requested({ number })
  const returnId = crypto.randomUUID()
  await hear('WithdrawalDeclared', orderId, {
    returnId,
    lines: lines.map((line) => ({ ...line, amount: 1 })),
    ...changes,
  })
  return { orderId, returnId, number }
}
const scan = (id: string, body: object, role = 'warehouse') => call(role, 'PUT', `/inbound-parcels/${id}`, body)
const unit = (id: string, body: object, unitId: string = crypto.randomUUID()) =>
  call('warehouse', 'PUT', `/inbound-parcels/${id}/units/${unitId}`, { ...plain, ...body })
const close = (id: string, content = 'units') => call('warehouse', 'PUT', `/inbound-parcels/${id}/closing`, { content })
const told = async (id: string) => (await readHistory(db, id)).map(({ data }) => data)
const newId = () => crypto.randomUUID()

t.test('a parcel is found by the number of its order, and each unit is told to returns once', async (t) => {
  const { orderId, returnId, number } = await announced()
  const id = newId()
  t.match(await scan(id, { orderNumber: number.toLowerCase() }), { status: 200, body: { id, orderId, returnId } })
  await unit(id, { lineId: '1', serialNumber: 'SN-1', note: 'Ripe' })
  await unit(id, { sku: 'SENSOR-1', seal: 'intact' })
  t.strictSame(await told(id), [], 'nothing before it is closed')
  const closed = await close(id)
  t.match(closed.body, { status: 'closed', unsettled: false })
  t.ok(closed.body.units.every(({ received }: { received: boolean }) => received))
  await close(id)
  const [receipt, ...more] = await told(id)
  t.match(receipt, {
    parcelId: id,
    returnId,
    orderId,
    content: 'units',
    personal: { serialNumbers: ['SN-1'], note: 'Ripe' },
  })
  t.strictSame(
    (receipt!.units as { lineId: string }[]).map(({ lineId }) => lineId),
    ['1', '1'],
  )
  t.strictSame(more, [])
})

t.test('a parcel is found by the number of its label, and of the parcel that it went out with', async (t) => {
  const { orderId, returnId } = await announced()
  await hear('ReturnSent', orderId, { returnId, carrier: 'bring', trackingNumber: 'BACK1' })
  await db
    .insertInto('return_parcel')
    .values({
      ...{ id: newId(), return_id: returnId, order_id: orderId, carrier: 'bring', tracking_number: 'BACK1' },
      ...{ state: JSON.stringify({ status: 'known', returnId, orderId, requestedAt: clock.at }), book_due_at: null },
    })
    .execute()
  t.match((await scan(newId(), { trackingNumber: ' BACK1 ' })).body, { returnId, orderId, trackingNumber: 'BACK1' })
  const [shipment] = (await call('warehouse', 'GET', `/shipments?orderId=${orderId}`)).body.items
  await call('warehouse', 'PUT', `/shipments/${shipment.id}/dispatch`, { carrier: 'bring', trackingNumber: 'OUT1' })
  t.match((await scan(newId(), { trackingNumber: 'OUT1' })).body, { returnId, orderId })
})

t.test('two shipments of one order in one parcel come back as that order’s; of two orders nobody knows', async (t) => {
  const { orderId, returnId } = await announced()
  const dispatch = async (id: string, trackingNumber: string, more: object = {}) => {
    const parcel = { carrier: 'Bud', trackingNumber, ...more }
    return (await call('warehouse', 'PUT', `/shipments/${id}/dispatch`, parcel)).body
  }
  const [shipment] = (await call('warehouse', 'GET', `/shipments?orderId=${orderId}`)).body.items
  const { restId } = await dispatch(shipment.id, 'FELLES1', { lines: [{ lineId: '1', quantity: 1 }] })
  await dispatch(restId, 'FELLES1')
  t.match((await scan(newId(), { trackingNumber: 'FELLES1' })).body, { orderId, returnId })
  for (const _ of [1, 2]) await dispatch((await requested()).id, 'FELLES2')
  const { status, body } = await scan(newId(), { trackingNumber: 'FELLES2' })
  t.hasStrict({ status, orderId: body.orderId }, { status: 200, orderId: undefined })
})

t.test('two scanners at once: one parcel of a number, and never more units than are to come back', async (t) => {
  const { returnId, number } = await announced()
  const ids = [newId(), newId(), newId()]
  const taken = await Promise.all(ids.map((id) => scan(id, { trackingNumber: `TWICE-${number}`, returnId })))
  const [one] = new Set(taken.map(({ body }) => body.id as string))
  t.ok(taken.every(({ status, body }) => status === 200 && body.id === one))
  await Promise.all([1, 2, 3, 4].map(() => unit(one!, { lineId: '1' })))
  const { units } = (await close(one!)).body
  const of = units.filter((each: { returnId?: string }) => each.returnId === returnId)
  t.equal(of.length, 2)
  t.equal(((await told(one!))[0]!.units as object[]).length, 2)
})

t.test('the same unit of two parcels is received once, by its serial number too', async (t) => {
  const { returnId } = await announced()
  const [first, second, unitId] = [newId(), newId(), newId()]
  await scan(first, { returnId })
  await scan(second, { returnId })
  await unit(first, { lineId: '1', serialNumber: 'SN-2' }, unitId)
  t.equal(
    (await unit(first, { lineId: '1', serialNumber: 'SN-2', wear: 'used' }, unitId)).status,
    200,
    'looked at anew',
  )
  t.match(await unit(second, { lineId: '1' }, unitId), { status: 409, body: { type: '/problems/unit-scanned' } })
  t.match(await unit(second, { lineId: '1', serialNumber: 'SN-2' }), { status: 409 })
  await close(first)
  t.match((await told(first))[0], { units: [{ unitId, wear: 'used' }] })
  t.equal((await unit(first, { lineId: '1' })).status, 409, 'a closed parcel takes nothing more')
})

t.test('wrong units are nobody’s, and wait for a person until their day', async (t) => {
  const { returnId } = await announced()
  const id = newId()
  await scan(id, { returnId })
  await unit(id, { lineId: '1' })
  await unit(id, { sku: 'ELSE-1', note: 'En annen butikks' })
  await unit(id, { lineId: '9' })
  const { body } = await close(id)
  t.match(body, { unsettled: true, dueOn: '2026-06-09' })
  t.equal(((await told(id))[0]!.units as object[]).length, 1)
  const unsettled = async () =>
    (await call('support', 'GET', '/inbound-parcels?status=unsettled')).body.items.map(
      (item: { id: string }) => item.id,
    )
  t.ok((await unsettled()).includes(id))
  const settled = await call('support', 'PUT', `/inbound-parcels/${id}/settlement`, { done: 'Sendt tilbake' })
  t.match(settled.body, { unsettled: false, done: 'Sendt tilbake' })
  t.match(
    (await call('support', 'PUT', `/inbound-parcels/${id}/settlement`, { done: 'Kastet' })).body.done,
    'Sendt tilbake',
  )
  t.notOk((await unsettled()).includes(id))
})

t.test('units of another order in the same parcel are that one’s', async (t) => {
  const [one, other] = [await announced(), await announced()]
  const id = newId()
  await scan(id, { returnId: one.returnId })
  await unit(id, { lineId: '1' })
  await unit(id, { lineId: '2', orderNumber: other.number })
  await close(id)
  const receipts = await told(id)
  t.strictSame(new Set(receipts.map(({ returnId }) => returnId)), new Set([one.returnId, other.returnId]))
  t.match(
    receipts.find(({ returnId }) => returnId === other.returnId),
    { orderId: other.orderId, units: [{ lineId: '2' }] },
  )
})

t.test('an empty parcel and one of other goods are told as what they are', async (t) => {
  for (const content of ['empty', 'wrong-goods']) {
    const { returnId } = await announced()
    const id = newId()
    await scan(id, { returnId })
    t.equal((await close(id)).status, 409, 'no unit was scanned')
    t.match((await close(id, content)).body, { content, unsettled: false })
    t.match(await told(id), [{ returnId, content, units: [] }])
    t.match(await close(id, content === 'empty' ? 'wrong-goods' : 'empty'), { status: 409 })
  }
})

t.test('goods that nobody announced are a case with a day and a person, and can be matched later', async (t) => {
  const id = newId()
  t.match(await scan(id, { note: 'Uten navn' }), { status: 200, body: { status: 'open', note: 'Uten navn' } })
  await unit(id, { sku: 'SENSOR-1' })
  t.match((await close(id)).body, { unsettled: true, dueOn: '2026-06-09' })
  t.strictSame(await told(id), [])
  await call('support', 'PUT', `/inbound-parcels/${id}/assignee`, { assignee: 'support-7' })
  t.match((await call('support', 'GET', '/inbound-parcels?assignee=support-7&dueBefore=2026-06-10')).body.items, [
    { id },
  ])
  const { returnId } = await announced()
  const matched = await call('support', 'PUT', `/inbound-parcels/${id}/match`, { returnId })
  t.match(matched.body, { returnId, unsettled: false, units: [{ returnId, lineId: '1', received: true }] })
  await call('support', 'PUT', `/inbound-parcels/${id}/match`, { returnId })
  t.match(await told(id), [{ returnId, units: [{ lineId: '1' }] }])
  t.equal((await told(id)).length, 1)
})

t.test('matched with an order alone, they are the return’s as soon as that is announced', async (t) => {
  count += 1
  const number = `SG-${String(count).padStart(5, 'B')}-4QXTB`
  const { orderId } = await requested({ number })
  const id = newId()
  await scan(id, { orderNumber: number })
  await unit(id, { lineId: '2' })
  t.match((await close(id)).body, { orderId, unsettled: true })
  const returnId = newId()
  await hear('VoluntaryReturnRequested', orderId, { returnId, lines: [{ lineId: '2', quantity: 1, amount: 1 }] })
  t.match((await call('support', 'GET', `/inbound-parcels/${id}`)).body, { returnId, unsettled: false })
  t.match(await told(id), [{ returnId, units: [{ lineId: '2' }] }])
})

t.test('of an order with two open returns nobody guesses; what never left is not expected', async (t) => {
  const { orderId, returnId, number } = await announced({ lines: [{ lineId: '1', quantity: 2, amount: 1, unsent: 2 }] })
  await hear('ReturnUnitsKnown', orderId, {
    returnId,
    stopped: [{ lineId: '1', quantity: 1 }],
    left: [{ lineId: '1', quantity: 1 }],
  })
  const second = newId()
  await hear('RemedyChosen', orderId, { returnId: second, lines: [{ lineId: '2', quantity: 1 }], remedy: 'rescission' })
  const id = newId()
  t.notOk((await scan(id, { orderNumber: number })).body.returnId)
  await unit(id, { lineId: '1', returnId })
  await unit(id, { lineId: '1', returnId })
  t.equal((await close(id)).body.units.filter((each: { returnId?: string }) => each.returnId).length, 1)
  await hear('ReturnClosed', orderId, { returnId })
  t.match((await scan(newId(), { orderNumber: number })).body, { returnId: second })
})

t.test('pictures belong to what came in, and the customer sees none of it', async (t) => {
  const id = newId()
  await scan(id, {})
  const headers = { authorization: 'Bearer warehouse', 'content-type': 'image/jpeg' }
  const url = `/inbound-parcels/${id}/photos`
  t.equal((await app.inject({ method: 'POST', url, payload: await phonePicture(), headers })).statusCode, 201)
  t.equal((await call('support', 'GET', url)).body.items.length, 1)
  t.equal((await call('storefront', 'GET', url)).status, 403)
  t.equal((await call('support', 'GET', `/inbound-parcels/${newId()}`)).status, 404)
  t.equal((await scan(newId(), { returnId: newId() })).status, 404)
})

t.test('a list has every parcel with its own units, as it is when it is read alone', async (t) => {
  const { items } = (await call('support', 'GET', '/inbound-parcels')).body
  t.ok(items.filter(({ units }: { units: unknown[] }) => units.length > 0).length > 1)
  for (const item of items) t.strictSame(item, (await call('support', 'GET', `/inbound-parcels/${item.id}`)).body)
})

t.test('a person is called on the day of goods that nobody settled', async (t) => {
  const id = newId()
  await scan(id, { note: 'Ukjent' })
  await close(id, 'wrong-goods')
  const found = async (now: string) =>
    (await inboundSources[0]!.find(now).execute(db)).rows.map(({ about }) => about).includes(id)
  t.notOk(await found('2026-06-08T12:00:00Z'))
  t.ok(await found('2026-06-09T12:00:00Z'))
  await call('support', 'PUT', `/inbound-parcels/${id}/settlement`, { done: 'Gitt til politiet' })
  t.notOk(await found('2026-06-09T12:00:00Z'))
})

t.test('a parcel under the id of something else is refused in words, and is no fault', async (t) => {
  const { number } = await announced()
  const { id } = await requested()
  t.equal((await scan(id, { orderNumber: number })).status, 200)
  await unit(id, { lineId: '1' })
  const { status, body } = await close(id)
  t.hasStrict({ status, body }, { status: 400, body: { type: '/problems/invalid-input' } })
  t.match(body.detail, /Choose another/)
})

/** An announced return of goods that left at noon of 2 June under a number, and now it is 4 June. */
async function left(trackingNumber: string) {
  clock.at = '2026-06-02T12:00:00Z'
  const found = await announced()
  const [shipment] = (await call('warehouse', 'GET', `/shipments?orderId=${found.orderId}`)).body.items
  const parcel = { carrier: 'Bud', trackingNumber, handedOverAt: clock.at }
  t.equal((await call('warehouse', 'PUT', `/shipments/${shipment.id}/dispatch`, parcel)).status, 200)
  clock.at = '2026-06-04T12:00:00Z'
  return found
}

t.test(
  'angrl § 24: nothing comes back before it left, or in days to come, and refunds wait for no such day',
  async (t) => {
    const { returnId, number } = await left('DATO1')
    const soon = { status: 409, body: { type: '/problems/receipt-in-the-future' } }
    const early = { status: 409, body: { type: '/problems/receipt-before-handover' } }
    for (const known of [{ returnId }, { orderNumber: number }, { trackingNumber: 'DATO1' }]) {
      for (const receivedAt of ['9999-12-31T22:59:59Z', '2026-06-05T12:00:00Z', '2026-06-04T12:05:01Z'])
        t.match(await scan(newId(), { ...known, receivedAt }), soon)
      for (const receivedAt of ['2026-06-02T11:59:59Z', '0001-01-01T00:00:00Z', '0000-01-01T00:00:00Z'])
        t.match(await scan(newId(), { ...known, receivedAt }), early)
    }
    t.match(await scan(newId(), { receivedAt: '2026-06-04T12:05:01Z' }), soon, 'nor what is nobody’s')
    const good = await scan(newId(), { returnId, receivedAt: '2026-06-02T12:00:00Z' })
    t.match(good, { status: 200, body: { receivedAt: '2026-06-02T12:00:00Z' } })
    const ahead = await scan(newId(), { returnId, receivedAt: '2026-06-04T12:05:00Z' })
    t.match(ahead, { status: 200, body: { receivedAt: '2026-06-04T12:00:00Z' } }, 'a clock may be five minutes ahead')
  },
)

t.test('what came in before the goods of an order left is none of it, whoever says so later', async (t) => {
  const { returnId } = await left('DATO2')
  const id = newId()
  t.equal((await scan(id, { receivedAt: '2026-06-02T08:00:00Z' })).status, 200, 'it is nobody’s')
  const early = { status: 409, body: { type: '/problems/receipt-before-handover' } }
  t.match(await unit(id, { lineId: '1', returnId }), early)
  t.match(await call('support', 'PUT', `/inbound-parcels/${id}/match`, { returnId }), early)
})

t.test('what came in before goods left is left to a person when their return is announced later', async (t) => {
  clock.at = '2026-06-02T12:00:00Z'
  count += 1
  const number = `SG-${String(count).padStart(5, 'C')}-4QXTB`
  const { id: shipmentId, orderId } = await requested({ number })
  const id = newId()
  t.equal((await scan(id, { orderNumber: number })).status, 200, 'nothing of it has left')
  clock.at = '2026-06-02T15:00:00Z'
  await call('warehouse', 'PUT', `/shipments/${shipmentId}/dispatch`, { carrier: 'Bud', trackingNumber: 'DATO3' })
  const returnId = newId()
  await hear('VoluntaryReturnRequested', orderId, { returnId, lines: [{ lineId: '2', quantity: 1, amount: 1 }] })
  t.notOk((await call('support', 'GET', `/inbound-parcels/${id}`)).body.returnId)
  const later = newId()
  t.match((await scan(later, { orderNumber: number })).body, { returnId })
})
