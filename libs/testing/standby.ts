import { execFile } from 'node:child_process'
import { chown, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { administer, type Postgres, type PostgresOptions, startPostgres } from './embedded-postgres.ts'
import { eventually } from './eventually.ts'
import { startProxy } from './proxy.ts'

const run = promisify(execFile)
/** Nothing is acknowledged before the standby has it on its disk: what is acknowledged outlives the primary. */
const SYNCHRONOUS = ['synchronous_standby_names=*', 'synchronous_commit=on']

/**
 * A PostgreSQL with a synchronous standby, both on loopback, behind one address that leads to whichever is the primary. `prepare` makes
 * databases before there is a standby. After `failOver` there is one server left, which waits for no other.
 */
export async function startPostgresWithStandby(
  { directory, flags = [], ...options }: PostgresOptions,
  prepare: (postgres: Postgres) => Promise<void>,
) {
  await using opening = new AsyncDisposableStack()
  const seed = await startPostgres({ directory, flags, ...options })
  await prepare(seed).finally(() => seed.stop())
  const copy = `${directory}-standby`
  await copyAsStandby(directory, copy)
  const primary = await startPostgres({ directory, flags: [...flags, ...SYNCHRONOUS], ...options })
  opening.defer(() => primary.stop())
  const { password, username } = new URL(primary.url('postgres'))
  const follows = `primary_conninfo=host=127.0.0.1 port=${primary.port} user=${username} password=${password}`
  const standby = await startPostgres({ directory: copy, flags: [...flags, follows], ...options })
  opening.defer(() => standby.stop())
  await eventually('the standby to follow', () => isFollowed(primary))
  let current = primary
  const proxy = await startProxy(() => ({ host: '127.0.0.1', port: current.port }))
  opening.defer(() => proxy.stop())

  const opened = opening.move()
  const restart = async () => {
    await current.crash()
    await current.start()
  }
  return {
    port: proxy.port,
    url: (database: string, user?: string) =>
      Object.assign(new URL(primary.url(database, user)), { port: String(proxy.port) }).href,
    crash: () => current.crash(),
    start: () => current.start(),
    /**
     * Ends the primary as a power cut would, makes the standby the primary and leads the address to it; what was connected is cut off.
     * Once there is no standby any more, the server that is left is restarted.
     */
    async failOver() {
      if (current === standby) return restart()
      await primary.crash()
      await administer(standby.url('postgres'), 'select pg_promote()')
      current = standby
      proxy.cut()
    },
    stop: () => opened.disposeAsync(),
  }
}

/** Copies the files of a server that is stopped; the copy will follow, and not write. */
async function copyAsStandby(directory: string, copy: string) {
  await run('cp', ['-a', directory, copy])
  const { uid, gid } = await stat(join(copy, 'PG_VERSION'))
  const signal = join(copy, 'standby.signal')
  await writeFile(signal, '')
  await chown(signal, uid, gid)
}

/** Only read: nothing can be committed while nobody follows. */
async function isFollowed(primary: Postgres) {
  const client = new pg.Client({ connectionString: primary.url('postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query(`select from pg_stat_replication where sync_state = 'sync'`)
    return rowCount === 1
  } finally {
    await client.end()
  }
}
