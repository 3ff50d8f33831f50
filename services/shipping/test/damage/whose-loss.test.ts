import { randomUUID } from 'node:crypto'
import { orderLink } from '@vilkar/server/signed-links.ts'
import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const LEFT = '2026-06-02T12:00:00Z'
const EMAIL = 'kari@example.com'
const { deps, clock, call, requested } = await startShippingForTest()
const personal = {
  email: EMAIL,
  shippingAddress: { name: 'Kari', street: 'A 1', postalCode: '0155', city: 'Oslo', country: 'NO' },
}

/** A parcel that its carrier lost, what was reported of it, and the answers to each way to choose. */
async function lost(customerKind: 'consumer' | 'business', circumstance?: object) {
  clock.at = LEFT
  const { id, orderId } = await requested({ customerKind, personal })
  await call('warehouse', 'PUT', `/shipments/${id}/dispatch`, { carrier: 'X', trackingNumber: randomUUID() })
  clock.at = '2026-06-03T10:00:00Z'
  const why = 'As was agreed.'
  if (circumstance) await call('support', 'PUT', `/shipments/${id}/circumstances`, { circumstance, since: LEFT, why })
  const report = `damage-reports/${randomUUID()}`
  const said = { shipmentId: id, kind: 'lost', what: 'It is gone.', reportedBy: 'carrier' }
  t.equal((await call('warehouse', 'PUT', `/${report}`, said)).status, 200)
  const link = await deps.links.sign(orderLink(orderId, EMAIL))
  const { items } = (await call('nobody', 'GET', `/linked-order/parcels?link=${link}`)).body
  return {
    offered: items[0].reports[0].choices,
    preview: () => call('support', 'POST', `/${report}/choice/preview`, { choice: 'refund' }),
    byLink: (choice: string) => call('nobody', 'PUT', `/linked-order/${report}/choice`, { link, choice }),
    byStaff: (choice: string) => call('support', 'PUT', `/${report}/choice`, { choice }),
  }
}

t.test('who bears the risk of what was lost owes its price, and has nothing to choose', async (t) => {
  for (const [kind, circumstance] of [
    ['business', undefined],
    ['consumer', { ownCarrier: true }],
  ] as const) {
    const { offered, preview, byLink, byStaff } = await lost(kind, circumstance)
    t.strictSame(offered, [], kind)
    for (const answer of [
      await preview(),
      await byLink('refund'),
      await byStaff('refund'),
      await byStaff('replacement'),
    ])
      t.match(answer, { status: 409, body: { type: '/problems/risk-is-customers' } }, kind)
  }
})

t.test('what was lost at the seller’s risk is the customer’s to choose', async (t) => {
  for (const [kind, circumstance] of [
    ['consumer', undefined],
    ['business', { agreedOnArrival: true }],
    ['business', { identified: false }],
  ] as const) {
    const { offered, preview, byLink } = await lost(kind, circumstance)
    t.strictSame(offered, ['replacement', 'refund'], kind)
    t.equal((await preview()).status, 200)
    t.equal((await byLink('refund')).status, 200)
  }
})
