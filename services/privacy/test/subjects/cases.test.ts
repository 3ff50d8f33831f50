import t from 'tap'
import { runRetention } from '../../retention/run.ts'
import { readHolding } from '../../subjects/store.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const { db, deps, clock, call, hear } = await startPrivacyForTest()
const COUNTS = { blanked: 1, deleted: 0, events: 1, files: 0 }
const email = 'kari@example.com'
const casesOf = (orderId: string, system = 'shop-cases') =>
  readHolding(db, { controller: 'smartgroup', system, record: orderId })
const instant = (moment: string | null | undefined) => moment && Temporal.Instant.from(moment).toString()

async function delivered() {
  const orderId = crypto.randomUUID()
  const lines = [{ lineId: '1', quantity: 1, sku: 'A', name: 'A', traits: { longLived: true } }]
  await hear('OrderPlaced', { orderId, seller: 'smartgroup', lines, personal: { email, shippingAddress: {} } })
  await hear('PaymentCaptured', { orderId, capturedAt: '2026-06-03T10:00:00Z' })
  await hear('OrderDelivered', { orderId, deliveredAt: '2026-06-05T10:00:00Z' })
  return orderId
}
const withdraw = async (orderId: string, closedAt?: string) => {
  const returnId = crypto.randomUUID()
  await hear('WithdrawalDeclared', { orderId, returnId })
  if (closedAt) await hear('ReturnClosed', { orderId, returnId, closedAt })
  return returnId
}
const asked = async (orderId: string) => {
  const { items } = (await call('support', 'GET', '/erasures?open=true')).body
  return items.filter(({ records }: { records: string[] }) => records.includes(orderId))
}

t.test(
  'what was said in a case is kept 36 months from the end of the last case of its order, and no longer',
  async (t) => {
    const orderId = await delivered()
    t.equal(await casesOf(orderId), undefined, 'nobody said anything')
    await withdraw(orderId, '2026-07-10T10:00:00Z')
    t.equal(instant((await casesOf(orderId))?.due_at), '2029-07-10T22:00:00Z')
    await withdraw(orderId, '2026-08-20T10:00:00Z')
    await withdraw(orderId, '2026-08-01T10:00:00Z')
    t.equal(instant((await casesOf(orderId))?.due_at), '2029-08-20T22:00:00Z')
    const open = await withdraw(orderId)
    t.equal((await casesOf(orderId))?.open, true)
    await hear('ReturnClosed', { orderId, returnId: open, closedAt: '2026-08-02T10:00:00Z' })

    clock.at = '2029-08-20T21:00:00Z'
    await runRetention(deps, 'smartgroup')
    t.strictSame(await asked(orderId), [])
    clock.at = '2029-08-20T22:00:00Z'
    await runRetention(deps, 'smartgroup')
    const [erasure, ...others] = await asked(orderId)
    t.match(erasure, { system: 'shop-cases', keeps: ['order'], cause: 'retention-over' })
    t.strictSame(others, [], 'the order has its own time')

    t.test('returns alone has any, and its answer is enough; what others say of it keeps nothing', async (t) => {
      const of = { erasureId: erasure.id, counts: COUNTS }
      await hear('OrderDataErased', { ...of, erased: [], postponed: [{ orderId, why: 'order-open' }] })
      t.equal((await asked(orderId)).length, 1)
      await hear('ReturnDataErased', { ...of, erased: [orderId], postponed: [] })
      t.strictSame(await asked(orderId), [])
      t.equal((await casesOf(orderId))?.status, 'erased')
      t.equal((await casesOf(orderId, 'shop'))?.status, 'held')
    })

    t.test('and a case of later has its own time', async (t) => {
      await withdraw(orderId, '2029-09-01T10:00:00Z')
      const held = (await casesOf(orderId))!
      t.strictSame([held.status, instant(held.due_at)], ['held', '2032-09-01T22:00:00Z'])
    })
    clock.at = '2026-06-15T09:05:00Z'
  },
)

t.test('with an order its cases are gone, and whoever asks for erasure is rid of both', async (t) => {
  const orderId = await delivered()
  await withdraw(orderId, '2026-06-14T10:00:00Z')
  await call('support', 'PUT', `/requests/${crypto.randomUUID()}`, {
    ...{ controller: 'smartgroup', kind: 'erase', channel: 'signed-in' },
    identifiers: [{ kind: 'email', value: email }],
  })
  const both = await asked(orderId)
  t.strictSame(new Set(both.map(({ keeps }: { keeps: string[] }) => keeps.join())), new Set(['accounts', 'order']))
  const whole = both.find(({ system }: { system: string }) => system === 'shop')
  for (const name of ['OrderDataErased', 'ShipmentDataErased', 'ReturnDataErased'] as const)
    await hear(name, { erasureId: whole.id, erased: [orderId], postponed: [], counts: COUNTS })
  t.equal(await casesOf(orderId), undefined)
  t.strictSame((await casesOf(orderId, 'shop'))?.category, 'accounting')
  await withdraw(orderId, '2026-06-16T10:00:00Z')
  t.match(await casesOf(orderId), { status: 'held' }, 'who comes back after that is heard')
})

t.test('nobody tells or answers of them but our own services', async (t) => {
  const body = { category: 'support', identifiers: [{ kind: 'email', value: email }], facts: {} }
  const { status } = await call('holder', 'PUT', '/holdings/smartgroup/shop-cases/x-1', body)
  t.equal(status, 409)
})
