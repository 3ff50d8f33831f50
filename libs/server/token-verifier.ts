import type { FetchImplementation, JWTVerifyGetKey } from 'jose'
import type { Caller, VerifyToken } from './auth.ts'
import { systemClock } from './clock.ts'
import { isSafeUrl } from './config.ts'
import { lazily } from './lazily.ts'

const ALGORITHMS = ['RS256', 'ES256']
const KNOWN_TOKENS = 10_000
const CLOCK_TOLERANCE_SECONDS = 5
/** Keys are read anew after this long, so that one that the issuer withdrew is forgotten. */
const KEYS_MAX_AGE_MS = 10 * 60_000
/** A key that the issuer does not have is not asked for again for this long; neither is an issuer that does not answer. */
const UNKNOWN_KEY_MS = 30_000
const SILENT_ISSUER_MS = 5_000
const ISSUER_TIMEOUT_MS = 5_000

export type TokenVerifierOptions = { issuer: string; audience: string; unknownKeyMs?: number; silentIssuerMs?: number }

/**
 * Verifies RS256 and ES256 tokens (RFC 7519, RFC 9068) against the issuer's published keys (OpenID Connect Discovery).
 * Algorithm and shape are looked at before any key is; the issuer is asked by one request at a time, and no more often for
 * keys that it does not have, whatever tokens come. Good tokens are remembered until they expire. Expiry is judged by the
 * machine's clock, never by the movable one: a test that moves the shop's calendar must not decide whether a token holds.
 */
export function createTokenVerifier({ issuer, audience, ...pauses }: TokenVerifierOptions): VerifyToken {
  const key = lazily(() => issuerKeys(issuer, pauses))
  const known = new Map<string, { caller: Caller; expiresAt: number }>()

  function remembered(token: string) {
    const found = known.get(token)
    if (found === undefined) return undefined
    known.delete(token)
    if (found.expiresAt <= systemClock.now().epochMilliseconds) return undefined
    // What was used last stands last, so that what is forgotten first has long not been used.
    known.set(token, found)
    return found.caller
  }

  async function verify(token: string) {
    const caller = remembered(token)
    if (caller !== undefined) return caller
    const { jwtVerify } = await import('jose')
    const { payload } = await jwtVerify(token, await key(), {
      algorithms: ALGORITHMS,
      issuer,
      audience,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    })
    const verified = callerIn(payload)
    if (known.size >= KNOWN_TOKENS) known.delete(known.keys().next().value!)
    known.set(token, { caller: verified, expiresAt: (payload.exp! + CLOCK_TOLERANCE_SECONDS) * 1_000 })
    return verified
  }

  return Object.assign(verify, { remembered })
}

/** RFC 9068 § 2.2: `sub` is a string, and `scope` one with spaces between its words. Throws when they are anything else. */
function callerIn({ sub, scope = '' }: { sub?: unknown; scope?: unknown }): Caller {
  if (typeof sub !== 'string' || sub === '') throw new Error('The token names no subject.')
  if (typeof scope !== 'string') throw new Error('The scope of the token is no text.')
  return { subject: sub, scopes: new Set(scope.split(' ')) }
}

const SILENT = 'ISSUER_SILENT'
/** The keys could not be read, which says nothing about the token; that the issuer has no such key does. */
export const isIssuerSilent = (error: unknown) => (error as { code?: string }).code === SILENT
/** What `jose` throws about a token whose key is none of the issuer's. */
const NOT_OF_THE_ISSUER = ['ERR_JWKS_NO_MATCHING_KEY', 'ERR_JWKS_MULTIPLE_MATCHING_KEYS']

/** The issuer's keys: its metadata and its set of keys are read together, so that either may move. */
async function issuerKeys(
  issuer: string,
  {
    unknownKeyMs = UNKNOWN_KEY_MS,
    silentIssuerMs = SILENT_ISSUER_MS,
  }: Omit<TokenVerifierOptions, 'issuer' | 'audience'>,
): Promise<JWTVerifyGetKey> {
  const { createRemoteJWKSet, customFetch } = await import('jose')
  let silentUntil = 0
  const readKeys: FetchImplementation = async (url, options) => {
    if (systemClock.now().epochMilliseconds < silentUntil) throw new Error('The issuer did not answer a moment ago.')
    try {
      const response = await fetch(await keysUrl(url, issuer, options), options)
      if (!response.ok) throw new Error(`The issuer's keys are answered with ${response.status}.`)
      return response
    } catch (error) {
      silentUntil = systemClock.now().epochMilliseconds + silentIssuerMs
      throw error
    }
  }
  const keys = createRemoteJWKSet(new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`), {
    timeoutDuration: ISSUER_TIMEOUT_MS,
    cooldownDuration: unknownKeyMs,
    cacheMaxAge: KEYS_MAX_AGE_MS,
    [customFetch]: readKeys,
  })
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (error) {
      if (NOT_OF_THE_ISSUER.includes((error as { code: string }).code)) throw error
      throw Object.assign(new Error("The issuer's keys cannot be read.", { cause: error }), { code: SILENT })
    }
  }
}

/** Where the issuer's metadata says that its keys are. Throws when it is another's, or they would travel in the clear. */
async function keysUrl(metadataUrl: string, issuer: string, options: RequestInit) {
  const response = await fetch(metadataUrl, options)
  if (!response.ok) throw new Error(`The issuer's metadata cannot be read: ${response.status}.`)
  const metadata = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown }
  if (metadata.issuer !== issuer) throw new Error("The issuer's metadata name another issuer.")
  if (typeof metadata.jwks_uri !== 'string' || !isSafeUrl(metadata.jwks_uri))
    throw new Error("The issuer's metadata name no https address of its keys.")
  return metadata.jwks_uri
}
