import { type Context, context, type Link, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { type ExportResult, ExportResultCode, parseTraceParent } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { type Span, type SpanOf, useTracer } from './tracing.ts'

/** How long a collector may take for what is sent at a time. */
const EXPORT_TIMEOUT_MS = 2_000
/** How long a process that stops waits for what it has not sent yet. */
const FLUSH_WITHIN_MS = 2_000
const EXPORT_EVERY_MS = 1_000
/** What waits beyond this is not sent. */
const MAX_WAITING = 4_096
/** A batch serves so many traces at most. */
const MAX_LINKS = 1_024

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
}

type Options = {
  service: string
  /** Where an OTLP collector takes traces over HTTP, without `/v1/traces`. */
  endpoint: string
  /** The part of traces that is told, from 0 to 1. Who began a trace decides for all who continue it. */
  ratio: number
  /** Hears how each try to send ended. */
  onSent: (error?: Error) => void
}

/**
 * Tells the traces of this process to a collector, until it is closed: then what waits is sent, but no longer than two seconds.
 * A collector that is away costs spans and nothing else.
 */
export async function openTracing({ service, endpoint, ratio, onSent }: Options) {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: EXPORT_TIMEOUT_MS })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'vilkar' }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanLimits: { linkCountLimit: MAX_LINKS },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: {
          export: (spans: ReadableSpan[], done: (result: ExportResult) => void) =>
            exporter.export(spans, (result) => {
              onSent(
                result.code === ExportResultCode.SUCCESS
                  ? undefined
                  : (result.error ?? new Error('Traces were refused.')),
              )
              done(result)
            }),
          shutdown: () => exporter.shutdown(),
        },
        scheduledDelayMillis: EXPORT_EVERY_MS,
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
        maxQueueSize: MAX_WAITING,
      }),
    ],
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const tracer = provider.getTracer('vilkar')
  useTracer({
    begin: (about) => begin(tracer, about),
    current() {
      const active = trace.getSpanContext(context.active())
      return active && written(active)
    },
    continuing: (parent, work) => context.with(contextOf(parent), work),
  })
  return {
    async close() {
      useTracer(undefined)
      const timer = Promise.withResolvers<void>()
      const timeout = setTimeout(timer.resolve, FLUSH_WITHIN_MS)
      await Promise.race([provider.shutdown().catch(() => {}), timer.promise])
      clearTimeout(timeout)
      context.disable()
    },
  }
}

function begin(tracer: ReturnType<TracerProvider['getTracer']>, about: SpanOf): Span {
  const { name, kind, attributes, parent, links = [] } = about
  const within = parent === undefined ? context.active() : contextOf(parent ?? undefined)
  const linked = new Set(links).values().flatMap((each) => linkTo(each))
  const begun = tracer.startSpan(name, { kind: KINDS[kind], attributes, links: [...linked] }, within)
  return {
    traceparent: written(begun.spanContext()),
    note: (more) => void begun.setAttributes(more),
    fail(error) {
      begun.setStatus({ code: SpanStatusCode.ERROR })
      begun.setAttribute('error.type', errorType(error))
    },
    end: () => begun.end(),
  }
}

/** What a span failed with, without its words. */
function errorType(error: unknown) {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  return typeof code === 'string' && code !== '' ? code : typeof name === 'string' ? name : typeof error
}

function linkTo(parent: string | undefined): Link[] {
  const linked = parent === undefined ? null : parseTraceParent(parent)
  return linked === null ? [] : [{ context: { ...linked, isRemote: true } }]
}

/** The context in which the span of a `traceparent` is current; the root's where it is none, or says nothing of the kind. */
function contextOf(parent: string | undefined): Context {
  const found = parent === undefined ? null : parseTraceParent(parent)
  return found === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...found, isRemote: true })
}

const written = ({ traceId, spanId, traceFlags }: { traceId: string; spanId: string; traceFlags: number }) =>
  `00-${traceId}-${spanId}-${(traceFlags & 1).toString(16).padStart(2, '0')}`
