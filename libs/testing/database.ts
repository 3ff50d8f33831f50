import { createHash } from 'node:crypto'
import { createDatabase, createPool, migrate } from '@vilkar/server/postgres.ts'
import pg from 'pg'

const LOCK = 7_270_011

/** Where the test run's PostgreSQL is; `libs/testing/run.ts` starts it and sets the variable. */
export function testPostgres(database = 'postgres') {
  const url = process.env.TEST_POSTGRES
  if (url === undefined) throw new Error('No PostgreSQL for tests: run them with "pnpm test [FILE…]".')
  return Object.assign(new URL(url), { pathname: `/${database}` }).href
}

/**
 * A database of the caller's own with the given migrations in it, copied from a template that is made once per set of
 * folders and test run. It stays until the run ends and its whole PostgreSQL is deleted: to drop it costs a checkpoint.
 */
export async function freshDatabase(...folders: string[]) {
  const template = `template_${createHash('sha1').update(folders.join('\n')).digest('hex').slice(0, 12)}`
  const name = `t_${crypto.randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: testPostgres() })
  await admin.connect()
  try {
    // Test files run in parallel processes: one makes the template, the others wait for it.
    await admin.query('select pg_advisory_lock($1)', [LOCK])
    const known = await admin.query('select 1 from pg_database where datname = $1', [template])
    if (known.rowCount === 0) {
      await admin.query(`create database ${template}_new`)
      const pool = createPool(testPostgres(`${template}_new`), { max: 1 })
      await migrate(createDatabase<never>(pool), folders).finally(() => pool.end())
      await admin.query(`alter database ${template}_new rename to ${template}`)
    }
    await admin.query(`create database ${name} template ${template}`)
  } finally {
    await admin.end()
  }
  return testPostgres(name)
}
