import { setTimeout as pause } from 'node:timers/promises'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import { startProxy, type TcpProxy } from '@vilkar/testing/proxy.ts'
import { createServiceProcess, type ServiceProcess } from '@vilkar/testing/service-process.ts'

/** What a service is connected to, by the variables in which its addresses stand. */
const LINES = {
  database: ['DATABASE_URL', 'MIGRATION_DATABASE_URL'],
  broker: ['NATS_URL'],
  mail: ['SMTP_URL'],
} as const
export type Line = keyof typeof LINES

const RESTART_AFTER_MS = 250
const LAST_WORDS = 2_000
const LOOK_EVERY_MS = 100
const ASK_TIMEOUT_MS = 1_000

/**
 * One of several processes of a service, each of whose connections goes through a proxy of its own. Until it is stopped, it is
 * started again whenever it ends, as an orchestrator does.
 */
export async function createReplica(
  opening: AsyncDisposableStack,
  name: string,
  service: ServiceName,
  environment: Record<string, string>,
  root?: string,
) {
  const port = await freePort()
  const { lines, changed } = await openLines(opening, environment)
  const running = createServiceProcess(service, { ...environment, ...changed, PORT: String(port) }, root)
  return { ...{ name, service, port, lines, running }, ...keep(running) }
}
export type Replica = Awaited<ReturnType<typeof createReplica>>

/** Keeps a process running until it is stopped. */
function keep(running: ServiceProcess) {
  let over = false
  let held: Promise<void> | undefined
  let ending = false
  let listens = false
  let slowestStopMs = 0
  const crashes: string[] = []

  async function keepUp() {
    while (!over) {
      await running.ended()
      if (over) return
      // One that finds no database at its start ends, and is started again: that is no crash.
      if (listens && !ending) crashes.push(running.output().slice(-LAST_WORDS))
      listens = false
      await held
      await pause(RESTART_AFTER_MS)
      if (over) return
      running.launch()
      listens = await untilItListens(running)
    }
  }
  let keeping: Promise<void> | undefined

  async function stopped() {
    const toldAt = performance.now()
    await running.stop()
    slowestStopMs = Math.max(slowestStopMs, Math.round(performance.now() - toldAt))
  }

  return {
    async start() {
      await running.start()
      listens = true
      keeping = keepUp()
    },
    /** Ends it, and lets it be started again when `done` is called. */
    async end(signal: 'SIGKILL' | 'SIGTERM') {
      const release = Promise.withResolvers<void>()
      held = release.promise
      ending = true
      // As an orchestrator does, nobody is sent to it any more.
      listens = false
      await (signal === 'SIGKILL' ? running.kill() : stopped())
      return function done() {
        ending = false
        release.resolve()
      }
    },
    /** Whether callers are sent to it. */
    serves: () => listens && running.isRunning(),
    /** How long it took at most to end after SIGTERM. */
    slowestStopMs: () => slowestStopMs,
    /** What it wrote last, of each time that it ended by itself. */
    crashes: (): readonly string[] => crashes,
    /** Ends it in order, for good. */
    async stop() {
      over = true
      listens = false
      await stopped()
      await keeping
    },
  }
}

/** Waits until a process listens, or has ended again; tells which. */
async function untilItListens({ url, isRunning }: ServiceProcess) {
  while (isRunning()) {
    const signal = AbortSignal.timeout(ASK_TIMEOUT_MS)
    const answer = await fetch(`${url}/health/live`, { signal }).catch(() => undefined)
    if (answer?.ok) return true
    await pause(LOOK_EVERY_MS)
  }
  return false
}

/**
 * A proxy for whatever a process is connected to, and the variables that lead to them. Of several servers the addresses stay: a
 * process finds its way among them itself.
 */
async function openLines(opening: AsyncDisposableStack, environment: Record<string, string>) {
  const lines = {} as Record<Line, TcpProxy>
  const changed: Record<string, string> = {}
  for (const line of Object.keys(LINES) as Line[]) {
    const [first, second] = environment[LINES[line][0]]!.split(',')
    const { hostname, port } = new URL(first!)
    const proxy = await startProxy({ host: hostname, port: Number(port) })
    opening.defer(() => proxy.stop())
    lines[line] = proxy
    if (second === undefined)
      for (const variable of LINES[line]) changed[variable] = withPort(environment[variable]!, proxy.port)
  }
  return { lines, changed }
}

const withPort = (url: string, port: number) => Object.assign(new URL(url), { port: String(port) }).href
