import { createOutageLog } from '@vilkar/messaging/outage-log.ts'
import type { Log } from './log.ts'

/** What the environment says of a collector (`commonVariables`). */
type Told = { OTEL_EXPORTER_OTLP_ENDPOINT?: string; OTEL_TRACES_SAMPLER_ARG: number }

/** Tells a collector of traces, if there is one; one that is away is logged once, and once when it is back. */
export async function openTraces(
  service: string,
  { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_TRACES_SAMPLER_ARG: ratio }: Told,
  log: Log,
) {
  if (url === undefined) return undefined
  const outage = createOutageLog(log, 'collector of traces')
  const onSent = (error?: Error) => (error ? outage.begin(error) : outage.end())
  const { openTracing } = await import('@vilkar/tracing/open-tracing.ts')
  return openTracing({ service, endpoint: url.replace(/\/+$/, ''), ratio, onSent })
}
