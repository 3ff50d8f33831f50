import type { FastifyInstance } from 'fastify'
import { lazily } from './lazily.ts'

const PREFIX = '/docs'

/**
 * The API document as pages to read and try (`/docs`), and as JSON and YAML beside them (`/docs/json`, `/docs/yaml`). What
 * shows them is loaded by the first who looks: a service starts without it.
 */
export function apiPages(server: FastifyInstance) {
  const pages = lazily(() => openPages(server))
  const options = { config: { access: 'public' as const }, schema: { hide: true } }
  server.get('/', options, (_request, reply) => reply.redirect(PREFIX))
  for (const path of [PREFIX, `${PREFIX}/*`])
    server.get(path, options, async ({ url, headers }, reply) => {
      const { inject } = await pages()
      const { statusCode, headers: answered, rawPayload } = await inject({ method: 'GET', url, headers })
      // How the bytes travel is between the client and us.
      const { connection: _, 'transfer-encoding': __, ...told } = answered
      return reply.code(statusCode).headers(told).send(rawPayload)
    })
}

async function openPages(server: FastifyInstance) {
  const [{ default: createPages }, { default: swagger }, { default: swaggerUi }] = await Promise.all([
    import('fastify'),
    import('@fastify/swagger'),
    import('@fastify/swagger-ui'),
  ])
  // It listens to nothing: who asks, asks through us.
  const pages = createPages()
  await pages.register(swagger, { mode: 'static', specification: { document: server.swagger() as never } })
  await pages.register(swaggerUi, { routePrefix: PREFIX })
  await pages.ready()
  return pages
}
