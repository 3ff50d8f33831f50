import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const { clock, hear, call, requested } = await startShippingForTest()
const good = async (method: 'GET' | 'PUT' | 'POST', url: string, body?: object, role = 'warehouse') => {
  const answer = await call(role, method, url, body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
type Units = { lineId: string; quantity: number }[]
const units = (quantity: number, lineId = '1'): Units => [{ lineId, quantity }]
const read = (id: string) => good('GET', `/shipments/${id}`)
const dispatch = (id: string, lines?: Units) =>
  good('PUT', `/shipments/${id}/dispatch`, { carrier: 'X', trackingNumber: id, ...(lines && { lines }) })
/** A shipment of two sensors and a lock that left. */
async function sent(lines?: Units) {
  clock.at = '2026-06-02T12:00:00Z'
  const shipment = await requested()
  return { ...shipment, restId: (await dispatch(shipment.id, lines)).restId as string }
}
async function lost(shipmentId: string, lines?: Units) {
  const said = { shipmentId, kind: 'lost', reportedBy: 'carrier', what: 'It was not on the car.' }
  return (await good('PUT', `/damage-reports/${randomUUID()}`, { ...said, ...(lines && { lines }) })).id as string
}
const chosen = (reportId: string, choice = 'replacement') =>
  good('PUT', `/damage-reports/${reportId}/choice`, { choice }, 'support')
/** Units of a shipment were lost, and others wait to be sent. */
async function replaced(shipmentId: string, lines?: Units) {
  const reportId = await lost(shipmentId, lines)
  return { reportId, replacementId: (await chosen(reportId)).replacementId as string }
}

t.test('what is sent instead of lost goods was paid with those: no authorisation that ends holds it', async (t) => {
  const { id, orderId, restId } = await sent(units(2))
  const { replacementId } = await replaced(id, units(1))
  await hear('AuthorisationExpired', orderId)
  t.equal((await read(restId)).status, 'held', 'what is not paid yet waits')
  t.equal((await read(replacementId)).status, 'requested')
  const later = await replaced(id, units(1))
  for (const each of [replacementId, later.replacementId]) t.equal((await dispatch(each)).status, 'dispatched')
})
t.test('what is sent instead goes where the order says now', async (t) => {
  const { id, orderId } = await sent(units(2))
  const to = { name: 'Kari Eksempel', street: 'Parkveien 12', postalCode: '0350', city: 'Oslo', country: 'NO' }
  await hear('AddressChangeRequested', orderId, { requestId: randomUUID(), personal: { to, by: 'k', why: 'moved' } })
  const { replacementId } = await replaced(id)
  t.strictSame((await read(replacementId)).address, to)
})
