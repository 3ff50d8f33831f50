import fastify from 'fastify'
import { createMetrics, type MetricsOptions } from './metrics.ts'

const REQUEST_TIMEOUT_MS = 10_000

/**
 * Tells a service's figures at `/metrics`, on a port of its own that is the operator's alone: it takes no token, so that it works when
 * the issuer does not, and nothing else is served there (decision 33).
 */
export async function openMetricsPort({ host, port, ...options }: MetricsOptions & { host: string; port: number }) {
  const metrics = createMetrics(options)
  const server = fastify({ requestTimeout: REQUEST_TIMEOUT_MS, forceCloseConnections: true })
  server.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()))
  const url = await server.listen({ host, port })
  return {
    url: `${url}/metrics`,
    async close() {
      await server.close()
      await metrics.close()
    },
  }
}
