import { example, faultsOf } from '@vilkar/contracts/test/examples.ts'
import { phonePicture } from '@vilkar/photos/test/pictures.ts'
import { placesOf } from '@vilkar/testing/personal-data.ts'
import t from 'tap'
import { eraseOrders } from '../../erasure/erase-orders.ts'
import { checkRecalls } from '../../serials/jobs/watch-recalls.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { app, pool, db, clock, deps, call, hear, requested } = await startShippingForTest()
const eraseNow = (orderId: string) => {
  const erasure = { erasureId: crypto.randomUUID(), orderIds: [orderId], keeps: ['accounts' as const] }
  return db.transaction().execute((trx) => eraseOrders(trx, deps, erasure))
}
const good = async (role: string, url: string, body?: object) => {
  const answer = await call(role, 'PUT', url, body)
  t.equal(answer.status, 200, JSON.stringify(answer.body))
}
let count = 0
/** An order that its customer has, of a product of its own. */
async function delivered() {
  count += 1
  const number = `NR-${count}`
  const sku = `SKU-${count}`
  const sent = await requested({ number, lines: [{ ...example('OrderPlaced').data.lines[1]!, sku, quantity: 1 }] })
  const units = [{ lineId: '2', serialNumber: `SN-${count}` }]
  const parcel = { carrier: 'Posten', trackingNumber: `T-${count}`, units }
  await good('warehouse', `/shipments/${sent.id}/dispatch`, parcel)
  await good('warehouse', `/shipments/${sent.id}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  return { ...sent, number, sku }
}
type Order = Awaited<ReturnType<typeof delivered>>

const reportOf = async ({ id: shipmentId }: Order, what: string) => {
  const report = `/damage-reports/${crypto.randomUUID()}`
  await good('warehouse', report, { shipmentId, kind: 'damaged', reportedBy: 'customer', what })
  await good('support', `${report}/claim`)
  return report
}
async function addPicture(of: string) {
  const headers = { authorization: 'Bearer warehouse', 'content-type': 'image/png' }
  const payload = await phonePicture()
  const { statusCode } = await app.inject({ method: 'POST', url: `${of}/photos`, payload, headers })
  t.equal(statusCode, 201)
}
const cameIn = async (known: object) => {
  const parcel = `/inbound-parcels/${crypto.randomUUID()}`
  await good('warehouse', parcel, known)
  return parcel
}
const tolds = async (orderId: string) => {
  const { rows } = await pool.query(
    `select type, data from outbox where type = 'ShipmentWrittenSince' and data ->> 'orderId' = $1`,
    [orderId],
  )
  return rows as { type: string; data: object }[]
}

/** Somebody was called for, and says what was done. */
const resolve = (about: { order_id?: string; about?: string }) => async () => {
  const { rows } = await pool.query(
    `insert into alarm (id, order_id, about, kind, detail, raised_at) values (gen_random_uuid(), $1, $2, 'test', '{}', $3) returning id`,
    [about.order_id, about.about, clock.at],
  )
  await good('support', `/alarms/${rows[0].id}/resolution`, { done: 'Ringte Kari på jobben' })
}

/** What is written down without another event, each prepared while the order is not erased yet. */
const WRITINGS: Record<string, (order: Order) => Promise<() => Promise<unknown>>> = {
  'a picture of damaged goods': async (order) => {
    const report = await reportOf(order, 'Knust')
    return () => addPicture(report)
  },
  'a picture of a parcel that came in': async (order) => {
    const parcel = await cameIn({ orderNumber: order.number })
    await good('warehouse', `${parcel}/closing`, { content: 'empty' })
    await good('support', `${parcel}/settlement`, { done: 'Kastet' })
    return () => addPicture(parcel)
  },
  'what was done about an alarm of the order': async ({ orderId }) => resolve({ order_id: orderId }),
  'what was done about an alarm of its shipment': async ({ id }) => resolve({ about: id }),
  'a parcel of the order that comes in': async (order) => () =>
    cameIn({ orderNumber: order.number, note: 'Kari skrev på esken' }),
  'that a parcel is of the order': async (order) => {
    const parcel = await cameIn({ note: 'Kari skrev på esken' })
    return () => good('support', `${parcel}/match`, { orderNumber: order.number })
  },
  'how the customer was told of a recall': async (order) => {
    const { hazard, whatToDo, remedies } = example('RecallNoticeAsked').data.notice
    const recall = `/recalls/${crypto.randomUUID()}`
    await good('support', recall, { sku: order.sku, hazard, whatToDo, remedies })
    await checkRecalls(deps)
    const { id: noticeId } = await db
      .selectFrom('recall_notice')
      .select('id')
      .where('order_id', '=', order.orderId)
      .executeTakeFirstOrThrow()
    await hear('RecallNoticeSettled', order.orderId, { noticeId, outcome: 'told' })
    return () => good('support', `${recall}/notices/${order.orderId}/told`, { how: 'Ringte Kari på jobben' })
  },
}

for (const [what, prepare] of Object.entries(WRITINGS)) {
  t.test(`${what} is told of an order that was erased`, async (t) => {
    const order = await delivered()
    const write = await prepare(order)
    t.strictSame((await eraseNow(order.orderId)).postponed, [])
    t.strictSame(await tolds(order.orderId), [])
    await write()
    const [told, ...more] = await tolds(order.orderId)
    t.strictSame(more, [])
    t.match(told, { data: { orderId: order.orderId, writtenAt: clock.at } })
    t.strictSame(faultsOf(told as never), [])
  })
  t.test(`${what} is not told of any other`, async (t) => {
    const order = await delivered()
    await (await prepare(order))()
    t.strictSame(await tolds(order.orderId), [])
  })
}

t.test('what is entered of an order that was erased is gone when it is erased again', async (t) => {
  const order = await delivered()
  const shipment = `/shipments/${order.id}`
  t.strictSame((await eraseNow(order.orderId)).postponed, [])
  const why = 'Solveig Sen sa fra'
  const since = { why, since: clock.at }
  const report = await reportOf(order, why)
  await addPicture(report)
  await good('support', `${shipment}/circumstances`, { ...since, circumstance: { ownCarrier: true } })
  await good('support', `${shipment}/units/correction`, { why, units: [{ lineId: '2', serialNumber: 'SN-RETT' }] })
  const right = { receivedBy: 'Solveig Sen', receivedAt: clock.at, takenBy: 'named-by-customer' }
  await good('support', `${shipment}/delivery/correction`, { why, delivered: right })
  const parcel = await cameIn({ orderNumber: order.number, note: why })
  await good('warehouse', `${parcel}/closing`, { content: 'empty' })
  await good('support', `${parcel}/settlement`, { done: why })
  t.not((await placesOf(pool, ['Solveig Sen'])).length, 0)
  t.strictSame((await eraseNow(order.orderId)).postponed, [])
  t.strictSame(await placesOf(pool, ['Solveig Sen']), [])
  t.strictSame((await call('warehouse', 'GET', `${report}/photos`)).body.items, [])
})
