import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const { db, clock, hear, call, good, requested } = await startShippingForTest()
type Units = { lineId: string; quantity: number }[]
const units = (quantity: number, lineId = '1'): Units => [{ lineId, quantity }]
const ALL = [...units(2), ...units(1, '2')]
const read = (id: string) => good('GET', `/shipments/${id}`)
const dispatch = (id: string, lines?: Units) =>
  good('PUT', `/shipments/${id}/dispatch`, { carrier: 'X', trackingNumber: id, ...(lines && { lines }) }, 'warehouse')
/** A shipment of two sensors and a lock that left. */
async function sent(lines?: Units) {
  clock.at = '2026-06-02T12:00:00Z'
  const shipment = await requested()
  return { ...shipment, restId: (await dispatch(shipment.id, lines)).restId as string }
}
/** Units of a shipment were lost, and others wait to be sent. */
async function replaced(shipmentId: string, lines?: Units) {
  const said = { shipmentId, kind: 'lost', reportedBy: 'carrier', what: 'It is gone.', ...(lines && { lines }) }
  const reportId = (await good('PUT', `/damage-reports/${randomUUID()}`, said, 'warehouse')).id as string
  const { replacementId } = await good('PUT', `/damage-reports/${reportId}/choice`, { choice: 'replacement' })
  return { reportId, replacementId: replacementId as string }
}
const withdraw = (orderId: string, lines: object[], requestId = randomUUID()) =>
  hear('StopRequested', orderId, { requestId, returnId: randomUUID(), lines })
const toldOf = async (id: string, type: string) =>
  (await readHistory(db, id)).flatMap((each) => (each.type === type ? [each.data as Record<string, unknown>] : []))
const answersOf = async (orderId: string) => (await toldOf(orderId, 'StopAnswered')).map(({ lines }) => lines)
const paidBack = async (id: string) =>
  (await toldOf(id, 'LossSettled')).filter(({ choice }) => choice === 'refund').map(({ lines }) => lines)
async function assertAccounted(orderId: string) {
  for (const { requested: asked, open, dispatched, stopped } of (await good('GET', `/orders/${orderId}/units`)).lines)
    assert.equal(asked, open + dispatched + stopped)
}

t.test(
  'who withdraws is not sent what waits instead of lost goods: it is stopped, and paid back as lost',
  async (t) => {
    const { id, orderId } = await sent()
    const { reportId, replacementId } = await replaced(id)
    const requestId = randomUUID()
    for (const _ of ['once', 'again']) await withdraw(orderId, ALL, requestId)
    t.equal((await read(replacementId)).status, 'cancelled')
    t.equal(
      (await call('warehouse', 'PUT', `/shipments/${replacementId}/dispatch`, { carrier: 'X', trackingNumber: 'T' }))
        .status,
      409,
    )
    t.strictSame(await paidBack(id), [ALL], 'once')
    const [, refund] = await toldOf(id, 'LossSettled')
    t.hasStrict(refund, { shipmentId: id, insteadOf: { reportId, shipmentId: replacementId } })
    t.not(refund!.reportId, reportId)
    t.strictSame(
      await answersOf(orderId),
      [ALL.map(({ lineId }) => ({ lineId, stopped: 0, left: 0 }))],
      'nothing of it comes back, and none was free to be sold',
    )
    t.hasStrict(await good('GET', `/damage-reports/${reportId}`), { choice: 'refund', replacementId })
    await assertAccounted(orderId)
  },
)

t.test(
  'what has not left at all goes first, then what waits instead of lost goods, and the rest comes back',
  async (t) => {
    const { id, orderId, restId } = await sent(units(2))
    const { replacementId } = await replaced(id, units(1))
    await withdraw(orderId, [
      { lineId: '1', quantity: 2 },
      { lineId: '2', quantity: 1 },
    ])
    t.strictSame(await answersOf(orderId), [
      [
        { lineId: '1', stopped: 0, left: 1 },
        { lineId: '2', stopped: 1, left: 0 },
      ],
    ])
    for (const each of [restId, replacementId]) t.equal((await read(each)).status, 'cancelled')
    t.strictSame(await paidBack(id), [units(1)])
    await withdraw(orderId, units(1))
    t.strictSame((await answersOf(orderId))[1], [{ lineId: '1', stopped: 0, left: 0 }], 'and nothing twice')
    await assertAccounted(orderId)
  },
)

t.test('of some units the others still leave, and the next withdrawal pays the next', async (t) => {
  const { id, orderId } = await sent()
  const { reportId, replacementId } = await replaced(id, units(2))
  await withdraw(orderId, units(1))
  t.hasStrict(await read(replacementId), { status: 'requested', lines: units(1) })
  t.hasStrict(await good('GET', `/damage-reports/${reportId}`), { choice: 'replacement' })
  await withdraw(orderId, units(1))
  t.equal((await read(replacementId)).status, 'cancelled')
  t.strictSame(await paidBack(id), [units(1), units(1)])
  const reports = (await toldOf(id, 'LossSettled')).map((told) => told.reportId)
  t.equal(new Set(reports).size, 3, 'each is paid back as a loss of its own')
  await assertAccounted(orderId)
})

t.test('what stays behind of it is stopped, and what left comes back', async (t) => {
  const { id, orderId } = await sent()
  const { replacementId } = await replaced(id, units(2))
  const { restId } = await dispatch(replacementId, units(1))
  await withdraw(orderId, units(2))
  t.equal((await read(restId)).status, 'cancelled')
  t.strictSame(await paidBack(id), [units(1)])
  t.strictSame(await answersOf(orderId), [[{ lineId: '1', stopped: 0, left: 1 }]])
})

t.test('what was lost once more is paid back as lost by the parcel that lost it last', async (t) => {
  const { id, orderId } = await sent()
  const first = await replaced(id, units(1, '2'))
  await dispatch(first.replacementId)
  const second = await replaced(first.replacementId)
  await withdraw(orderId, units(1, '2'))
  t.equal((await read(second.replacementId)).status, 'cancelled')
  t.strictSame([await paidBack(id), await paidBack(first.replacementId)], [[], [units(1, '2')]])
  t.hasStrict((await toldOf(first.replacementId, 'LossSettled'))[1], { originalShipmentId: id })
})

t.test('a cancellation is of what never left: what waits instead of lost goods is not stopped by it', async (t) => {
  const { id, orderId } = await sent()
  const { replacementId } = await replaced(id)
  await hear('StopRequested', orderId, { requestId: randomUUID(), returnId: undefined, lines: units(1) })
  t.equal((await read(replacementId)).status, 'requested')
  t.strictSame(await paidBack(id), [])
})
