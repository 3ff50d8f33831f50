import t from 'tap'
import { read, runs, sourceOf, sources } from './tidy/sources.ts'
import { callAt, waitsOf } from './waits/endless.ts'
import { rowsOf, secondsOf } from './waits/table.ts'

/** What runs in production. */
const running = sources.filter(
  (source) =>
    runs(source) && /^(services|libs|infra\/nats)\//.test(source.path) && !source.path.startsWith('libs/testing/'),
)
const operations = read('docs/operations.md')

t.test('no wait is without an end', async (t) => {
  const found = running.flatMap((source) => waitsOf(source).map((wait) => ({ ...wait, path: source.path })))
  t.ok(found.length > 12, 'waits are found')
  t.strictSame(
    found.filter(({ ends }) => !ends).map(({ what, path }) => `${path}: ${what}`),
    [],
  )
  t.strictSame(
    [...new Set(found.map(({ path }) => path))].filter((path) => !operations.includes(`\`${path}\``)),
    [],
    'and each is in the table of docs/operations.md',
  )
})

t.test('a wait without an end is found', async (t) => {
  const endless: Record<string, string> = {
    'a pool of connections':
      "import pg from 'pg'\nnew pg.Pool({ connectionString, connectionTimeoutMillis: 1, keepAlive: true })",
    'a queue of jobs': 'new PgBoss({ connectionString })',
    'a mail server': 'createTransport({ url, connectionTimeout: 1, greetingTimeout: 1 })',
    'an HTTP agent': "import { Agent } from 'undici'\nnew Agent({ connect: { timeout: 1 }, headersTimeout: 1 })",
    'a fetch': 'await fetch(url, { method })',
    'a request of undici': "import { request } from 'undici'\nawait request(url, { dispatcher })",
    'keys of an issuer': 'createRemoteJWKSet(new URL(url), { cooldownDuration })',
    'a connection to the broker':
      "import { connect } from '@nats-io/transport-node'\nawait connect({ servers, timeout: 1 })",
    'a request to the broker': 'await nc.request(subject, body)',
    'a requester of JetStream': 'jetstreamManager(nc, {})',
    'a socket': "import net from 'node:net'\nnet.connect({ host, port })",
    'an HTTP server': 'fastify({ loggerInstance })',
    'a timer that repeats': 'setInterval(look, 1)',
  }
  for (const [what, text] of Object.entries(endless))
    t.strictSame(waitsOf(sourceOf('libs/mail/mailer.ts', text)), [{ what, ends: false }])
  const own = 'async function fetch(free: number) {}\nawait fetch(1)'
  t.strictSame(waitsOf(sourceOf('libs/mail/mailer.ts', own)), [], 'a function of its own is no fetch')
  t.equal(callAt('a(b(c), d) e(f)', 0), 'a(b(c), d)')
})

t.test('the table says how long each wait is, as the code has it', async (t) => {
  const rows = rowsOf(operations)
  t.ok(rows.length > 20, `${rows.length} rows are read`)
  for (const { file, constant, seconds } of rows)
    t.equal(secondsOf(read(file), constant), seconds, `${file}: ${constant}`)
  t.equal(secondsOf('const A_MS = 10 * 60_000', 'A_MS'), 600)
  t.equal(secondsOf('const A_SECONDS = 5', 'A_SECONDS'), 5)
  t.equal(secondsOf('const B = 5', 'A_MS'), undefined)
  t.strictSame(rowsOf('| a | 1.5 s | `x.ts`: `A_MS` | b |'), [{ file: 'x.ts', constant: 'A_MS', seconds: 1.5 }])
})
