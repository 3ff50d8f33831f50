import accepts from '@fastify/accepts'
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet'
import swagger, { type SwaggerOptions } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { registerAjvFormats, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyError, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { guard, type VerifyToken } from './auth.ts'
import { unstorable, useStrictMoments } from './formats.ts'
import { type Issue, invalidInput } from './invalid-input.ts'
import { createLimits, type Limits } from './limits.ts'
import type { Log } from './log.ts'
import { httpError, PROBLEM_MEDIA_TYPE, type Problem, problem } from './problems.ts'
import { validatorCompiler } from './validation.ts'

const BODY_LIMIT_BYTES = 256 * 1024
const REQUEST_TIMEOUT_MS = 30_000
const CLOSE_IDLE_EVERY_MS = 50
/** PostgreSQL's SQLSTATE for a lock that was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03'

/** Who is let in, how often, and whose word is taken for where a request comes from. */
export type Doors = Limits & {
  verifyToken: VerifyToken
  /** Addresses of the proxies before us, whose X-Forwarded-For is believed; nobody's unless given. */
  trustedProxies?: string
}

export type ServerOptions = Doors & {
  /** Name and purpose, for the OpenAPI document. */
  title: string
  description: string
  log: Log
}

/**
 * A Fastify server as every service of the house needs it: TypeBox validation that refuses unknown fields and never
 * converts a body's values, RFC 9457 problems for whatever goes wrong, bearer tokens, security headers, limits by
 * who calls, OpenAPI 3.1 at `/docs`, where `/` leads, and `/health/live` and `/health/ready`.
 */
export async function createServer({ title, description, verifyToken, log, trustedProxies, ...limits }: ServerOptions) {
  registerAjvFormats()
  useStrictMoments()
  const server = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    trustProxy: trustedProxies ?? false,
  })
    .setValidatorCompiler(validatorCompiler)
    .withTypeProvider<TypeBoxTypeProvider>()

  answerWithProblems(server as never)
  closeIdleConnections(server as never)
  guard(server as never, verifyToken, await createLimits(server as never, limits))
  server.addHook('preHandler', async ({ body, query }) => {
    const wrong = unstorable('body', body) ?? unstorable('querystring', query)
    if (wrong) throw httpError(400, 'invalid-input', `${wrong.field} ${wrong.message}.`, { errors: [wrong] })
  })
  await server.register(accepts)
  await server.register(helmet, LEFT_OUT)
  await server.register(swagger, documentOf(title, description))
  await server.register(swaggerUi, { routePrefix: '/docs' })
  server.get('/', { config: { access: 'public' }, schema: { hide: true } }, (_request, reply) =>
    reply.redirect('/docs'),
  )
  return server
}

export type Server = Awaited<ReturnType<typeof createServer>>
export type { FastifyRequest }

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

function answerWithProblems(server: FastifyInstance) {
  server.setErrorHandler<FastifyError & { problem?: Problem }>((error, request, reply) => {
    const answer = error.problem ?? problemOf(error)
    if (answer.status >= 500)
      request.log.error({ err: error, method: request.method, url: request.url }, 'a request failed')
    if (answer.status === 401) reply.header('www-authenticate', 'Bearer')
    return reply.status(answer.status).type(PROBLEM_MEDIA_TYPE).send(answer)
  })
  server.setNotFoundHandler(({ method, url }, reply) => {
    const detail = `There is no ${method} ${url.split('?')[0]} here; see /docs.`
    return reply
      .status(404)
      .type(PROBLEM_MEDIA_TYPE)
      .send(problem(404, 'route-unknown', detail))
  })
}

/** A kept-alive connection that was busy when closing began would hold the server open for as long as it is kept alive. */
function closeIdleConnections(server: FastifyInstance) {
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

/** `/health/live`: the process answers. `/health/ready`: it can reach what it needs, else 503 with the reason. */
export function healthRoutes(server: Server, ready: () => Promise<void>) {
  const config = { access: 'public' as const, rateLimit: false as const }
  const schema = { hide: true }
  server.get('/health/live', { config, schema }, async () => ({ status: 'ok' }))
  server.get('/health/ready', { config, schema }, async (request, reply) => {
    try {
      await ready()
      return { status: 'ok' }
    } catch (error) {
      request.log.warn({ err: error }, 'not ready')
      const detail = `Not ready: ${(error as Error).message}`
      return reply
        .status(503)
        .type(PROBLEM_MEDIA_TYPE)
        .send(problem(503, 'not-ready', detail))
    }
  })
}

function problemOf(error: FastifyError): Problem {
  if (error.validation) return invalidInput(error.validationContext ?? 'body', error.validation as Issue[])
  if (error.code === LOCK_NOT_AVAILABLE)
    return problem(503, 'busy', 'Somebody else is changing the same thing. Nothing was changed; try again in a moment.')
  const status = error.statusCode ?? 500
  if (status === 429) return problem(429, 'too-many-requests', error.message)
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return problem(413, 'body-too-large', `The body may have ${BODY_LIMIT_BYTES / 1024} KiB at most.`)
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return problem(415, 'media-type-unsupported', 'Send the body as application/json.')
  }
  if (status >= 400 && status < 500) return problem(status, 'malformed-request', error.message)
  return problem(500, 'internal-fault', 'Something broke on our side. Nothing was changed; try again.')
}
