import accepts from '@fastify/accepts'
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet'
import swagger, { type SwaggerOptions } from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { apiPages } from './api-pages.ts'
import { guard, type VerifyToken } from './auth.ts'
import { letBrowsersAsk } from './browsers.ts'
import { rememberReading } from './composed-doors.ts'
import { declareAnswers } from './declared-answers.ts'
import { answerClientError, answerFault, answerWithProblems, BODY_LIMIT_BYTES } from './error-answers.ts'
import { unstorable, usePersonFormats, useStrictFormats } from './formats.ts'
import { createLimits, type Limits } from './limits.ts'
import type { Log } from './log.ts'
import { problemPages } from './problem-pages.ts'
import { httpError } from './problems.ts'
import { buildSerializer } from './serialization.ts'
import { type TraceOf, traceRequests } from './trace-requests.ts'
import { validatorCompiler } from './validation.ts'

const REQUEST_TIMEOUT_MS = 30_000
/** Each wait of a handler ends sooner than this; whoever asks is answered by then, whatever hangs. */
const ANSWER_WITHIN_MS = 60_000
const CLOSE_IDLE_EVERY_MS = 50

/** Who is let in, how often, and whose word is taken for where a request comes from. */
export type Doors = Limits & {
  verifyToken: VerifyToken
  /** Origins whose pages may ask in a browser; none unless given. */
  origins?: string[]
  /** Addresses of the proxies before us, whose X-Forwarded-For is believed; nobody's unless given. */
  trustedProxies?: string
  /** Given where somebody is told of traces. */
  traceOf?: TraceOf
}

export type ServerOptions = Doors & {
  /** Name and purpose, for the OpenAPI document. */
  title: string
  description: string
  log: Log
  /** A request without an answer by then, in milliseconds, is answered with 503. */
  answerWithinMs?: number
}

/**
 * A Fastify server as every service of the house needs it: TypeBox validation that refuses unknown fields and never
 * converts a body's values, RFC 9457 problems for whatever goes wrong, bearer tokens, security headers, limits by
 * who calls, OpenAPI 3.1 at `/docs`, where `/` leads, and `/health/live` and `/health/ready`.
 */
export async function createServer(options: ServerOptions) {
  const { title, description, verifyToken, log, trustedProxies, traceOf, origins = [], ...others } = options
  const { answerWithinMs = ANSWER_WITHIN_MS, ...limits } = others
  useStrictFormats()
  usePersonFormats()
  const server = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    handlerTimeout: answerWithinMs,
    forceCloseConnections: 'idle',
    trustProxy: trustedProxies ?? false,
    frameworkErrors: answerFault as never,
    clientErrorHandler: answerClientError,
    schemaController: { compilersFactory: { buildSerializer, buildValidator: (() => validatorCompiler) as never } },
  }).withTypeProvider<TypeBoxTypeProvider>()

  answerWithProblems(server as never)
  server.addHook('onRoute', declareAnswers)
  rememberReading(server as never)
  if (origins.length > 0) await letBrowsersAsk(server as never, origins)
  closeIdleConnections(server as never)
  guard(server as never, verifyToken, await createLimits(server as never, limits))
  if (traceOf) traceRequests(server as never, traceOf)
  server.addHook('preHandler', async ({ body, query }) => {
    const wrong = unstorable('body', Buffer.isBuffer(body) ? undefined : body) ?? unstorable('querystring', query)
    if (wrong) throw httpError(400, 'invalid-input', `${wrong.field} ${wrong.message}.`, { errors: [wrong] })
  })
  await server.register(accepts)
  await server.register(helmet, LEFT_OUT)
  await server.register(swagger, documentOf(title, description))
  apiPages(server as never)
  problemPages(server as never)
  return server
}

export type Server = Awaited<ReturnType<typeof createServer>>
export type { FastifyReply, FastifyRequest }

/** What only a page could use, or only an old browser would read, is left out of every answer. */
const LEFT_OUT: FastifyHelmetOptions = {
  contentSecurityPolicy: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
}

/** A kept-alive connection that was busy when closing began would hold the server open for as long as it is kept alive. */
export function closeIdleConnections(server: FastifyInstance) {
  server.addHook('preClose', async () => {
    if (!server.server.listening) return
    const timer = setInterval(() => server.server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS)
    server.server.once('close', () => clearInterval(timer))
  })
}

const documentOf = (title: string, description: string): SwaggerOptions => ({
  openapi: {
    openapi: '3.1.1',
    info: { title, description, version: '0.1.0', license: { name: 'MIT', identifier: 'MIT' } },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  },
  // The token's scope is part of the contract, so it is written into every route's description.
  transform: ({ schema, url, route }) => {
    const access = route.config?.access
    if (schema === undefined || schema === null || access === undefined || access === 'public') return { schema, url }
    const about = `${schema.description ?? ''}\n\nScope: \`${access}\`.`.trim()
    return { url, schema: { ...schema, security: [{ bearer: [access] }], description: about } }
  },
})

/**
 * `/health/live`: the process answers. `/health/ready`: it can reach what it needs, else 503. Why not stands in the log: it
 * may name addresses, and anybody may ask.
 */
export function healthRoutes(server: Server, ready: () => Promise<void>) {
  const config = { access: 'public' as const, rateLimit: false as const }
  const schema = { hide: true }
  server.get('/health/live', { config, schema }, async () => ({ status: 'ok' }))
  server.get('/health/ready', { config, schema }, async (request) => {
    try {
      await ready()
    } catch (error) {
      request.log.warn({ err: error }, 'not ready')
      throw httpError(503, 'not-ready', 'The service cannot reach what it needs.')
    }
    return { status: 'ok' }
  })
}
