import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { type Issuer, startIssuer } from '@vilkar/testing/issuer.ts'
import { createTokenVerifier, maySee } from '../auth.ts'
import { createServer } from '../http.ts'
import { createLog } from '../log.ts'
import { assertProblem } from './problem-answer.ts'

const log = createLog('auth', 'silent')
// Whatever takes time is started before the first test: what is done by then would otherwise be taken for all of the file.
const issuer = await startIssuer()
after(() => issuer.stop())
const stranger = await startIssuer()
after(() => stranger.stop())

async function serverTrusting(url: string) {
  const verifyToken = createTokenVerifier({ issuer: url, audience: 'vilkar' })
  const server = await createServer({ title: 'Doors', description: 'For the test.', verifyToken, log })
  server.get('/mine', { config: { access: 'orders:read' } }, async ({ caller }) => ({ subject: caller.subject }))
  server.get('/open', { config: { access: 'public' } }, async () => ({ open: true }))
  after(() => server.close())
  return server
}
const server = await serverTrusting(issuer.url)

async function ask(authorization?: string, url = '/mine', door = server) {
  const response = await door.inject({ method: 'GET', url, headers: authorization ? { authorization } : {} })
  return { status: response.statusCode, headers: response.headers, body: response.json() }
}
const right = (from: Issuer = issuer, claims: object = {}) => from.tokenFor('kari', ['orders:read'], claims)
const seconds = () => Math.floor(Temporal.Now.instant().epochMilliseconds / 1_000)
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a token of the issuer, for us and with the scope, opens the door to its subject', async () => {
  const { status, body } = await ask(`Bearer ${await right()}`)
  assert.deepEqual({ status, body }, { status: 200, body: { subject: 'kari' } })
  assert.equal((await ask(`bearer ${await right()}`)).status, 200)
})

test('a public door needs no token, and a wrong one does not close it', async () => {
  for (const authorization of [undefined, 'Bearer nonsense'])
    assert.equal((await ask(authorization, '/open')).status, 200)
})

test('without a bearer token the answer is 401 and says how to authenticate', async () => {
  for (const authorization of [undefined, 'Basic a2FyaTprYXJp', 'Bearer', 'Bearer ']) {
    const answer = await ask(authorization)
    assertProblem(answer, 401, 'token-missing', /bearer token in the Authorization header/)
    assert.equal(answer.headers['www-authenticate'], 'Bearer')
  }
})

test('a token without the scope is 403, and the problem names the scope', async () => {
  const token = await issuer.tokenFor('kari', ['orders:place', 'orders:read-not'])
  assertProblem(await ask(`Bearer ${token}`), 403, 'scope-missing', /"orders:read"/)
})

test('a token without any scope is 403', async () => {
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
  test(`a token ${what} is 401, and the problem does not say why`, async () => {
    const answer = await ask(`Bearer ${await token()}`)
    assertProblem(answer, 401, 'token-invalid', /^The bearer token is not valid here, or has expired\.$/)
    assert.equal(answer.headers['www-authenticate'], 'Bearer')
  })

test('when the issuer changes its keys, new tokens are taken without a restart', async () => {
  const before = await startIssuer()
  const port = Number(new URL(before.url).port)
  const door = await serverTrusting(before.url)
  assert.equal((await ask(`Bearer ${await right(before)}`, '/mine', door)).status, 200)
  await before.stop()
  const rotated = await startIssuer({ port })
  after(() => rotated.stop())
  assert.equal(rotated.url, before.url)
  assert.equal((await ask(`Bearer ${await right(rotated)}`, '/mine', door)).status, 200)
})

test('a route that does not say who may call it cannot be added', async () => {
  const door = await serverTrusting(issuer.url)
  assert.throws(() => door.get('/forgotten', async () => ({})), /GET \/forgotten does not say who may call it/)
})

test('customers see what is theirs, staff sees everything', () => {
  assert.ok(maySee({ subject: 'kari', scopes: new Set(['orders:read']) }, 'kari'))
  assert.ok(!maySee({ subject: 'ola', scopes: new Set(['orders:read']) }, 'kari'))
  assert.ok(maySee({ subject: 'support', scopes: new Set(['staff']) }, 'kari'))
})

test('while the issuer cannot be reached nobody is told that a token is wrong: 503', async () => {
  const gone = await startIssuer()
  const door = await serverTrusting(gone.url)
  const token = await right(gone)
  await gone.stop()
  assertProblem(await ask(`Bearer ${token}`, '/mine', door), 503, 'issuer-unreachable', /try again/)
})
