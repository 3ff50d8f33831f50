import type { FastifyInstance } from 'fastify'

/** How long a browser remembers what it may ask, in seconds. */
const REMEMBERED_FOR = 600

/**
 * Lets pages of these origins ask and read answers, refusals too (the Fetch Standard's CORS). No cookie is ever looked at: a page
 * brings its token like everybody else. To be called before whatever may refuse.
 */
export async function letBrowsersAsk(server: FastifyInstance, origins: string[]) {
  const { default: cors } = await import('@fastify/cors')
  await server.register(cors, {
    origin: origins,
    methods: ['GET', 'POST', 'PUT'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'accept'],
    exposedHeaders: ['etag', 'location', 'retry-after', 'content-disposition'],
    maxAge: REMEMBERED_FOR,
    strictPreflight: true,
  })
}

/** The origins in a list that is separated by commas. */
export const originsIn = (list = '') =>
  list
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '')
