import t from 'tap'
import { isLiveVippsHost, VIPPS_LIVE_URL, VIPPS_TEST_URL } from '../../vipps/hosts.ts'
import { signatureOf } from '../../vipps/signature.ts'
import { createVipps } from '../../vipps/vipps.ts'

const vipps = createVipps({
  baseUrl: 'http://127.0.0.1:1/',
  clientId: 'shop',
  clientSecret: 'secret',
  subscriptionKey: 'key',
  merchantSerialNumber: '123456',
  webhookSecret: 'hush',
  now: () => Temporal.Instant.from('2026-11-22T09:30:00Z'),
})
const url = 'https://shop.example/vipps'
const date = 'Sun, 22 Nov 2026 09:30:00 GMT'
const noted = (content: unknown, secret = 'hush') => {
  const body = JSON.stringify(content) ?? ''
  return vipps.parseNotification({ url, headers: signatureOf({ url, body, date, secret }), body })
}

t.test('a webhook names a session, and a payment once somebody approved it', async (t) => {
  const body = { msn: '123456', reference: 'acme-shop-123', pspReference: 'p' }
  for (const name of ['AUTHORIZED', 'CAPTURED', 'REFUNDED', 'CANCELLED']) {
    t.strictSame(noted({ ...body, name }), { sessionId: 'acme-shop-123', paymentId: 'acme-shop-123' })
  }
  for (const name of ['CREATED', 'ABORTED', 'EXPIRED', 'TERMINATED', undefined]) {
    t.strictSame(noted({ ...body, name }), { sessionId: 'acme-shop-123' })
  }
})

t.test('what strangers send names nothing', async (t) => {
  const strangers: unknown[] = [
    undefined,
    null,
    'reference',
    [],
    {},
    { reference: 'acme-shop-123', name: 'AUTHORIZED' },
    { msn: '654321', reference: 'acme-shop-123' },
    { msn: '123456', reference: '../../secrets' },
    { msn: '123456', reference: 'short' },
    { msn: '123456', reference: ['acme-shop-123'] },
  ]
  for (const body of strangers) t.equal(noted(body), null)
  const ours = { msn: '123456', reference: 'acme-shop-123', name: 'AUTHORIZED' }
  t.equal(noted(ours, 'another'), null)
  t.equal(vipps.parseNotification({ url, headers: {}, body: JSON.stringify(ours) }), null)
})

t.test('the live host is known by its name, with port, case and final dot', async (t) => {
  for (const host of [new URL(VIPPS_LIVE_URL).host, 'API.vipps.no:443', 'api.vipps.no.']) t.ok(isLiveVippsHost(host))
  for (const host of [new URL(VIPPS_TEST_URL).host, '127.0.0.1:8080', '']) t.ok(!isLiveVippsHost(host))
})
