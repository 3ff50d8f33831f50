import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { Type } from 'typebox'
import { createServer } from '../http.ts'
import { createLog } from '../log.ts'
import { assertProblem } from './problem-answer.ts'

const log = createLog('errors', 'silent')
const server = await createServer({
  ...{ title: 'Errors', description: 'For the test.', log, rateLimitPerMinute: 10_000 },
  verifyToken: async (token) => ({ subject: token, scopes: new Set<string>() }),
})
t.teardown(() => server.close())
const config = { access: 'public' as const }
server.get('/things/:id', { config, schema: { params: Type.Object({ id: Type.String() }) } }, async () => ({}))
server.get('/database/:code', { config }, async ({ params }) => {
  const { code } = params as { code: string }
  throw Object.assign(new Error('invalid input syntax for type uuid: "019ab3f0 of Kari"'), { code })
})
server.get('/page', { config }, async (_request, reply) => {
  reply.type('text/html')
  throw new Error('in the middle of a page')
})
const url = new URL(await server.listen({ host: '127.0.0.1', port: 0 }))

async function ask(path: string) {
  const response = await server.inject({ method: 'GET', url: path })
  return { status: response.statusCode, headers: response.headers, body: response.json(), text: response.body }
}

/** What is answered to bytes that are sent as they are, read until the connection ends. */
async function send(bytes: string) {
  const socket = connect(Number(url.port), url.hostname)
  let text = ''
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  socket.on('error', () => {})
  socket.write(bytes)
  await once(socket, 'close')
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const headers = Object.fromEntries(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.split(': ')[0]!.toLowerCase(), line.split(': ')[1]!]),
  )
  return { status: Number(head.split(' ')[1]), headers, body: JSON.parse(body) }
}

t.test('what a handler never answers is 503, so that nobody waits without an end', async (t) => {
  const impatient = await createServer({
    ...{ title: 'Errors', description: 'For the test.', log, rateLimitPerMinute: 10_000, answerWithinMs: 50 },
    verifyToken: async (token) => ({ subject: token, scopes: new Set<string>() }),
  })
  t.teardown(() => impatient.close())
  impatient.get('/hangs', { config }, () => new Promise(() => {}))
  const response = await impatient.inject({ method: 'GET', url: '/hangs' })
  const answer = { status: response.statusCode, headers: response.headers, body: response.json() }
  assertProblem(answer as never, 503, 'took-too-long', /may have been done all the same/)
})

for (const path of ['/%zz', '/things/%zz', '/%E0%A4%A', '/things/%', '/things/%ff%fe'])
  t.test(`${path}, which is not well encoded, is 400`, async () =>
    assertProblem(await ask(path), 400, 'url-malformed', /not well encoded/),
  )

t.test('a part of a path that is too long is 414', async () =>
  assertProblem(await ask(`/things/${'x'.repeat(9_000)}`), 414, 'url-too-long', /too long/),
)

const requests: [string, string, number, string][] = [
  [
    'headers of forty kilobytes',
    `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`,
    431,
    'headers-too-large',
  ],
  ['no HTTP', 'hello\r\n\r\n', 400, 'malformed-request'],
  ['a method that there is not', 'BREW / HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'malformed-request'],
  [
    'two lengths',
    'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx',
    400,
    'malformed-request',
  ],
  ['an Expect that nobody knows', 'GET / HTTP/1.1\r\nhost: x\r\nexpect: tea\r\n\r\n', 417, 'expectation-failed'],
]
for (const [what, bytes, status, kind] of requests)
  t.test(`${what}: ${status}`, async () => assertProblem(await send(bytes), status, kind, /./))

for (const code of ['22P02', '22003', '22007', '22008', '22021', '22001'])
  t.test(`a value that only the database refuses (${code}) is the caller's: 400, and is not repeated`, async (t) => {
    const answer = await ask(`/database/${code}`)
    assertProblem(answer, 400, 'invalid-input', /A value in the request/)
    t.notMatch(answer.text, /Kari|syntax|uuid/)
  })

for (const code of ['23505', '42P01', '08006', '22012', 'P0001'])
  t.test(`what else the database says (${code}) is a fault of ours: 500`, async (t) => {
    const answer = await ask(`/database/${code}`)
    assertProblem(answer, 500, 'internal-fault', /Nothing was changed/)
    t.notMatch(answer.text, /Kari|syntax|uuid/)
  })

t.test('a fault in the middle of a page is a problem, not a page', async () =>
  assertProblem(await ask('/page'), 500, 'internal-fault', /./),
)

t.test('the type of a problem leads to a page about its kind, and others lead nowhere', async (t) => {
  const { body } = await ask('/nowhere')
  const response = await server.inject({ method: 'GET', url: body.type })
  t.equal(response.statusCode, 200)
  t.match(String(response.headers['content-type']), /^text\/html/)
  t.match(response.body, /<h1>route unknown<\/h1>/)
  t.match((await server.inject({ method: 'GET', url: '/problems' })).body, /href="\/problems\/route-unknown"/)
  for (const kind of ['unheard-of', '__proto__', 'toString']) t.equal((await ask(`/problems/${kind}`)).status, 404)
})
