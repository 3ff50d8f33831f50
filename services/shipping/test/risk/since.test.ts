import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const { clock, call, requested } = await startShippingForTest()
const LEFT = '2026-06-02T12:00:00Z'
const RECORDED = '2026-06-03T08:00:00Z'
const REPORTED = '2026-06-04T09:30:00Z'
const LATER = '2026-06-20T10:00:00Z'

async function dispatched(customerKind: 'consumer' | 'business') {
  const { id } = await requested({ customerKind })
  clock.at = LEFT
  await call('warehouse', 'PUT', `/shipments/${id}/dispatch`, { carrier: 'Posten', trackingNumber: 'T1' })
  clock.at = LATER
  return id
}
const record = (id: string, circumstance: object) =>
  call('support', 'PUT', `/shipments/${id}/circumstances`, { circumstance, since: RECORDED, why: 'Their mail.' })
const report = (id: string, body: object) =>
  call('warehouse', 'PUT', `/shipments/${id}/whereabouts`, { occurredAt: REPORTED, ...body })
const borne = async (id: string) => {
  const { bearer, since } = (await call('support', 'GET', `/shipments/${id}/risk`)).body
  return [bearer, since]
}

t.test('whoever bears the risk bears it since the moment of what it rests on, whenever that is asked', async (t) => {
  const handedOver = await dispatched('business')
  t.strictSame(await borne(handedOver), ['customer', LEFT], 'of a business since the handover')

  const carried = await dispatched('consumer')
  await record(carried, { ownCarrier: true })
  t.strictSame(await borne(carried), ['customer', RECORDED], 'of a consumer whose carrier it is since that is so')

  const refused = await dispatched('business')
  await record(refused, { agreedOnArrival: true })
  t.strictSame(await borne(refused), ['seller', undefined])
  await report(refused, { report: 'refused' })
  t.strictSame(await borne(refused), ['customer', REPORTED], 'of a business that does not take what was to arrive')
})
