import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { checkFailures } from '../../failed/jobs/watch-failed.ts'
import { startFailingHouse } from './failing-house.ts'

const { db, deps, call, sent, tells, put, read, toldOf, reportsOf, alarmsOf, isListed, withdraws, at } =
  await startFailingHouse()
const THIRD = '2026-06-03T10:00:00Z'
const TENTH = '2026-06-10T10:00:00Z'
const all = [
  { lineId: '1', quantity: 2, amount: 1 },
  { lineId: '2', quantity: 1, amount: 1 },
]
const failures = ['DeliveryFailed', 'DeliveryFailureEnded'] as const

t.test('W053: a parcel that was refused or not fetched calls for a person, once, and withdraws nobody', async (t) => {
  for (const failure of ['refused', 'uncollected'] as const) {
    const { id, orderId, trackingNumber } = await sent()
    await tells(trackingNumber, failure, THIRD)
    await changesNothing(db, () => checkFailures(deps))
    const [told, ...more] = await toldOf(id, ...failures)
    t.hasStrict(told, { type: 'DeliveryFailed', orderId, failure, failedAt: THIRD, dueOn: '2026-06-10' })
    t.hasStrict(told!.reasons![0], { code: 'refusing-says-nothing', cites: [{ clause: '8.3' }, { section: '§ 20' }] })
    t.strictSame(more, [])
    t.strictSame(await reportsOf(id), [], 'nothing was lost')
    t.ok(await isListed(id))
    t.strictSame(await alarmsOf('parcel-not-delivered', id), [], 'before its day')
    const counted = async () => (await call('support', 'GET', '/work/counts')).body.failedDeliveries
    const { items } = (await call('warehouse', 'GET', '/failed-deliveries')).body
    t.strictSame(await counted(), { count: items.length, overdue: 0 })
    at('2026-06-11T10:00:00Z')
    t.strictSame(await counted(), { count: items.length, overdue: items.length })
    at('2026-06-09T22:00:00Z')
    t.hasStrict(await alarmsOf('parcel-not-delivered', id), [{ detail: { failure, dueOn: '2026-06-10' } }])
  }
})

t.test('that it comes back is the same failure, and not a second one', async (t) => {
  const { id, trackingNumber } = await sent()
  await tells(trackingNumber, 'uncollected', THIRD)
  await tells(trackingNumber, 'returned', TENTH)
  t.strictSame(
    (await toldOf(id, ...failures)).map(({ type, failure }) => [type, failure]),
    [['DeliveryFailed', 'uncollected']],
  )
  t.equal((await read(id)).status, 'returned')
})

t.test('what comes back without that anybody refused it is no failure of the customer’s', async (t) => {
  const { id, trackingNumber } = await sent()
  await tells(trackingNumber, 'returned', THIRD)
  const [told] = await toldOf(id, ...failures)
  t.equal(told!.failure, 'returned')
  t.notOk(told!.reasons!.some(({ code }) => code === 'refusing-says-nothing'))
})

t.test('what the carrier told wrongly ends by itself: it is on its way again, or was delivered', async (t) => {
  for (const [code, outcome] of [
    ['in-transit', 'under-way'],
    ['taken-by-customer', 'delivered'],
  ] as const) {
    const { id, trackingNumber } = await sent()
    await tells(trackingNumber, 'refused', THIRD)
    await tells(trackingNumber, code, '2026-06-04T10:00:00Z')
    t.hasStrict((await toldOf(id, ...failures)).slice(1), [{ type: 'DeliveryFailureEnded', outcome }])
    t.notOk(await isListed(id))
  }
  const { id, trackingNumber } = await sent()
  await tells(trackingNumber, 'refused', THIRD)
  await tells(trackingNumber, 'in-transit', '2026-06-04T10:00:00Z')
  await tells(trackingNumber, 'refused', '2026-06-05T10:00:00Z')
  t.strictSame(
    (await toldOf(id, ...failures)).map(({ type }) => type),
    ['DeliveryFailed', 'DeliveryFailureEnded', 'DeliveryFailed'],
    'refused once more',
  )
})

t.test('of what was told in one go only the last counts', async (t) => {
  const { id, trackingNumber } = await sent()
  at('2026-06-05T10:00:00Z')
  await call('warehouse', 'PUT', `/shipments/${id}/whereabouts`, { report: 'lost', occurredAt: THIRD })
  await tells(trackingNumber, 'taken-by-customer', '2026-06-05T10:00:00Z')
  t.strictSame(await toldOf(id, ...failures, 'DamageReported'), [])
})

