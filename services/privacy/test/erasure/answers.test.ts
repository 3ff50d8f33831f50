import t from 'tap'
import { settleRequests } from '../../requests/settle.ts'
import { eraseAgain, runRetention } from '../../retention/run.ts'
import { readHolding } from '../../subjects/store.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const { db, deps, clock, call, hear } = await startPrivacyForTest()
const COUNTS = { blanked: 3, deleted: 1, events: 2, files: 0 }
const ofShop = (orderId: string) => readHolding(db, { controller: 'smartgroup', system: 'shop', record: orderId })
const ANSWERS = ['OrderDataErased', 'ShipmentDataErased', 'ReturnDataErased'] as const

async function anOrder() {
  const orderId = crypto.randomUUID()
  await hear('OrderPlaced', { orderId, seller: 'smartgroup' })
  await hear('PaymentCaptured', { orderId, capturedAt: '2026-06-03T10:00:00Z' })
  await hear('OrderDelivered', { orderId, deliveredAt: '2026-06-05T10:00:00Z' })
  return orderId
}
async function erased(orderIds: string[]) {
  const id = crypto.randomUUID()
  const body = { controller: 'smartgroup', orderIds, why: 'Kunden ba om det' }
  t.equal((await call('support', 'PUT', `/erasures/${id}`, body)).status, 200)
  return id
}
const answer = (name: (typeof ANSWERS)[number], erasureId: string, gone: string[], left: string[] = []) =>
  hear(name, {
    ...{ erasureId, erased: gone, counts: COUNTS },
    postponed: left.map((orderId) => ({ orderId, why: 'case-open' })),
  })

t.test('an order is gone when all three services have said so, and its accounts are held on', async (t) => {
  const orderId = await anOrder()
  const id = await erased([orderId])
  t.equal((await ofShop(orderId))?.status, 'due')
  for (const name of ANSWERS.slice(0, 2)) await answer(name, id, [orderId])
  t.match((await call('support', 'GET', `/erasures/${id}`)).body, { awaited: ['returns'], settledAt: undefined })
  t.equal((await ofShop(orderId))?.status, 'due')
  await answer('ReturnDataErased', id, [orderId])
  const held = (await ofShop(orderId))!
  t.match(held, { status: 'held', category: 'accounting', facts: { on: { document: '2026-06-03' } } })
  t.equal(Temporal.Instant.from(held.due_at!).toString(), '2031-12-31T23:00:00Z')
  t.test('and go with their time, by an erasure that keeps nothing', async (t) => {
    clock.at = '2032-01-01T00:00:00Z'
    await runRetention(deps, 'smartgroup')
    const { body } = await call('support', 'GET', '/erasures?open=true')
    const last = body.items.find(({ records }: { records: string[] }) => records.includes(orderId))
    t.match(last, { keeps: [], cause: 'retention-over' })
    for (const name of ANSWERS) await answer(name, last.id, [orderId])
    t.match(await ofShop(orderId), { status: 'erased', subjects: [] })
    clock.at = '2026-06-15T09:05:00Z'
  })
})

t.test('what one service cannot let go is asked for again the next day, of all of them', async (t) => {
  const [open, done] = [await anOrder(), await anOrder()]
  const id = await erased([open, done])
  await answer('OrderDataErased', id, [open, done])
  await answer('ReturnDataErased', id, [done], [open])
  await answer('ShipmentDataErased', id, [open, done])
  const held = (await ofShop(open))!
  t.equal(held.status, 'held')
  t.equal(Temporal.Instant.from(held.postponed_until!).toString(), '2026-06-16T09:05:00Z')
  t.equal((await ofShop(done))?.category, 'accounting')
})

t.test('an answer that comes twice, or to no erasure of ours, changes nothing', async (t) => {
  const orderId = await anOrder()
  const id = await erased([orderId])
  for (const name of [...ANSWERS, ...ANSWERS]) await answer(name, id, [orderId])
  await answer('OrderDataErased', id, [], [orderId])
  t.equal((await call('support', 'GET', `/erasures/${id}`)).body.answers.length, 3)
  t.equal((await ofShop(orderId))?.category, 'accounting')
  await t.resolves(answer('OrderDataErased', crypto.randomUUID(), [orderId]))
})

t.test('a system of others answers for every record, once', async (t) => {
  const url = '/holdings/smartphoto/albums/album-1'
  const facts = { on: { uploaded: '2020-01-01' }, account: false }
  await call('holder', 'PUT', url, { category: 'cat5', identifiers: [{ kind: 'email', value: 'a@b.no' }], facts })
  await runRetention(deps, 'smartphoto')
  const [{ id, records, reasons }] = (await call('holder', 'GET', '/erasures/of-system/albums')).body.items
  t.strictSame(records, ['album-1'])
  t.match(reasons[0].cites[0].section, 'Art. 4')
  const no = await call('holder', 'PUT', `/erasures/${id}/answer`, { erased: ['album-2'], counts: COUNTS })
  t.match([no.status, no.body.type, no.body.unnamed], [409, '/problems/answer-incomplete', ['album-1']])
  const yes = await call('holder', 'PUT', `/erasures/${id}/answer`, { erased: ['album-1'], counts: COUNTS })
  t.match(yes.body, { awaited: [], answers: [{ holder: 'albums', erased: ['album-1'], counts: COUNTS }] })
  t.strictSame((await call('holder', 'GET', '/erasures/of-system/albums')).body.items, [])
  t.equal(
    (await call('holder', 'PUT', url, { category: 'cat5', identifiers: [], facts: {} })).body.status,
    'held',
    'uploaded anew',
  )
})

