import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startFailingHouse } from './failing-house.ts'

const { call, sent, tells, put, read, toldOf, reportsOf, alarmsOf, isListed, at, look } = await startFailingHouse()
const THIRD = '2026-06-03T10:00:00Z'
const FOURTH = '2026-06-04T10:00:00Z'
const FIFTH = '2026-06-05T10:00:00Z'
const all = [
  { lineId: '1', quantity: 2 },
  { lineId: '2', quantity: 1 },
]
const said = (shipmentId: string, change: object = {}) => ({
  ...{ shipmentId, kind: 'lost', reportedBy: 'customer', what: 'It never came.' },
  ...change,
})
const byHand = (shipmentId: string, change: object = {}) =>
  put(`/damage-reports/${crypto.randomUUID()}`, said(shipmentId, change), 'warehouse')

t.test('lost or damaged as the carrier tells opens the case that a report by hand opens, once', async (t) => {
  for (const kind of ['lost', 'damaged'] as const) {
    const { id, orderId, trackingNumber } = await sent()
    await tells(trackingNumber, kind, THIRD)
    await tells(trackingNumber, kind, FOURTH)
    const reports = await reportsOf(id)
    t.hasStrict(reports, [{ orderId, kind, lines: all, reportedBy: 'carrier', reportedAt: THIRD, outcome: 'granted' }])
    t.equal(reports.length, 1)
    t.hasStrict(await toldOf(id, 'DeliveryFailed'), [{ failure: kind, reportId: reports[0].id }])
    t.ok(await isListed(id))
    const choice = `/damage-reports/${reports[0].id}/choice`
    t.equal((await put(choice, { choice: 'replacement' })).choice, 'replacement')
    t.hasStrict(await toldOf(id, 'DeliveryFailureEnded'), [{ outcome: 'settled' }])
    t.notOk(await isListed(id))
    assertProblem(await call('support', 'PUT', choice, { choice: 'refund' }), 409, 'loss-settled', /chose/)
  }
})

t.test('units that somebody has reported are not reported again by the carrier', async (t) => {
  const { id, trackingNumber } = await sent()
  at(THIRD)
  await byHand(id, { lines: [all[0]] })
  await tells(trackingNumber, 'lost', FOURTH)
  t.strictSame(
    (await reportsOf(id)).map(({ reportedBy, lines }: { reportedBy: string; lines: object }) => [reportedBy, lines]),
    [
      ['customer', [all[0]]],
      ['carrier', [all[1]]],
    ],
  )
  const whole = await sent()
  at(THIRD)
  await byHand(whole.id)
  await tells(whole.trackingNumber, 'lost', FOURTH)
  t.equal((await reportsOf(whole.id)).length, 1)
  t.ok(await isListed(whole.id), 'and it still calls for a person')
})

t.test('who has seen the units takes the place of what the carrier told', async (t) => {
  const { id, trackingNumber } = await sent()
  await tells(trackingNumber, 'damaged', THIRD)
  const [told] = await reportsOf(id)
  const { id: seen } = await byHand(id, { kind: 'damaged', reportedBy: 'warehouse', what: 'Water in the box.' })
  t.hasStrict(await toldOf(id, 'DamageReportEnded'), [{ reportId: told.id, outcome: 'reported-otherwise' }])
  assertProblem(
    await call('support', 'PUT', `/damage-reports/${told.id}/choice`, { choice: 'refund' }),
    ...([409, 'report-ended', /does not hold/] as const),
  )
  t.equal((await put(`/damage-reports/${seen}/choice`, { choice: 'refund' })).choice, 'refund')
  t.strictSame(
    (await call('support', 'GET', '/damage-reports?claim=open')).body.items.filter(
      (each: { shipmentId: string; id: string }) => each.shipmentId === id && each.id !== seen,
    ),
    [],
    'and the carrier is told once',
  )
})

