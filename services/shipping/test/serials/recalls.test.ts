import { example } from '@vilkar/contracts/test/examples.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { serialSources } from '../../serials/alarms.ts'
import { checkRecalls } from '../../serials/jobs/watch-recalls.ts'
import { dispatchWithRest } from '../../shipment/dispatch-with-rest.ts'
import { openRecallsOf } from '../../shipment/open-recalls.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { db, deps, clock, call, hear, requested } = await startShippingForTest()
const { hazard, whatToDo, remedies } = example('RecallNoticeAsked').data.notice
const notice = { hazard, whatToDo, remedies }
let count = 0

/** An order of locks of a product of its own that left under these numbers. */
async function sent(sku: string, units: { serialNumber?: string; lotNumber?: string; quantity?: number }[], more = 0) {
  const { lines } = example('OrderPlaced').data
  const quantity = units.reduce((sum, unit) => sum + (unit.quantity ?? 1), more)
  const placed = { lines: [{ ...lines[1]!, sku, quantity }] }
  const { id, orderId } = await requested(placed)
  count += 1
  const parcel = { carrier: 'Posten', trackingNumber: `T${count}` }
  const numbered = units.map((unit) => ({ lineId: '2', ...unit }))
  const { status } = await call('warehouse', 'PUT', `/shipments/${id}/dispatch`, { ...parcel, units: numbered })
  t.equal(status, 200)
  return { id, orderId }
}
async function recall(body: object, id: string = crypto.randomUUID()) {
  const answer = await call('support', 'PUT', `/recalls/${id}`, { ...notice, ...body })
  return { id, ...answer }
}
const read = async (id: string) => (await call('support', 'GET', `/recalls/${id}`)).body
const noticesOf = (id: string) => db.selectFrom('recall_notice').selectAll().where('recall_id', '=', id).execute()
const lookOf = async (id: string) => {
  await checkRecalls(deps)
  return (await noticesOf(id)).map(({ order_id }) => order_id).sort()
}
/** The unit comes back in a return that is announced. */
async function comesBack(orderId: string, units: { serialNumber?: string }[]) {
  const returnId = crypto.randomUUID()
  await hear('WithdrawalDeclared', orderId, { returnId, lines: [{ lineId: '2', quantity: units.length, amount: 1 }] })
  const inbound = crypto.randomUUID()
  await call('warehouse', 'PUT', `/inbound-parcels/${inbound}`, { returnId })
  const plain = { complete: true, wear: 'none', originalPackaging: true, fitForSale: true, lineId: '2' }
  for (const unit of units) {
    const url = `/inbound-parcels/${inbound}/units/${crypto.randomUUID()}`
    t.equal((await call('warehouse', 'PUT', url, { ...plain, ...unit })).status, 200)
  }
}

t.test('whoever has units of the numbers that are recalled is told of once, and nobody else', async (t) => {
  const [first, between, beyond, lot] = [
    await sent('R-1', [{ serialNumber: 'SN-9' }]),
    await sent('R-1', [{ serialNumber: 'SN-10' }, { serialNumber: 'SN-300' }]),
    await sent('R-1', [{ serialNumber: 'SN-101' }]),
    await sent('R-1', [{ lotNumber: 'L-5', quantity: 4 }]),
  ]
  await sent('R-2', [{ serialNumber: 'SN-50' }])
  const scope = { serialNumbers: [{ from: 'sn-9', to: 'SN-100' }], lotNumbers: ['l-5'] }
  const { id, status } = await recall({ sku: 'R-1', ...scope })
  t.equal(status, 200)
  t.strictSame(await lookOf(id), [first, between, lot].map(({ orderId }) => orderId).sort())
  await recall({ sku: 'R-1', ...scope }, id)
  clock.at = Temporal.Instant.from(clock.at).add({ hours: 25 }).toString()
  t.equal((await lookOf(id)).length, 3, 'however often it is asked and looked')
  const { id: noticeId } = (await noticesOf(id)).find(({ order_id }) => order_id === between!.orderId)!
  const [event, ...more] = await readHistory(db, noticeId)
  t.strictSame(more, [])
  t.hasStrict(event!.data, {
    ...{ noticeId, recallId: id, orderId: between!.orderId, notice },
    units: [{ lineId: '2', sku: 'R-1', quantity: 1, serialNumber: 'SN-10' }],
    scope: { serialNumbers: [{ from: 'SN-9', to: 'SN-100' }], lotNumbers: ['L-5'] },
  })
  t.match((await read(id)).orders, { asked: 3, waiting: 3, told: 0, unreachable: 0 })
  t.match((await read(id)).units, { out: 6, cameBack: 0, unnumbered: 0 })
  t.notOk((await noticesOf(id)).some(({ order_id }) => order_id === beyond!.orderId))
})

