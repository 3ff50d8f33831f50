import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Counters } from './limits.ts'
import { httpError } from './problems.ts'
import { isIssuerSilent } from './token-verifier.ts'

/**
 * What a token may do (RFC 9068 `scope`). `staff` lifts the binding to one's own orders; it is for support agents,
 * the warehouse and the seller's own systems. `service` opens no door: it says that a program speaks for many people, such
 * as a storefront's server, and has the limit of requests that is meant for those.
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
  | 'returns:approve'
  | 'accounts:read'
  | 'privacy:read'
  | 'privacy:write'
  | 'privacy:ask'
  | 'holdings:write'
  | 'staff'
  | 'service'

/** Who calls: the token's subject and scopes. */
export type Caller = { subject: string; scopes: ReadonlySet<string> }

/** Turns a bearer token into a caller, or throws. `remembered` knows a token that was good and still is, at once. */
export type VerifyToken = ((token: string) => Promise<Caller>) & { remembered?: (token: string) => Caller | undefined }

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
  interface FastifyInstance {
    /** Every route that was added, in its order. */
    doors: Door[]
  }
  interface FastifyContextConfig {
    /** The scope that a caller needs; `public` lets anybody in. Every route must say one of them. */
    access?: Scope | 'public'
  }
}

/** A route as it stands open: `access` is the scope that it needs, or `public`. */
export type Door = { method: string; url: string; access: Scope | 'public' }

/**
 * Guards every route of the server: no token 401, wrong scope 403. A route that declares no access is a bug. Requests are
 * counted before anything is looked at: those of a known token for its subject, all others for their address, and of these
 * a caller's for the subject too once it is known who it is. Public doors and unknown routes have no token looked at.
 */
export function guard(server: FastifyInstance, verifyToken: VerifyToken, { countAddress, countSubject }: Counters) {
  const doors: Door[] = []
  server.decorate('doors', doors)
  server.decorateRequest('caller', null as unknown as Caller)
  server.addHook('onRoute', (route) => {
    if (route.url.startsWith('/docs')) route.config = { ...route.config, access: 'public' }
    const access = route.config?.access
    if (access === undefined) throw new Error(`${route.method} ${route.url} does not say who may call it.`)
    for (const method of [route.method].flat()) doors.push({ method, url: route.url, access })
  })
  server.addHook('onRequest', async (request, reply) => {
    const { access, rateLimit } = request.routeOptions.config
    if (rateLimit === false) return
    const token = bearerTokenOf(request)
    const known = token === undefined ? undefined : verifyToken.remembered?.(token)
    if (known !== undefined) request.caller = known
    else await countAddress(request, reply)
    if (access !== 'public' && !request.is404) request.caller ??= await callerOf(request, token, verifyToken)
    if (request.caller) await countSubject(request, reply)
    if (access === 'public' || request.is404) return
    if (access === undefined || !request.caller.scopes.has(access))
      throw httpError(403, 'scope-missing', `This needs a token with the scope "${access}".`)
  })
}

/** The scheme in any letters, one space, and a `b64token` that ends the header (RFC 6750 § 2.1, RFC 9110 § 11.1). */
const BEARER = /^bearer ([\w.~+/-]+=*)$/i

const bearerTokenOf = ({ headers }: FastifyRequest) => BEARER.exec(headers.authorization ?? '')?.[1]

async function callerOf(request: FastifyRequest, token: string | undefined, verifyToken: VerifyToken) {
  if (token === undefined) throw httpError(401, 'token-missing', 'Send a bearer token in the Authorization header.')
  try {
    return await verifyToken(token)
  } catch (error) {
    if (isIssuerSilent(error)) {
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

/** Whether the caller may see what belongs to `owner`: staff may, and the subject that placed the order. */
export const maySee = ({ subject, scopes }: Caller, owner: string) => scopes.has('staff') || subject === owner
