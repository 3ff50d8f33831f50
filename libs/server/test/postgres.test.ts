import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase, testPostgres } from '@vilkar/testing/database.ts'
import { administer } from '@vilkar/testing/embedded-postgres.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { startProxy } from '@vilkar/testing/proxy.ts'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { migrate } from '../migrate.ts'
import { createDatabase, createPool, isConnectionLost, SESSION_LIMITS } from '../postgres.ts'
import { statementName } from '../statements.ts'

const folder = await mkdtemp(join(tmpdir(), 'migrations-'))
t.teardown(() => rm(folder, { recursive: true, force: true }))

async function aPool(t: Test, options: Parameters<typeof createPool>[1] = {}) {
  const url = await freshDatabase()
  const pool = createPool(url, options)
  t.teardown(() => pool.end())
  return { url, pool, db: createDatabase<never>(pool) }
}
/** A folder of migrations with these files. */
async function migrations(name: string, files: Record<string, string>) {
  const path = join(folder, name)
  await mkdir(path)
  for (const [file, text] of Object.entries(files)) await writeFile(join(path, file), text)
  return path
}

t.test('the pool outlives a connection that the server ends while it is idle, named statements and all', async (t) => {
  const lost: string[] = []
  const log = { error: (_details: object, message: string) => void lost.push(message) }
  const { pool } = await aPool(t, { max: 1, log })
  const ask = async () => (await pool.query('select $1::int + 1 as sum, pg_backend_pid() as pid', [1])).rows[0]
  const { pid } = await ask()
  await administer(testPostgres(), `select pg_terminate_backend(${pid})`)
  await eventually('the loss to be noticed', async () => pool.totalCount === 0)
  const again = await ask()
  t.equal(again.sum, 2)
  t.not(again.pid, pid)
  t.match(lost[0]!, /connection was lost/)
})

t.test(
  'a query with values becomes a named statement, once per text and connection; one without stays as it is',
  async (t) => {
    const { pool } = await aPool(t, { max: 1 })
    const text = 'select $1::int as n /* the same text */'
    for (const n of [1, 2, 3]) t.equal((await pool.query(text, [n])).rows[0].n, n)
    await pool.query('select 1 as without_values')
    const { rows } = await pool.query(
      'select name, statement from pg_prepared_statements where generic_plans + custom_plans > 0',
    )
    t.strictSame(rows, [{ name: statementName(text), statement: text }])
  },
)

t.test(
  'whoever waits for a lock waits longer than one who fell silent may hold it, and hears of a statement that is slow',
  (t) => {
    const { idle_in_transaction_session_timeout: idle, lock_timeout: lock, ...rest } = SESSION_LIMITS
    t.ok(idle >= 5_000 && idle < lock && lock < rest.statement_timeout && rest.statement_timeout < rest.query_timeout)
    t.ok(rest.query_timeout < 15_000)
    t.end()
  },
)

t.test('a transaction whose process falls silent loses its locks, and whoever waited for them goes on', async (t) => {
  const limits = { idle_in_transaction_session_timeout: 300, lock_timeout: 60_000 }
  const { pool } = await aPool(t, { limits })
  await pool.query('create table thing (id int primary key); insert into thing values (1)')
  const frozen = await pool.connect()
  await frozen.query('begin')
  await frozen.query('select from thing where id = 1 for update')
  t.equal((await pool.query('update thing set id = 2 where id = $1', [1])).rowCount, 1)
  await t.rejects(frozen.query('commit'), 'the one that was silent did not commit')
  frozen.release(true)
})

t.test('a database that says nothing is given up, and so is the connection to it', async (t) => {
  const { url } = await aPool(t)
  const to = new URL(url)
  const proxy = await startProxy({ host: to.hostname, port: Number(to.port) })
  t.teardown(() => proxy.stop())
  to.port = String(proxy.port)
  const pool = createPool(to.href, { max: 1, limits: { query_timeout: 300 } })
  t.teardown(() => pool.end())
  const db = createDatabase<never>(pool)
  await pool.query('select 1')
  proxy.fallSilent()
  // In a transaction, the driver would hand the connection on.
  const broken = db.transaction().execute((trx) => sql`select 1`.execute(trx))
  await t.rejects(broken, /read timeout/)
  t.ok(isConnectionLost(await broken.catch((error) => error)))
  proxy.speak()
  t.equal((await pool.query('select 1 as n')).rows[0].n, 1)
  t.notOk(isConnectionLost(await pool.query('select from nowhere').catch((error) => error)))
})