t.test('told lost and then found: what nobody chose anything of is undone', async (t) => {
  for (const code of ['in-transit', 'taken-by-customer']) {
    const { id, trackingNumber } = await sent()
    await tells(trackingNumber, 'lost', THIRD)
    const [{ id: reportId }] = await reportsOf(id)
    await tells(trackingNumber, code, FOURTH)
    t.hasStrict(await reportsOf(id), [{ id: reportId, ended: { outcome: 'arrived' } }])
    t.strictSame(await alarmsOf('lost-units-arrived', reportId), [])
    assertProblem(
      await call('support', 'PUT', `/damage-reports/${reportId}/choice`, { choice: 'refund' }),
      ...([409, 'report-ended', /does not hold/] as const),
    )
  }
})

t.test('told lost twice, and late that it was on its way in between: a loss stands', async (t) => {
  const { id, trackingNumber } = await sent()
  await tells(trackingNumber, 'lost', THIRD)
  await tells(trackingNumber, 'lost', FIFTH)
  await tells(trackingNumber, 'in-transit', FIFTH, { occurredAt: FOURTH })
  t.equal((await read(id)).status, 'lost')
  t.ok(await isListed(id))
  const standing = (await reportsOf(id)).filter(({ ended }: { ended?: object }) => ended === undefined)
  t.hasStrict(standing, [{ kind: 'lost', lines: all, reportedAt: FIFTH }])
})

t.test(
  'told damaged, and then that it arrives or travels on: it is damaged still, and its carrier is told in time',
  async (t) => {
    for (const [code, outcome] of [
      ['in-transit', 'under-way'],
      ['taken-by-customer', 'delivered'],
    ] as const) {
      const { id, trackingNumber } = await sent()
      await tells(trackingNumber, 'damaged', THIRD)
      await tells(trackingNumber, code, FOURTH)
      const [report, ...more] = await reportsOf(id)
      t.strictSame([report.kind, report.ended, more], ['damaged', undefined, []])
      t.hasStrict(await toldOf(id, 'DeliveryFailureEnded'), [{ outcome }])
      const open = (await call('support', 'GET', `/damage-reports?claim=open&shipmentId=${id}`)).body.items
      t.hasStrict(open, [{ id: report.id }])
      at(report.claimDueOn.concat('T10:00:00Z'))
      t.equal((await alarmsOf('carrier-claim-due', report.id)).length, 1)
    }
  },
)

t.test('what travels on damaged and is told so once more is one report; lost in the end, it is a loss', async (t) => {
  const { id, trackingNumber } = await sent()
  await tells(trackingNumber, 'damaged', THIRD)
  await tells(trackingNumber, 'in-transit', FOURTH)
  await tells(trackingNumber, 'damaged', FIFTH)
  const [damage, ...more] = await reportsOf(id)
  t.strictSame([damage.kind, more], ['damaged', []])
  await tells(trackingNumber, 'lost', '2026-06-06T10:00:00Z')
  t.hasStrict(await toldOf(id, 'DamageReportEnded'), [{ reportId: damage.id, outcome: 'reported-otherwise' }])
  const loss = (await reportsOf(id)).find(({ kind }: { kind: string }) => kind === 'lost')
  t.hasStrict(loss, { lines: all })
  await put(`/damage-reports/${loss.id}/choice`, { choice: 'replacement' })
})

t.test('what the customer chose of damaged goods stands where they arrive: they are damaged', async (t) => {
  const { id, trackingNumber } = await sent()
  await tells(trackingNumber, 'damaged', THIRD)
  const [{ id: reportId }] = await reportsOf(id)
  const { replacementId } = await put(`/damage-reports/${reportId}/choice`, { choice: 'replacement' })
  await tells(trackingNumber, 'taken-by-customer', FOURTH)
  t.equal((await read(replacementId)).status, 'requested')
  t.strictSame(await toldOf(id, 'DamageReportEnded'), [])
})

