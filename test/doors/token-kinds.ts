import { createHmac, createPublicKey } from 'node:crypto'
import { type Forger, forge, newEcKey, newRsaKey, secondsNow } from '../../libs/testing/forger.ts'

/** A kind of Authorization header, the header of a caller with some scopes, and what a closed door answers. */
export type TokenKind = [kind: string, header: (scopes: string[]) => string | undefined, expected: 401 | 403]

const base64url = (text: string) => Buffer.from(text).toString('base64url')
const hmac = (secret: string) => (signed: string) => createHmac('sha256', secret).update(signed).digest('base64url')

/** Kinds of tokens that let nobody in, whatever scopes they claim: they are made with the very scope that a door needs. */
export function wrongTokens(forger: Forger): TokenKind[] {
  const { url, claims, state } = forger
  const key = state.keys.get('rsa')!
  const stranger = newRsaKey()
  const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string
  const pkcs1 = createPublicKey(key).export({ type: 'pkcs1', format: 'pem' }) as string
  const modulus = createPublicKey(key).export({ format: 'jwk' }).n!
  const of = (more: object) => (scopes: string[]) => `Bearer ${forger.token({ scope: scopes.join(' '), ...more })}`
  const made = (header: object, signer?: Parameters<typeof forge>[2]) => (scopes: string[]) =>
    `Bearer ${forge(header, claims({ scope: scopes.join(' ') }), signer)}`
  const changed = (change: (parts: string[]) => string[]) => (scopes: string[]) =>
    `Bearer ${change(forger.token({ scope: scopes.join(' ') }).split('.')).join('.')}`

  const headers: [string, (scopes: string[]) => string | undefined][] = [
    ['none', () => undefined],
    ['of another scheme', () => `Basic ${base64url('kari:kari')}`],
    ['without a scheme', (scopes) => forger.token({ scope: scopes.join(' ') })],
    ['that is empty', () => 'Bearer '],
    ['that is no token', () => 'Bearer nonsense'],
    ['with a word behind it', (scopes) => `${of({})(scopes)} x`],
    ['written twice', (scopes) => `${of({})(scopes)}, ${of({})(scopes)}`],
    ['of five parts', changed((parts) => [...parts, 'x', 'y'])],
    ['of two parts', changed((parts) => parts.slice(0, 2))],
  ]
  const claimed: [string, object][] = [
    ['that expired an hour ago', { exp: secondsNow() - 3_600 }],
    ['that expired ten seconds ago', { exp: secondsNow() - 10 }],
    ['that is not valid yet', { nbf: secondsNow() + 600 }],
    ['that never expires', { exp: undefined }],
    ['whose expiry is text', { exp: String(secondsNow() + 600) }],
    ['whose expiry is null', { exp: null }],
    ['of no issuer', { iss: undefined }],
    ['of another issuer', { iss: 'https://id.example' }],
    ['of an issuer with a slash behind', { iss: `${url}/` }],
    ['of a list of issuers', { iss: [url] }],
    ['for nobody', { aud: undefined }],
    ['for another audience', { aud: 'another' }],
    ['for an audience that begins like ours', { aud: 'vilkar-admin' }],
    ['for our audience in capitals', { aud: 'VILKAR' }],
    ['for an empty list', { aud: [] }],
    ['of no subject', { sub: undefined }],
    ['whose subject is null', { sub: null }],
    ['whose subject is empty', { sub: '' }],
    ['whose subject is a number', { sub: 0 }],
    ['whose subject is a list', { sub: ['kari'] }],
    ['whose subject is an object', { sub: {} }],
  ]
  const signed: [string, ReturnType<typeof made>][] = [
    ['that nobody signed', made({ alg: 'none', kid: 'rsa' }, () => '')],
    ['that nobody signed, in other letters', made({ alg: 'nOnE', kid: 'rsa' }, () => '')],
    ['without an algorithm', made({ kid: 'rsa' }, key)],
    ['signed by the public key as a secret', made({ alg: 'HS256', kid: 'rsa' }, hmac(pem))],
    [
      'signed by the public key as a secret, without its last line break',
      made({ alg: 'HS256', kid: 'rsa' }, hmac(pem.trimEnd())),
    ],
    ['signed by the public key in another form as a secret', made({ alg: 'HS256', kid: 'rsa' }, hmac(pkcs1))],
    ['signed by the modulus as a secret', made({ alg: 'HS256', kid: 'rsa' }, hmac(modulus))],
    ['of a key of the caller’s under our key’s name', made({ alg: 'RS256', kid: 'rsa' }, stranger)],
    [
      'of a key that it brings along',
      made({ alg: 'RS256', kid: 'own', jwk: createPublicKey(stranger).export({ format: 'jwk' }) }, stranger),
    ],
    ['of a key that it says where to find', made({ alg: 'RS256', kid: 'own', jku: `${url}/keys`, x5u: url }, stranger)],
    ['of a key with the name of another’s file', made({ alg: 'RS256', kid: '../../keys' }, stranger)],
    ['of a key called __proto__', made({ alg: 'RS256', kid: '__proto__' }, stranger)],
    ['of an elliptic key of the caller’s', made({ alg: 'ES256', kid: 'ec' }, newEcKey())],
    ['of an elliptic signature of zeros', made({ alg: 'ES256', kid: 'ec' }, () => base64url('\0'.repeat(64)))],
    ['whose algorithm is not the one of its signature', made({ alg: 'PS256', kid: 'rsa' }, key)],
    ['with an extension that must be understood', made({ alg: 'RS256', kid: 'rsa', crit: ['x'], x: 1 }, key)],
    [
      'whose claims were changed',
      changed(([header, , signature]) => [header!, base64url(JSON.stringify(claims({ sub: 'ola' }))), signature!]),
    ],
    ['whose signature was cut', changed(([header, body, signature]) => [header!, body!, signature!.slice(0, -8)])],
    ['without its signature', changed(([header, body]) => [header!, body!, ''])],
  ]
  return [
    ...headers.map(([kind, header]): TokenKind => [kind, header, 401]),
    ...claimed.map(([kind, more]): TokenKind => [kind, of(more), 401]),
    ...signed.map(([kind, header]): TokenKind => [kind, header, 401]),
    ['whose scope is a list', (scopes) => of({ scope: scopes })(scopes), 401],
  ]
}

