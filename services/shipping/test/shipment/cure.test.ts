import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import t from 'tap'
import { checkRisks } from '../../risk/jobs/watch-risk.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { db, clock, call, deps, hear, requested } = await startShippingForTest()
const LEFT = '2026-06-02T12:00:00Z'
const put = (url: string, body?: object) => call('warehouse', 'PUT', url, body)
const lines = [{ lineId: '1', quantity: 1 }]

/** Goods that left, and others that are to go to the customer for a complaint about them. */
async function asked(remedy: 'replacement' | 'repair' = 'replacement') {
  clock.at = LEFT
  const order = await requested()
  await put(`/shipments/${order.id}/dispatch`, { carrier: 'X', trackingNumber: 'T' })
  const cure = { returnId: crypto.randomUUID(), cureId: crypto.randomUUID() }
  const ask = () => hear('CureShipmentAsked', order.orderId, { ...cure, remedy, lines, askedAt: clock.at })
  const stop = (shipmentAsked = true) =>
    hear('CureStopAsked', order.orderId, { ...cure, shipmentAsked, askedAt: clock.at })
  await ask()
  await ask()
  return { ...order, ...cure, ask, stop }
}
const toldOf = (id: string) => readHistory(db, id)
const read = async (id: string) => (await call('warehouse', 'GET', `/shipments/${id}`)).body

