import { example } from '@vilkar/contracts/test/examples.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const { db, call, hear, requested } = await startShippingForTest()
const parcel = { carrier: 'Posten', trackingNumber: 'T1' }
const put = (id: string, step: string, body?: object) => call('warehouse', 'PUT', `/shipments/${id}/${step}`, body)

/** Two sensors that are not, and `locks` that are critical to safety. */
function goods(locks = 1) {
  const { lines } = example('OrderPlaced').data
  return {
    lines: lines.map((line) =>
      line.lineId === '2' ? { ...line, quantity: locks, traits: { ...line.traits, safetyCritical: true } } : line,
    ),
  }
}
const lock = (serialNumber: string) => ({ lineId: '2', serialNumber })

t.test(
  '11.1 without a number for each unit, or without the manual, nothing is packed and nothing leaves',
  async (t) => {
    const { id } = await requested(goods(2))
    t.match((await call('warehouse', 'GET', `/shipments/${id}`)).body.lines, [
      { lineId: '1', safetyCritical: undefined },
      { lineId: '2', safetyCritical: true },
    ])
    for (const [body, code, says] of [
      [undefined, 'unit-numbers-missing', /0 of 2 units/],
      [{ units: [lock('A-1')], manuals: ['2'] }, 'unit-numbers-missing', /1 of 2 units/],
      [{ units: [lock('A-1'), lock('A-2')] }, 'manual-missing', /manual is not/],
      [{ units: [lock('A-1'), lock('a-1 ')], manuals: ['2'] }, 'invalid-input', /serialNumber/],
      [{ units: [lock('A-1'), lock('a-1')], manuals: ['2'] }, 'unit-numbers-wrong', /twice/],
      [{ units: [lock('A-1'), lock('A-2'), lock('A-3')], manuals: ['2'] }, 'unit-numbers-wrong', /3 units of line 2/],
      [{ units: [{ lineId: '2' }], manuals: ['2'] }, 'unit-numbers-wrong', /neither/],
      [{ units: [{ ...lock('A-1'), quantity: 2 }], manuals: ['2'] }, 'unit-numbers-wrong', /of one unit/],
      [{ units: [{ lineId: '9', lotNumber: 'L' }], manuals: ['2'] }, 'lines-not-in-shipment', /no line 9/],
      [{ units: [lock('A-1'), lock('A-2')], manuals: ['2', '99'] }, 'lines-not-in-shipment', /no line 99/],
    ] as const) {
      assertProblem(await put(id, 'packing', body), code === 'invalid-input' ? 400 : 409, code, says)
      if (code !== 'invalid-input') assertProblem(await put(id, 'dispatch', { ...parcel, ...body }), 409, code, says)
    }
    const { body } = await put(id, 'packing')
    const cited = body.reasons.flatMap(({ cites }: { cites: { clause?: string; section?: string }[] }) =>
      cites.map(({ clause, section }) => clause ?? section),
    )
    t.ok(cited.includes('11.1') && cited.includes('Art. 9(5)') && cited.includes('Art. 9(7)'), `${cited}`)
  },
)

t.test('11.1 a manual that is read online goes along by its address, and no booklet is asked for', async (t) => {
  const manualUrl = 'https://hjelp.example/las.pdf'
  const { lines } = goods(1)
  const online = { lines: lines.map((line) => (line.lineId === '2' ? { ...line, manualUrl } : line)) }
  const { id, orderId } = await requested(online)
  t.match((await call('warehouse', 'GET', `/shipments/${id}`)).body.lines[1], { manualUrl })
  assertProblem(await put(id, 'packing'), 409, 'unit-numbers-missing', /read at https:\/\/hjelp\.example\/las\.pdf/)
  t.equal((await put(id, 'packing', { units: [lock('M-1')] })).status, 200)
  t.equal((await put(id, 'dispatch', parcel)).status, 200)
  const damage = { shipmentId: id, kind: 'lost', reportedBy: 'carrier', what: 'Borte' }
  const reportId = crypto.randomUUID()
  t.equal((await call('warehouse', 'PUT', `/damage-reports/${reportId}`, damage)).status, 200)
  await call('support', 'PUT', `/damage-reports/${reportId}/choice`, { choice: 'replacement' })
  const { items } = (await call('warehouse', 'GET', `/shipments?orderId=${orderId}`)).body
  t.match(
    items.find((each: { id: string }) => each.id !== id).lines[1],
    { manualUrl },
    'nor of what is sent instead of it',
  )
})

