import assert from 'node:assert/strict'
import t from 'tap'
import { Type } from 'typebox'
import { commonVariables, mailVariables, readConfig } from '../config.ts'

const Config = Type.Object({
  ...commonVariables,
  ...mailVariables,
  SECRET: Type.String({ pattern: '^s3cret-', description: 'A password.' }),
  NOTE: Type.Optional(Type.String({ pattern: '^[a-z]+$', description: 'May be left out.' })),
})
const right = {
  PORT: '8080',
  DATABASE_URL: 'postgres://shop:hunter2@127.0.0.1/orders',
  NATS_URL: 'nats://127.0.0.1:4222',
  AUTH_ISSUER: 'https://id.example',
  SMTP_URL: 'smtp://127.0.0.1:25',
  SECRET: 's3cret-1',
}

t.test('a whole environment is read in the types of its variables, with the defaults of those left out', async (t) => {
  const config = readConfig(Config, { ...right, MIGRATE: 'false', RATE_LIMIT_PER_MINUTE: '60', STRAY: 'x' })
  t.hasStrict(config, { PORT: 8080, MIGRATE: false, RATE_LIMIT_PER_MINUTE: 60, JOBS: true })
  t.hasStrict(config, { HOST: '127.0.0.1', AUTH_AUDIENCE: 'vilkar', LOG_LEVEL: 'info' })
  t.ok(!('STRAY' in config) && !('NOTE' in config))
})

t.test('a wrong environment is told in one sentence that names each variable, its purpose and its fault', async () => {
  const { NATS_URL: _, ...rest } = right
  assert.throws(
    () => readConfig(Config, { ...rest, PORT: 'eighty', AUTH_ISSUER: '' }),
    ({ message }: Error) => {
      assert.match(message, /^Wrong environment: [^\n]+$/)
      assert.match(message, /PORT \(has a wrong value: Port to listen on/)
      assert.match(message, /NATS_URL \(is missing: NATS server/)
      assert.match(message, /AUTH_ISSUER \(is missing: /)
      assert.doesNotMatch(message, /DATABASE_URL|SMTP_URL|SECRET|LOG_LEVEL/)
      return true
    },
  )
})

t.test('the values of wrong variables are never repeated, since they may be secrets', async () => {
  const wrong = { ...right, DATABASE_URL: 'mysql://shop:hunter2@db/orders', SECRET: 'hunter2', SMTP_URL: 'u:hunter2@x' }
  assert.throws(
    () => readConfig(Config, wrong),
    ({ message }: Error) => /DATABASE_URL.*SMTP_URL.*SECRET/.test(message) && !message.includes('hunter2'),
  )
})

t.test('an optional variable may be left out, and is named when it is given wrong', async (t) => {
  t.equal(readConfig(Config, { ...right, NOTE: 'fine' }).NOTE, 'fine')
  t.throws(() => readConfig(Config, { ...right, NOTE: 'NOT FINE' }), /NOTE \(has a wrong value/)
})

for (const [name, value] of [
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['PORT', '8080.5'],
  ['PORT', 'true'],
  ['MIGRATE', 'maybe'],
  ['LOG_LEVEL', 'loud'],
  ['RATE_LIMIT_PER_MINUTE', '0'],
  ['SERVICE_RATE_LIMIT_PER_MINUTE', '0'],
  ['TRUSTED_PROXIES', 'proxy.example'],
  ['TRUSTED_PROXIES', '10.0.0.1 10.0.0.2'],
] as const)
  t.test(`${name}=${value} stops the start`, async (t) =>
    t.throws(() => readConfig(Config, { ...right, [name]: value }), new RegExp(`${name} \\(has a wrong value`)),
  )

for (const url of [
  'https://id.example',
  'https://id.example:8443/realms/shop',
  'http://127.0.0.1:4005',
  'http://[::1]:1',
  'http://localhost/x',
])
  t.test(`${url} is an address to trust`, async (t) =>
    t.equal(readConfig(Config, { ...right, AUTH_ISSUER: url }).AUTH_ISSUER, url),
  )

for (const url of [
  'http://id.example',
  'http://127.0.0.1@id.example',
  'http://127.0.0.1:80@id.example/',
  'http://localhost.id.example',
  'http://127.0.0.1.id.example',
  'http://10.0.0.1',
  'https://',
  'https:///id.example',
  'https://user:secret@id.example',
  'ftp://id.example',
  'id.example',
])
  t.test(`${url} is refused with a sentence that says why`, async (t) =>
    t.throws(
      () => readConfig(Config, { ...right, AUTH_ISSUER: url }),
      /AUTH_ISSUER \(has a wrong value: .* It begins with https, or with http on loopback\.\)/,
    ),
  )