t.test('what goes to a customer for a complaint is one shipment of its own, and says what it is for', async (t) => {
  const { cureId, returnId, orderId } = await asked()
  const cure = { returnId, cureId }
  t.hasStrict(await read(cureId), {
    orderId,
    status: 'requested',
    lines: [{ lineId: '1', quantity: 1, sku: 'SENSOR-1' }],
  })
  await put(`/shipments/${cureId}/dispatch`, { carrier: 'X', trackingNumber: 'U' })
  clock.at = '2026-06-04T12:00:00Z'
  await put(`/shipments/${cureId}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  const told = await toldOf(cureId)
  t.strictSame(
    told.map(({ type }) => type),
    ['ShipmentRequested', 'ShipmentDispatched', 'ShipmentDelivered'],
  )
  for (const { data } of told) t.strictSame(data.cure, cure)
})

t.test('it is stopped while it is here, and has left otherwise: either is answered once', async (t) => {
  const here = await asked()
  await here.stop()
  await here.stop()
  t.hasStrict(await read(here.cureId), { status: 'cancelled' })
  t.strictSame(
    (await toldOf(here.cureId)).map(({ type, data }) => [type, (data as { outcome?: string }).outcome]),
    [
      ['ShipmentRequested', undefined],
      ['ShipmentCancelled', undefined],
      ['CureStopAnswered', 'stopped'],
    ],
  )
  const left = await asked()
  await put(`/shipments/${left.cureId}/dispatch`, { carrier: 'X', trackingNumber: 'U' })
  await left.stop()
  t.hasStrict((await toldOf(left.cureId)).at(-1), { type: 'CureStopAnswered', data: { outcome: 'left' } })
  const never = await asked()
  await never.stop(false)
  t.hasStrict(await read(never.cureId), { status: 'requested' }, 'orders answers of what shipping was not asked for')
})

t.test('the risk of what was bought does not wait for it', async (t) => {
  const { id, cureId } = await asked()
  clock.at = '2026-06-04T12:00:00Z'
  await put(`/shipments/${id}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  const bearer = async (at: string) => (await call('support', 'GET', `/shipments/${id}/risk?at=${at}`)).body.bearer
  const [within, after] = ['2026-06-18T12:00:00Z', '2026-06-19T12:00:00Z']
  t.strictSame([await bearer(within), await bearer(after)], ['seller', 'customer'])
  await put(`/shipments/${cureId}/dispatch`, { carrier: 'X', trackingNumber: 'U' })
  clock.at = '2026-08-01T12:00:00Z'
  await put(`/shipments/${cureId}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  t.equal(await bearer(after), 'customer', 'nor begin anew with it')
})

t.test(
  'the risk of what came instead goes by its own days to withdraw, and of what was repaired by those of the order',
  async (t) => {
    for (const [remedy, ofRepair] of [
      ['replacement', false],
      ['repair', true],
    ] as const) {
      const { id, cureId } = await asked(remedy)
      clock.at = '2026-06-04T12:00:00Z'
      await put(`/shipments/${id}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
      await put(`/shipments/${cureId}/dispatch`, { carrier: 'X', trackingNumber: 'U' })
      const risk = async (at: string) => {
        const { bearer, toBeJudged, since } = (await call('support', 'GET', `/shipments/${cureId}/risk?at=${at}`)).body
        return [bearer, toBeJudged, since]
      }
      t.strictSame(await risk('2026-06-30T12:00:00Z'), ['seller', false, undefined], 'on its way')
      clock.at = '2026-06-10T12:00:00Z'
      await put(`/shipments/${cureId}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
      t.strictSame(await risk('2026-06-17T12:00:00Z'), ['seller', false, undefined], 'within the days of the order')
      const ended = ['customer', false, '2026-06-18T22:00:00Z']
      t.strictSame(await risk('2026-06-20T12:00:00Z'), ofRepair ? ended : ['seller', true, undefined], remedy)
      t.strictSame(await risk('2026-06-24T21:59:59Z'), ofRepair ? ended : ['seller', true, undefined], remedy)
      const since = ofRepair ? '2026-06-18T22:00:00Z' : '2026-06-24T22:00:00Z'
      t.strictSame(await risk('2026-06-24T22:00:00Z'), ['customer', false, since], remedy)
    }
  },
)

t.test('that its risk passed is told as of any goods, and for what it was sent', async (t) => {
  const { id, cureId, returnId } = await asked()
  clock.at = '2026-06-04T12:00:00Z'
  await put(`/shipments/${id}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  await put(`/shipments/${cureId}/dispatch`, { carrier: 'X', trackingNumber: 'U' })
  clock.at = '2026-06-10T12:00:00Z'
  await put(`/shipments/${cureId}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  const passed = async () => {
    await checkRisks(deps)
    return (await toldOf(cureId)).flatMap(({ type, data }) => (type === 'RiskPassed' ? [data] : []))
  }
  clock.at = '2026-06-24T21:59:59Z'
  t.strictSame(await passed(), [])
  clock.at = '2026-06-24T22:00:00Z'
  t.hasStrict(await passed(), [{ to: 'customer', lines, passedAt: clock.at, cure: { returnId, cureId } }])
  t.equal((await passed()).length, 1, 'once')
})

t.test('it waits for no payment and no contract, and no stop of the order reaches it', async (t) => {
  const { cureId, orderId, id } = await asked()
  await hear('AuthorisationExpired', orderId)
  await hear('ConfirmationBounced', orderId)
  const requestId = crypto.randomUUID()
  await hear('StopRequested', orderId, { requestId, returnId: undefined, lines: [{ ...lines[0], unsent: 0 }] })
  await hear('OrderCancelled', orderId)
  t.hasStrict(await read(cureId), { status: 'requested' })
  const { data } = (await toldOf(orderId)).find(({ type }) => type === 'StopAnswered')!
  t.hasStrict(data, { shipmentIds: [id], lines: [{ lineId: '1', stopped: 0 }] })
})

t.test('it leaves together; lost, it is sent again and not paid back', async (t) => {
  const { orderId } = await asked()
  const cure = { returnId: crypto.randomUUID(), cureId: crypto.randomUUID() }
  const two = [{ lineId: '1', quantity: 2 }]
  await hear('CureShipmentAsked', orderId, { ...cure, lines: two, askedAt: clock.at })
  const parcel = { carrier: 'X', trackingNumber: 'V' }
  t.match(await put(`/shipments/${cure.cureId}/dispatch`, { ...parcel, lines }), {
    status: 409,
    body: { type: /cure-leaves-whole/ },
  })
  await put(`/shipments/${cure.cureId}/dispatch`, parcel)
  const report = crypto.randomUUID()
  const lost = { shipmentId: cure.cureId, kind: 'lost', reportedBy: 'customer', what: 'It never came.' }
  t.equal((await put(`/damage-reports/${report}`, lost)).status, 200)
  const choose = (choice: string) => call('support', 'PUT', `/damage-reports/${report}/choice`, { choice })
  t.match(await choose('refund'), { status: 409, body: { type: /loss-of-cure/ } })
  const { body } = await choose('replacement')
  const again = (await toldOf(body.replacementId))[0]!
  t.hasStrict(again, { type: 'ShipmentRequested', data: { cure, replaces: cure.cureId } })
})

t.test(
  'lost and sent again, what is sent instead is stopped while it is here, and nothing calls a person',
  async (t) => {
    const report = async (shipmentId: string) => {
      const id = crypto.randomUUID()
      const lost = { shipmentId, kind: 'lost', reportedBy: 'carrier', what: 'It fell off the car.' }
      t.equal((await put(`/damage-reports/${id}`, lost)).status, 200)
      return id
    }
    const choose = (id: string) => call('support', 'PUT', `/damage-reports/${id}/choice`, { choice: 'replacement' })
    const left = async (id: string) =>
      put(`/shipments/${id}/dispatch`, { carrier: 'X', trackingNumber: id.slice(0, 8) })
    const again = async (id: string) => (await choose(await report(id))).body.replacementId as string
    const answer = async (id: string) => {
      const answers = (await toldOf(id)).filter(({ type }) => type === 'CureStopAnswered')
      t.equal(answers.length, 1)
      const { outcome, lost } = answers[0]!.data
      return [outcome, lost]
    }

    const here = await asked()
    await left(here.cureId)
    const second = await again(here.cureId)
    await here.stop()
    await here.stop()
    t.hasStrict(await read(second), { status: 'cancelled' })
    t.strictSame(await answer(here.cureId), ['stopped', true])

    const twice = await asked()
    await left(twice.cureId)
    const first = await again(twice.cureId)
    await left(first)
    const third = await again(first)
    await twice.stop()
    t.hasStrict(await read(third), { status: 'cancelled' })
    t.strictSame(await answer(twice.cureId), ['stopped', true])

    const gone = await asked()
    await left(gone.cureId)
    await left(await again(gone.cureId))
    await gone.stop()
    t.strictSame(await answer(gone.cureId), ['left', undefined], 'what was sent instead has left')

    const unsettled = await asked()
    await left(unsettled.cureId)
    const late = await report(unsettled.cureId)
    await unsettled.stop()
    t.strictSame(await answer(unsettled.cureId), ['left', undefined], 'nobody has said that nothing will come')
    t.match(await choose(late), { status: 409, body: { type: /cure-not-wanted/ } })

    const found = await asked()
    await left(found.cureId)
    const instead = await again(found.cureId)
    clock.at = '2026-06-05T12:00:00Z'
    await put(`/shipments/${found.cureId}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
    await found.stop()
    t.hasStrict(await read(instead), { status: 'cancelled' })
    t.strictSame(await answer(found.cureId), ['left', undefined], 'it came after all')
  },
)

t.test('asked before anything of the order is known, it is asked again later', async (t) => {
  await t.rejects(
    hear('CureShipmentAsked', crypto.randomUUID(), { cureId: crypto.randomUUID(), lines }),
    /was asked for yet/,
  )
})
