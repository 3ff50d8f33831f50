import { createHmac } from 'node:crypto'
import { type Issuer, startIssuer } from '@vilkar/testing/issuer.ts'
import t from 'tap'
import { maySee } from '../auth.ts'
import { createServer } from '../http.ts'
import { createLog } from '../log.ts'
import { createTokenVerifier } from '../token-verifier.ts'
import { assertProblem } from './problem-answer.ts'

const log = createLog('auth', 'silent')
// Whatever takes time is started before the first test: what is done by then would otherwise be taken for all of the file.
const issuer = await startIssuer()
t.teardown(() => issuer.stop())
const stranger = await startIssuer()
t.teardown(() => stranger.stop())

async function serverTrusting(url: string) {
  const verifyToken = createTokenVerifier({ issuer: url, audience: 'vilkar' })
  const server = await createServer({ title: 'Doors', description: 'For the test.', verifyToken, log })
  server.get('/mine', { config: { access: 'orders:read' } }, async ({ caller }) => ({ subject: caller.subject }))
  server.get('/open', { config: { access: 'public' } }, async () => ({ open: true }))
  t.teardown(() => server.close())
  return server
}
const server = await serverTrusting(issuer.url)

async function ask(authorization?: string, url = '/mine', another = server) {
  const response = await another.inject({ method: 'GET', url, headers: authorization ? { authorization } : {} })
  return { status: response.statusCode, headers: response.headers, body: response.json() }
}
const right = (from: Issuer = issuer, claims: object = {}) => from.tokenFor('kari', ['orders:read'], claims)
const seconds = () => Math.floor(Temporal.Now.instant().epochMilliseconds / 1_000)
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

t.test('a token of the issuer, for us and with the scope, lets its subject in', async (t) => {
  const { status, body } = await ask(`Bearer ${await right()}`)
  t.strictSame({ status, body }, { status: 200, body: { subject: 'kari' } })
  t.equal((await ask(`bearer ${await right()}`)).status, 200)
})

t.test('a public route needs no token, and a wrong one does no harm', async (t) => {
  for (const authorization of [undefined, 'Bearer nonsense']) t.equal((await ask(authorization, '/open')).status, 200)
})

t.test('without a bearer token the answer is 401 and says how to authenticate', async (t) => {
  for (const authorization of [undefined, 'Basic a2FyaTprYXJp', 'Bearer', 'Bearer ']) {
    const answer = await ask(authorization)
    assertProblem(answer, 401, 'token-missing', /bearer token in the Authorization header/)
    t.equal(answer.headers['www-authenticate'], 'Bearer')
  }
})

t.test('a token without the scope is 403, and the problem names the scope', async () => {
  const token = await issuer.tokenFor('kari', ['orders:place', 'orders:read-not'])
  assertProblem(await ask(`Bearer ${token}`), 403, 'scope-missing', /"orders:read"/)
})

t.test('a token without any scope is 403', async () => {
  const token = await right(issuer, { scope: undefined })
  assertProblem(await ask(`Bearer ${token}`), 403, 'scope-missing', /scope/)
})

const wrongTokens: [string, () => Promise<string>][] = [
  ['that is garbage', async () => 'not.a.token'],
  ['that has expired', () => right(issuer, { iat: seconds() - 120, exp: seconds() - 60 })],
  ['that never expires', () => right(issuer, { exp: undefined })],
  ['that is not valid yet', () => right(issuer, { nbf: seconds() + 3_600 })],
  ['for another audience', () => right(issuer, { aud: 'another-shop' })],
  ['for no audience', () => right(issuer, { aud: undefined })],
  ['of no issuer', () => right(issuer, { iss: undefined })],
  ['of nobody', () => right(issuer, { sub: undefined })],
  ['of another issuer', () => right(stranger)],
  ['of another issuer that poses as ours', () => right(stranger, { iss: issuer.url })],
  [
    'that nobody signed',
    async () => {
      const [, claims] = (await right()).split('.')
      return `${encode({ alg: 'none', typ: 'JWT' })}.${claims}.`
    },
  ],
  [
    'whose claims were changed after it was signed',
    async () => {
      const [header, claims, signature] = (await right()).split('.')
      const changed = { ...JSON.parse(Buffer.from(claims!, 'base64url').toString()), sub: 'ola' }
      return `${header}.${encode(changed)}.${signature}`
    },
  ],
  [
    'that is signed with the public key as if it were a shared secret',
    async () => {
      const [header, claims] = (await right()).split('.')
      const { kid } = JSON.parse(Buffer.from(header!, 'base64url').toString())
      const { keys } = (await (await fetch(`${issuer.url}/jwks`)).json()) as { keys: object[] }
      const signed = `${encode({ alg: 'HS256', typ: 'JWT', kid })}.${claims}`
      return `${signed}.${createHmac('sha256', JSON.stringify(keys[0])).update(signed).digest('base64url')}`
    },
  ],
]
for (const [what, token] of wrongTokens)
  t.test(`a token ${what} is 401, and the problem does not say why`, async (t) => {
    const answer = await ask(`Bearer ${await token()}`)
    assertProblem(answer, 401, 'token-invalid', /^The bearer token is not valid here, or has expired\.$/)
    t.equal(answer.headers['www-authenticate'], 'Bearer')
  })

t.test('a route that does not say who may call it cannot be added', async (t) => {
  const another = await serverTrusting(issuer.url)
  t.throws(() => another.get('/forgotten', async () => ({})), /GET \/forgotten does not say who may call it/)
})

t.test('customers see what is theirs, staff sees everything', async (t) => {
  t.ok(maySee({ subject: 'kari', scopes: new Set(['orders:read']) }, 'kari'))
  t.ok(!maySee({ subject: 'ola', scopes: new Set(['orders:read']) }, 'kari'))
  t.ok(maySee({ subject: 'support', scopes: new Set(['staff']) }, 'kari'))
})

t.test('while the issuer cannot be reached nobody is told that a token is wrong: 503', async () => {
  const gone = await startIssuer()
  const another = await serverTrusting(gone.url)
  const token = await right(gone)
  await gone.stop()
  assertProblem(await ask(`Bearer ${token}`, '/mine', another), 503, 'issuer-unreachable', /try again/)
})