t.test('of an order of a photo store its accounts are held on as the law at its seat says, and then go', async (t) => {
  const person = { kind: 'email', value: 'ola@example.com' }
  const url = '/holdings/smartphoto/photo-orders/order-1'
  const facts = { on: { lastOrder: '2026-03-10', document: '2026-03-12' } }
  await call('holder', 'PUT', url, { category: 'cat3', identifiers: [person], facts })
  const wish = { controller: 'smartphoto', kind: 'erase', channel: 'signed-in', identifiers: [person] }
  const requestId = crypto.randomUUID()
  const { body: request } = await call('storefront', 'PUT', `/requests/${requestId}`, wish)
  t.match(request.kept, [{ record: 'order-1', until: '2036-12-31' }], 'and the person is told so')
  const open = async () => (await call('holder', 'GET', '/erasures/of-system/photo-orders')).body.items
  const [asked] = await open()
  t.match(asked, { records: ['order-1'], keeps: ['accounts'], cause: 'requested' })
  await call('holder', 'PUT', `/erasures/${asked.id}/answer`, { erased: ['order-1'], counts: COUNTS })
  const held = (await readHolding(db, { controller: 'smartphoto', system: 'photo-orders', record: 'order-1' }))!
  t.match(held, { status: 'held', category: 'accounting', facts: { on: { document: '2026-03-12' } } })
  t.equal(Temporal.Instant.from(held.due_at!).toString(), '2036-12-31T23:00:00Z')
  await settleRequests(deps)
  t.strictSame(await open(), [], 'and is not asked for again before that')
  clock.at = '2037-01-01T00:00:00Z'
  await runRetention(deps, 'smartphoto')
  const [last] = await open()
  t.match(last, { records: ['order-1'], keeps: [], cause: 'retention-over' })
  await call('holder', 'PUT', `/erasures/${last.id}/answer`, { erased: ['order-1'], counts: COUNTS })
  const gone = await readHolding(db, { controller: 'smartphoto', system: 'photo-orders', record: 'order-1' })
  t.match(gone, { status: 'erased', subjects: [] })
  clock.at = '2026-06-15T09:05:00Z'
})

t.test('where a system said no day of a document, that of the order counts for its accounts', async (t) => {
  const url = '/holdings/smartphoto/photo-orders/order-2'
  await call('holder', 'PUT', url, { category: 'cat3', identifiers: [], facts: { on: { lastOrder: '2024-01-10' } } })
  await runRetention(deps, 'smartphoto')
  const [asked] = (await call('holder', 'GET', '/erasures/of-system/photo-orders')).body.items
  t.match(asked, { records: ['order-2'], keeps: ['accounts'], cause: 'retention-over' })
  await call('holder', 'PUT', `/erasures/${asked.id}/answer`, { erased: ['order-2'], counts: COUNTS })
  const held = (await readHolding(db, { controller: 'smartphoto', system: 'photo-orders', record: 'order-2' }))!
  t.match(held, { status: 'held', category: 'accounting' })
  t.equal(Temporal.Instant.from(held.due_at!).toString(), '2034-12-31T23:00:00Z')
})

t.test('accounts are named at the door of every controller', async (t) => {
  for (const controller of ['smartgroup', 'smartphoto', 'smarti', 'smartorg']) {
    const url = `/holdings/${controller}/ledger/entry-1`
    const facts = { on: { document: '2026-03-12' } }
    const { status } = await call('holder', 'PUT', url, { category: 'accounting', identifiers: [], facts })
    t.equal(status, 200, controller)
  }
})

const openFor = async (orderId: string) =>
  (await call('support', 'GET', '/erasures?open=true')).body.items.filter(({ records }: { records: string[] }) =>
    records.includes(orderId),
  )

t.test(
  'what is said of an order after it was erased has it erased again, once nothing of it is under way',
  async (t) => {
    const orderId = await anOrder()
    const id = await erased([orderId])
    for (const name of ANSWERS) await answer(name, id, [orderId])
    await eraseAgain(deps, 'smartgroup')
    t.strictSame(await openFor(orderId), [], 'nothing was heard since')
    const returnId = crypto.randomUUID()
    await hear('EmailCorrected', { orderId })
    await hear('ComplaintReceived', { orderId, returnId })
    await eraseAgain(deps, 'smartgroup')
    t.strictSame(await openFor(orderId), [], 'a complaint is under way')
    await hear('ComplaintAssessed', { orderId, returnId, outcome: 'rejected' })
    await Promise.all([eraseAgain(deps, 'smartgroup'), eraseAgain(deps, 'smartgroup')])
    const asked = await openFor(orderId)
    t.equal(asked.length, 1, 'once')
    t.match(asked[0], { keeps: ['accounts'] })
    for (const name of ANSWERS) await answer(name, asked[0].id, [orderId])
    t.match(await ofShop(orderId), { status: 'held', category: 'accounting' })
    await eraseAgain(deps, 'smartgroup')
    t.strictSame(await openFor(orderId), [])
  },
)

t.test('what staff had erased and a service could not let go is asked for again, until it is gone', async (t) => {
  const orderId = await anOrder()
  const id = await erased([orderId])
  for (const name of ANSWERS) await answer(name, id, [], [orderId])
  await eraseAgain(deps, 'smartgroup')
  t.strictSame(await openFor(orderId), [], 'not the same day')
  clock.at = '2026-06-16T10:00:00Z'
  await eraseAgain(deps, 'smartgroup')
  t.match(await openFor(orderId), [{ keeps: ['accounts'] }])
  clock.at = '2026-06-15T09:05:00Z'
})
