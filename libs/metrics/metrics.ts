import type { Progress } from '@vilkar/messaging/progress.ts'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Figure } from './gauge.ts'
import { createReadings, type Reading, type ReadingOptions } from './readings.ts'

/** Seconds: from a page of terms to what the longest request may take. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const EVENT_LOOP_RESOLUTION_MS = 20
/** Whatever nobody serves is one route, whoever asks for it: labels stay few. */
const NO_ROUTE = 'none'

export type MetricsOptions = ReadingOptions & {
  service: string
  pool: pg.Pool
  /** Its requests are counted; it must not have been asked any yet. */
  server: FastifyInstance
  progress: Progress
}

/** The figures of a service: what it counts as it goes, and what is read when somebody asks. */
export function createMetrics({ service, pool, server, progress, ...reading }: MetricsOptions) {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_RESOLUTION_MS })
  const registers = [registry]
  countRequests(server, registers)
  watchPool(pool, registers)
  watchProgress(progress, registers)
  const readings = createReadings(reading)
  const readable = new Gauge({
    name: 'vilkar_database_readable',
    help: '1 when what is read from the database could be read; 0 leaves all of it out.',
    registers,
  })
  const gauges = new Map<Figure, Gauge>()
  for (const { figures, labels = [] } of reading.gauges)
    for (const figure of figures)
      gauges.set(figure, new Gauge({ name: figure.name, help: figure.help, labelNames: labels, registers }))

  function tell({ gauge: { figures, labels = [], always = [] }, rows }: Reading) {
    for (const figure of figures) {
      const gauge = gauges.get(figure)!
      gauge.reset()
      for (const set of always) gauge.set(set, 0)
      for (const row of rows) {
        const set = Object.fromEntries(labels.map((label) => [label, String(row[label])]))
        gauge.set(set, Number(row[figure.column] ?? 0))
      }
    }
  }

  return {
    contentType: registry.contentType,
    /** All figures as Prometheus reads them. */
    async text() {
      const answer = await readings.read()
      readable.set(answer === undefined ? 0 : 1)
      // An old figure would be taken for one of now.
      if (answer === undefined)
        for (const { figures, labels } of reading.gauges)
          for (const figure of figures) forget(gauges.get(figure)!, labels)
      for (const one of answer ?? []) tell(one)
      return registry.metrics()
    },
    close: () => readings.close(),
  }
}

function forget(gauge: Gauge, labels: readonly string[] = []) {
  gauge.reset()
  // One without labels is 0 by now; of one with labels nothing is left, and to remove nothing throws.
  if (labels.length === 0) gauge.remove()
}

function countRequests(server: FastifyInstance, registers: Registry[]) {
  const seconds = new Histogram({
    name: 'vilkar_http_request_seconds',
    help: 'Requests by route and status, and how long they took.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  })
  server.addHook('onResponse', (request, reply, done) => {
    const { url = NO_ROUTE } = request.routeOptions
    const method = url === NO_ROUTE ? NO_ROUTE : request.method
    seconds.observe({ method, route: url, status: reply.statusCode }, reply.elapsedTime / 1_000)
    done()
  })
}

/** Only who finds no connection free is timed: the others pay nothing. */
function watchPool(pool: pg.Pool, registers: Registry[]) {
  new Gauge({
    name: 'vilkar_pool_connections',
    help: 'Connections to the database by state, and who waits for one.',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'waited-for' }, pool.waitingCount)
    },
  })
  const waits = new Counter({ name: 'vilkar_pool_waits_total', help: 'How often none was free.', registers })
  const seconds = new Counter({
    name: 'vilkar_pool_wait_seconds_total',
    help: 'Seconds in which somebody waited for a free connection.',
    registers,
  })
  let waitedSince: number | undefined
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => unknown
  pool.connect = ((...args: unknown[]) => {
    if (pool.idleCount === 0 && pool.totalCount >= pool.options.max) {
      waits.inc()
      waitedSince ??= performance.now()
    }
    return connect(...args)
  }) as typeof pool.connect
  pool.on('acquire', () => {
    if (waitedSince === undefined || pool.waitingCount > 0) return
    seconds.inc((performance.now() - waitedSince) / 1_000)
    waitedSince = undefined
  })
}

function watchProgress(progress: Progress, registers: Registry[]) {
  new Gauge({
    name: 'vilkar_stalled',
    help: 'Parts of the service that have work and make no progress: the service is not ready.',
    registers,
    collect() {
      this.set(progress.stalled().length)
    },
  })
}
