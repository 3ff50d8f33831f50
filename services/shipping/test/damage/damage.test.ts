import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createWatch } from '@vilkar/alarms/watch.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { damageSources } from '../../damage/alarms.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { deps, clock, hear, call, requested } = await startShippingForTest()
const LEFT = '2026-06-02T12:00:00Z'
const put = (url: string, body: object | undefined, role = 'warehouse') => call(role, 'PUT', url, body)
const good = async (url: string, body: object | undefined, role?: string) => {
  const answer = await put(url, body, role)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}

async function sent(changes: object = {}) {
  clock.at = LEFT
  const shipment = await requested(changes)
  const { lines } = await good(`/shipments/${shipment.id}/dispatch`, { carrier: 'X', trackingNumber: 'T' })
  return { ...shipment, lines: lines as { lineId: string; quantity: number }[] }
}
async function delivered(receivedAt: string, changes: object = {}) {
  const shipment = await sent(changes)
  clock.at = receivedAt
  await good(`/shipments/${shipment.id}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  return shipment
}
const report = (shipmentId: string, change: object = {}, id: string = randomUUID()) =>
  good(`/damage-reports/${id}`, { shipmentId, kind: 'damaged', reportedBy: 'customer', what: 'Crushed.', ...change })
const read = async (id: string) => (await call('warehouse', 'GET', `/shipments/${id}`)).body
const shipmentsOf = async (orderId: string) =>
  (await call('warehouse', 'GET', `/shipments?orderId=${orderId}`)).body.items as {
    id: string
    lines: object[]
    status: string
  }[]

t.test('S027, H89: a consumer is not late before the law’s own limits, whatever the terms say', async (t) => {
  for (const days of [10, 59, 720]) {
    const { id } = await delivered('2026-06-04T10:00:00Z')
    clock.at = Temporal.Instant.from('2026-06-04T10:00:00Z')
      .add({ hours: days * 24 })
      .toString()
    const said = await report(id, { photos: ['https://files.example.com/1.jpg'] })
    t.match(
      said,
      { outcome: 'granted', late: false, photos: ['https://files.example.com/1.jpg'] },
      `after ${days} days`,
    )
  }
})

t.test(
  'H90: what a consumer tells three years later is for a person, unless these very goods last longer',
  async (t) => {
    const { id, lines } = await delivered('2026-06-04T10:00:00Z')
    clock.at = '2029-06-06T10:00:00Z'
    const of = (lineId: string) => [{ lineId, quantity: 1 }]
    t.match(await report(id), { outcome: 'review' }, 'some of them are ordinary goods')
    t.match(await report(id, { lines: of('1') }), { outcome: 'review' })
    t.match(await report(id, { lines: of('2') }), { outcome: 'granted' }, 'a lock')
    t.equal(lines.length, 2)
  },
)

t.test('S028: a business that tells it after the seven days is flagged, and a person decides', async (t) => {
  for (const [days, late] of [
    [7, false],
    [12, true],
  ] as const) {
    const { id } = await delivered('2026-06-04T10:00:00Z', { customerKind: 'business' })
    clock.at = Temporal.Instant.from('2026-06-04T10:00:00Z')
      .add({ hours: days * 24 })
      .toString()
    t.match(await report(id), { late, outcome: late ? 'review' : 'granted' }, `after ${days} days`)
  }
})

t.test('the carrier is told in time, or a person is called', async (t) => {
  const { id } = await delivered('2026-06-04T10:00:00Z')
  const said = await report(id, { reportedBy: 'warehouse' })
  t.equal(said.claimDueOn, '2026-06-12', 'seven days that are no Sunday nor holiday')
  const open = async () =>
    (
      (await call('support', 'GET', '/alarms?kind=carrier-claim-due')).body.items as {
        resolvedAt?: string
        about: string
      }[]
    ).filter(({ resolvedAt, about }) => resolvedAt === undefined && about === said.id).length
  const look = createWatch(deps, damageSources)
  const twice = async () => {
    await look()
    await look()
  }
  clock.at = '2026-06-09T10:00:00Z'
  await twice()
  t.equal(await open(), 0)
  clock.at = '2026-06-10T10:00:00Z'
  await twice()
  t.equal(await open(), 1)
  const raised = (await call('support', 'GET', '/alarms?kind=carrier-claim-due')).body.items as { about: string }[]
  t.match(
    raised.find(({ about }) => about === said.id),
    { detail: { orderId: said.orderId, claimDueOn: '2026-06-12' } },
  )
  const listed = await call('warehouse', 'GET', `/damage-reports?claim=open&shipmentId=${id}`)
  t.match(listed.body.items, [{ id: said.id }])
  t.match(await good(`/damage-reports/${said.id}/claim`, undefined, 'support'), { claimedAt: clock.at })
  await good(`/damage-reports/${said.id}/claim`, undefined, 'support')
  await twice()
  t.equal(await open(), 0)
  t.strictSame((await call('warehouse', 'GET', `/damage-reports?claim=open&shipmentId=${id}`)).body.items, [])
})

t.test('a lost unit is sent again by the customer’s choice, once', async (t) => {
  const { id, orderId, lines } = await sent()
  const { lineId } = lines[0]!
  clock.at = '2026-06-05T10:00:00Z'
  const lost = await report(id, { kind: 'lost', reportedBy: 'carrier', lines: [{ lineId, quantity: 1 }] })
  const settled = await Promise.all(
    ['replacement', 'refund', 'replacement', 'refund'].map((choice) =>
      put(`/damage-reports/${lost.id}/choice`, { choice }, 'support'),
    ),
  )
  const first = settled.find(({ status }) => status === 200)!.body
  for (const { status, body } of settled)
    if (status === 200) t.equal(body.choice, first.choice)
    else t.match(body, { status: 409, type: '/problems/loss-settled' })
  const replacements = (await shipmentsOf(orderId)).filter((each) => each.id !== id)
  t.equal(replacements.length, first.choice === 'replacement' ? 1 : 0)
})

t.test('what is sent again has the lost units and is not paid for again; it may be lost again', async (t) => {
  const { id, orderId, lines } = await sent()
  const units = lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
  clock.at = '2026-06-05T10:00:00Z'
  const lost = await report(id, { kind: 'lost', reportedBy: 'carrier' })
  const { replacementId } = await good(`/damage-reports/${lost.id}/choice`, { choice: 'replacement' }, 'support')
  t.match(await shipmentsOf(orderId), [{ id }, { id: replacementId, status: 'requested', lines: units }])
  const told = async (type: string, shipmentId: string) =>
    (
      await deps.db
        .selectFrom('outbox')
        .select('data')
        .where('type', '=', type)
        .where('aggregate_id', '=', shipmentId)
        .execute()
    ).map(({ data }) => data as object)
  t.match(await told('ShipmentRequested', replacementId), [{ replaces: id, originalShipmentId: id }])
  await good(`/shipments/${replacementId}/dispatch`, { carrier: 'X', trackingNumber: 'T2' })
  t.match(await told('ShipmentDispatched', replacementId), [{ replaces: id }])
  const again = await report(replacementId, { kind: 'lost', reportedBy: 'carrier' })
  const third = (await good(`/damage-reports/${again.id}/choice`, { choice: 'replacement' }, 'support')).replacementId
  await good(`/shipments/${third}/dispatch`, { carrier: 'X', trackingNumber: 'T3' })
  t.match(await told('ShipmentDispatched', third), [{ replaces: replacementId }])
  clock.at = '2026-06-08T10:00:00Z'
  await good(`/shipments/${third}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  t.match(await told('ShipmentDelivered', third), [{ originalShipmentId: id }])
  t.match(await told('LossSettled', id), [{ choice: 'replacement', replacementId }])
  t.match(await told('LossSettled', replacementId), [{ originalShipmentId: id }])
  const account = (await call('warehouse', 'GET', `/orders/${orderId}/units`)).body.lines as {
    requested: number
    open: number
    dispatched: number
    stopped: number
  }[]
  for (const { requested: asked, open, dispatched, stopped } of account) t.equal(asked, open + dispatched + stopped)
})

