import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, constants, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { basename, delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PATIENCE_MS } from './patience.ts'
import { freePort } from './ports.ts'
import { endsWithUs, runningProcess } from './processes.ts'

const STOP_TIMEOUT_MS = 5_000
const PROBE_MS = 25
const PROBE_TIMEOUT_MS = 500

/** One of several servers: its number from 1, and the ports of loopback on which they reach each other. */
export type ClusterPlace = { number: number; routePorts: number[] }

/** The configuration that is deployed; here it gets a port of loopback and another store. */
const deployed = (name: string) => fileURLToPath(new URL(`../../infra/nats/${name}`, import.meta.url))
export const DEPLOYED = ['nats.conf', 'accounts.conf'].map(deployed)
const DEPLOYED_CLUSTER = [deployed('cluster.conf'), ...DEPLOYED]
/** The password of every user of a broker that only this machine reaches. */
const PASSWORD = 'local-only'

/** `configuration`: the file that the server reads and those that it includes, if not those that are deployed. */
export type NatsOptions = { directory: string; port?: number; configuration?: string[]; cluster?: ClusterPlace }

/**
 * A nats-server of our own under the configuration that is deployed, on a port of loopback (a free one unless it is
 * given), with its files in `directory`. `url` is for one of its users. Undefined when the binary is not on the PATH.
 */
export async function startNats({ directory, port: wanted = 0, cluster, ...options }: NatsOptions) {
  const { configuration = cluster ? DEPLOYED_CLUSTER : DEPLOYED } = options
  const binary = await findBinary('nats-server')
  if (binary === undefined) return undefined
  const port = wanted === 0 ? await freePort() : wanted
  let server: ChildProcess
  const isRunning = () => server.exitCode === null && server.signalCode === null

  async function start() {
    await mkdir(directory, { recursive: true })
    const config = await writeConfig(configuration, directory, port, cluster)
    const pidFile = join(directory, 'nats.pid')
    const orphan = await runningProcess(pidFile, 'nats-server', directory)
    if (orphan !== undefined) process.kill(orphan, 'SIGKILL')
    server = spawn(binary!, ['--config', config.file, '-P', pidFile, '-sd', directory], {
      env: { PATH: process.env.PATH, ...config.passwords, ...(cluster && routesOf(cluster)) },
      // A session of its own: Ctrl-C is for us to hear.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    endsWithUs(server)
    await untilUp(server, port, isRunning)
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
    /** Where its files are. */
    directory,
    url: (user: string) => `nats://${user}:${PASSWORD}@127.0.0.1:${port}`,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    /**
     * Kills it and starts it on the same port: as it was, with an empty store if `wipe`, or with the store that was copied before
     * to the folder `from`. `copyTo`: a folder for a copy of the store as the kill left it.
     */
    async restart({ wipe = false, from, copyTo }: { wipe?: boolean; from?: string; copyTo?: string } = {}) {
      await end('SIGKILL')
      if (copyTo !== undefined) await replace(copyTo, directory)
      if (wipe) await rm(directory, { recursive: true, force: true })
      if (from !== undefined) await replace(directory, from)
      await start()
    },
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    [Symbol.asyncDispose]: () => end('SIGTERM'),
  }
}
/** Waits until a server answers. Throws, with what it said, when it ended or takes too long. */
async function untilUp(server: ChildProcess, port: number, isRunning: () => boolean) {
  const lines: string[] = []
  server.stderr!.on('data', (text) => void lines.push(String(text)))
  server.once('error', (error) => void lines.push(String(error)))
  const end = performance.now() + PATIENCE_MS
  while (!(await answers(port))) {
    if (!isRunning() || performance.now() > end) {
      server.kill('SIGKILL')
      // What it said last may still be on its way when it has ended.
      if (server.stderr && !server.stderr.closed) await once(server.stderr, 'close')
      throw new Error(`nats-server did not start:\n${lines.join('').slice(-2_000)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, PROBE_MS))
  }
  // The log is only of interest when the start fails.
  lines.length = 0
  server.stderr!.removeAllListeners('data').resume()
}

export type Nats = NonNullable<Awaited<ReturnType<typeof startNats>>>

async function replace(folder: string, by: string) {
  await rm(folder, { recursive: true, force: true })
  await cp(by, folder, { recursive: true })
}

/** The configuration on loopback; without what Debian's server is too old to know, and no test can tell apart. */
async function writeConfig(files: string[], directory: string, port: number, cluster?: ClusterPlace) {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  for (const [i, text] of texts.entries()) {
    const local = text
      .replace(/^port: .*$/m, `listen: "127.0.0.1:${port}"`)
      .replace(/^ *(sync_interval|http|store_dir): .*$/gm, '')
      .replace(/"0\.0\.0\.0:6222"/, `"127.0.0.1:${cluster?.routePorts[cluster.number - 1]}"`)
    await writeFile(join(directory, basename(files[i]!)), local)
  }
  const names = texts.flatMap((text) => [...text.matchAll(/\$(\w+_PASSWORD)/g)].map(([, name]) => name!))
  return {
    file: join(directory, basename(files[0]!)),
    passwords: Object.fromEntries(names.map((name) => [name, PASSWORD])),
  }
}

/** What `cluster.conf` is told by variables. */
const routesOf = ({ number, routePorts }: ClusterPlace) => ({
  NATS_SERVER_NAME: `nats-${number}`,
  ...Object.fromEntries(
    routePorts.map((port, at) => [`NATS_ROUTE_${at + 1}`, `"nats://route:${PASSWORD}@127.0.0.1:${port}"`]),
  ),
})

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