t.test('a recall of all of a product, and units without a number, which may be of any', async (t) => {
  const plain = await sent('R-3', [], 2)
  const known = await sent('R-3', [{ serialNumber: 'K-1' }], 1)
  const all = await recall({ sku: 'R-3' })
  t.strictSame(await lookOf(all.id), [plain, known].map(({ orderId }) => orderId).sort())
  const some = await recall({ sku: 'R-3', serialNumbers: [{ from: 'K-5', to: 'K-6' }] })
  t.strictSame(await lookOf(some.id), [plain, known].map(({ orderId }) => orderId).sort())
  t.match((await read(some.id)).units, { out: 3, unnumbered: 3 })
})

t.test('what came back is not told of, and shows as such', async (t) => {
  const both = await sent('R-4', [{ serialNumber: 'B-1' }, { serialNumber: 'B-2' }])
  const one = await sent('R-4', [{ serialNumber: 'B-3' }, { serialNumber: 'B-4' }])
  const unnumbered = await sent('R-4', [], 3)
  const later = await sent('R-4', [{ serialNumber: 'B-5' }])
  await comesBack(both.orderId, [{ serialNumber: 'b-1' }, {}])
  await comesBack(one.orderId, [{ serialNumber: 'b-4' }])
  await comesBack(unnumbered.orderId, [{}, {}])
  const { id } = await recall({ sku: 'R-4' })
  t.strictSame(await lookOf(id), [one, unnumbered, later].map(({ orderId }) => orderId).sort())
  const unitsOf = async (orderId: string) => (await noticesOf(id)).find((each) => each.order_id === orderId)!.units
  t.match(await unitsOf(one.orderId), [{ serialNumber: 'B-3' }])
  t.match(await unitsOf(unnumbered.orderId), [{ quantity: 1 }])
  t.match((await read(id)).units, { out: 3, cameBack: 3 })
  await comesBack(later.orderId, [{ serialNumber: 'B-5' }])
  t.match((await read(id)).units, { out: 2, cameBack: 4 })
  const { items } = (await call('support', 'GET', `/recalls/${id}/notices`)).body
  t.match(items.find(({ orderId }: { orderId: string }) => orderId === later.orderId).units, [
    { serialNumber: 'B-5', cameBack: true },
  ])
})

t.test('what nobody announced is known by its number, and what nobody scanned by its return', async (t) => {
  const [stray, typed, part] = [
    await sent('R-5', [{ serialNumber: 'C-1' }]),
    await sent('R-5', [{ serialNumber: 'C-2' }]),
    await sent('R-5', [{ serialNumber: 'C-3' }, { serialNumber: 'C-4' }]),
  ]
  const inbound = crypto.randomUUID()
  await call('warehouse', 'PUT', `/inbound-parcels/${inbound}`, {})
  const plain = { complete: true, wear: 'none', originalPackaging: true, fitForSale: true, sku: 'R-5' }
  await call('warehouse', 'PUT', `/inbound-parcels/${inbound}/units/${crypto.randomUUID()}`, {
    ...{ ...plain, serialNumber: 'C-1' },
  })
  for (const { orderId } of [typed!, part!]) {
    const returnId = crypto.randomUUID()
    await hear('WithdrawalDeclared', orderId, { returnId, lines: [{ lineId: '2', quantity: 1, amount: 1 }] })
    await hear('ReturnReceived', orderId, { returnId })
  }
  const { id } = await recall({ sku: 'R-5' })
  t.strictSame(await lookOf(id), [part!.orderId], 'of two of which one came nobody knows which it was')
  t.notOk((await lookOf(id)).includes(stray!.orderId))
})

