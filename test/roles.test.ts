import { fileURLToPath } from 'node:url'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { asOwner, freshDatabase, testPostgres } from '@vilkar/testing/database.ts'
import { administer } from '@vilkar/testing/embedded-postgres.ts'
import { makeServiceDatabase, ownerOf } from '@vilkar/testing/service-database.ts'
import t, { type Test } from 'tap'
import { migrateJobs } from '../libs/server/jobs.ts'
import { createLog } from '../libs/server/log.ts'
import { migrate } from '../libs/server/migrate.ts'
import { commonMigrations } from '../libs/server/migrations.ts'
import { createDatabase, createPool } from '../libs/server/postgres.ts'
import { grantToService } from '../libs/server/roles.ts'

/** What the role that runs a service may not do, tried on every table of every service. */

const services: ServiceName[] = ['orders', 'shipping', 'returns', 'privacy']
const foldersOf = (service: ServiceName) => [
  ...commonMigrations,
  fileURLToPath(new URL(`../services/${service}/migrations`, import.meta.url)),
]
const DENIED = { code: '42501' }
/** Who works at the moment: a process that goes takes its row along. And what has had its time, but for what waits or differs. */
const MAY_DELETE = [
  'inbox_member',
  'inbox',
  'quote',
  'idempotency',
  'reconciliation_finding',
  'webhook_delivery',
  'session',
  'form_sent',
  'look',
  'holding',
  // Not who opted out: nobody is taken off that list.
  ...['consent_log', 'consent_child', 'consent_letter', 'sale', 'cookie_choice', 'brevo_contact'],
  'request_mail',
  'policy_notice',
  'breach_person',
  'export_part',
  // What staff takes off again, and what goes with an order.
  'tag',
]

type Client = ReturnType<typeof createPool>

function connect(t: Test, url: string): Client {
  const client = createPool(url, { max: 1 })
  t.teardown(() => client.end())
  return client
}

const tablesIn = async (client: Client) =>
  (
    await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely_%' order by 1`,
    )
  ).rows.map(({ name }) => name)

for (const service of services)
  t.test(`the role that runs ${service}`, async (t) => {
    const url = await freshDatabase(...foldersOf(service))
    const client = connect(t, url)
    const tables = await tablesIn(client)
    for (const needed of ['outbox', 'mail', 'inbox', 'relay']) t.ok(tables.includes(needed), needed)
    for (const table of tables)
      t.test(`owns nothing of ${table}`, async (t) => {
        const name = `"${table}"`
        const forbidden = [
          ...(MAY_DELETE.includes(table) ? [] : [`delete from ${name}`]),
          `truncate ${name}`,
          `truncate ${name} cascade`,
          `drop table ${name}`,
          `alter table ${name} disable trigger user`,
          `alter table ${name} disable trigger all`,
          `alter table ${name} add column more text`,
          `alter table ${name} owner to current_user`,
          `create trigger mine before insert on ${name} for each row execute function suppress_redundant_updates_trigger()`,
          `grant delete on ${name} to current_user`,
        ]
        for (const statement of forbidden) {
          // A grant that gives nothing only warns: what counts is that nothing was given.
          if (statement.startsWith('grant')) await client.query(statement).catch(() => {})
          else await t.rejects(client.query(statement), DENIED, statement)
        }
        const { rows } = await client.query(`select has_table_privilege($1, 'delete') as deletes`, [`public.${name}`])
        t.equal(rows[0].deletes, MAY_DELETE.includes(table))
      })
    t.test('turns off no trigger, and changes of a told event nothing but its number', async (t) => {
      for (const statement of [
        'set session_replication_role = replica',
        `update outbox set data = '{}'`,
        'update outbox set event_id = gen_random_uuid()',
        'create table mine (id int)',
        'create function mine() returns int language sql as $$ select 1 $$',
        'create schema mine',
        'create role mine',
        'alter database current owner to current_user',
      ])
        await t.rejects(client.query(statement), statement)
      await client.query('update outbox set pub_no = pub_no')
    })
  })

t.test('the role that runs the console ends sessions, and owns nothing of their table', async (t) => {
  const client = connect(
    t,
    await freshDatabase(fileURLToPath(new URL('../services/console/migrations', import.meta.url))),
  )
  t.strictSame(await tablesIn(client), ['form_sent', 'look', 'session'])
  for (const table of ['session', 'form_sent', 'look']) await client.query(`delete from ${table}`)
  for (const statement of ['truncate session', 'drop table session', 'alter table session add column more text'])
    await t.rejects(client.query(statement), DENIED, statement)
})

t.test('a database that one role owned and used is changed over, with all that is in it', async (t) => {
  const name = `old_${crypto.randomUUID().slice(0, 8)}`
  const urlOf = (user: string) =>
    Object.assign(new URL(testPostgres(name)), { username: user, password: 'postgres' }).href
  await administer(
    testPostgres(),
    `create role ${name} login password 'postgres'`,
    `create database ${name} owner ${name}`,
  )
  const log = createLog('test', 'silent')
  const update = async (url: string) => {
    const pool = createPool(url, { max: 1 })
    await migrate(createDatabase<never>(pool), foldersOf('orders'))
    await grantToService(createDatabase<never>(pool)).finally(() => pool.end())
    await migrateJobs(url, log)
  }
  await update(urlOf(name))
  const before = connect(t, urlOf(name))
  await before.query('insert into relay (id) values (1) on conflict do nothing')
  t.equal(await makeServiceDatabase(testPostgres, name), false)
  await update(urlOf(ownerOf(name)))

  const client = connect(t, urlOf(name))
  t.equal((await client.query('select from relay')).rowCount, 1)
  await client.query('select from jobs.job')
  for (const table of await tablesIn(client))
    if (!MAY_DELETE.includes(table)) await t.rejects(client.query(`delete from "${table}"`), DENIED, table)
  t.equal(await makeServiceDatabase(testPostgres, name), false, 'once more changes nothing')

  const other = `old_${crypto.randomUUID().slice(0, 8)}`
  t.equal(await makeServiceDatabase(testPostgres, other), true)
  for (const database of [other, 'postgres', 'template1']) {
    const stranger = connect(t, Object.assign(new URL(urlOf(name)), { pathname: `/${database}` }).href)
    await t.rejects(stranger.connect(), DENIED, `${name} may not enter ${database}`)
  }
})

t.test('the tests of services run as such a role', async (t) => {
  const url = await freshDatabase(...foldersOf('orders'))
  const client = connect(t, url)
  const { rows } = await client.query(
    `select current_user <> 'postgres' and not (select rolsuper from pg_roles where rolname = current_user)
      and not exists (select from pg_class where relowner = current_user::regrole) as modest`,
  )
  t.strictSame(rows, [{ modest: true }])
  t.not(new URL(url).username, new URL(asOwner(url)).username)
})
