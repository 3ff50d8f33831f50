import t from 'tap'
import type { Caller, VerifyToken } from '../auth.ts'
import { createServer, healthRoutes } from '../http.ts'
import { createLog } from '../log.ts'
import { assertProblem } from './problem-answer.ts'

const log = createLog('limits', 'silent')

/** Knows tokens such as `kari~read`, whose subject may read, and counts how often it had to look at one. */
function aVerifier() {
  const known = new Map<string, Caller>()
  const looked: string[] = []
  const verify = async (token: string) => {
    looked.push(token)
    const [subject, ...scopes] = token.split('~')
    if (!subject || scopes.length === 0) throw new Error('no such token')
    const caller = { subject, scopes: new Set(scopes.map((scope) => (scope === 'read' ? 'orders:read' : scope))) }
    known.set(token, caller)
    return caller
  }
  const verifyToken: VerifyToken = Object.assign(verify, { remembered: (token: string) => known.get(token) })
  return { verifyToken, looked }
}

async function aServer(limits: { rateLimitPerMinute?: number; serviceRateLimitPerMinute?: number } = {}) {
  const { verifyToken, looked } = aVerifier()
  const server = await createServer({
    ...{ title: 'Limits', description: 'For the test.', verifyToken, log },
    ...{ trustedProxies: '127.0.0.1', ...limits },
  })
  server.get('/mine', { config: { access: 'orders:read' } }, async ({ caller }) => ({ subject: caller.subject }))
  server.get('/open', { config: { access: 'public' } }, async () => ({ open: true }))
  healthRoutes(server, async () => {})
  t.teardown(() => server.close())
  async function ask(url: string, authorization?: string, from = '192.0.2.1') {
    const headers = { 'x-forwarded-for': from, ...(authorization && { authorization }) }
    const response = await server.inject({ method: 'GET', url, headers })
    return { status: response.statusCode, headers: response.headers, body: response.json() }
  }
  async function times(count: number, each: (i: number) => ReturnType<typeof ask>) {
    const statuses: number[] = []
    for (let i = 0; i < count; i += 1) statuses.push((await each(i)).status)
    return Object.fromEntries([...Map.groupBy(statuses, String)].map(([status, { length }]) => [status, length]))
  }
  return { ask, times, looked }
}

for (const [what, url, authorization, first] of [
  ['without a token', '/mine', () => undefined, 401],
  ['with a bad token', '/mine', () => 'Bearer bad', 401],
  ['with another bad token each', '/mine', (i: number) => `Bearer bad${i}`, 401],
  ['at unknown routes', '/nowhere', () => undefined, 404],
  ['at unknown routes with another header each', '/nowhere', (i: number) => `Bearer bad${i}`, 404],
  ['at a public door', '/open', () => undefined, 200],
  ['at a public door with another header each', '/open', (i: number) => `junk${i}`, 200],
] as const)
  t.test(`requests ${what} count for the address that they come from`, async (t) => {
    const { ask, times } = await aServer({ rateLimitPerMinute: 5 })
    t.strictSame(await times(12, (i) => ask(url, authorization(i))), { [first]: 5, 429: 7 })
    t.equal((await ask('/open', undefined, '192.0.2.2')).status, 200, 'another address is not held up')
  })

t.test('whoever is held up is told for how long, by a problem', async (t) => {
  const { ask } = await aServer({ rateLimitPerMinute: 1 })
  await ask('/open')
  const answer = await ask('/open')
  assertProblem(answer, 429, 'too-many-requests', /try again in \d+ seconds/i)
  t.match(String(answer.headers['retry-after']), /^[1-9]\d*$/)
})

t.test('an address that is held up has no token looked at', async (t) => {
  const { ask, times, looked } = await aServer({ rateLimitPerMinute: 3 })
  await times(3, () => ask('/nowhere'))
  t.strictSame(await times(5, (i) => ask('/mine', `Bearer kari${i}~read`)), { 429: 5 })
  t.strictSame(looked, [])
})

t.test('a subject is counted as one, whatever tokens it has and wherever it is', async (t) => {
  const { ask, times } = await aServer({ rateLimitPerMinute: 5 })
  const asKari = (i: number) => ask('/mine', `Bearer kari~read~${i % 3}`, `192.0.2.${i + 1}`)
  t.strictSame(await times(12, asKari), { 200: 5, 429: 7 })
  t.equal((await ask('/mine', 'Bearer ola~read', '192.0.2.99')).status, 200, 'others are not held up')
})

t.test('a known caller is not held up by strangers at the same address, at public doors either', async (t) => {
  const { ask, times } = await aServer({ rateLimitPerMinute: 5 })
  const kari = 'Bearer kari~read'
  t.equal((await ask('/mine', kari)).status, 200)
  t.strictSame(await times(6, () => ask('/nowhere')), { 404: 4, 429: 2 })
  t.equal((await ask('/mine', kari)).status, 200)
  t.equal((await ask('/open', kari)).status, 200)
})

t.test('what follows the token, or stands before it, makes no other caller of it: 401', async (t) => {
  const { ask } = await aServer()
  const token = 'kari~read'
  for (const header of [`Bearer ${token} x`, `Bearer ${token},x`, `Bearer  ${token}`, `Bearer\t${token}`, `${token}`])
    assertProblem(await ask('/mine', header), 401, 'token-missing', /bearer token/)
  t.equal((await ask('/mine', `bEaReR ${token}`)).status, 200, 'the scheme is written as one likes (RFC 9110 § 11.1)')
})

t.test('programs that speak for many, and staff, have a limit of their own', async (t) => {
  const { ask, times } = await aServer({ rateLimitPerMinute: 3, serviceRateLimitPerMinute: 20 })
  for (const scope of ['service', 'staff'])
    t.strictSame(await times(25, () => ask('/mine', `Bearer ${scope}~read~${scope}`)), { 200: 20, 429: 5 })
  t.strictSame(await times(5, () => ask('/mine', 'Bearer kari~read', '192.0.2.7')), { 200: 3, 429: 2 })
})

t.test('health is asked as often as one likes', async (t) => {
  const { ask, times } = await aServer({ rateLimitPerMinute: 1 })
  t.strictSame(await times(5, () => ask('/health/ready')), { 200: 5 })
})

t.test('an address is what a trusted proxy says it is, and nobody else', async (t) => {
  const { verifyToken } = aVerifier()
  const server = await createServer({ title: 'x', description: 'x', verifyToken, log, rateLimitPerMinute: 2 })
  server.get('/open', { config: { access: 'public' } }, async () => ({ open: true }))
  t.teardown(() => server.close())
  const statuses = []
  for (let i = 0; i < 4; i += 1) {
    const headers = { 'x-forwarded-for': `192.0.2.${i}` }
    statuses.push((await server.inject({ method: 'GET', url: '/open', headers })).statusCode)
  }
  t.strictSame(statuses, [200, 200, 429, 429])
})

t.test('the addresses of one IPv6 network are one address', async (t) => {
  const { ask, times } = await aServer({ rateLimitPerMinute: 2 })
  t.strictSame(await times(4, (i) => ask('/open', undefined, `2001:db8::${i + 1}`)), { 200: 2, 429: 2 })
  t.equal((await ask('/open', undefined, '2001:db8:0:1::1')).status, 200)
})