t.test('a lost parcel is with nobody, and is looked for again once it is found', async (t) => {
  const { id: shipmentId, orderId } = await sent('R-6', [{ serialNumber: 'D-1' }])
  await call('warehouse', 'PUT', `/shipments/${shipmentId}/whereabouts`, { report: 'lost' })
  const { id } = await recall({ sku: 'R-6' })
  t.strictSame(await lookOf(id), [])
  clock.at = Temporal.Instant.from(clock.at).add({ minutes: 2 }).toString()
  t.strictSame(await lookOf(id), [], 'what was leaving meanwhile is looked for once more')
  clock.at = Temporal.Instant.from(clock.at).add({ hours: 1 }).toString()
  await call('warehouse', 'PUT', `/shipments/${shipmentId}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  t.strictSame(await lookOf(id), [], 'not before a day')
  clock.at = Temporal.Instant.from(clock.at).add({ hours: 24 }).toString()
  t.strictSame(await lookOf(id), [orderId])
})

t.test('a unit that came back and was sent again is with whom it went to last', async (t) => {
  const first = await sent('R-7', [{ serialNumber: 'E-1' }])
  clock.at = Temporal.Instant.from(clock.at).add({ hours: 1 }).toString()
  await comesBack(first.orderId, [{ serialNumber: 'E-1' }])
  clock.at = Temporal.Instant.from(clock.at).add({ hours: 1 }).toString()
  const second = await sent('R-7', [{ serialNumber: 'E-1' }])
  const { id } = await recall({ sku: 'R-7' })
  t.strictSame(await lookOf(id), [second.orderId])
  t.hasStrict(
    (await call('support', 'GET', '/serials/E-1')).body.units,
    [
      { orderId: second.orderId, recallIds: [id] },
      { orderId: first.orderId, recallIds: [id], cameBackAt: '2026' },
    ].map(({ cameBackAt: _, ...unit }) => unit),
  )
})

t.test('a number that was typed wrongly is corrected once it left, and recalls go by the right one', async (t) => {
  const [typed, other] = [await sent('R-11', [{ serialNumber: 'F-12' }]), await sent('R-11', [{ serialNumber: 'F-9' }])]
  const { id } = await recall({ sku: 'R-11', serialNumbers: [{ from: 'F-20', to: 'F-29' }] })
  t.strictSame(await lookOf(id), [])
  const correct = (shipment: { id: string }, units: object[], role = 'support', why = 'Typed the wrong way round.') =>
    call(role, 'PUT', `/shipments/${shipment.id}/units/correction`, { units, why })
  const right = [{ lineId: '2', serialNumber: 'f-21' }]
  assertProblem(await correct(typed, right, 'customer'), 403, 'scope-missing', /staff/)
  assertProblem(await correct(typed, right, 'support', ' '), 400, 'invalid-input', /why/)
  assertProblem(await correct(typed, [...right, { lineId: '2', lotNumber: 'L' }]), 409, 'unit-numbers-wrong', /2 units/)
  assertProblem(await correct({ id: crypto.randomUUID() }, right), 404, 'shipment-unknown', /no such/)
  assertProblem(await correct(await requested(), right), 409, 'shipment-not-dispatched', /packing/)
  for (const _ of [1, 2]) {
    const { body } = await correct(typed, right)
    t.match(body.units, [{ lineId: '2', serialNumber: 'F-21' }])
    t.match(body.numberCorrections, [{ was: [{ serialNumber: 'F-12' }], by: 'support', why: /wrong way/ }])
    t.equal(body.numberCorrections.length, 1, 'said twice it happens once')
  }
  assertProblem(await call('support', 'GET', '/serials/F-12'), 404, 'serial-unknown', /No unit/)
  t.match((await call('support', 'GET', '/serials/F-21')).body.units, [{ orderId: typed.orderId, recallIds: [id] }])
  t.strictSame(await lookOf(id), [typed.orderId], 'at once, and not a day later')
  t.equal((await correct(other, [])).body.units.length, 0, 'a number that nobody knows is taken away')
  t.strictSame(await lookOf(id), [typed.orderId, other.orderId].sort(), 'and then it may be any')
  const told = await readHistory(db, typed.id)
  t.equal(told.filter(({ type }) => type === 'UnitNumbersCorrected').length, 1)
})

t.test('of what is critical to safety a number is corrected, and never taken away', async () => {
  const lines = example('OrderPlaced').data.lines.map((line) =>
    line.lineId === '2' ? { ...line, traits: { ...line.traits, safetyCritical: true } } : line,
  )
  const { id } = await requested({ lines })
  const parcel = { carrier: 'P', trackingNumber: 'S-1', units: [{ lineId: '2', serialNumber: 'G-1' }], manuals: ['2'] }
  t.equal((await call('warehouse', 'PUT', `/shipments/${id}/dispatch`, parcel)).status, 200)
  const correct = (units: object[]) =>
    call('support', 'PUT', `/shipments/${id}/units/correction`, { units, why: 'Misread.' })
  assertProblem(await correct([]), 409, 'unit-numbers-missing', /0 of 1 units/)
  t.match((await correct([{ lineId: '2', serialNumber: 'G-7' }])).body.units, [{ serialNumber: 'G-7' }])
})

t.test('recalled units neither are packed nor leave, until it is over', async (t) => {
  const { id } = await recall({ sku: 'LOCK-1', serialNumbers: [{ from: 'Q-1', to: 'Q-5' }] })
  const good = await requested()
  const bad = await requested()
  const put = (shipment: string, step: string, serialNumber: string) =>
    call('warehouse', 'PUT', `/shipments/${shipment}/${step}`, {
      ...{ units: [{ lineId: '2', serialNumber }], ...(step === 'dispatch' && { carrier: 'P', trackingNumber: 'Q' }) },
    })
  assertProblem(await put(bad.id, 'packing', 'Q-3'), 409, 'units-recalled', /LOCK-1 of line 2 is recalled/)
  assertProblem(await put(bad.id, 'dispatch', 'Q-3'), 409, 'units-recalled', /recalled/)
  t.equal((await put(good.id, 'dispatch', 'Q-6')).status, 200)
  const end = () => call('support', 'PUT', `/recalls/${id}/end`, { why: 'The maker has mended them.' })
  t.match((await end()).body, { endedAt: String, why: 'The maker has mended them.' })
  t.match((await end()).status, 200)
  t.equal((await put(bad.id, 'dispatch', 'Q-3')).status, 200)
  clock.at = Temporal.Instant.from(clock.at).add({ hours: 48 }).toString()
  t.strictSame(await lookOf(id), [])
})

t.test('a warehouse is told that goods are recalled and when that is over, each once', async (t) => {
  const scope = { lotNumbers: ['W-1'] }
  const { id } = await recall({ sku: 'LOCK-W', lotNumbers: ['w-1'] })
  await recall({ sku: 'LOCK-W', lotNumbers: ['w-1'] }, id)
  const end = () => call('support', 'PUT', `/recalls/${id}/end`, { why: 'They were mended.' })
  t.strictSame([(await end()).status, (await end()).status], [200, 200])
  const told = await readHistory(db, id)
  t.match(told, [
    { type: 'RecallAnnounced', aggregateversion: 1, data: { recallId: id, sku: 'LOCK-W', scope, notice } },
    { type: 'RecallEnded', aggregateversion: 2, data: { recallId: id, sku: 'LOCK-W' } },
  ])
  t.equal(told.length, 2)
  t.notMatch(JSON.stringify(told), /mended|support/, 'and not who said so and why')
})

t.test('whoever gets goods that were on their way out when they were recalled is told within minutes', async (t) => {
  const { lines } = example('OrderPlaced').data
  const { id: shipmentId, orderId } = await requested({ lines: [{ ...lines[1]!, sku: 'R-LATE', quantity: 1 }] })
  const { promise: looked, resolve } = Promise.withResolvers<void>()
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>()
  const leaving = db.transaction().execute(async (trx) => {
    const recalls = await openRecallsOf(trx, shipmentId)
    isAsked()
    await looked
    const left = { carrier: 'P', trackingNumber: 'LATE', handedOverAt: clock.at, restId: crypto.randomUUID() }
    await dispatchWithRest(trx, { ...left, shipmentId, at: clock.at, recalls })
  })
  await asked
  const { id } = await recall({ sku: 'R-LATE' })
  t.strictSame(await lookOf(id), [], 'nothing has left yet')
  resolve()
  await leaving
  clock.at = Temporal.Instant.from(clock.at).add({ minutes: 2 }).toString()
  t.strictSame(await lookOf(id), [orderId])
})

t.test('what became of each mail is read, and whoever cannot be reached is a person’s', async (t) => {
  const orders = [await sent('R-8', [], 1), await sent('R-8', [], 1), await sent('R-8', [], 1)]
  const { id } = await recall({ sku: 'R-8' })
  await lookOf(id)
  const [first, second] = await noticesOf(id)
  const settle = (notice: { id: string; order_id: string }, outcome: string) =>
    hear('RecallNoticeSettled', notice.order_id, { noticeId: notice.id, recallId: id, outcome })
  await settle(first!, 'told')
  await settle(second!, 'unreachable')
  t.match((await read(id)).orders, { asked: 3, told: 1, unreachable: 1, waiting: 1, toldByPerson: 0 })
  const alarms = async (kind: string) => {
    const { find } = serialSources.find((source) => source.kind === kind)!
    const { rows } = await find(clock.at).execute(db)
    return rows.filter(({ detail }) => (detail as { recallId: string }).recallId === id).map(({ about }) => about)
  }
  t.strictSame(await alarms('recall-unreachable'), [second!.id])
  t.strictSame(await alarms('recall-unanswered'), [])
  clock.at = Temporal.Instant.from(clock.at).add({ hours: 2 }).toString()
  t.equal((await alarms('recall-unanswered')).length, 1)
  const { items } = (await call('support', 'GET', `/recalls/${id}/notices?outcome=unreachable`)).body
  t.match(items, [{ orderId: second!.order_id, units: [{ quantity: 1, cameBack: false }] }])
  const told = (orderId: string, how = 'By telephone.') =>
    call('support', 'PUT', `/recalls/${id}/notices/${orderId}/told`, { how })
  t.equal((await told(second!.order_id)).status, 200)
  await told(second!.order_id, 'Never.')
  await settle(second!, 'unreachable')
  t.strictSame(await alarms('recall-unreachable'), [], 'what a person said stands')
  t.match((await call('support', 'GET', `/recalls/${id}/notices?outcome=told-by-person`)).body.items, [
    { how: 'By telephone.' },
  ])
  assertProblem(await told(crypto.randomUUID()), 404, 'recall-notice-unknown', /not told of this recall/)
  t.equal(orders.length, 3)
})

t.test('bad input is refused in words, and recalls are staff’s', async (t) => {
  const { id } = await recall({ sku: 'R-9' })
  assertProblem(await recall({ sku: 'R-10' }, id), 409, 'recall-differs', /Another recall/)
  const wrong = { sku: 'R-9', serialNumbers: [{ from: 'A-2', to: 'A-1' }] }
  assertProblem(await recall(wrong), 400, 'invalid-input', /serialNumbers/)
  assertProblem(await recall({ sku: 'R-9', lotNumbers: [] }), 400, 'invalid-input', /lotNumbers/)
  assertProblem(await recall({ sku: 'R-9', remedies: [] }), 400, 'invalid-input', /remedies/)
  assertProblem(await recall({ sku: 'R-9', hazard: { nb: 'Brann' } }), 400, 'invalid-input', /hazard/)
  assertProblem(await call('support', 'GET', `/recalls/${crypto.randomUUID()}`), 404, 'recall-unknown', /no such/)
  assertProblem(
    await call('customer', 'PUT', `/recalls/${id}`, { sku: 'R-9', ...notice }),
    403,
    'scope-missing',
    /staff/,
  )
  t.ok((await call('support', 'GET', '/recalls')).body.items.length > 5)
})
