import t from 'tap'
import { Type } from 'typebox'
import { originsIn } from '../browsers.ts'
import { commonVariables, readConfig } from '../config.ts'
import { createServer } from '../http.ts'
import { createLog } from '../log.ts'

const SHOP = 'https://shop.example'
const open = async (origins: string[]) => {
  const verifyToken = async () => {
    throw new Error('nobody is let in')
  }
  const doors = { verifyToken, rateLimitPerMinute: 1_000, serviceRateLimitPerMinute: 1_000, origins }
  const server = await createServer({
    title: 'T',
    description: 'T',
    log: createLog('test', 'silent'),
    ...doors,
  } as never)
  server.post('/things', { config: { access: 'orders:place' } }, async () => ({}))
  server.get('/open', { config: { access: 'public' } }, async () => ({ open: true }))
  return server
}
const preflight = (origin: string) => ({
  method: 'OPTIONS' as const,
  url: '/things',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,idempotency-key',
  },
})

t.test('a page of an origin that is named may ask', async (t) => {
  await using server = await open([SHOP, 'http://127.0.0.1:5173'])
  const asked = await server.inject(preflight(SHOP))
  t.equal(asked.statusCode, 204)
  t.equal(asked.headers['access-control-allow-origin'], SHOP)
  t.match(asked.headers['access-control-allow-headers'], /idempotency-key/)
  t.equal(asked.headers['access-control-allow-credentials'], undefined, 'no cookie is ever asked for')
  const read = await server.inject({ url: '/open', headers: { origin: SHOP } })
  t.strictSame([read.statusCode, read.headers['access-control-allow-origin']], [200, SHOP])
  t.match(read.headers.vary, /Origin/i)
  t.match(read.headers['access-control-expose-headers'], /etag/)
})
t.test('it may read why it was refused', async (t) => {
  await using server = await open([SHOP])
  for (const url of ['/things', '/nowhere']) {
    const refused = await server.inject({ method: 'POST', url, headers: { origin: SHOP } })
    t.ok(refused.statusCode >= 400)
    t.equal(refused.headers['access-control-allow-origin'], SHOP)
    t.equal(refused.headers['content-type'], 'application/problem+json')
  }
})
t.test('no other page may, nor may any where none is named', async (t) => {
  for (const origins of [[SHOP], []]) {
    await using server = await open(origins)
    for (const origin of ['https://evil.example', 'https://shop.example.evil.example', 'null', 'http://shop.example']) {
      const asked = await server.inject(preflight(origin))
      t.equal(asked.headers['access-control-allow-origin'], undefined)
      const read = await server.inject({ url: '/open', headers: { origin } })
      t.equal(read.headers['access-control-allow-origin'], undefined)
    }
  }
})
t.test('origins are a list of https addresses without a path', async (t) => {
  const schema = Type.Object({ CORS_ORIGINS: commonVariables.CORS_ORIGINS })
  const given = readConfig(schema, { CORS_ORIGINS: `${SHOP}, http://localhost:5173` })
  t.strictSame(originsIn(given.CORS_ORIGINS), [SHOP, 'http://localhost:5173'])
  t.strictSame(originsIn(undefined), [])
  for (const wrong of ['*', 'shop.example', 'http://shop.example', `${SHOP}/`, `${SHOP};${SHOP}`])
    t.throws(() => readConfig(schema, { CORS_ORIGINS: wrong }), /CORS_ORIGINS/)
})
