import { once } from 'node:events'
import { connect } from 'node:net'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { Type } from 'typebox'
import { createServer, healthRoutes } from '../http.ts'
import { createLog } from '../log.ts'
import { httpError, problems } from '../problems.ts'
import { assertProblem } from './problem-answer.ts'

const log = createLog('http', 'silent')
const verifyToken = async (token: string) => ({ subject: token, scopes: new Set(['orders:place']) })
const Thing = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 20 }),
    quantity: Type.Integer({ minimum: 1, maximum: 10 }),
    at: Type.Optional(Type.String({ format: 'date-time' })),
    colour: Type.Optional(Type.Union([Type.Literal('red'), Type.Literal('blue')])),
    maker: Type.Optional(
      Type.Union([
        Type.Object(
          { kind: Type.Literal('person'), name: Type.String({ minLength: 1 }) },
          { additionalProperties: false },
        ),
        Type.Object(
          { kind: Type.Literal('firm'), name: Type.String(), number: Type.String() },
          { additionalProperties: false },
        ),
      ]),
    ),
    parts: Type.Optional(Type.Array(Type.Object({ name: Type.String() }, { additionalProperties: false }))),
  },
  { additionalProperties: false },
)

async function aServer(options: { rateLimitPerMinute?: number } = {}) {
  const server = await createServer({ title: 'Things', description: 'For the test.', verifyToken, log, ...options })
  const config = { access: 'public' as const }
  server.post(
    '/things',
    { config, schema: { body: Thing, response: { 200: Thing, ...problems(400) } } },
    async ({ body }) => {
      if (body.at !== undefined) Temporal.Instant.from(body.at)
      return body
    },
  )
  const querystring = Type.Object(
    { text: Type.Optional(Type.String()), limit: Type.Optional(Type.Integer({ maximum: 5 })) },
    { additionalProperties: false },
  )
  server.get('/things', { config, schema: { querystring } }, async ({ query }) => query)
  server.get('/mine', { config: { access: 'orders:place' } }, async ({ caller }) => ({ subject: caller.subject }))
  server.post('/anything', { config }, async () => ({}))
  server.get('/fault', { config }, async () => {
    throw new Error('password authentication failed for user "shop"')
  })
  server.get('/refused', { config }, async () => {
    throw httpError(409, 'thing-gone', 'The thing is gone.', { currentThing: 7 })
  })
  const health = { ready: true }
  healthRoutes(server, async () => {
    if (!health.ready) throw new Error('the database does not answer')
  })
  t.teardown(() => server.close())
  return { server, health }
}
const { server } = await aServer()

type Request = { method?: 'GET' | 'POST' | 'PUT'; url: string; payload?: string; headers?: Record<string, string> }
async function ask({ method = 'GET', url, payload, headers = {} }: Request, another = server) {
  const response = await another.inject({ method, url, ...(payload !== undefined && { payload }), headers })
  const text = response.body
  return {
    status: response.statusCode,
    headers: response.headers,
    text,
    body: text === '' ? undefined : JSON.parse(text),
  }
}
const json = { 'content-type': 'application/json' }
const post = (payload: string, headers: Record<string, string> = json) =>
  ask({ method: 'POST', url: '/things', payload, headers })