t.test('a manual of a line that there is not is refused, also of goods that are packed or gone', async (t) => {
  const { id } = await requested()
  const strange = { manuals: ['99'] }
  const refused = async () =>
    assertProblem(await put(id, 'packing', strange), 409, 'lines-not-in-shipment', /no line 99/)
  await refused()
  t.match((await put(id, 'packing', { manuals: ['1'] })).body, { manuals: ['1'] })
  await refused()
  assertProblem(await put(id, 'dispatch', { ...parcel, ...strange }), 409, 'lines-not-in-shipment', /no line 99/)
  const sent = { ...parcel, lines: [{ lineId: '2', quantity: 1 }], manuals: ['1'] }
  t.equal((await put(id, 'dispatch', sent)).status, 200, 'of one that stays here it is not')
  await refused()
  t.equal((await put(id, 'packing', { manuals: ['1'] })).status, 200, 'said again it is said once')
})

t.test('a lot is of many units, and both it and goods that are not critical may be noted', async (t) => {
  const { id } = await requested(goods(3))
  const units = [
    { lineId: '2', quantity: 2, lotNumber: 'lot-7' },
    { lineId: '2', serialNumber: 'B-3', lotNumber: 'LOT-8' },
    { lineId: '1', serialNumber: 'S-1' },
  ]
  const { status, body } = await put(id, 'packing', { units, manuals: ['2'] })
  t.equal(status, 200)
  t.match(body.units, [{ lotNumber: 'LOT-7', quantity: 2 }, { serialNumber: 'B-3' }, { serialNumber: 'S-1' }])
  await put(id, 'packing', { units, manuals: ['2'] })
  await put(id, 'packing')
  t.equal((await put(id, 'dispatch', parcel)).status, 200)
  const events = await readHistory(db, id)
  t.strictSame(
    events.map(({ type }) => type),
    ['ShipmentRequested', 'ShipmentPacked', 'ShipmentDispatched'],
  )
  t.hasStrict(events[1]!.data, { manuals: ['2'], units: [{ lineId: '2', quantity: 2, lotNumber: 'LOT-7' }, {}, {}] })
  t.equal(events[2]!.data.units, undefined, 'which packing told')
  assertProblem(await put(id, 'packing', { units: [lock('Z')] }), 409, 'shipment-dispatched', /other numbers/)
})

t.test('packed with other numbers it is packed anew, and what is opened has none', async (t) => {
  const { id, orderId } = await requested(goods(2))
  await put(id, 'packing', { units: [lock('C-1'), lock('C-2')], manuals: ['2'] })
  await put(id, 'packing', { units: [lock('C-1'), lock('C-3')] })
  t.equal((await call('warehouse', 'GET', '/serials/C-2')).status, 404, 'it is not in it any more')
  t.hasStrict((await call('warehouse', 'GET', '/serials/c-3')).body, { number: 'C-3', units: [{ shipmentId: id }] })
  const lines = [{ lineId: '2', quantity: 1, returnId: undefined }]
  await hear('StopRequested', orderId, { requestId: crypto.randomUUID(), lines })
  t.match((await call('warehouse', 'GET', `/shipments/${id}`)).body, { status: 'accepted', units: [] })
  assertProblem(await put(id, 'dispatch', parcel), 409, 'unit-numbers-missing', /0 of 1/)
  t.equal((await put(id, 'dispatch', { ...parcel, units: [lock('C-3')] })).status, 200, 'the manual is in it still')
  const dispatched = (await readHistory(db, id)).at(-1)!
  t.hasStrict(dispatched.data, { units: [{ lineId: '2', quantity: 1, serialNumber: 'C-3' }] })
})