t.test('others that were to leave instead of what arrives stay here', async (t) => {
  const { id, trackingNumber } = await sent()
  await tells(trackingNumber, 'lost', THIRD)
  const [{ id: reportId }] = await reportsOf(id)
  const { replacementId } = await put(`/damage-reports/${reportId}/choice`, { choice: 'replacement' })
  await tells(trackingNumber, 'taken-by-customer', FOURTH)
  t.hasStrict(await toldOf(id, 'DamageReportEnded'), [{ choice: 'replacement', stopped: replacementId }])
  t.equal((await read(replacementId)).status, 'cancelled')
  t.strictSame(await alarmsOf('lost-units-arrived', reportId), [], 'nobody has to see to it')
})

t.test(
  'where others left, or the price is paid back, a person sees to what arrives, and no money moves again',
  async (t) => {
    for (const choice of ['replacement', 'refund'] as const) {
      const { id, trackingNumber } = await sent()
      await tells(trackingNumber, 'lost', THIRD)
      const [{ id: reportId }] = await reportsOf(id)
      const arrival = `/damage-reports/${reportId}/arrival`
      const done = 'Kari sends the first one back.'
      assertProblem(await call('support', 'PUT', arrival, { done }), 409, 'not-arrived', /has arrived/)
      const { replacementId } = await put(`/damage-reports/${reportId}/choice`, { choice })
      if (replacementId)
        await put(`/shipments/${replacementId}/dispatch`, { carrier: 'Oslo Bud', trackingNumber: id }, 'warehouse')
      await tells(trackingNumber, 'taken-by-customer', FOURTH)
      t.equal((await toldOf(id, 'LossSettled')).length, 1)
      if (replacementId) t.equal((await read(replacementId)).status, 'dispatched')
      t.hasStrict(await alarmsOf('lost-units-arrived', reportId), [{ detail: { choice } }])
      t.hasStrict(await put(arrival, { done }), { choice, ended: { outcome: 'arrived', done } })
      t.hasStrict(await put(arrival, { done: 'Otherwise.' }), { ended: { done } }, 'the first word stands')
      t.strictSame(await alarmsOf('lost-units-arrived', reportId), [])
    }
  },
)

t.test('a parcel that arrives without the units that were lost of it is no surprise', async (t) => {
  const { id, trackingNumber } = await sent()
  at(THIRD)
  const { id: reportId } = await byHand(id, { lines: [{ lineId: '1', quantity: 1 }] })
  await put(`/damage-reports/${reportId}/choice`, { choice: 'refund' })
  await tells(trackingNumber, 'taken-by-customer', FOURTH)
  t.strictSame(await toldOf(id, 'DamageReportEnded'), [])
})

t.test(
  'told delivered and then not: the delivery stands, and a person is called, who finds which is true',
  async (t) => {
    const doubted = async () => {
      const shipment = await sent()
      await tells(shipment.trackingNumber, 'taken-by-customer', THIRD)
      await tells(shipment.trackingNumber, 'returned', FOURTH)
      await tells(shipment.trackingNumber, 'returned', FIFTH)
      const { id } = shipment
      t.hasStrict(await toldOf(id, 'DeliveryDoubted'), [{ failure: 'returned', occurredAt: FOURTH }])
      t.equal((await toldOf(id, 'DeliveryDoubted')).length, 1)
      t.equal((await read(id)).status, 'delivered')
      t.equal((await alarmsOf('delivery-doubted', id)).length, 1)
      return id
    }
    const wrong = await doubted()
    await put(`/shipments/${wrong}/delivery/correction`, { why: 'It went to the parcel of somebody else.' })
    t.equal((await read(wrong)).status, 'returned', 'what the carrier told since counts')
    t.hasStrict(await toldOf(wrong, 'DeliveryFailed'), [{ failure: 'returned', failedAt: FOURTH }])
    const right = await doubted()
    await put(`/shipments/${right}/failed-delivery/closing`, { why: 'Kari has it; the scan was of another parcel.' })
    t.equal((await read(right)).status, 'delivered')
    for (const id of [wrong, right]) t.strictSame(await alarmsOf('delivery-doubted', id), [])
    await look()
  },
)
