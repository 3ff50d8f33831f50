import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const SIGNED_FOR_SECONDS = 600

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const encodedOnce = (value: unknown) => (typeof value === 'string' ? value : encode(value))
export const secondsNow = () => Math.floor(Temporal.Now.instant().epochMilliseconds / 1_000)

/** What signs a token: a key, in the way of RS256 or ES256, or a function of the text that is signed. */
export type Signer = KeyObject | ((signed: string) => string)

/** A token of any header, claims and signature; a part that is text already is taken as it is. Nobody signs unless told. */
export function forge(header: unknown, claims: unknown, signer?: Signer) {
  const signed = `${encodedOnce(header)}.${encodedOnce(claims)}`
  if (signer === undefined) return `${signed}.AAAA`
  if (typeof signer === 'function') return `${signed}.${signer(signed)}`
  const key = { key: signer, dsaEncoding: 'ieee-p1363' as const }
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
}

export const newRsaKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
export const newEcKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

/**
 * An issuer on loopback that signs whatever it is told to, counts how often it is asked for its metadata and its keys, and
 * can be silenced or given other keys. It begins with two keys: `rsa` and `ec`.
 */
export async function startForger({ audience = 'vilkar' } = {}) {
  const asked = { metadata: 0, keys: 0 }
  const state = { keys: new Map([['rsa', newRsaKey()]]).set('ec', newEcKey()), silent: false }
  const server = createServer((request, response) => {
    if (state.silent) return response.writeHead(503).end()
    if (request.url === '/.well-known/openid-configuration') {
      asked.metadata += 1
      return response.end(JSON.stringify({ issuer: url, jwks_uri: `${url}/keys` }))
    }
    asked.keys += 1
    return response.end(JSON.stringify({ keys: [...state.keys].map(([kid, key]) => publicOf(kid, key)) }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const claims = (more: object = {}) => ({
    ...{ iss: url, aud: audience, sub: 'kari', scope: 'orders:read', exp: secondsNow() + SIGNED_FOR_SECONDS },
    ...{ jti: randomUUID(), ...more },
  })
  return {
    ...{ url, audience, asked, state, claims },
    /** A token of this issuer's with other claims than those of a customer who may read orders. */
    token: (more: object = {}, kid = 'rsa') =>
      forge({ alg: kid === 'ec' ? 'ES256' : 'RS256', kid }, claims(more), state.keys.get(kid)),
    stop: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
export type Forger = Awaited<ReturnType<typeof startForger>>

function publicOf(kid: string, key: KeyObject) {
  const { d: _, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...jwk } = key.export({ format: 'jwk' })
  return { ...jwk, kid, alg: jwk.kty === 'EC' ? 'ES256' : 'RS256', use: 'sig' }
}
