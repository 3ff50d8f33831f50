import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, constants, mkdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'
import { PATIENCE_MS } from './patience.ts'
import { freePort } from './ports.ts'
import { runningProcess } from './processes.ts'

const STOP_TIMEOUT_MS = 5_000
const PROBE_MS = 25
const PROBE_TIMEOUT_MS = 500

/**
 * A nats-server with JetStream of our own, on a port of loopback (a free one unless it is given), with its files in `directory`. Undefined when
 * the binary is not on the PATH.
 */
export async function startNats({ directory, port: wanted = 0 }: { directory: string; port?: number }) {
  const binary = await findBinary('nats-server')
  if (binary === undefined) return undefined
  const port = wanted === 0 ? await freePort() : wanted
  let server: ChildProcess
  const isRunning = () => server.exitCode === null && server.signalCode === null

  async function start() {
    await mkdir(directory, { recursive: true })
    const pidFile = join(directory, 'nats.pid')
    const orphan = await runningProcess(pidFile, 'nats-server', directory)
    if (orphan !== undefined) process.kill(orphan, 'SIGKILL')
    server = spawn(binary!, ['-a', '127.0.0.1', '-p', String(port), '-P', pidFile, '-js', '-sd', directory], {
      // A session of its own: Ctrl-C is for us to hear.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const left = () => server.kill('SIGKILL')
    process.once('exit', left)
    server.once('exit', () => process.removeListener('exit', left))
    const lines: string[] = []
    server.stderr!.on('data', (text) => void lines.push(String(text)))
    server.once('error', (error) => void lines.push(String(error)))
    const end = performance.now() + PATIENCE_MS
    while (!(await answers(port))) {
      if (!isRunning() || performance.now() > end) {
        server.kill('SIGKILL')
        throw new Error(`nats-server did not start:\n${lines.join('').slice(-2_000)}`)
      }
      await new Promise((resolve) => setTimeout(resolve, PROBE_MS))
    }
    // The log is only of interest when the start fails.
    lines.length = 0
    server.stderr!.removeAllListeners('data').resume()
  }
  async function end(signal: NodeJS.Signals) {
    if (!isRunning()) return
    const exited = once(server, 'exit')
    // A stopped process hears nothing but SIGKILL and SIGCONT.
    server.kill('SIGCONT')
    server.kill(signal)
    const timer = setTimeout(() => server.kill('SIGKILL'), STOP_TIMEOUT_MS)
    await exited
    clearTimeout(timer)
  }

  await start()
  return {
    port,
    url: `nats://127.0.0.1:${port}`,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    /** Kills it, deletes its store if `wipe`, and starts it on the same port. */
    async restart({ wipe = false } = {}) {
      await end('SIGKILL')
      if (wipe) await rm(directory, { recursive: true, force: true })
      await start()
    },
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    [Symbol.asyncDispose]: () => end('SIGTERM'),
  }
}
export type Nats = NonNullable<Awaited<ReturnType<typeof startNats>>>

async function findBinary(name: string) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name)
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return path
  }
  return undefined
}

/** Does the server greet whoever connects? */
async function answers(port: number) {
  const socket = connect({ host: '127.0.0.1', port, timeout: PROBE_TIMEOUT_MS })
  const { promise, resolve } = Promise.withResolvers<boolean>()
  socket.once('data', () => resolve(true))
  for (const failure of ['error', 'timeout', 'close']) socket.once(failure, () => resolve(false))
  return promise.finally(() => socket.destroy())
}