t.test('large counters come as numbers, and one that would be rounded fails loudly', async (t) => {
  const { pool } = await aPool(t)
  t.equal((await pool.query('select 9007199254740991::bigint as n')).rows[0].n, Number.MAX_SAFE_INTEGER)
  await t.rejects(pool.query('select 9007199254740992::bigint as n'), /9007199254740992 does not fit a safe integer/)
  t.equal((await pool.query('select 1 as n')).rows[0].n, 1)
})

t.test('moments and days come as text that Temporal reads, never as a Date', async (t) => {
  const { pool } = await aPool(t)
  const { rows } = await pool.query(
    `select '2026-06-01T10:00:00.125+02:00'::timestamptz as moment, '2026-06-01'::date as day, null::timestamptz as never`,
  )
  t.equal(Temporal.Instant.from(rows[0].moment).toString(), '2026-06-01T08:00:00.125Z')
  t.equal(Temporal.PlainDate.from(rows[0].day).toString(), '2026-06-01')
  t.equal(rows[0].never, null)
})

t.test(
  'migrations run once, in the order of their names over all folders, also when instances start together',
  async (t) => {
    const { url, pool, db } = await aPool(t)
    const first = await migrations('first', {
      '001-thing.sql': 'create table thing (id int primary key); create table ran (file text);',
      '003-last.sql': `insert into ran values ('003');`,
      'notes.md': 'not a migration',
    })
    const second = await migrations('second', {
      '002-more.sql': `alter table thing add more text; insert into ran values ('002');`,
    })
    const other = createPool(url)
    t.teardown(() => other.end())
    await Promise.all([db, createDatabase<never>(other), db].map((each) => migrate(each, [first, second])))
    await migrate(db, [first, second])
    const { rows } = await pool.query('select file from ran')
    t.strictSame(rows, [{ file: '002' }, { file: '003' }])
  },
)

t.test('a folder grows on its own: its next file runs although a later one of another folder did', async (t) => {
  const { pool, db } = await aPool(t)
  const library = await migrations('library', { '001-a.sql': 'create table a (id int);' })
  const service = await migrations('service', { '010-b.sql': 'create table b (id int);' })
  await migrate(db, [library, service])
  await writeFile(join(library, '002-c.sql'), 'create table c (id int);')
  await migrate(db, [library, service])
  t.equal((await pool.query(`select to_regclass('c')::text as c`)).rows[0].c, 'c')
})

t.test(
  'a version of before can be started on what a newer one has migrated, and not on the database of another',
  async (t) => {
    const { pool, db } = await aPool(t)
    const before = await migrations('before', {
      '010-a.sql': 'create table a (id int);',
      '020-b.sql': 'create table b ();',
    })
    const now = await migrations('now', { '030-c.sql': 'create table c (id int);' })
    await migrate(db, [before, now])
    await migrate(db, [before])
    await rm(join(before, '010-a.sql'))
    await writeFile(join(before, '021-d.sql'), 'create table d (id int);')
    await assert.rejects(migrate(db, [before]), /not later than its own: 010-a\.sql\. .*Nothing was changed/)
    t.equal((await pool.query(`select to_regclass('d') as d`)).rows[0].d, null)
  },
)

t.test('both versions may start at once on a database that neither has migrated', async (t) => {
  const { url, db } = await aPool(t)
  const before = await migrations('first-of-two', { '010-a.sql': 'create table a (id int); select pg_sleep(0.2);' })
  const now = await migrations('second-of-two', { '020-b.sql': 'create table b (id int);' })
  const other = createPool(url)
  t.teardown(() => other.end())
  await Promise.all([migrate(createDatabase<never>(other), [before, now]), migrate(db, [before])])
  await migrate(db, [before])
})

t.test('a migration that fails is named, leaves nothing of itself behind, and can be mended', async (t) => {
  const { pool, db } = await aPool(t)
  const broken = await migrations('broken', {
    '001-good.sql': 'create table good (id int);',
    '002-broken.sql': 'create table half (id int); insert into nowhere values (1);',
  })
  await assert.rejects(migrate(db, [broken]), ({ message, cause }: Error) => {
    assert.match(message, /002-broken\.sql/)
    assert.match(String(cause), /nowhere/)
    return true
  })
  t.equal((await pool.query(`select to_regclass('half') as half`)).rows[0].half, null)
  await writeFile(join(broken, '002-broken.sql'), 'create table half (id int);')
  await migrate(db, [broken])
  t.equal((await pool.query(`select to_regclass('half')::text as half`)).rows[0].half, 'half')
})