t.test('of a line that leaves in part it is said which units do, and the rest is packed anew', async (t) => {
  const { id } = await requested(goods(2))
  await put(id, 'packing', { units: [lock('D-1'), lock('D-2')], manuals: ['2'] })
  const some = { ...parcel, lines: [{ lineId: '2', quantity: 1 }] }
  assertProblem(await put(id, 'dispatch', some), 409, 'unit-numbers-missing', /say in `units` which/)
  const { body } = await put(id, 'dispatch', { ...some, units: [lock('D-2')] })
  t.match(body, { units: [{ serialNumber: 'D-2' }] })
  t.equal((await call('warehouse', 'GET', '/serials/D-1')).status, 404)
  t.match((await call('warehouse', 'GET', '/serials/D-2')).body.units, [{ leftAt: String, sku: 'LOCK-1' }])
  assertProblem(await put(body.restId, 'dispatch', parcel), 409, 'unit-numbers-missing', /0 of 1/)
  const rest = { units: [lock('D-1')], manuals: ['2'] }
  t.equal((await put(body.restId, 'packing', rest)).status, 200)
  t.equal((await put(body.restId, 'dispatch', parcel)).status, 200)
})

t.test('goods of which nothing leaves, and goods that left before numbers were kept, need none', async (t) => {
  const { id } = await requested(goods(1))
  t.equal((await put(id, 'dispatch', { ...parcel, lines: [{ lineId: '1', quantity: 2 }] })).status, 200)
  const plain = await requested()
  t.equal((await put(plain.id, 'packing')).status, 200)
  t.equal((await put(plain.id, 'dispatch', parcel)).status, 200)
})

t.test('whom a unit went to is read by its number', async (t) => {
  const { id, orderId } = await requested(goods(1))
  await put(id, 'packing', { units: [lock('E/1 x')], manuals: ['2'] })
  t.match((await call('support', 'GET', `/serials/${encodeURIComponent('e/1 X')}`)).body.units, [
    { orderId, shipmentId: id, lineId: '2', packedAt: String, leftAt: undefined, recallIds: [] },
  ])
  assertProblem(await call('support', 'GET', '/serials/none'), 404, 'serial-unknown', /No unit/)
  assertProblem(await call('customer', 'GET', '/serials/E'), 403, 'scope-missing', /shipments:read/)
})

t.test('a unit that comes back under a number that never went to the customer is another one', async (t) => {
  const { id, orderId } = await requested(goods(1))
  await put(id, 'dispatch', { ...parcel, units: [lock('F-1')], manuals: ['2'] })
  const returnId = crypto.randomUUID()
  await hear('WithdrawalDeclared', orderId, { returnId, lines: [{ lineId: '2', quantity: 1, amount: 1 }] })
  const inbound = crypto.randomUUID()
  await call('warehouse', 'PUT', `/inbound-parcels/${inbound}`, { returnId })
  const plain = { complete: true, wear: 'none', originalPackaging: true, fitForSale: true }
  const scan = (unitId: string, serialNumber: string) =>
    call('warehouse', 'PUT', `/inbound-parcels/${inbound}/units/${unitId}`, { ...plain, lineId: '2', serialNumber })
  const unitId = crypto.randomUUID()
  t.match((await scan(unitId, 'X-9')).body.units, [{ neverSent: true, returnId: undefined }])
  t.match((await scan(unitId, 'f-1')).body.units, [{ neverSent: undefined, returnId }], 'scanned anew, it is the one')
  t.match((await scan(unitId, 'X-9')).body.units, [{ neverSent: true }])
  const closed = await call('warehouse', 'PUT', `/inbound-parcels/${inbound}/closing`, { content: 'units' })
  t.match(closed.body, { unsettled: true })
  const match = (units?: object[]) =>
    call('support', 'PUT', `/inbound-parcels/${inbound}/match`, { returnId, ...(units && { units }) })
  t.match((await match()).body.units, [{ received: false }], 'it is not taken for it by itself')
  t.match((await match([{ unitId, lineId: '2' }])).body.units, [{ received: true }], 'unless a person says so')
})