const thing = { name: 'Sensor', quantity: 2 }
const invalid: [string, string, RegExp][] = [
  ['malformed JSON', '{"name": "Sen', /JSON/],
  ['no body', '', /body/i],
  ['JSON that is no object', '[]', /body.*object/],
  ['a missing field', '{"name":"Sensor"}', /body .*quantity/],
  ['an unknown field', JSON.stringify({ ...thing, discount: 100 }), /discount/],
  ['an unknown field further in', JSON.stringify({ ...thing, parts: [{ name: 'a', b: 1 }] }), /body\.parts\.0 .*b/],
  [
    'a word that is none of the allowed ones',
    JSON.stringify({ ...thing, colour: 'green' }),
    /^body\.colour must be one of "red", "blue"\.$/,
  ],
  [
    'a kind that there is not',
    JSON.stringify({ ...thing, maker: { kind: 'robot' } }),
    /^body\.maker\.kind must be one of "person", "firm"\.$/,
  ],
  [
    'a fault of one kind',
    JSON.stringify({ ...thing, maker: { kind: 'person', name: '' } }),
    /^body\.maker\.name must not have fewer than 1 characters\.$/,
  ],
  [
    'a field of the other kind',
    JSON.stringify({ ...thing, maker: { kind: 'person', name: 'Kari', number: '1' } }),
    /^body\.maker must not have the field number\.$/,
  ],
  ['a number as text', JSON.stringify({ ...thing, quantity: '5' }), /body\.quantity .*integer/],
  ['half a unit', JSON.stringify({ ...thing, quantity: 1.5 }), /body\.quantity .*integer/],
  ['too few', JSON.stringify({ ...thing, quantity: 0 }), /body\.quantity .*1/],
  ['too many', JSON.stringify({ ...thing, quantity: 1e9 }), /body\.quantity .*10/],
  ['an empty text', JSON.stringify({ ...thing, name: '' }), /body\.name/],
  ['a text that is too long', JSON.stringify({ ...thing, name: 'x'.repeat(21) }), /body\.name .*20/],
  ['a prototype in disguise', '{"name":"Sensor","quantity":2,"__proto__":{"admin":true}}', /./],
  ['a moment finer than nanoseconds', JSON.stringify({ ...thing, at: '2026-12-24T12:00:00.1234567891Z' }), /body\.at/],
  ['a moment with an annotation', JSON.stringify({ ...thing, at: '2026-12-24T12:00:00Z[!a=b]' }), /body\.at/],
  ['a day instead of a moment', JSON.stringify({ ...thing, at: '2026-12-24' }), /body\.at .*date-time/],
  ['a moment without its zone', JSON.stringify({ ...thing, at: '2026-12-24T12:00:00' }), /body\.at/],
  ['a day that the calendar lacks', JSON.stringify({ ...thing, at: '2026-02-30T12:00:00Z' }), /body\.at/],
  ['a character that no database keeps', JSON.stringify({ ...thing, name: 'Sen\0sor' }), /body\.name .*U\+0000/],
  ['half of a character', '{"name":"\\ud83d","quantity":2}', /body\.name .*surrogate/],
]
for (const [what, payload, detail] of invalid)
  t.test(`${what} is 400, and the detail helps`, async (t) => {
    const answer = await post(payload)
    t.equal(answer.status, 400, answer.text)
    assertProblem(answer, 400, answer.body.type.split('/').at(-1), detail)
  })

t.test('a right body comes through as it is, whatever letters it is written in', async (t) => {
  const right = {
    ...thing,
    name: 'Røykvarsler 🔥 "<b>"',
    at: '2026-12-24T23:59:59.999999999+01:00',
    parts: [{ name: '' }],
  }
  t.strictSame((await post(JSON.stringify(right))).body, right)
})

t.test('a body nested deeper than any stack is no fault', async (t) => {
  const deep = `${'['.repeat(60_000)}${']'.repeat(60_000)}`
  t.equal((await post(deep)).status, 400)
  t.equal((await ask({ method: 'POST', url: '/anything', payload: deep, headers: json })).status, 200)
})

t.test('every fault of a body is named in `errors`, ten at most', async (t) => {
  const { body } = await post(JSON.stringify({ name: '', quantity: 0 }))
  t.strictSame(
    body.errors.map(({ field }: { field: string }) => field),
    ['body.name', 'body.quantity'],
  )
  const parts = Array.from({ length: 30 }, () => ({ name: 1 }))
  const { length } = (await post(JSON.stringify({ ...thing, parts }))).body.errors
  t.ok(length > 1 && length <= 10, `${length} faults are named`)
})

t.test('a wrong query is told like a wrong body, and numbers in it are read', async (t) => {
  t.strictSame((await ask({ url: '/things?limit=5&text=a%20b' })).body, { limit: 5, text: 'a b' })
  for (const wrong of ['six', '1.5', '', 'true', '0x4', '1e0', '%204'])
    assertProblem(await ask({ url: `/things?limit=${wrong}` }), 400, 'invalid-input', /querystring\.limit .*integer/)
  assertProblem(await ask({ url: '/things?limit=6' }), 400, 'invalid-input', /querystring\.limit .*5/)
  assertProblem(await ask({ url: '/things?colour=red' }), 400, 'invalid-input', /colour/)
  assertProblem(await ask({ url: '/things?text=%00' }), 400, 'invalid-input', /querystring\.text .*U\+0000/)
})

