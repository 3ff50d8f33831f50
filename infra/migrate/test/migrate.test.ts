import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createPool } from '@vilkar/server/postgres.ts'
import { testPostgres } from '@vilkar/testing/database.ts'
import { administer } from '@vilkar/testing/embedded-postgres.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import { makeServiceDatabase, ownerOf } from '@vilkar/testing/service-database.ts'
import { createServiceProcess } from '@vilkar/testing/service-process.ts'
import t from 'tap'

const run = promisify(execFile)
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const SERVICES = ['orders', 'shipping', 'returns', 'console'] as const
const nowhere = `127.0.0.1:${await freePort()}`

/** A database with its two roles and nothing in it; the URLs of both. */
async function emptyDatabase(service: string) {
  const name = `migrate_${crypto.randomUUID().slice(0, 8)}_${service}`
  await makeServiceDatabase(testPostgres, name)
  t.teardown(() =>
    administer(testPostgres(), `drop database ${name} with (force)`, `drop role ${name}, ${ownerOf(name)}`),
  )
  const url = (username: string) => Object.assign(new URL(testPostgres(name)), { username, password: 'postgres' }).href
  return { url: url(name), ownerUrl: url(ownerOf(name)) }
}
const { PATH, NODE_COMPILE_CACHE } = process.env
const program = (environment: Record<string, string>, ...words: string[]) =>
  run(process.execPath, [MAIN, ...words], { env: { PATH, NODE_COMPILE_CACHE, LOG_LEVEL: 'warn', ...environment } })

for (const service of SERVICES)
  t.test(`${service} starts on what was migrated for it, and knows the role that runs it alone`, async (t) => {
    const { url, ownerUrl } = await emptyDatabase(service)
    let waited = false
    const waiting = program({ SERVICE: service, DATABASE_URL: url }, '--await').then(() => {
      waited = true
    })
    const pool = createPool(ownerUrl, { max: 1 })
    t.teardown(() => pool.end())
    t.notOk(waited, 'whoever waits for it waits')
    await program({ SERVICE: service, MIGRATION_DATABASE_URL: ownerUrl })
    await program({ SERVICE: service, MIGRATION_DATABASE_URL: ownerUrl })
    await waiting
    const { rows } = await pool.query(
      `select distinct tableowner from pg_tables where schemaname in ('public', 'jobs')`,
    )
    t.strictSame(rows.length, 1, 'one role owns all tables')

    const running = createServiceProcess(service, {
      ...{ PORT: String(await freePort()), DATABASE_URL: url, MIGRATE: 'false', NATS_URL: `nats://${nowhere}` },
      ...{ AUTH_ISSUER: `http://${nowhere}`, SMTP_URL: `smtp://${nowhere}`, KLARNA_URL: `http://${nowhere}` },
      ...{ KLARNA_USERNAME: 'a', KLARNA_PASSWORD: 'b', PUBLIC_URL: `http://${nowhere}`, LOG_LEVEL: 'fatal' },
      ...{ ORDERS_URL: `http://${nowhere}`, SHIPPING_URL: `http://${nowhere}`, RETURNS_URL: `http://${nowhere}` },
      SESSION_SECRETS: 'test-only-test-only-test-only-test-only',
      ...{ STOREFRONT_URL: `http://${nowhere}`, LINK_SECRETS: 'test-only-test-only-test-only-test-only' },
    })
    await running.start()
    await running.stop()
  })

t.test('a wrong environment, and a database that is not there, end it with a sentence', async (t) => {
  const failed = (environment: Record<string, string>) =>
    program(environment).then(
      () => 'it ended well',
      ({ stderr, code }: { stderr: string; code: number }) => `${code}: ${stderr}`,
    )
  t.match(await failed({ SERVICE: 'nothing' }), /^1: Wrong environment: SERVICE .*MIGRATION_DATABASE_URL/)
  t.match(
    await failed({ SERVICE: 'shipping', MIGRATION_DATABASE_URL: `postgres://a@${nowhere}/a` }),
    /^1: .*ECONNREFUSED/,
  )
})
