import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { asOwner, freshDatabase } from '@vilkar/testing/database.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import { createServiceProcess } from '@vilkar/testing/service-process.ts'
import t from 'tap'
import { commonMigrations } from '../libs/server/migrations.ts'

/**
 * The packages that a service loads before it is ready: each costs every start, of every instance and every test. What few
 * requests need is imported by the first that needs it, and does not stand here.
 */
const EAGER = new Set(
  `
  fastify fastify-plugin avvio find-my-way ret safe-regex2 fast-querystring fast-decode-uri-component fastq
  reusify semver toad-cache rfdc process-warning @fastify/error @fastify/proxy-addr @fastify/forwarded ipaddr.js
  secure-json-parse fast-deep-equal @fastify/accepts accepts mime-types mime-db negotiator @fastify/helmet
  helmet @lukeed/ms @fastify/rate-limit @fastify/swagger yaml json-schema-resolver fast-json-stringify fast-uri
  debug ms ip-address typebox validator pino @pinojs/redact pino-std-serializers sonic-boom atomic-sleep
  on-exit-leak-free quick-format-unescaped safe-stable-stringify thread-stream canonicalize postcode-validator
  kysely pg pg-pool pg-protocol pg-types pg-connection-string pg-int8 postgres-array postgres-bytea
  postgres-date postgres-interval xtend pg-boss cron-parser serialize-error non-error rrule-temporal luxon
  lru-cache @nats-io/jetstream @nats-io/nats-core @nats-io/transport-node @nats-io/nkeys @nats-io/nuid tweetnacl uuid`
    .trim()
    .split(/\s+/),
)
/** What a page takes beside: its server reads forms and keeps sessions, speaks two languages, and draws the time that an order takes and how cases fare. */
const PAGES = new Set(
  `
  @fastify/accept-negotiator @fastify/ajv-compiler @fastify/cookie @fastify/csrf @fastify/csrf-protection
  @fastify/busboy @fastify/deepmerge @fastify/fast-json-stringify-compiler @fastify/formbody @fastify/merge-json-schemas @fastify/multipart @fastify/send @fastify/session
  @fastify/static @formatjs/fast-memoize @formatjs/icu-messageformat-parser @formatjs/icu-skeleton-parser ajv ajv-formats
  content-disposition cookie d3-array d3-color d3-format d3-interpolate d3-path d3-scale d3-shape d3-time d3-time-format depd dequal escape-html glob hono http-errors inherits intl-messageformat jose
  json-schema-ref-resolver json-schema-traverse mime oauth4webapi openapi-fetch openid-client setprototypeof statuses toidentifier`
    .trim()
    .split(/\s+/),
)
const SERVICES: (ServiceName | 'console')[] = ['orders', 'shipping', 'returns', 'privacy', 'console']
/** Loaded into the process: writes down the folder of what was compiled and the file of every module, when it ends. */
const noteModules = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from 'node:fs'
  import { getCompileCacheDir, registerHooks } from 'node:module'
  const files = new Set()
  registerHooks({ load: (url, context, next) => (files.add(url), next(url, context)) })
  process.once('exit', () => writeFileSync(process.env.NOTE_MODULES_IN, [getCompileCacheDir(), ...files].join('\\n')))`)}`

const directory = await mkdtemp(join(tmpdir(), 'vilkar-start-up-'))
t.teardown(() => rm(directory, { recursive: true, force: true }))
const nowhere = `http://127.0.0.1:${await freePort()}`

/** The files that a service has loaded when it is ready, and where Node keeps what it compiled. */
async function loadedBy(name: ServiceName | 'console') {
  const migrations = fileURLToPath(new URL(`../services/${name}/migrations`, import.meta.url))
  const database = await freshDatabase(...(name === 'console' ? [] : commonMigrations), migrations)
  const note = join(directory, name)
  const service = createServiceProcess(name, {
    // As in production, where nothing but the service itself says that Node is to keep what it compiles.
    ...{ NODE_OPTIONS: `--import ${noteModules}`, NOTE_MODULES_IN: note, NODE_COMPILE_CACHE: '' },
    ...{ PORT: String(await freePort()), DATABASE_URL: database, MIGRATION_DATABASE_URL: asOwner(database) },
    // Nobody of these is asked before there is something to ask.
    ...{ NATS_URL: nowhere.replace('http', 'nats'), AUTH_ISSUER: nowhere, SMTP_URL: nowhere.replace('http', 'smtp') },
    ...{
      KLARNA_URL: nowhere,
      KLARNA_USERNAME: 'a',
      KLARNA_PASSWORD: 'b',
      PUBLIC_URL: nowhere,
      STOREFRONT_URL: nowhere,
      ...{ ORDERS_URL: nowhere, SHIPPING_URL: nowhere, RETURNS_URL: nowhere },
      SESSION_SECRETS: 'test-only-test-only-test-only-test-only',
      LINK_SECRETS: 'test-only-test-only-test-only-test-only',
      SUBJECT_SECRET: 'test-only-test-only-test-only-test-only',
    },
    LOG_LEVEL: 'fatal',
  })
  await service.start()
  await service.stop()
  const [compiled, ...files] = (await readFile(note, 'utf8')).split('\n')
  return { compiled: compiled!, files }
}

/** The package of a file: the last folder of node_modules that it stands in. */
const packageOf = (file: string) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]

t.test('a service that is ready', async (t) => {
  const loaded = await Promise.all(SERVICES.map(loadedBy))
  const packages = loaded.map(({ files }) => new Set(files.map(packageOf).filter((name) => name !== undefined)))
  for (const [at, name] of SERVICES.entries())
    t.test(`${name} has loaded what every process needs, and no other package`, async (t) => {
      t.match(loaded[at]!.compiled, /node_modules\/\.cache\/compile\//, 'Node keeps what it compiles')
      t.ok(
        loaded[at]!.files.some((file) => file.endsWith(`services/${name}/service.ts`)),
        'the list is of its modules',
      )
      const needed = name === 'console' ? EAGER.union(PAGES) : EAGER
      t.strictSame([...packages[at]!.difference(needed)].sort(), [])
    })
  t.test('loads what is listed here, which names nothing else', async (t) => {
    const all = packages.reduce((some, others) => some.union(others))
    t.strictSame([...EAGER.difference(all)].sort(), [])
  })
})
