import assert from 'node:assert/strict'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { checkRisks } from '../../risk/jobs/watch-risk.ts'
import { tellRiskOf } from '../../risk/tell-risk.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { db, clock, deps, hear, call, requested } = await startShippingForTest()
const look = () => checkRisks(deps)
const LEFT = '2026-06-02T12:00:00Z'
const put = async (id: string, path: string, body: object, role = 'warehouse') => {
  const answer = await call(role, 'PUT', `/shipments/${id}/${path}`, body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
async function dispatched(changes: object = {}, lines?: object[]) {
  const shipment = await requested(changes)
  clock.at = LEFT
  const { restId } = await put(shipment.id, 'dispatch', {
    carrier: 'Posten',
    trackingNumber: 'T1',
    ...(lines && { lines }),
  })
  return { ...shipment, restId }
}
const deliver = (id: string, receivedAt: string) => {
  clock.at = receivedAt
  return put(id, 'delivery', { receivedBy: 'Kari', takenBy: 'customer' })
}
const passedOf = async (id: string) =>
  (
    await db
      .selectFrom('outbox')
      .select('data')
      .where('aggregate_id', '=', id)
      .where('type', '=', 'RiskPassed')
      .orderBy('aggregate_version')
      .execute()
  ).map(({ data }) => data as { to: string; passedAt: string; lines: object[]; reasons: { code: string }[] })
const risk = async (id: string, at?: string) =>
  (await call('support', 'GET', `/shipments/${id}/risk${at ? `?at=${at}` : ''}`)).body
const all = [
  { lineId: '1', quantity: 2 },
  { lineId: '2', quantity: 1 },
]

t.test('of a business it is told to have passed at the handover, once', async (t) => {
  const { id } = await dispatched({ customerKind: 'business' })
  await look()
  await changesNothing(db, look)
  const [passed, ...more] = await passedOf(id)
  t.hasStrict(passed, { to: 'customer', passedAt: LEFT, lines: all, reasons: [{ code: 'handed-over' }] })
  t.strictSame(more, [])
})

t.test(
  'a look whose moment was read before a shipment was asked for tells nothing, and the next one tells it',
  async (t) => {
    const { id, orderId } = await dispatched({ customerKind: 'business' })
    const before = Temporal.Instant.from('2026-05-01T00:00:00Z')
    await deps.db.transaction().execute((trx) => tellRiskOf(trx as never, orderId, before))
    t.strictSame(await passedOf(id), [])
    await look()
    t.equal((await passedOf(id)).length, 1)
  },
)

t.test('of a consumer it is told when the right to withdraw has ended, by the clock alone', async (t) => {
  const { id } = await dispatched()
  await deliver(id, '2026-06-04T14:30:00Z')
  await look()
  t.strictSame(await passedOf(id), [])
  clock.at = '2026-06-18T21:59:59Z'
  await changesNothing(db, look)
  clock.at = '2026-06-18T22:00:00Z'
  t.strictSame(await rowsAdded(db, look), { outbox: 1 })
  await changesNothing(db, look)
  t.hasStrict(await passedOf(id), [{ to: 'customer', passedAt: '2026-06-18T22:00:00Z', lines: all }])
})

t.test('two processes that look at the same time tell it once', async (t) => {
  const { id } = await dispatched({ customerKind: 'business' })
  await Promise.all([look(), look(), look()])
  t.equal((await passedOf(id)).length, 1)
})

t.test(
  'the period begins with the last parcel of the order, so the first stays at the seller’s risk until then',
  async (t) => {
    const { id, restId } = await dispatched({}, [{ lineId: '1', quantity: 2 }])
    await deliver(id, '2026-06-04T14:30:00Z')
    clock.at = '2026-07-20T10:00:00Z'
    await look()
    t.equal((await risk(id)).bearer, 'seller')
    await put(restId, 'dispatch', { carrier: 'Posten', trackingNumber: 'T2' })
    await deliver(restId, '2026-07-22T10:00:00Z')
    clock.at = '2026-08-05T21:59:59Z'
    await look()
    t.strictSame(await passedOf(id), [])
    clock.at = '2026-08-05T22:00:00Z'
    await look()
    for (const each of [id, restId]) t.equal((await passedOf(each))[0]!.passedAt, '2026-08-05T22:00:00Z')
  },
)

t.test(
  'a parcel that was lost and is paid back is waited for no more, so of the others the period has begun',
  async (t) => {
    const { id, restId } = await dispatched({}, [{ lineId: '1', quantity: 2 }])
    await deliver(id, '2026-06-04T14:30:00Z')
    await put(restId, 'dispatch', { carrier: 'Posten', trackingNumber: 'T2' })
    clock.at = '2026-07-20T10:00:00Z'
    const reportId = crypto.randomUUID()
    const lost = { shipmentId: restId, kind: 'lost', what: 'It fell off the lorry.', reportedBy: 'warehouse' }
    t.equal((await call('warehouse', 'PUT', `/damage-reports/${reportId}`, lost)).status, 200)
    t.equal((await risk(id)).bearer, 'seller', 'it may still come, or be sent again')
    const chosen = await call('support', 'PUT', `/damage-reports/${reportId}/choice`, { choice: 'refund' })
    t.equal(chosen.status, 200, JSON.stringify(chosen.body))
    t.equal((await risk(id)).bearer, 'customer')
    t.equal((await risk(restId)).bearer, 'seller')
    await look()
    t.hasStrict(await passedOf(id), [{ to: 'customer', lines: [{ lineId: '1', quantity: 2 }] }])
    t.strictSame(await passedOf(restId), [])
    await deliver(restId, '2026-08-01T10:00:00Z')
    for (const each of [id, restId]) {
      t.equal((await risk(each)).bearer, 'seller', 'it came after all: the last of the goods begins the period')
      t.equal((await risk(each, '2026-08-17T22:00:00Z')).bearer, 'customer')
    }
  },
)

t.test(
  'goods made to order may not be withdrawn from: of them it passes on receipt, of the others later',
  async (t) => {
    const { lines } = (await import('@vilkar/contracts/test/examples.ts')).example('OrderPlaced').data
    const custom = lines.map((line: { lineId: string; traits: object }) => ({
      ...line,
      traits: { ...line.traits, madeToOrder: line.lineId === '2' },
    }))
    const { id } = await dispatched({ lines: custom })
    await deliver(id, '2026-06-04T14:30:00Z')
    await look()
    const { units, bearer } = await risk(id)
    t.equal(bearer, 'seller')
    t.hasStrict(units, [
      { lineId: '1', quantity: 2, bearer: 'seller' },
      { lineId: '2', quantity: 1, bearer: 'customer', since: '2026-06-04T14:30:00Z' },
    ])
    t.hasStrict(await passedOf(id), [{ lines: [{ lineId: '2', quantity: 1 }] }])
  },
)

t.test(
  'what the customer was not told of keeps the right open for a year, and being told late counts from then',
  async (t) => {
    const { id, orderId } = await dispatched()
    await deliver(id, '2026-06-04T14:30:00Z')
    await hear('EmailCorrected', orderId, { wasFormed: true })
    clock.at = '2026-07-01T10:00:00Z'
    await look()
    t.strictSame(await passedOf(id), [])
    t.equal((await risk(id, '2027-06-18T21:59:59Z')).bearer, 'seller')
    t.equal((await risk(id, '2027-06-18T22:00:00Z')).bearer, 'customer')
    await hear('ContractReconfirmed', orderId, { reconfirmedAt: '2026-07-02T10:00:00Z' })
    const informed = (
      await db.selectFrom('order_to_ship').select('facts').where('order_id', '=', orderId).executeTakeFirstOrThrow()
    ).facts.disclosures
    t.equal(informed?.withdrawalInformationGivenAt, '2026-07-02T10:00:00Z')
    clock.at = '2026-07-16T22:00:00Z'
    await look()
    t.equal((await passedOf(id))[0]?.passedAt, '2026-07-16T22:00:00Z')
  },
)

t.test('of some units it passes and of others not, and a correction gives it back', async (t) => {
  const { id } = await dispatched()
  const own = {
    circumstance: { ownCarrier: true },
    since: LEFT,
    lines: [{ lineId: '1', quantity: 1 }],
    why: 'Her own courier.',
  }
  await put(id, 'circumstances', own, 'support')
  await look()
  t.hasStrict(await passedOf(id), [{ to: 'customer', passedAt: LEFT, lines: [{ lineId: '1', quantity: 1 }] }])
  t.hasStrict((await risk(id)).units, [
    { lineId: '1', quantity: 1, bearer: 'customer' },
    { lineId: '1', quantity: 1, bearer: 'seller' },
    { lineId: '2', quantity: 1, bearer: 'seller' },
  ])
  clock.at = '2026-06-03T12:00:00Z'
  await put(id, 'circumstances', { ...own, since: clock.at, circumstance: { ownCarrier: false } }, 'support')
  await look()
  t.hasStrict((await passedOf(id))[1], { to: 'seller', passedAt: clock.at, lines: [{ lineId: '1', quantity: 1 }] })
  t.equal((await risk(id, '2026-06-02T13:00:00Z')).units[0].bearer, 'customer')
})

t.test('a leave that a carrier claims passes nothing, one that the customer gave does', async (t) => {
  const { id } = await dispatched()
  clock.at = '2026-06-04T14:30:00Z'
  await put(id, 'delivery', { receivedBy: 'nobody', takenBy: 'left-with-leave' })
  t.hasStrict(await risk(id), { bearer: 'seller', reasons: [{ code: 'left-without-authorisation' }] })
  await put(
    id,
    'circumstances',
    { circumstance: { leavingAuthorised: true }, since: LEFT, why: 'Her mail.' },
    'support',
  )
  t.hasStrict(await risk(id), { bearer: 'customer', since: clock.at, reasons: [{ code: 'left-as-authorised' }] })
})

t.test('the door of circumstances', async (t) => {
  const { id } = await dispatched()
  const body = { circumstance: { agreedOnArrival: true }, since: LEFT, why: 'Levert Lysaker, mail of 1 June.' }
  t.test('is for staff, and asks what, since when and how it is known', async () =>
    changesNothing(db, async () => {
      assertProblem(
        await call('customer', 'PUT', `/shipments/${id}/circumstances`, body),
        403,
        'scope-missing',
        /staff/,
      )
      for (const wrong of [
        { ...body, circumstance: {} },
        { ...body, circumstance: { moon: true } },
        { ...body, why: ' ' },
        { ...body, lines: [] },
      ])
        assertProblem(
          await call('support', 'PUT', `/shipments/${id}/circumstances`, wrong),
          400,
          'invalid-input',
          /body/,
        )
    }),
  )
  t.test('records once what is said twice, and refuses what is not in the shipment or still to come', async (t) => {
    t.strictSame(await rowsAdded(db, () => put(id, 'circumstances', body, 'support')), { outbox: 1 })
    await changesNothing(db, () => put(id, 'circumstances', body, 'support'))
    const at = (change: object) => call('support', 'PUT', `/shipments/${id}/circumstances`, { ...body, ...change })
    assertProblem(await at({ lines: [{ lineId: '2', quantity: 2 }] }), 409, 'lines-not-in-shipment', /there are 1/)
    assertProblem(await at({ since: '2099-01-01T00:00:00Z' }), 409, 'circumstance-in-the-future', /later than now/)
  })
})

t.test('of goods that were stopped, all that there were of an order, the seller bears the risk', async (t) => {
  const { id, orderId } = await requested()
  await hear('OrderCancelled', orderId)
  const { status, body } = await call('support', 'GET', `/shipments/${id}/risk`)
  t.hasStrict({ status, body }, { status: 200, body: { bearer: 'seller' } })
  t.hasStrict(await call('support', 'GET', `/shipments/${id}/risk?at=2026-12-24T10:00:00Z`), { status: 200 })
  t.hasStrict(await call('support', 'GET', `/orders/${orderId}/units`), { status: 200 })
})
