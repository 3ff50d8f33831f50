import { createServer } from 'node:http'
import { startIssuer } from '@vilkar/testing/issuer.ts'
import t from 'tap'
import { createHolders } from '../../exports/holders.ts'
import { createServiceToken } from '../../exports/token.ts'

const orderId = crypto.randomUUID()
const found = { place: 'orders.personal->email', category: 'contact', value: 'kari@example.com' }

/** A service that answers as it is told, and what it was asked with. */
async function aService(answer: { status?: number; body?: string; never?: true }) {
  const asked: { url?: string; authorization?: string }[] = []
  const server = createServer(({ url, headers: { authorization } }, response) => {
    asked.push({ url, authorization })
    if (!answer.never) response.writeHead(answer.status ?? 200).end(answer.body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.teardown(() => server.close().closeAllConnections())
  return { asked, url: `http://127.0.0.1:${(server.address() as { port: number }).port}/` }
}
const sha256 = 'a'.repeat(64)
const asking = async (url: string | undefined, token = async () => 'a-token', timeoutMs?: number) => {
  const holders = createHolders({ urls: { orders: url }, token, timeoutMs })
  t.teardown(() => holders.close())
  return holders.ask('orders', orderId)
}

t.test('a service is asked for an order, with a token of our own', async (t) => {
  const { url, asked } = await aService({ body: JSON.stringify({ orderId, items: [found] }) })
  t.strictSame(await asking(url), { items: [found] })
  t.strictSame(asked, [{ url: `/personal-data/${orderId}`, authorization: 'Bearer a-token' }])
})

t.test(
  'one that refuses, does not answer, is nowhere or says something else is silent, and nothing it said is repeated',
  async (t) => {
    const quoting = JSON.stringify({ detail: 'kari@example.com' })
    for (const url of [
      (await aService({ status: 403, body: quoting })).url,
      (await aService({ body: 'kari@example.com' })).url,
      (await aService({ body: quoting })).url,
      'http://127.0.0.1:9',
      undefined,
    ]) {
      const answer = await asking(url)
      t.ok('silent' in answer, String(url))
      t.notMatch(JSON.stringify(answer), /kari/)
    }
    t.ok('silent' in (await asking((await aService({ never: true })).url, undefined, 300)), 'does not answer')
    const { url, asked } = await aService({ body: JSON.stringify({ items: [] }) })
    t.ok('silent' in (await asking(url, () => Promise.reject(new Error('no issuer')))))
    t.strictSame(asked, [], 'without a token nobody is asked')
  },
)

t.test('a picture is fetched by its hash: for good or for now it may be none', async (t) => {
  const fetched = async (answer: Parameters<typeof aService>[0]) => {
    const { url, asked } = await aService(answer)
    const holders = createHolders({ urls: { shipping: url }, token: async () => 'a-token' })
    t.teardown(() => holders.close())
    const picture = await holders.picture('shipping', orderId, sha256)
    t.strictSame(asked, [{ url: `/personal-data/${orderId}/photos/${sha256}`, authorization: 'Bearer a-token' }])
    return picture
  }
  t.strictSame(await fetched({ body: 'jpeg' }), { bytes: Buffer.from('jpeg') })
  t.strictSame(await fetched({ status: 404 }), { gone: 'being-erased' })
  t.strictSame(await fetched({ status: 410 }), { gone: 'file-gone' })
  t.strictSame(await fetched({ status: 503, body: 'kari@example.com' }), { silent: '503' })
})

t.test('the token is the service’s own, asked for once, and may read and no more', async (t) => {
  const issuer = await startIssuer()
  t.teardown(() => issuer.stop())
  const token = createServiceToken({
    ...{ AUTH_ISSUER: issuer.url, AUTH_AUDIENCE: 'vilkar', AUTH_CLIENT_ID: 'privacy', AUTH_CLIENT_SECRET: 'test-only' },
  })
  const [one, other] = await Promise.all([token(), token()])
  t.equal(one, other)
  const claims = JSON.parse(Buffer.from(one.split('.')[1]!, 'base64url').toString())
  t.match(claims, { sub: 'privacy', aud: 'vilkar', scope: 'service privacy:read' })
})
