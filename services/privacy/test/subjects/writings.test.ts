import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import { personalPathsOf } from '@vilkar/contracts/erased.ts'
import { example } from '@vilkar/contracts/test/examples.ts'
import t from 'tap'
import { eraseAgain } from '../../retention/run.ts'
import { reactions } from '../../service.ts'
import { hearOfWriting } from '../../subjects/of-the-shop.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const { pool, deps, clock, call, hear } = await startPrivacyForTest()
const COUNTS = { blanked: 1, deleted: 0, events: 1, files: 0 }
const ANSWERS = ['OrderDataErased', 'ShipmentDataErased', 'ReturnDataErased'] as const
const ALL = Object.keys(reactions) as (keyof typeof reactions)[]
const NAMES = ALL.filter((name) => reactions[name] === hearOfWriting)
const OTHERS = [...allEvents.orders, ...allEvents.shipping, ...allEvents.returns]

/** Whether an event of others is about one order and has a place for what is personal, or says that such was written. */
function saysSomething(name: string) {
  if (name.endsWith('WrittenSince')) return true
  const { properties } = OTHERS.find((event) => nameOf(event) === name)!.properties.data
  return 'orderId' in properties && personalPathsOf(name).some(([field]) => field! in properties)
}

async function anOrder() {
  const orderId = crypto.randomUUID()
  await hear('OrderPlaced', { orderId, seller: 'smartgroup' })
  await hear('PaymentCaptured', { orderId, capturedAt: '2026-06-03T10:00:00Z' })
  await hear('OrderDelivered', { orderId, deliveredAt: '2026-06-05T10:00:00Z' })
  return orderId
}
const askedFor = async (orderId: string) =>
  (await call('support', 'GET', '/erasures?open=true')).body.items.filter(({ records }: { records: string[] }) =>
    records.includes(orderId),
  )
async function answered(erasureId: string, orderId: string) {
  for (const name of ANSWERS) await hear(name, { erasureId, erased: [orderId], postponed: [], counts: COUNTS })
}
const askToErase = async (orderId: string) => {
  const id = crypto.randomUUID()
  const body = { controller: 'smartgroup', orderIds: [orderId], why: 'Kunden ba om det' }
  t.equal((await call('support', 'PUT', `/erasures/${id}`, body)).status, 200)
  return id
}
/** What there is of an order, with the transaction that wrote each row last. */
const rowsOf = async (orderId: string) => {
  const { rows } = await pool.query(
    `select xmin::text, heard_again_at::text as said from order_held where order_id = $1
     union all select xmin::text, status from holding where record = $1::text`,
    [orderId],
  )
  return rows
}

t.test('every event of others that may say something of a person is heard', async (t) => {
  t.strictSame(
    OTHERS.map(nameOf).filter((name) => saysSomething(name) && !Object.hasOwn(reactions, name)),
    [],
  )
  t.strictSame(
    NAMES.filter((name) => !saysSomething(name)),
    [],
    'and none for that alone that says nothing',
  )
})

for (const name of NAMES) {
  t.test(`${name} of an order that was erased has it erased again, once`, async (t) => {
    const orderId = await anOrder()
    await answered(await askToErase(orderId), orderId)
    await eraseAgain(deps, 'smartgroup')
    t.strictSame(await askedFor(orderId), [])
    await hear(name, { orderId })
    await eraseAgain(deps, 'smartgroup')
    const [again, ...more] = await askedFor(orderId)
    t.match(again, { keeps: ['accounts'] })
    t.strictSame(more, [])
    await answered(again.id, orderId)
    await eraseAgain(deps, 'smartgroup')
    t.strictSame(await askedFor(orderId), [])
  })

  t.test(`${name} of an order that is held writes nothing`, async (t) => {
    const orderId = await anOrder()
    const before = await rowsOf(orderId)
    await hear(name, { orderId })
    t.strictSame(await rowsOf(orderId), before)
    t.equal(before.length, 2)
  })

  t.test(`${name} of an order that nobody told of is let pass`, async (t) => {
    const orderId = crypto.randomUUID()
    await hear(name, { orderId })
    t.strictSame(await rowsOf(orderId), [])
  })
}

t.test('what comes while an erasure is asked for goes as well', async (t) => {
  const orderId = await anOrder()
  const id = await askToErase(orderId)
  await hear('DamageReported', { orderId })
  await answered(id, orderId)
  await eraseAgain(deps, 'smartgroup')
  t.match(await askedFor(orderId), [{ keeps: ['accounts'] }])
})

t.test('so does what comes once nothing is held of an order, its accounts neither', async (t) => {
  const orderId = crypto.randomUUID()
  await hear('OrderPlaced', { orderId, seller: 'smartgroup' })
  await hear('OrderCancelled', { orderId, cancelledAt: clock.at })
  await answered(await askToErase(orderId), orderId)
  t.equal((await rowsOf(orderId))[1].said, 'erased')
  await hear('CircumstanceRecorded', { orderId })
  await eraseAgain(deps, 'smartgroup')
  t.match(await askedFor(orderId), [{ keeps: [] }])
})

t.test('an order whose seller is not known yet is noted by nobody', async (t) => {
  const orderId = crypto.randomUUID()
  await hear('PaymentCaptured', { orderId, capturedAt: clock.at })
  const before = await rowsOf(orderId)
  await hear('DamageReported', { orderId, personal: example('DamageReported').data.personal })
  t.strictSame(await rowsOf(orderId), before)
  t.equal(before.length, 1)
})
