import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryWire } from '@vilkar/messaging/wire/memory-wire.ts'
import { Config } from '@vilkar/privacy/config.ts'
import { startPrivacy } from '@vilkar/privacy/service.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { startPostgres } from '@vilkar/testing/embedded-postgres.ts'
import { type Role, startIssuer } from '@vilkar/testing/issuer.ts'
import { startMailbox } from '@vilkar/testing/mailbox.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import { makeServiceDatabase, ownerOf } from '@vilkar/testing/service-database.ts'
import pg from 'pg'
import { createStandingClock } from './clock.ts'

const SECRET = 'of-the-years-of-the-years-of-the-years'
const NAME = 'privacy'
/** More than anybody mails in a week: who is asked answers within one. */
const MAILS = 2_000

// biome-ignore lint/suspicious/noExplicitAny: a reader of JSON by hand.
type Answer = { status: number; body: any }

/**
 * The privacy service as it runs, on a PostgreSQL of its own and a clock that stands still between two moves, with a mailbox and the
 * wire inside this process. `databaseUrl` is that of a database with the service's tables and nothing in them, where somebody has one.
 */
export async function openWorld({ begins, databaseUrl }: { begins: number; databaseUrl?: string }) {
  await using opening = new AsyncDisposableStack()
  const database = databaseUrl === undefined ? await ownDatabase(opening) : { url: databaseUrl, ownerUrl: databaseUrl }
  const issuer = await startIssuer()
  opening.defer(() => issuer.stop())
  const mailbox = await startMailbox({ limit: MAILS })
  opening.defer(() => mailbox.stop())
  const wire = createMemoryWire()
  opening.defer(() => wire.close())
  const time = createStandingClock(begins)
  const port = await freePort()
  const variables = {
    ...{ PORT: String(port), DATABASE_URL: database.url, MIGRATION_DATABASE_URL: database.ownerUrl },
    // A database that somebody gives has its tables.
    MIGRATE: String(databaseUrl === undefined),
    ...{ NATS_URL: 'nats://in-process', AUTH_ISSUER: issuer.url, LOG_LEVEL: 'fatal', SMTP_URL: mailbox.url },
    ...{ RATE_LIMIT_PER_MINUTE: '10000000', SERVICE_RATE_LIMIT_PER_MINUTE: '10000000' },
    ...{ PAGE_REQUESTS_PER_MINUTE: '10000000', PUBLIC_URL: `http://127.0.0.1:${port}` },
    ...{ LINK_SECRETS: SECRET, SUBJECT_SECRET: SECRET, WEBHOOKS_INSECURE: 'true' },
  }
  const service = await startPrivacy(readConfig(Config, variables), { wire, clock: time.clock })
  opening.defer(() => service.stop())
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  opening.defer(() => pool.end())
  const ask = createAsking(service.url, (role) => issuer.token(role))
  const opened = opening.move()
  return {
    ...{ ask, wire, mailbox, time, url: service.url, stop: () => opened.disposeAsync() },
    /** Rows of the service's database, for who looks from outside. */
    rows: async <Row extends object>(statement: string, values: unknown[] = []) =>
      (await pool.query<Row>(statement, values)).rows,
  }
}
export type World = Awaited<ReturnType<typeof openWorld>>

async function ownDatabase(opening: AsyncDisposableStack) {
  const directory = await mkdtemp(join(tmpdir(), 'vilkar-privacy-years-'))
  opening.defer(() => rm(directory, { recursive: true, force: true }))
  const postgres = await startPostgres({ directory: join(directory, 'postgres'), durable: false })
  opening.defer(() => postgres.stop())
  await makeServiceDatabase(postgres.url, NAME)
  return { url: postgres.url(NAME, NAME), ownerUrl: postgres.url(NAME, ownerOf(NAME)) }
}

/** Asks the service as a role; throws on an answer that is not among those expected. Counts what each door was asked and how long it took. */
function createAsking(url: string, tokenOf: (role: Role) => Promise<string>) {
  const tokens = new Map<Role, Promise<string>>()
  const doors = new Map<string, { asked: number; ms: number }>()
  async function call(
    role: Role | 'nobody',
    method: string,
    path: string,
    body?: object,
    expect = [200, 202, 204],
  ): Promise<Answer> {
    const token = role === 'nobody' ? undefined : await tokens.getOrInsertComputed(role, tokenOf)
    const began = performance.now()
    const response = await fetch(path.startsWith('http') ? path : `${url}${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const door = doors.getOrInsertComputed(
      `${method} /${path.replace(/^https?:\/\/[^/]+/, '').split(/[/?]/)[1]}`,
      () => ({
        asked: 0,
        ms: 0,
      }),
    )
    door.asked += 1
    door.ms += performance.now() - began
    if (!expect.includes(response.status)) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, body: isJson ? JSON.parse(text) : text }
  }
  return Object.assign(call, { doors })
}
