import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { closeIdleConnections } from '@vilkar/server/http.ts'
import { lazily } from '@vilkar/server/lazily.ts'
import { traceRequests } from '@vilkar/server/trace-requests.ts'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Deps } from '../deps.ts'
import { answerFaults, tooMany } from './faults.ts'
import { houseWords, type Place } from './view.ts'
import { isLanguage, languageAsked } from './words.ts'

const REQUEST_TIMEOUT_MS = 30_000
/** Longer than each call to a service may take; a page that is not there by then is given up. */
const ANSWER_WITHIN_MS = 60_000
const BODY_LIMIT_BYTES = 256 * 1024
const WINDOW_MS = 60_000
export const LANGUAGE_COOKIE = 'language'

/** A page loads its own files, sends forms to where it came from and is framed by nobody; pictures in style sheets are `data:`. */
const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  frameSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}

/** What `@fastify/helmet` says of a page that these origins may frame. `X-Frame-Options` knows no list, and is left out. */
export const policyFramedBy = (origins: readonly string[]) => ({
  contentSecurityPolicy: { useDefaults: false, directives: { ...POLICY, frameAncestors: [...origins] } },
  frameguard: false,
})

/**
 * A Fastify server for pages: forms, cookies, a strict Content Security Policy, a limit of requests by address, faults told as pages,
 * and a `view` on every request. A page is never kept by a browser or a proxy unless its route says so.
 */
export async function createPages({ config, log, clock, clientsOf }: Deps, places: readonly Place[]) {
  const server: FastifyInstance = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    handlerTimeout: ANSWER_WITHIN_MS,
    forceCloseConnections: 'idle',
    trustProxy: config.TRUSTED_PROXIES ?? false,
    genReqId: () => randomBytes(8).toString('hex'),
  })
  closeIdleConnections(server)
  answerFaults(server)
  traceRequests(server, undefined)
  await server.register(cookie)
  server.decorateRequest('view', null as never)
  server.addHook('onRequest', async (request, reply) => {
    const { language: kept } = request.cookies
    const language = isLanguage(kept) ? kept : languageAsked(request.headers['accept-language'])
    const now = clock.now()
    request.view = {
      language,
      say: houseWords(language),
      url: request.url,
      places,
      clients: clientsOf(),
      // One for all forms of a page.
      csrf: lazily(() => reply.generateCsrf()),
      now,
      today: now.toZonedDateTimeISO('Europe/Oslo').toPlainDate().toString(),
    }
    reply.header('cache-control', 'no-store').header('vary', 'cookie, accept-language')
  })
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    referrerPolicy: { policy: 'same-origin' },
  })
  await server.register(formbody, { bodyLimit: BODY_LIMIT_BYTES })
  await server.register(rateLimit, {
    max: config.RATE_LIMIT_PER_MINUTE,
    timeWindow: WINDOW_MS,
    errorResponseBuilder: (_request, { statusCode }) => tooMany(statusCode),
  })
  return server
}