/** Good tokens that lack the scope of the door: `scopes` are all that there are but the one it needs. */
export function poorTokens(forger: Forger): TokenKind[] {
  const of = (write: (scopes: string[]) => object) => (scopes: string[]) => `Bearer ${forger.token(write(scopes))}`
  return [
    ['without scopes', of(() => ({ scope: undefined })), 403],
    ['with an empty scope', of(() => ({ scope: '' })), 403],
    ['with the scope "public undefined *"', of(() => ({ scope: 'public undefined null *' })), 403],
    ['of a program, and nothing else', of(() => ({ scope: 'service' })), 403],
    ['with every scope but the one needed', of((others) => ({ scope: others.join(' ') })), 403],
    [
      'with every other scope, by an elliptic key',
      (others) => `Bearer ${forger.token({ scope: others.join(' ') }, 'ec')}`,
      403,
    ],
  ]
}

/** Ways to write the scope that a door needs which are not that scope. */
export const miswritten: [kind: string, write: (scope: string) => object][] = [
  ['with a comma', (scope) => ({ scope: `x,${scope}` })],
  ['with a tab', (scope) => ({ scope: `x\t${scope}` })],
  ['in capitals', (scope) => ({ scope: scope.toUpperCase() })],
  ['in a claim called scp', (scope) => ({ scope: '', scp: [scope] })],
  ['in a claim called roles', (scope) => ({ scope: '', roles: [scope] })],
]
