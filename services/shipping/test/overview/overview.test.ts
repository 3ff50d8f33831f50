import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const { call, requested } = await startShippingForTest()
const read = async (url: string) => (await call('support', 'GET', url)).body

t.test('a dossier is what the doors of an order say, and the risk of each of its shipments', async (t) => {
  const shipment = await requested()
  const { orderId } = await read(`/shipments/${shipment.id}`)
  for (const at of ['', '?at=2026-06-03T10:00:00Z']) {
    const { unread, risks, ...parts } = await read(`/orders/${orderId}/dossier${at}`)
    t.strictSame(unread, [])
    t.strictSame(parts.shipments, await read(`/shipments?orderId=${orderId}`))
    t.strictSame(parts.damageReports, await read(`/damage-reports?orderId=${orderId}`))
    const { at: _, ...alone } = await read(`/shipments/${shipment.id}/risk${at}`)
    t.match(risks.items, [alone])
    t.equal(risks.items.length, 1)
  }
  const unknown = await read(`/orders/${crypto.randomUUID()}/dossier`)
  t.strictSame(unknown, { shipments: { items: [] }, risks: { items: [] }, damageReports: { items: [] }, unread: [] })
  t.equal((await call('storefront', 'GET', `/orders/${orderId}/dossier`)).status, 403)
})

t.test('what waits is the beginning of every list', async (t) => {
  const { unread, ...work } = await read('/work?limit=1')
  t.strictSame(unread, [])
  t.strictSame(work, {
    failedDeliveries: await read('/failed-deliveries?limit=1'),
    recalls: await read('/recalls/open?limit=1'),
    carrierCodes: await read('/carrier-codes?limit=1'),
    claims: await read('/damage-reports?claim=open&limit=1'),
    toldClaims: await read('/damage-reports?claim=unsettled&limit=1'),
    alarms: await read('/alarms?limit=1'),
    deadLetters: await read('/dead-letters?limit=1'),
    counts: await read('/work/counts'),
  })
})
