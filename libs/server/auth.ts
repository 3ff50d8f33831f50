import { createVerifier, type VerifierOptions } from 'fast-jwt'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import createGetJwks from 'get-jwks'
import { systemClock } from './clock.ts'
import { httpError } from './problems.ts'

/**
 * What a token may do (RFC 9068 `scope`). `staff` lifts the binding to one's own orders; it is for support agents,
 * the warehouse and the seller's own systems.
 */
export type Scope =
  | 'orders:place'
  | 'orders:read'
  | 'orders:cancel'
  | 'products:write'
  | 'mail:events'
  | 'shipments:read'
  | 'shipments:write'
  | 'returns:read'
  | 'returns:write'
  | 'staff'

/** Who calls: the token's subject and scopes. */
export type Caller = { subject: string; scopes: ReadonlySet<string> }

/** Turns a bearer token into a caller, or throws. */
export type VerifyToken = (token: string) => Promise<Caller>

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
  interface FastifyContextConfig {
    /** The scope that a caller needs; `public` lets anybody in. Every route must say one of them. */
    access?: Scope | 'public'
  }
}

const KNOWN_TOKENS = 1_000
const CLOCK_TOLERANCE_MS = 5_000

/**
 * Verifies RS256 and ES256 tokens against the issuer's published keys (OpenID Connect Discovery). Checked tokens are
 * remembered until they expire. Expiry is judged by the machine's clock, never by the movable one: a test that moves
 * the shop's calendar must not decide whether a token holds.
 */
export function createTokenVerifier({ issuer, audience }: { issuer: string; audience: string }): VerifyToken {
  const jwks = createGetJwks({ providerDiscovery: true, issuersWhitelist: [issuer], ttl: 10 * 60_000 })
  const options: Partial<VerifierOptions> = {
    algorithms: ['RS256', 'ES256'],
    allowedIss: issuer,
    allowedAud: audience,
    // An issuer or audience that is given is compared; one that is left out would pass unless it is required.
    requiredClaims: ['iss', 'aud', 'sub', 'exp'],
    clockTolerance: CLOCK_TOLERANCE_MS,
  }
  const verify = createVerifier({
    ...options,
    key: async ({ header }: { header: { kid?: string; alg: string } }) =>
      jwks.getPublicKey({ kid: header.kid ?? '', alg: header.alg, domain: issuer }),
  } as never) as unknown as (token: string) => Promise<{ sub: string; scope?: string; exp: number }>
  const known = new Map<string, { caller: Caller; expiresAt: number }>()
  return async (token) => {
    const remembered = known.get(token)
    if (remembered !== undefined && remembered.expiresAt > systemClock.now().epochMilliseconds) return remembered.caller
    const { sub, scope = '', exp } = await verify(token)
    const caller = { subject: sub, scopes: new Set(scope.split(' ')) }
    if (known.size >= KNOWN_TOKENS) known.clear()
    known.set(token, { caller, expiresAt: exp * 1_000 + CLOCK_TOLERANCE_MS })
    return caller
  }
}

/** Guards every route of the server: no token 401, wrong scope 403. A route that declares no access is a bug. */
export function guard(server: FastifyInstance, verifyToken: VerifyToken) {
  server.decorateRequest('caller', null as unknown as Caller)
  server.addHook('onRoute', (route) => {
    if (route.url.startsWith('/docs')) route.config = { ...route.config, access: 'public' }
    if (route.config?.access === undefined)
      throw new Error(`${route.method} ${route.url} does not say who may call it.`)
  })
  server.addHook('onRequest', async (request: FastifyRequest) => {
    const { access } = request.routeOptions.config
    if (access === 'public' || request.is404) return
    request.caller = await callerOf(request, verifyToken)
    if (access === undefined || !request.caller.scopes.has(access)) {
      throw httpError(403, 'scope-missing', `This needs a token with the scope "${access}".`)
    }
  })
}

async function callerOf(request: FastifyRequest, verifyToken: VerifyToken) {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ', 2)
  if (scheme?.toLowerCase() !== 'bearer' || !token) {
    throw httpError(401, 'token-missing', 'Send a bearer token in the Authorization header.')
  }
  try {
    return await verifyToken(token)
  } catch (error) {
    if (issuerIsSilent(error)) {
      request.log.error({ err: error }, "the issuer's keys cannot be read")
      throw httpError(
        503,
        'issuer-unreachable',
        'Tokens cannot be checked just now. Nothing was changed; try again in a moment.',
      )
    }
    request.log.info({ code: (error as { code?: string }).code }, 'a token was rejected')
    throw httpError(401, 'token-invalid', 'The bearer token is not valid here, or has expired.')
  }
}

/** The keys could not be fetched, which says nothing about the token; an unknown key id does. */
function issuerIsSilent(error: unknown) {
  const { code, originalError } = error as { code?: string; originalError?: { code?: string } }
  return (
    code === 'FAST_JWT_KEY_FETCHING_ERROR' &&
    originalError?.code !== 'JWK_NOT_FOUND' &&
    originalError?.code !== 'NO_JWKS'
  )
}

/** Whether the caller may see what belongs to `owner`: staff may, and the subject that placed the order. */
export const maySee = ({ subject, scopes }: Caller, owner: string) => scopes.has('staff') || subject === owner
