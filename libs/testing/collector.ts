import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A span as a collector is told of it. Ids are hexadecimal; of one that began its trace `parent` is undefined. */
export type ToldSpan = {
  service: string
  name: string
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer (OTLP). */
  kind: number
  trace: string
  id: string
  parent?: string
  links: { trace: string; id: string }[]
  attributes: Record<string, string | number>
  failed: boolean
}

/**
 * A collector of OpenTelemetry's traces on loopback (OTLP over HTTP, as JSON), which keeps what it is told. `texts` is all of it as it
 * came. One that is mute takes what is sent and never answers.
 */
export async function startCollector({ mute = false } = {}) {
  const spans: ToldSpan[] = []
  const texts: string[] = []
  let asked = 0
  const server = createServer(async (request, response) => {
    asked += 1
    if (mute) return
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    if (request.url !== '/v1/traces') return void response.writeHead(404).end()
    texts.push(text)
    spans.push(...spansIn(JSON.parse(text)))
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: (): readonly ToldSpan[] => spans,
    texts: (): readonly string[] => texts,
    /** How often it was sent something. */
    asked: () => asked,
    async stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

type Value = { stringValue?: string; intValue?: number | string; doubleValue?: number }
type Attribute = { key: string; value: Value }
type Told = {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Record<string, never>[] }[] }[]
}

function spansIn({ resourceSpans }: Told): ToldSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(attributesOf(resource.attributes)['service.name'])
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => spanOf(service, span)))
  })
}

const spanOf = (service: string, span: Record<string, never>): ToldSpan => ({
  service,
  name: span.name!,
  kind: span.kind!,
  trace: span.traceId!,
  id: span.spanId!,
  parent: span.parentSpanId || undefined,
  links: ((span.links ?? []) as { traceId: string; spanId: string }[]).map(({ traceId, spanId }) => ({
    trace: traceId,
    id: spanId,
  })),
  attributes: attributesOf(span.attributes ?? []),
  failed: (span.status as { code?: number } | undefined)?.code === 2,
})

const attributesOf = (attributes: readonly Attribute[]) =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue ?? value.doubleValue)]),
  )
