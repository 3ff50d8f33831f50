import t from 'tap'
import { startGoodsHouse } from './goods-house.ts'

const house = await startGoodsHouse()
const { clock, call, look, withdrawn, offered, complained, told, typesOf, unit, receiptOf, receive, goodsOf } = house
const unsettledOf = async (caseId: string) =>
  (await goodsOf(caseId)).find(({ status }: { status: string }) => status === 'unsettled')
const RECEIVED = '2026-06-15T09:00:00Z'

t.test('what came back whole and hardly tried is paid back with the receipt, and is in stock again', async (t) => {
  const back = await withdrawn()
  clock.at = RECEIVED
  await receive(back, receiptOf([unit(), unit({ wear: 'tried' })]))
  const events = await told(back.caseId)
  t.strictSame(
    events.map(({ type }) => type),
    ['WithdrawalDeclared', 'ReturnReceived', 'ReturnInspected', 'RefundDecided'],
  )
  t.match(events[1]!.data, { receivedAt: RECEIVED, fitForSale: [{ lineId: '1', quantity: 2 }] })
  t.match(await goodsOf(back.caseId), [{ status: 'applied' }])
})

t.test('a receipt said twice, or by two who read the same event at once, is one', async (t) => {
  const back = await withdrawn()
  clock.at = RECEIVED
  const receipt = receiptOf([unit(), unit()])
  await Promise.all([receive(back, receipt), receive(back, receipt)])
  await receive(back, receipt)
  t.equal((await typesOf(back.caseId)).filter((type) => type === 'ReturnReceived').length, 1)
})

t.test('parcels of a return come in any order, twice and late, and are one look at all of it', async (t) => {
  const orders = [
    [0, 1],
    [1, 0],
    [0, 0, 1, 0],
    [1, 0, 1],
  ]
  for (const order of orders) {
    const back = await withdrawn()
    clock.at = RECEIVED
    const receipts = [receiptOf([unit()]), receiptOf([unit({ wear: 'used' })])]
    for (const n of order) {
      await receive(back, receipts[n]!)
      await look()
    }
    const inspected = (await told(back.caseId)).filter(({ type }) => type === 'ReturnInspected')
    t.equal(inspected.length, 1, order.join())
    t.match(inspected[0]!.data, { missing: [], plain: false })
    t.equal((inspected[0]!.data.units as object[]).length, 2)
  }
})

t.test('what came for a repair and went back is not there when the purchase is cancelled', async (t) => {
  const repaired = await complained('repair')
  const put = (what: string, body?: object) => call('support', 'PUT', `/complaints/${repaired.caseId}/${what}`, body)
  clock.at = RECEIVED
  await receive(repaired, receiptOf([unit()]))
  t.match(await goodsOf(repaired.caseId), [{ status: 'applied' }])
  await put('repair')
  clock.at = '2026-06-20T09:00:00Z'
  await put('cure', { doneAt: clock.at })
  await put('failure', { defect: 'Uler ennå' })
  await put('choice', { remedy: 'rescission' })
  clock.at = '2026-06-25T09:00:00Z'
  await receive(repaired, receiptOf([]))
  t.notOk((await typesOf(repaired.caseId)).includes('RefundDecided'), 'an empty parcel pays nothing back')
  clock.at = '2026-06-29T09:00:00Z'
  await look()
  t.match(await unsettledOf(repaired.caseId), { outcome: 'units-missing' })
  await receive(repaired, receiptOf([unit()]))
  const refund = (await told(repaired.caseId)).find(({ type }) => type === 'RefundDecided')
  t.match(refund?.data, { amount: 49_900, dueOn: '2026-07-13' }, 'and is due from when it really came')
})

t.test('one unit that two receipts name is one unit', async (t) => {
  const back = await withdrawn()
  clock.at = RECEIVED
  const same = unit()
  await receive(back, receiptOf([same]))
  await receive(back, receiptOf([same]))
  t.strictSame(await typesOf(back.caseId), ['WithdrawalDeclared'], 'the other unit is still waited for')
  await receive(back, receiptOf([unit()]))
  t.ok((await typesOf(back.caseId)).includes('ReturnInspected'))
})

t.test('what does not come within three days of the last parcel is missing, and a person judges that', async (t) => {
  const back = await withdrawn()
  clock.at = RECEIVED
  await receive(back, receiptOf([unit()]))
  clock.at = '2026-06-18T08:59:00Z'
  await look()
  t.strictSame(await typesOf(back.caseId), ['WithdrawalDeclared'])
  clock.at = '2026-06-18T09:00:00Z'
  await look()
  t.match((await told(back.caseId)).at(-1), {
    type: 'ReturnInspected',
    data: { missing: [{ lineId: '1', quantity: 1 }] },
  })
  clock.at = '2026-06-20T09:00:00Z'
  await receive(back, receiptOf([unit()]))
  t.match(await unsettledOf(back.caseId), {
    status: 'unsettled',
    outcome: 'inspection-settled',
    dueOn: '2026-06-27',
  })
})

t.test('an empty parcel is no receipt until nothing else can come; then a person judges', async (t) => {
  const back = await withdrawn()
  clock.at = RECEIVED
  await receive(back, receiptOf([]))
  await look()
  t.strictSame(await typesOf(back.caseId), ['WithdrawalDeclared'])
  clock.at = '2026-06-18T09:00:00Z'
  await look()
  t.match((await told(back.caseId)).at(-1), { data: { units: [], missing: [{ quantity: 2 }], plain: false } })
})

