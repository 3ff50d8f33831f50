import { example } from '@vilkar/contracts/test/examples.ts'
import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const { clock, hear, call, requested } = await startShippingForTest()
const LATER = '2026-08-01T10:00:00Z'

/** Of an order one line came, and the rest waits to be sent. */
async function oneCame(lineId: string, quantity: number, changes: object = {}) {
  const { id, orderId } = await requested(changes)
  clock.at = '2026-06-02T12:00:00Z'
  const carrier = { carrier: 'Posten', trackingNumber: 'T1' }
  await call('warehouse', 'PUT', `/shipments/${id}/dispatch`, { ...carrier, lines: [{ lineId, quantity }] })
  clock.at = '2026-06-04T14:30:00Z'
  await call('warehouse', 'PUT', `/shipments/${id}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  const units = async (at: string) => (await call('support', 'GET', `/shipments/${id}/risk?at=${at}`)).body.units
  return { orderId, units }
}

t.test('what was stopped is waited for no more: the last that comes begins the period', async (t) => {
  const { orderId, units } = await oneCame('1', 2)
  t.hasStrict(await units(LATER), [{ lineId: '1', bearer: 'seller' }], 'the rest may come yet')
  await hear('OrderCancelled', orderId)
  t.hasStrict(await units('2026-06-18T21:59:59Z'), [{ lineId: '1', bearer: 'seller' }])
  t.hasStrict(await units(LATER), [{ lineId: '1', bearer: 'customer', since: '2026-06-18T22:00:00Z' }])
})

t.test('goods made to order are at the customer’s risk once they came, whatever else is to come', async (t) => {
  const { lines } = example('OrderPlaced').data
  const custom = lines.map((line: { lineId: string; traits: object }) => ({
    ...line,
    traits: { ...line.traits, madeToOrder: line.lineId === '2' },
  }))
  const { units } = await oneCame('2', 1, { lines: custom })
  t.hasStrict(await units('2026-06-04T14:29:59Z'), [{ lineId: '2', bearer: 'seller' }])
  t.hasStrict(await units(LATER), [{ lineId: '2', bearer: 'customer', since: '2026-06-04T14:30:00Z' }])
})