t.test('goods that were scanned in are sent again, once, and nobody pays for them again', async (t) => {
  const { id, orderId, trackingNumber } = await sent()
  await tells(trackingNumber, 'uncollected', THIRD)
  const sending = `/shipments/${id}/failed-delivery/sending`
  assertProblem(await call('support', 'PUT', sending), 409, 'goods-not-back', /not known to be back/)
  at(TENTH)
  const parcel = crypto.randomUUID()
  await put(`/inbound-parcels/${parcel}`, { trackingNumber }, 'warehouse')
  t.equal((await read(id)).status, 'returned', 'scanned in, they are back')
  await put(`/inbound-parcels/${parcel}/closing`, { content: 'empty' }, 'warehouse')
  const [one, two] = await Promise.all([put(sending), put(sending)])
  t.equal(one.failed.replacementId, two.failed.replacementId, 'of two at once there is one')
  const { replacementId } = one.failed
  const requested = (await toldOf(replacementId, 'ShipmentRequested'))[0]!
  t.hasStrict(requested, { orderId, replaces: id, originalShipmentId: id })
  t.strictSame(
    requested.lines!.map(({ lineId, quantity }) => [lineId, quantity]),
    [
      ['1', 2],
      ['2', 1],
    ],
  )
  t.hasStrict((await toldOf(id, ...failures)).at(-1), { outcome: 'sent-again', replacementId })
  t.notOk(await isListed(id))
  t.hasStrict((await call('support', 'GET', `/inbound-parcels/${parcel}`)).body, { unsettled: false })
  await put(`/shipments/${replacementId}/dispatch`, { carrier: 'Oslo Bud', trackingNumber: 'AGAIN' }, 'warehouse')
  await put(`/shipments/${replacementId}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' }, 'warehouse')
  t.hasStrict((await toldOf(replacementId, 'ShipmentDelivered'))[0], { originalShipmentId: id })
})

t.test(
  'told to be received after all, before it came back: what was sent again stays here, and a person looks',
  async (t) => {
    const comeBack = async () => {
      const { id, trackingNumber } = await sent()
      await tells(trackingNumber, 'returned', TENTH)
      const { failed } = await put(`/shipments/${id}/failed-delivery/sending`)
      return { id, trackingNumber, replacementId: failed.replacementId as string }
    }
    const late = (trackingNumber: string) =>
      tells(trackingNumber, 'taken-by-customer', '2026-06-11T10:00:00Z', { occurredAt: THIRD })

    const here = await comeBack()
    await late(here.trackingNumber)
    t.hasStrict(await read(here.id), { status: 'delivered', doubts: [{ failure: 'returned', occurredAt: TENTH }] })
    t.hasStrict((await toldOf(here.id, ...failures)).at(-1), { outcome: 'delivered', stopped: here.replacementId })
    t.equal((await read(here.replacementId)).status, 'cancelled')
    t.equal((await read(here.id)).failed.replacementId, undefined, 'nothing leaves instead of it')
    t.equal((await alarmsOf('delivery-doubted', here.id)).length, 1)
    await put(`/shipments/${here.id}/delivery/correction`, { why: 'Kari never had it.' })
    t.ok(await isListed(here.id), 'and where the delivery was none, it calls for a person as before')
    const again = await put(`/shipments/${here.id}/failed-delivery/sending`)
    t.equal((await read(again.failed.replacementId)).status, 'requested')

    const gone = await comeBack()
    const parcel = { carrier: 'Oslo Bud', trackingNumber: crypto.randomUUID() }
    await put(`/shipments/${gone.replacementId}/dispatch`, parcel, 'warehouse')
    await late(gone.trackingNumber)
    t.equal((await read(gone.replacementId)).status, 'dispatched')
    t.equal((await alarmsOf('delivery-doubted', gone.id)).length, 1)
  },
)

t.test('a customer who withdraws in words ends it, and the goods are not sent again', async (t) => {
  const { id, orderId, trackingNumber } = await sent()
  await tells(trackingNumber, 'refused', THIRD)
  await withdraws(orderId, [all[0]!])
  t.ok(await isListed(id), 'not by withdrawing from some of it')
  await withdraws(orderId, [all[1]!])
  t.hasStrict((await toldOf(id, ...failures)).at(-1), { type: 'DeliveryFailureEnded', outcome: 'withdrawn' })
  await tells(trackingNumber, 'returned', TENTH)
  t.notOk(await isListed(id))
  t.equal((await call('support', 'PUT', `/shipments/${id}/failed-delivery/sending`)).status, 409)
})

t.test('goods that were withdrawn from before they came back are no failure', async (t) => {
  const { id, orderId, trackingNumber } = await sent()
  await withdraws(orderId, all)
  await tells(trackingNumber, 'refused', THIRD)
  t.strictSame(await toldOf(id, ...failures), [])
})

t.test('a person says how it was seen to; the first word stands', async (t) => {
  const { id, trackingNumber } = await sent()
  const closing = `/shipments/${id}/failed-delivery/closing`
  const why = 'The firm fetches it at our warehouse.'
  assertProblem(await call('support', 'PUT', closing, { why }), 409, 'delivery-not-failed', /waits for anybody/)
  await tells(trackingNumber, 'refused', THIRD)
  assertProblem(await call('customer', 'PUT', closing, { why }), 403, 'scope-missing', /staff/)
  assertProblem(await call('support', 'PUT', closing, { why: ' ' }), 400, 'invalid-input', /why/)
  t.hasStrict(await put(closing, { why }), { failed: { ended: 'closed', why } })
  t.hasStrict(await put(closing, { why: 'Something else.' }), { failed: { why } })
  await tells(trackingNumber, 'returned', TENTH)
  t.notOk(await isListed(id))
  t.ok((await put(`/shipments/${id}/failed-delivery/sending`)).failed.replacementId, 'and is sent again all the same')
})