t.test(
  'whoever says it first: units that staff looked at are not received again, and more than that is a person’s',
  async (t) => {
    const back = await withdrawn()
    clock.at = RECEIVED
    const { unitId: _, originalPackaging: __, ...found } = unit()
    await call('warehouse', 'PUT', `/returns/${back.caseId}/inspection`, { units: [found] })
    const before = await typesOf(back.caseId)
    await receive(back, receiptOf([unit()]))
    t.strictSame(await typesOf(back.caseId), before)
    t.match(await goodsOf(back.caseId), [{ status: 'applied' }])
    await receive(back, receiptOf([unit()]))
    t.match(await unsettledOf(back.caseId), { status: 'unsettled' })
  },
)

t.test('a receipt without a look leaves the look to the warehouse, and stock hears of units once', async (t) => {
  const back = await withdrawn()
  clock.at = RECEIVED
  await call('warehouse', 'PUT', `/returns/${back.caseId}/receipt`, {})
  await receive(back, receiptOf([unit(), unit()]))
  const received = (await told(back.caseId)).filter(({ type }) => type === 'ReturnReceived')
  t.strictSame(
    received.map(({ data }) => data.fitForSale),
    [undefined, [{ lineId: '1', quantity: 2 }]],
  )
  t.ok(received.every(({ data }) => data.receivedAt === RECEIVED))
})

t.test('units are heard of before the order is known to have left: they wait, and are taken then', async (t) => {
  const { id: orderId } = await house.ordered()
  clock.at = '2026-06-10T09:00:00Z'
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/withdrawals`, {
    lines: [{ lineId: '1', quantity: 1 }],
  })
  clock.at = RECEIVED
  await receive({ caseId: body.id, orderId }, receiptOf([unit()]))
  t.match(await goodsOf(body.id), [{ status: 'waiting' }])
  const left = [{ lineId: '1', quantity: 1 }]
  await house.hear('ShipmentDispatched', orderId, {
    shipmentId: crypto.randomUUID(),
    handedOverAt: '2026-06-03T08:00:00Z',
  })
  await house.hear('StopConcluded', orderId, { returnId: body.id, requestId: crypto.randomUUID(), stopped: [], left })
  clock.at = '2026-06-15T10:00:00Z'
  await look()
  t.match(await goodsOf(body.id), [{ status: 'applied' }])
})

t.test('by the offer: as new is taken at once, anything else is received and looked at by a person', async (t) => {
  const asNew = await offered()
  clock.at = RECEIVED
  await receive(asNew, receiptOf([unit(), unit()]))
  t.strictSame((await typesOf(asNew.caseId)).slice(1), ['ReturnReceived', 'VoluntaryReturnChecked', 'RefundDecided'])
  const tried = await offered()
  clock.at = RECEIVED
  await receive(tried, receiptOf([unit(), unit({ wear: 'tried' })]))
  t.strictSame((await typesOf(tried.caseId)).slice(1), ['ReturnReceived'])
  const empty = await offered()
  clock.at = RECEIVED
  await receive(empty, receiptOf([]))
  clock.at = '2026-06-18T09:00:00Z'
  await look()
  t.match(await goodsOf(empty.caseId), [{ status: 'unsettled', outcome: 'nothing-in-it' }])
})

t.test(
  'goods of a cancelled purchase are paid back when all are here; those to be repaired are here for that',
  async (t) => {
    const cancelled = await complained('rescission')
    clock.at = RECEIVED
    await receive(cancelled, receiptOf([unit({ wear: 'damaged' })]))
    t.strictSame((await typesOf(cancelled.caseId)).slice(-2), ['ReturnReceived', 'RefundDecided'])
    const repaired = await complained('repair')
    const before = await typesOf(repaired.caseId)
    clock.at = RECEIVED
    await receive(repaired, receiptOf([unit()]))
    t.strictSame(await typesOf(repaired.caseId), [...before, 'CureGoodsReceived'])
    t.match(await goodsOf(repaired.caseId), [{ status: 'applied' }])
  },
)

t.test('what no case takes is on a work list with a day, and a person is called on it', async (t) => {
  const over = await offered()
  await call('storefront', 'PUT', `/voluntary-returns/${over.caseId}/giving-up`)
  clock.at = RECEIVED
  await receive(over, receiptOf([unit(), unit()], { personal: { by: 'warehouse', note: 'Kom likevel' } }))
  const [item] = await goodsOf(over.caseId)
  t.match(item, { status: 'unsettled', outcome: 'return-over', dueOn: '2026-06-22', note: 'Kom likevel' })
  const listed = (await call('support', 'GET', '/received-goods')).body.items
  t.ok(listed.some(({ id }: { id: string }) => id === item.id))
  const settle = (id: string, done: string, role = 'support') =>
    house.app.inject({
      ...{ method: 'PUT', url: `/received-goods/${id}/settlement`, payload: { done } },
      headers: { authorization: `Bearer ${role}` },
    })
  t.equal((await settle(item.id, 'x', 'storefront')).statusCode, 403)
  t.equal((await settle(crypto.randomUUID(), 'x')).statusCode, 404)
  t.equal((await settle(item.id, 'Sendt til kunden')).statusCode, 204)
  t.equal((await settle(item.id, 'Kastet')).statusCode, 204)
  t.match(await goodsOf(over.caseId), [{ status: 'settled', done: 'Sendt til kunden' }])
})
