import type { Kept } from '@vilkar/contracts/privacy.ts'
import { placesOf } from '@vilkar/testing/personal-data.ts'
import t from 'tap'
import { hearEvents } from '../../carriers/hear.ts'
import { lockParcel } from '../../carriers/store.ts'
import { eraseOrders } from '../../erasure/erase-orders.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { pool, db, clock, deps, hear, call, requested } = await startShippingForTest({
  SIGNING_CARRIERS: `posten=whsec_${Buffer.from('test-only-test-only-test-only').toString('base64')}`,
})
const NOTHING = { blanked: 0, deleted: 0, events: 0, files: 0 }

const eraseNow = (orderIds: string[], keeps: Kept[] = ['accounts']) =>
  db.transaction().execute((trx) => eraseOrders(trx, deps, { erasureId: crypto.randomUUID(), orderIds, keeps }))

/** A shipment of an order that its customer has. */
async function delivered(trackingNumber: string) {
  const sent = await requested()
  await call('warehouse', 'PUT', `/shipments/${sent.id}/dispatch`, { carrier: 'Posten', trackingNumber })
  await call('warehouse', 'PUT', `/shipments/${sent.id}/delivery`, { receivedBy: 'Kari Nabo', takenBy: 'customer' })
  return sent
}

t.test('goods that are not with the customer yet need their address', async (t) => {
  const { id, orderId } = await requested()
  t.strictSame((await eraseNow([orderId])).postponed, [{ orderId, why: 'order-open' }])
  await call('warehouse', 'PUT', `/shipments/${id}/dispatch`, { carrier: 'Posten', trackingNumber: 'TEST0000001NO' })
  t.strictSame((await eraseNow([orderId])).postponed, [{ orderId, why: 'order-open' }])
})

t.test('so do goods that are to come back', async (t) => {
  const { orderId } = await delivered('TEST0000002NO')
  await hear('WithdrawalDeclared', orderId, { returnId: crypto.randomUUID(), goodsSent: true })
  t.strictSame((await eraseNow([orderId])).postponed, [{ orderId, why: 'case-open' }])
})

t.test('what is delivered is erased, once, and its shipment is read as before', async (t) => {
  const { id, orderId } = await delivered('TEST0000003NO')
  const status = async () => (await call('support', 'GET', `/shipments/${id}`)).body.status
  const answer = await eraseNow([orderId])
  t.strictSame([answer.erased, answer.postponed], [[orderId], []])
  t.ok(answer.counts.blanked > 0 && answer.counts.events > 0)
  t.strictSame((await eraseNow([orderId])).counts, NOTHING)
  t.equal(await status(), 'delivered')
})

t.test('an order that shipping never heard of has nothing here', async (t) => {
  const stranger = crypto.randomUUID()
  const { erased, counts } = await eraseNow([stranger])
  t.strictSame([erased, counts], [[stranger], NOTHING])
})

t.test('what a carrier tells of the parcel afterwards names nobody', async (t) => {
  const trackingNumber = 'TEST0000004NO'
  const { id, orderId } = await delivered(trackingNumber)
  await eraseNow([orderId])
  const carrier = deps.carriers.named('posten')!
  const said = { place: 'Nabovegen 9', receivedBy: 'Solveig Sen', detail: 'hos Solveig Sen', leftAt: 'NEIGHBOR' }
  const event = { key: 'late', code: 'delivered', occurredAt: clock.at, ...said }
  await db.transaction().execute(async (trx) => {
    await lockParcel(trx, { carrier: carrier.name, trackingNumber }, clock.at, id)
    await hearEvents(trx, carrier, trackingNumber, [event], clock.now())
  })
  t.equal((await pool.query(`select from carrier_event where event_key = 'late'`)).rowCount, 1)
  t.strictSame(await placesOf(pool, ['Nabovegen 9', 'Solveig Sen', 'NEIGHBOR']), [])
})
