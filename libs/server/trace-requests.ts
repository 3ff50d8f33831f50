import { beginSpan, continuing, type Span } from '@vilkar/tracing/tracing.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** The `traceparent` of what happened last to an order, shipment or return, by its id. */
export type TraceOf = (id: string) => Promise<string | undefined>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const READING = new Set(['GET', 'HEAD', 'OPTIONS'])
const FAILED = 500

/**
 * A span for every request that is let in. It goes on with the trace that a caller with a token names (`traceparent`); of one that
 * changes an order, shipment or return and names none, with that of what happened to it last. Strangers begin traces of their own. Of
 * the address only the route is told: what stands in its place may open a payment. Without `traceOf` whoever asks is a browser, and names
 * no trace: each of its requests begins one.
 */
export function traceRequests(server: FastifyInstance, traceOf: TraceOf | undefined) {
  const spans = new WeakMap<FastifyRequest, Span>()
  server.addHook('onRequest', async (request) => {
    const { method, routeOptions } = request
    const { url, config } = routeOptions
    if (url === undefined || config.access === undefined || url.startsWith('/health/')) return
    const parent = config.access === 'public' || traceOf === undefined ? undefined : await parentOf(request, traceOf)
    const attributes = { 'http.request.method': method, 'http.route': url }
    const span = beginSpan({ name: `${method} ${url}`, kind: 'server', parent: parent ?? null, attributes })
    if (span) spans.set(request, span)
  })
  // After the body was read, which is heard of outside of whoever asked for it.
  server.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request)
    if (span) continuing(span.traceparent, done)
    else done()
  })
  server.addHook('onError', async (request, reply, error) => {
    if (reply.statusCode >= FAILED) spans.get(request)?.fail(error)
  })
  server.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request)
    span?.note({ 'http.response.status_code': reply.statusCode })
    span?.end()
  })
}

async function parentOf({ method, headers, params }: FastifyRequest, traceOf: TraceOf) {
  if (headers.traceparent !== undefined) return String(headers.traceparent)
  const { id } = params as { id?: string }
  if (READING.has(method) || id === undefined || !UUID.test(id)) return undefined
  return traceOf(id)
}