t.test('a body of two megabytes is 413, and the detail says how much is allowed', async () => {
  const answer = await post(JSON.stringify({ ...thing, name: 'x'.repeat(2_000_000) }))
  assertProblem(answer, 413, 'body-too-large', /256 KiB/)
})

t.test('a body that is not JSON is 415, and the detail says what to send', async () => {
  for (const type of ['application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
    assertProblem(await post('<name/>', { 'content-type': type }), 415, 'media-type-unsupported', /application\/json/)
})

t.test('an unknown route or method is 404, without a token and without its query', async () => {
  const answer = await ask({ method: 'PUT', url: '/nowhere?token=secret' })
  assertProblem(answer, 404, 'route-unknown', /There is no PUT \/nowhere here; see \/docs\./)
  assertProblem(await ask({ method: 'PUT', url: '/things' }), 404, 'route-unknown', /PUT \/things/)
})

t.test('a refusal is told with what the handler adds to it', async (t) => {
  const answer = await ask({ url: '/refused' })
  assertProblem(answer, 409, 'thing-gone', /The thing is gone/)
  t.equal(answer.body.currentThing, 7)
})

t.test('a fault is 500, and tells nothing of the inside', async (t) => {
  const answer = await ask({ url: '/fault' })
  assertProblem(answer, 500, 'internal-fault', /Nothing was changed; try again/)
  t.notMatch(answer.text, /password|shop|Error|at /)
})

t.test('answers carry the headers that keep browsers safe, and do not name the software', async (t) => {
  for (const url of ['/things', '/nowhere', '/fault']) {
    const { headers } = await ask({ url })
    t.equal(headers['x-content-type-options'], 'nosniff')
    t.equal(headers['x-frame-options'], 'SAMEORIGIN')
    t.match(String(headers['strict-transport-security']), /max-age=/)
    t.equal(headers['x-powered-by'], undefined)
  }
})

t.test('health tells strangers whether, and not why not', async (t) => {
  const { server: another, health } = await aServer()
  t.equal((await ask({ url: '/health/ready' }, another)).status, 200)
  health.ready = false
  const answer = await ask({ url: '/health/ready' }, another)
  assertProblem(answer, 503, 'not-ready', /^The service cannot reach what it needs\.$/)
  t.notMatch(answer.text, /database/)
  t.equal((await ask({ url: '/health/live' }, another)).status, 200)
})

t.test('the API describes itself, with the scope and the problems of each route, and `/` leads there', async (t) => {
  const { status, headers } = await ask({ url: '/' })
  t.strictSame([status, headers.location], [302, '/docs'])
  const { body } = await ask({ url: '/docs/json' })
  t.equal(body.openapi, '3.1.1')
  const problem = body.paths['/things'].post.responses['400'].content
  t.strictSame(Object.keys(problem), ['application/problem+json'])
})

t.test('closing does not wait for connections that are kept alive, also when one was busy as it began', async () => {
  const { server: another } = await aServer()
  let answered = () => {}
  another.get('/slow', { config: { access: 'public' } }, async (_request, reply) => {
    // The headers are out and promise to keep the connection before closing begins.
    reply.hijack()
    reply.raw.writeHead(200, { 'content-length': '2', connection: 'keep-alive' })
    reply.raw.write('o')
    answered = () => void reply.raw.end('k')
  })
  const url = new URL(await another.listen({ host: '127.0.0.1', port: 0 }))
  const socket = connect(Number(url.port), url.hostname)
  socket.write('GET /slow HTTP/1.1\r\nhost: test\r\n\r\n')
  await once(socket, 'data')
  const closed = another.close()
  await eventually('closing to begin', async () => !another.server.listening)
  answered()
  const end = once(socket, 'close')
  await closed
  await end
})
