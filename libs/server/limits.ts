import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from './auth.ts'
import { httpError } from './problems.ts'

const WINDOW_MS = 60_000
/** Addresses and subjects that are counted at once; beyond it the least recently seen is forgotten. */
const COUNTED = 20_000
/** Of whom has one of these scopes it is known that they speak for many: a storefront's server, a warehouse, support. */
const SPEAKS_FOR_MANY = ['service', 'staff']

/** Requests in a minute: of one subject or one address, and of one subject that speaks for many. */
export type Limits = { rateLimitPerMinute?: number; serviceRateLimitPerMinute?: number }

/**
 * Counts requests by who makes them. `countAddress` is for whoever is not known yet and comes before a token is looked
 * at; `countSubject` is for a caller. Either throws 429 with Retry-After once a minute's requests are used up.
 */
export async function createLimits(
  server: FastifyInstance,
  { rateLimitPerMinute = 600, serviceRateLimitPerMinute = 12_000 }: Limits,
) {
  await server.register(rateLimit, { global: false, timeWindow: WINDOW_MS, cache: COUNTED })
  const ofAddress = server.createRateLimit({
    max: rateLimitPerMinute,
    keyGenerator: ({ ip }) => normalizeIP(ip),
  })
  const ofSubject = server.createRateLimit({
    max: ({ caller }) => (speaksForMany(caller) ? serviceRateLimitPerMinute : rateLimitPerMinute),
    keyGenerator: ({ caller }) => caller.subject,
  })
  return { countAddress: counted(ofAddress), countSubject: counted(ofSubject) }
}

/** Counts the requests of one address to doors that want fewer than the others; throws 429 as they do. */
export const countAddressAt = (server: Pick<FastifyInstance, 'createRateLimit'>, perMinute: () => number) =>
  counted(server.createRateLimit({ max: perMinute, timeWindow: WINDOW_MS, keyGenerator: ({ ip }) => normalizeIP(ip) }))

const counted =
  (limit: ReturnType<FastifyInstance['createRateLimit']>) => async (request: FastifyRequest, reply: FastifyReply) => {
    const counted = await limit(request)
    if (counted.isAllowed) return
    const { max, remaining, ttlInSeconds } = counted
    reply.headers({
      'x-ratelimit-limit': max,
      'x-ratelimit-remaining': remaining,
      'x-ratelimit-reset': ttlInSeconds,
    })
    if (!counted.isExceeded) return
    reply.header('retry-after', ttlInSeconds)
    throw httpError(429, 'too-many-requests', `Too many requests. Try again in ${ttlInSeconds} seconds.`)
  }

export type Counters = Awaited<ReturnType<typeof createLimits>>

const speaksForMany = ({ scopes }: Caller) => SPEAKS_FOR_MANY.some((scope) => scopes.has(scope))
