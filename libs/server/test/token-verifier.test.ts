import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventually } from '@vilkar/testing/eventually.ts'
import { forge, newRsaKey, secondsNow, startForger } from '@vilkar/testing/forger.ts'
import t from 'tap'
import { createTokenVerifier, isIssuerSilent, type TokenVerifierOptions } from '../token-verifier.ts'

async function countingIssuer() {
  const forger = await startForger()
  t.teardown(() => forger.stop())
  const verifier = (pauses: Partial<TokenVerifierOptions> = {}) =>
    createTokenVerifier({ issuer: forger.url, audience: forger.audience, ...pauses })
  return { ...forger, good: forger.token, verifier }
}
const outcome = (verified: Promise<unknown>) =>
  verified.then(
    () => 'good',
    (error: unknown) => (isIssuerSilent(error) ? 'silent' : 'bad'),
  )
const outcomes = async (verified: Promise<unknown>[]) => [...new Set(await Promise.all(verified.map(outcome)))]

t.test(
  'two hundred tokens of unknown keys at once, or one after the other, cost the issuer one question',
  async (t) => {
    const { asked, claims, verifier } = await countingIssuer()
    const verify = verifier()
    const stranger = newRsaKey()
    const unknown = (kid: unknown) => verify(forge({ alg: 'RS256', kid }, claims(), stranger))
    t.strictSame(await outcomes(Array.from({ length: 200 }, (_, i) => unknown(`k${i}`))), ['bad'])
    for (let i = 0; i < 200; i += 1) t.equal(await outcome(unknown(`k${i}`)), 'bad')
    for (const kid of ['__proto__', '../rsa', '', 7, null, {}, ['rsa']]) t.equal(await outcome(unknown(kid)), 'bad')
    t.strictSame(asked, { metadata: 1, keys: 1 })
  },
)

t.test('whatever strangers ask for, the good key stays known', async (t) => {
  const { asked, claims, good, verifier } = await countingIssuer()
  const verify = verifier()
  t.equal(await outcome(verify(good())), 'good')
  const stranger = newRsaKey()
  const bad = Array.from({ length: 300 }, (_, i) => verify(forge({ alg: 'RS256', kid: `k${i}` }, claims(), stranger)))
  t.strictSame(await outcomes(bad), ['bad'])
  t.strictSame(await outcomes(Array.from({ length: 50 }, () => verify(good()))), ['good'])
  t.strictSame(asked, { metadata: 1, keys: 1 })
})

t.test('of a token whose algorithm or shape is not ours the issuer is never asked', async (t) => {
  const { asked, claims, verifier } = await countingIssuer()
  const verify = verifier()
  for (const alg of ['none', 'None', 'HS256', 'RS512', 'PS256', 'EdDSA', '', null, 7, undefined])
    t.equal(await outcome(verify(forge({ alg, kid: 'rsa' }, claims()))), 'bad', String(alg))
  const [header, body] = forge({ alg: 'RS256', kid: 'rsa' }, claims()).split('.')
  for (const token of ['', '.', '..', 'a.b', `${header}.${body}`, `${header}.${body}.AAAA.x.y`, `x.${body}.AAAA`])
    t.equal(await outcome(verify(token)), 'bad', token)
  const critical = forge({ alg: 'RS256', kid: 'rsa', crit: ['x'], x: 1 }, claims())
  t.equal(await outcome(verify(critical)), 'bad')
  t.strictSame(asked, { metadata: 0, keys: 0 })
})

t.test('a key that is new at the issuer is known after a while, without a restart', async (t) => {
  const { state, good, verifier } = await countingIssuer()
  const verify = verifier({ unknownKeyMs: 20 })
  t.equal(await outcome(verify(good())), 'good')
  state.keys = new Map([['second', newRsaKey()]])
  await eventually('the new key is known', async () => (await outcome(verify(good({}, 'second')))) === 'good')
  const withdrawn = forge({ alg: 'RS256', kid: 'rsa' }, {}, newRsaKey())
  t.equal(await outcome(verify(withdrawn)), 'bad')
})

t.test('an issuer that does not answer is left alone for a moment, and then asked again', async (t) => {
  const { asked, state, good, verifier } = await countingIssuer()
  const patient = verifier({ silentIssuerMs: 60_000 })
  const verify = verifier({ silentIssuerMs: 1 })
  state.silent = true
  t.strictSame(await outcomes(Array.from({ length: 50 }, () => patient(good()))), ['silent'])
  t.equal(await outcome(verify(good())), 'silent')
  state.silent = false
  t.equal(await outcome(patient(good())), 'silent')
  t.strictSame(asked, { metadata: 0, keys: 0 })
  await eventually('the issuer is asked again', async () => (await outcome(verify(good()))) === 'good')
})

t.test('a caller is a string with letters in it, and scopes are words in a string', async (t) => {
  const { good, verifier } = await countingIssuer()
  const verify = verifier()
  for (const sub of [undefined, null, '', 0, 7, true, [], ['kari'], {}])
    t.equal(await outcome(verify(good({ sub }))), 'bad', JSON.stringify(sub))
  for (const scope of [null, 7, ['orders:read'], {}])
    t.equal(await outcome(verify(good({ scope }))), 'bad', JSON.stringify(scope))
  for (const exp of [undefined, null, '9999999999', {}]) t.equal(await outcome(verify(good({ exp }))), 'bad')
  t.strictSame(await verify(good()), { subject: 'kari', scopes: new Set(['orders:read']) })
})

t.test('a good token is remembered until it expires, and bad ones never are', async (t) => {
  const { good, verifier } = await countingIssuer()
  const verify = verifier()
  const token = good()
  t.equal(verify.remembered!(token), undefined)
  const caller = await verify(token)
  t.equal(verify.remembered!(token), caller)
  const ends = good({ exp: secondsNow() - 4 })
  t.equal(await outcome(verify(ends)), 'good', 'clocks may differ by five seconds')
  await eventually('the token is forgotten', async () => verify.remembered!(ends) === undefined)
  const bad = good({ aud: 'another' })
  await outcome(verify(bad))
  t.equal(verify.remembered!(bad), undefined)
})

t.test('metadata of another issuer, or keys in the clear outside this machine, are not taken', async (t) => {
  for (const metadata of [
    { issuer: 'https://another.example', jwks_uri: 'https://another.example/keys' },
    { jwks_uri: 'http://keys.example/keys' },
    { jwks_uri: ['http://127.0.0.1/keys'] },
    {},
  ]) {
    const server = createServer((_request, response) => response.end(JSON.stringify({ issuer: url, ...metadata })))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const verify = createTokenVerifier({ issuer: url, audience: 'vilkar' })
    const token = forge({ alg: 'RS256', kid: 'rsa' }, { iss: url, aud: 'vilkar', sub: 'kari', exp: secondsNow() + 60 })
    t.equal(await outcome(verify(token)), 'silent')
    server.close()
  }
})