t.test('nothing is settled twice under two reports, and what arrived is no loss', async (t) => {
  const { id, lines } = await sent()
  clock.at = '2026-06-05T10:00:00Z'
  const all = await report(id, { kind: 'lost', reportedBy: 'carrier' })
  const some = await report(id, {
    kind: 'lost',
    reportedBy: 'customer',
    lines: [{ lineId: lines[0]!.lineId, quantity: 1 }],
  })
  await good(`/damage-reports/${all.id}/choice`, { choice: 'refund' }, 'support')
  t.match((await put(`/damage-reports/${some.id}/choice`, { choice: 'replacement' }, 'support')).body, {
    type: '/problems/loss-settled',
  })
  const anew = { shipmentId: id, kind: 'lost', reportedBy: 'customer', what: 'It has not come.' }
  t.match((await put(`/damage-reports/${randomUUID()}`, anew)).body, {
    type: '/problems/loss-settled',
    detail: /units were settled by another report/,
  })

  const other = await sent()
  clock.at = '2026-06-05T10:00:00Z'
  const broken = await report(other.id, { reportedBy: 'customer' })
  const gone = await report(other.id, { kind: 'lost' })
  await good(`/shipments/${other.id}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  t.match((await put(`/damage-reports/${gone.id}/choice`, { choice: 'refund' }, 'support')).body, {
    type: '/problems/shipment-delivered',
  })
  t.match((await put(`/damage-reports/${broken.id}/choice`, { choice: 'refund' }, 'support')).status, 409)
  t.match(await read(other.id), { status: 'delivered' })
})

t.test('a report is kept once, of units that left, by whoever may', async (t) => {
  const { id, lines } = await sent()
  clock.at = '2026-06-05T10:00:00Z'
  const reportId = randomUUID()
  await report(id, {}, reportId)
  await report(id, {}, reportId)
  t.equal((await call('warehouse', 'GET', `/damage-reports?shipmentId=${id}`)).body.items.length, 1)
  const body = { shipmentId: id, kind: 'lost', reportedBy: 'customer', what: 'Gone.' }
  t.match((await put(`/damage-reports/${reportId}`, body)).body, { type: '/problems/report-differs' })
  const many = { ...body, lines: [{ lineId: lines[0]!.lineId, quantity: 9_999 }] }
  t.match((await put(`/damage-reports/${randomUUID()}`, many)).body, { type: '/problems/lines-not-in-shipment' })
  const early = { ...body, shipmentId: (await requested()).id }
  t.match((await put(`/damage-reports/${randomUUID()}`, early)).body, { type: '/problems/shipment-not-dispatched' })
  t.equal((await put(`/damage-reports/${randomUUID()}`, { ...body, shipmentId: randomUUID() })).status, 404)
  const script = { ...body, photos: ['javascript:alert(1)//x'] }
  t.match((await put(`/damage-reports/${randomUUID()}`, script)).body, { type: '/problems/invalid-input' })
  t.equal((await put(`/damage-reports/${randomUUID()}/choice`, { choice: 'refund' }, 'support')).status, 404)
})

t.test(
  'of two reports of different shipments under one id, made at once, one stands and the other is told so',
  async (t) => {
    const [one, other] = [await sent(), await sent()]
    for (let n = 0; n < 5; n += 1) {
      const id = randomUUID()
      const body = { kind: 'damaged', reportedBy: 'warehouse', what: 'Crushed.' }
      const answers = await Promise.all(
        [one, other].map((each) => put(`/damage-reports/${id}`, { ...body, shipmentId: each.id })),
      )
      t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 409])
      t.match(answers.find(({ status }) => status === 409)!.body, { type: '/problems/report-differs' })
      const stands = answers.find(({ status }) => status === 200)!.body.shipmentId
      const reports = (await call('support', 'GET', `/damage-reports?shipmentId=${stands}`)).body.items
      t.ok(reports.some((each: { id: string }) => each.id === id))
    }
  },
)

t.test('units that the customer withdrew from are not sent again, and may be paid back', async (t) => {
  const { id, orderId, lines } = await sent()
  const [some, others] = lines.map(({ lineId, quantity }) => [{ lineId, quantity }])
  const lost = async (units: object) => (await report(id, { kind: 'lost', reportedBy: 'carrier', lines: units })).id
  const [withdrawn, kept] = [await lost(some!), await lost(others!)]
  await hear('WithdrawalDeclared', orderId, { returnId: randomUUID(), lines: some })
  const choose = (reportId: string, choice: string) => put(`/damage-reports/${reportId}/choice`, { choice }, 'support')
  for (const answer of [
    await call('support', 'POST', `/damage-reports/${withdrawn}/choice/preview`, { choice: 'replacement' }),
    await choose(withdrawn, 'replacement'),
  ])
    assertProblem(answer, 409, 'units-withdrawn', /withdrew from units/)
  t.equal((await shipmentsOf(orderId)).length, 1, 'nothing else is sent')
  t.equal((await choose(kept, 'replacement')).status, 200, 'of what they did not withdraw from they may choose')
  t.equal((await choose(withdrawn, 'refund')).status, 200)
})
